"""Addresses of the reader's web: home, meetings, packs and papers."""

from datetime import date

from django.urls import path, register_converter

from torbay_reports.agenda import views


class DayConverter:
    """A day as addresses write it: 2017-09-06. What is no day of the calendar matches nothing."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        return value.isoformat()


class ItemConverter:
    """An item's number as printed: 5, 5.1, 12a; never a step up in a path."""

    regex = r"[0-9A-Za-z_][-.0-9A-Za-z_]*"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(DayConverter, "day")
register_converter(ItemConverter, "item")

MEETING = "meetings/<slug:committee>/<day:held_on>/"
PAPER = MEETING + "items/<item:item>/<slug:paper>/"

app_name = "agenda"
urlpatterns = [
    path("", views.home, name="home"),
    path("meetings/", views.meetings, name="meetings"),
    path(MEETING, views.meeting, name="meeting"),
    path(MEETING + "pack/", views.pack, name="pack"),
    path(MEETING + "pack.pdf", views.pack_pdf, name="pack-pdf"),
    path(MEETING + "restricted-pack.pdf", views.restricted_pack_pdf, name="restricted-pack-pdf"),
    path(MEETING + "build/", views.build, name="build"),
    path(MEETING + "build/progress/", views.build_progress, name="build-progress"),
    path(PAPER, views.paper, name="paper"),
    path(PAPER + "tables/<slug:table>/", views.paper_table, name="paper-table"),
    path(PAPER + "upload/", views.paper_upload, name="paper-upload"),
    path(PAPER + "upload/<int:number>/", views.brought_file, name="brought-file"),
    path(PAPER + "file.pdf", views.paper_file, name="paper-file"),
    path(PAPER + "open/", views.paper_open, name="paper-open"),
    path(PAPER + "warnings/<slug:code>/<int:page>/", views.warning_pass, name="warning-pass"),
]
