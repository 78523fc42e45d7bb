"""Addresses of urgency, decisions and minutes."""

from typing import Final

from django.urls import URLPattern

ADDRESSES: Final[list[URLPattern]] = []
