"""Addresses of the access app."""

from django.urls import path

from torbay_reports.access import views
from torbay_reports.access.record.views import record_page

app_name = "access"

urlpatterns = [
    path("sign-in/", views.SignInView.as_view(), name="sign-in"),
    path("sign-out/", views.SignOutView.as_view(), name="sign-out"),
    path("me/", views.me, name="me"),
    path("record/", record_page, name="record"),
]
