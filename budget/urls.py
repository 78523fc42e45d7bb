"""Addresses of the budget room; all of them closed to the public."""

from django.urls import path

from budget.views import drafts

app_name = "budget"
urlpatterns = [
    path("", drafts.quarters, name="quarters"),
    path("<slug:year>/q<int:number>/draft/", drafts.draft, name="draft"),
]
