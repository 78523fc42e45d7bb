"""Addresses of the clerk's desk: committees, meetings, items and papers."""

from typing import Final

from django.urls import URLPattern, path

from torbay_reports.agenda.addresses.converters import INSTALMENT, MEETING
from torbay_reports.agenda.views.desk import committees, desk, instalments, items, meetings, papers

DESK: Final = MEETING + "desk/"
ITEM: Final = DESK + "items/<item:item>/"
PAPER: Final = DESK + "papers/<item:item>/<slug:paper>/"

ADDRESSES: Final[list[URLPattern]] = [
    path("meetings/add/", meetings.meeting_add, name="meeting-add"),
    path("meetings/committees/", committees.committees, name="committees-kept"),
    path("meetings/committees/add/", committees.committee_add, name="committee-add"),
    path("meetings/committees/<slug:committee>/edit/", committees.committee_edit, name="committee-edit"),
    path(DESK, desk.desk, name="desk"),
    path(DESK + "agenda/", desk.agenda_make, name="agenda-make"),
    path(DESK + "details/", meetings.meeting_edit, name="meeting-edit"),
    path(DESK + "supplement/", instalments.supplement_add, name="supplement-add"),
    path(DESK + "add-item/", items.item_add, name="item-add"),
    path(INSTALMENT + "letter/", instalments.instalment_letter, name="instalment-letter"),
    path(ITEM, items.item_edit, name="item-edit"),
    path(ITEM + "move/", desk.item_move, name="item-move"),
    path(ITEM + "take-away/", items.item_remove, name="item-remove"),
    path(ITEM + "add-paper/", papers.paper_add, name="paper-add"),
    path(PAPER, papers.paper_edit, name="paper-edit"),
    path(PAPER + "move/", desk.paper_move, name="paper-move"),
    path(PAPER + "other-item/", papers.paper_other_item, name="paper-other-item"),
    path(PAPER + "take-away/", papers.paper_remove, name="paper-remove"),
]
