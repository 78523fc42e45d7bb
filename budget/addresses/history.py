"""Addresses: who changed what, of a quarter, of a service and by a person."""

from django.urls import URLPattern, path

from budget.views import history

ADDRESSES: list[URLPattern] = [
    path("<slug:year>/q<int:number>/history/", history.quarter_history, name="history"),
    path("<slug:year>/q<int:number>/history/<slug:service>/", history.line_history, name="history-line"),
    path("people/<int:pk>/history/", history.person_history, name="history-person"),
]
