"""Addresses: the grid, one line's page and the preview of changes."""

from django.urls import URLPattern

ADDRESSES: list[URLPattern] = []
