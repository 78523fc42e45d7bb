"""Addresses: the movements of budget between services."""

from django.urls import URLPattern

ADDRESSES: list[URLPattern] = []
