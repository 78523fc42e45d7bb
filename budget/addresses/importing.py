"""Addresses: files that bring budgets, actuals and forecasts, and tables that leave."""

from django.urls import URLPattern, path

from budget.views import bringing, exports, importing

ADDRESSES: list[URLPattern] = [
    path("<slug:year>/import/", importing.upload, name="import"),
    path("<slug:year>/import/<int:pk>/", bringing.preview, name="import-preview"),
    path("<slug:year>/q<int:number>/export/<slug:name>.<slug:fmt>", exports.export, name="export"),
]
