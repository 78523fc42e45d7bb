"""Addresses: a block pasted from a spreadsheet."""

from django.urls import URLPattern

ADDRESSES: list[URLPattern] = []
