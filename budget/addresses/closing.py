"""Addresses: the desk of a quarter and the steps of its close."""

from django.urls import URLPattern

ADDRESSES: list[URLPattern] = []
