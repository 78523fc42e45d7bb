"""Addresses of the budget room; all of them closed to the public."""

from django.urls import path

from budget import views

app_name = "budget"
urlpatterns = [
    path("", views.quarters, name="quarters"),
    path("<slug:year>/q<int:number>/draft/", views.draft, name="draft"),
]
