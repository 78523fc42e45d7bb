"""Addresses of the budget room; all of them closed to the public. Each page's module names its own."""

from django.urls import path

from budget.addresses import closing, entry, history, importing, pasting, virements
from budget.views import drafts

app_name = "budget"
urlpatterns = [
    path("", drafts.quarters, name="quarters"),
    path("<slug:year>/q<int:number>/draft/", drafts.draft, name="draft"),
    *closing.ADDRESSES,
    *entry.ADDRESSES,
    *pasting.ADDRESSES,
    *virements.ADDRESSES,
    *importing.ADDRESSES,
    *history.ADDRESSES,
]
