"""Addresses of the reader's web and of the clerk's desk."""

from django.urls import path

from torbay_reports.agenda import views
from torbay_reports.agenda.addresses import desk, minutes, openings, reading, subscribing
from torbay_reports.agenda.addresses.converters import MEETING, PAPER

app_name = "agenda"
urlpatterns = [
    path("", views.home, name="home"),
    path("meetings/", views.meetings, name="meetings"),
    path("reviews/", views.reviews, name="reviews"),
    path(MEETING, views.meeting, name="meeting"),
    path(MEETING + "pack/", views.pack, name="pack"),
    path(MEETING + "pack.pdf", views.pack_pdf, name="pack-pdf"),
    path(MEETING + "restricted-pack.pdf", views.restricted_pack_pdf, name="restricted-pack-pdf"),
    path(MEETING + "build/", views.build, name="build"),
    path(MEETING + "build/<slug:edition>.pdf", views.built_pack, name="built-pack"),
    path(MEETING + "publish/<slug:edition>/", views.publish, name="publish"),
    path(MEETING + "build/progress/", views.build_progress, name="build-progress"),
    path(PAPER, views.paper, name="paper"),
    path(PAPER + "tables/<slug:table>/", views.paper_table, name="paper-table"),
    path(PAPER + "upload/", views.paper_upload, name="paper-upload"),
    path(PAPER + "upload/<int:number>/", views.brought_file, name="brought-file"),
    path(PAPER + "file.pdf", views.paper_file, name="paper-file"),
    path(PAPER + "open/", views.paper_open, name="paper-open"),
    path(PAPER + "withdraw/", views.paper_withdraw, name="paper-withdraw"),
    path(PAPER + "grounds/", views.paper_grounds, name="paper-grounds"),
    path(PAPER + "readers/", views.paper_readers, name="paper-readers"),
    path(PAPER + "readers/councillors/", views.councillors_decide, name="councillors-decide"),
    path(PAPER + "readers/admit/", views.reader_admit, name="reader-admit"),
    path(PAPER + "readers/<int:number>/end/", views.reader_end, name="reader-end"),
    path(PAPER + "readers/words/", views.words_clear, name="words-clear"),
    path(PAPER + "review/", views.paper_review, name="paper-review"),
    path(PAPER + "release/", views.paper_release, name="paper-release"),
    path(PAPER + "warnings/<slug:code>/<int:page>/", views.warning_pass, name="warning-pass"),
    *desk.ADDRESSES,
    *openings.ADDRESSES,
    *minutes.ADDRESSES,
    *reading.ADDRESSES,
    *subscribing.ADDRESSES,
]
