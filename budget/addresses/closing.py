"""Addresses: a quarter's desk, the steps of its returns, and how it is opened, signed and reopened."""

from django.urls import URLPattern, path

from budget.views import closing, desk, returning

ADDRESSES: list[URLPattern] = [
    path("<slug:year>/open/", closing.open_next, name="open-quarter"),
    path("<slug:year>/q<int:number>/", desk.quarter_desk, name="desk"),
    path("<slug:year>/q<int:number>/returns/<slug:step>/", returning.step, name="returns"),
    path("<slug:year>/q<int:number>/sign/", closing.sign_quarter, name="sign"),
    path("<slug:year>/q<int:number>/reopen/", closing.reopen_quarter, name="reopen"),
]
