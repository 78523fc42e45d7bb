"""Addresses: who changed what, and the position at a signature."""

from django.urls import URLPattern

ADDRESSES: list[URLPattern] = []
