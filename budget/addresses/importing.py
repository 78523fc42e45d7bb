"""Addresses: files that bring budgets, actuals and forecasts, and tables that leave."""

from django.urls import URLPattern

ADDRESSES: list[URLPattern] = []
