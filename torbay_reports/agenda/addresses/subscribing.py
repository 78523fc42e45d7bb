"""Addresses of committees, subscriptions and feeds."""

from typing import Final

from django.urls import URLPattern

ADDRESSES: Final[list[URLPattern]] = []
