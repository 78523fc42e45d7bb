"""Addresses: the grid, one line's page and the preview of changes."""

from django.urls import URLPattern, path

from budget.views import entry, line, saving

ADDRESSES: list[URLPattern] = [
    path("<slug:year>/q<int:number>/entry/", entry.entry, name="entry"),
    path("<slug:year>/q<int:number>/entry/save/", saving.save, name="entry-save"),
    path("<slug:year>/q<int:number>/entry/<slug:service>/", line.line, name="line"),
]
