"""Addresses of opening restricted papers, and the resolution to exclude the public."""

from typing import Final

from django.urls import URLPattern

ADDRESSES: Final[list[URLPattern]] = []
