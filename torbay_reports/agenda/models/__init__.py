"""Meetings with their papers, and the jobs about them."""

from torbay_reports.agenda.models.jobs import BroughtFile, JobRow, JobState, PackBuild
from torbay_reports.agenda.models.meetings import AgendaItem, Committee, Instalment, Meeting
from torbay_reports.agenda.models.papers import (
    Admission,
    HeldBackEntry,
    Paper,
    PaperQuerySet,
    RestrictedPaper,
    WithdrawnPaper,
)

__all__ = [
    "Admission",
    "AgendaItem",
    "BroughtFile",
    "Committee",
    "HeldBackEntry",
    "Instalment",
    "JobRow",
    "JobState",
    "Meeting",
    "PackBuild",
    "Paper",
    "PaperQuerySet",
    "RestrictedPaper",
    "WithdrawnPaper",
]
