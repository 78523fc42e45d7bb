"""Meetings with their papers, and the jobs about them."""

from torbay_reports.agenda.models.desk import DeskEntry, OpeningAsked
from torbay_reports.agenda.models.jobs import BroughtFile, JobRow, JobState, PackBuild
from torbay_reports.agenda.models.meetings import AgendaItem, Committee, Instalment, ItemKind, Meeting
from torbay_reports.agenda.models.minutes import Decision, DecisionKind, Urgency, UrgencyOutcome, WithdrawnDecision
from torbay_reports.agenda.models.papers import (
    Admission,
    HeldBackEntry,
    Paper,
    PaperQuerySet,
    RestrictedPaper,
    WithdrawnPaper,
)
from torbay_reports.agenda.models.subscriptions import Notice, NoticeDelivery, Subscription

__all__ = [
    "Admission",
    "AgendaItem",
    "BroughtFile",
    "Committee",
    "Decision",
    "DecisionKind",
    "DeskEntry",
    "HeldBackEntry",
    "Instalment",
    "ItemKind",
    "JobRow",
    "JobState",
    "Meeting",
    "Notice",
    "NoticeDelivery",
    "OpeningAsked",
    "PackBuild",
    "Paper",
    "PaperQuerySet",
    "RestrictedPaper",
    "Subscription",
    "Urgency",
    "UrgencyOutcome",
    "WithdrawnDecision",
    "WithdrawnPaper",
]
