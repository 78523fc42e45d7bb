"""Addresses of the access app."""

from django.urls import include, path

from torbay_reports.access import views
from torbay_reports.access.record.views import record_page
from torbay_reports.access.signin.views import invitation

app_name = "access"

urlpatterns = [
    path("me/", views.me, name="me"),
    path("record/", record_page, name="record"),
    path("people/", include("torbay_reports.access.people.urls")),
    path("invitation/<str:secret>/", invitation, name="invitation"),
]
