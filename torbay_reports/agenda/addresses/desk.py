"""Addresses of the clerk's desk: committees, meetings, items and papers."""

from typing import Final

from django.urls import URLPattern

ADDRESSES: Final[list[URLPattern]] = []
