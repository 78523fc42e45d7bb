"""Addresses of one paper: reading, bringing and withdrawing it, and who reads one that is not for publication."""

from typing import Final

from django.urls import URLPattern, path

from torbay_reports.agenda import views
from torbay_reports.agenda.addresses.converters import PAPER

ADDRESSES: Final[list[URLPattern]] = [
    path("reviews/", views.reviews, name="reviews"),
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
]
