"""Addresses of home, meetings and the packs that are read, built and published."""

from typing import Final

from django.urls import URLPattern, path

from torbay_reports.agenda import views
from torbay_reports.agenda.addresses.converters import MEETING

ADDRESSES: Final[list[URLPattern]] = [
    path("", views.home, name="home"),
    path("meetings/", views.meetings, name="meetings"),
    path(MEETING, views.meeting, name="meeting"),
    path(MEETING + "pack/", views.pack, name="pack"),
    path(MEETING + "pack.pdf", views.pack_pdf, name="pack-pdf"),
    path(MEETING + "restricted-pack.pdf", views.restricted_pack_pdf, name="restricted-pack-pdf"),
    path(MEETING + "build/", views.build, name="build"),
    path(MEETING + "build/<slug:edition>.pdf", views.built_pack, name="built-pack"),
    path(MEETING + "publish/<slug:edition>/", views.publish, name="publish"),
    path(MEETING + "build/progress/", views.build_progress, name="build-progress"),
]
