"""Addresses of reading a pack, and the pack so far."""

from typing import Final

from django.urls import URLPattern

ADDRESSES: Final[list[URLPattern]] = []
