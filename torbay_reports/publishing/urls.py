"""Addresses of what is said about publications; they themselves stand under /published/ (`bundles.serving`)."""

from django.urls import path

from torbay_reports.publishing import views

app_name = "publishing"
urlpatterns = [
    path("published-checks/", views.verifications, name="verifications"),
]
