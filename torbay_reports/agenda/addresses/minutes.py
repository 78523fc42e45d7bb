"""Addresses of urgency, decisions and minutes."""

from typing import Final

from django.urls import URLPattern, path

from torbay_reports.agenda.addresses.converters import MEETING
from torbay_reports.agenda.views import minutes as views

ITEM: Final = "<item:item>/"
DECISION: Final = MEETING + "decisions/<item:item>/<int:number>/"

ADDRESSES: Final[list[URLPattern]] = [
    path(MEETING + "minutes/", views.minutes, name="minutes"),
    path(MEETING + "move/", views.meeting_move, name="meeting-move"),
    path(MEETING + "carry/" + ITEM, views.item_carry, name="item-carry"),
    path(MEETING + "urgency/", views.urgent_item_admit, name="urgent-item-admit"),
    path(MEETING + "urgency/" + ITEM, views.urgency_ask, name="urgency-ask"),
    path(MEETING + "urgency/" + ITEM + "withdraw/", views.urgency_withdraw, name="urgency-withdraw"),
    path(MEETING + "urgency/" + ITEM + "decision/", views.urgency_decide, name="urgency-decide"),
    path(MEETING + "decisions/", views.decisions, name="decisions"),
    path(MEETING + "decisions/" + ITEM + "draft/", views.decision_draft, name="decision-draft"),
    path(DECISION, views.decision, name="decision"),
    path(DECISION + "change/", views.decision_change, name="decision-change"),
    path(DECISION + "publish/", views.decision_publish, name="decision-publish"),
    path(DECISION + "drop/", views.decision_drop, name="decision-drop"),
    path(DECISION + "replace/", views.decision_replace, name="decision-replace"),
    path(DECISION + "withdraw/", views.decision_withdraw, name="decision-withdraw"),
    path(DECISION + "carry/", views.decision_carry, name="decision-carry"),
]
