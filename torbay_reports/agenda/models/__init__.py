"""Meetings with their papers, and the jobs about them."""

from torbay_reports.agenda.models.jobs import BroughtFile, JobRow, JobState, PackBuild
from torbay_reports.agenda.models.meetings import AgendaItem, Committee, Instalment, Meeting, Paper, PaperQuerySet

__all__ = [
    "AgendaItem",
    "BroughtFile",
    "Committee",
    "Instalment",
    "JobRow",
    "JobState",
    "Meeting",
    "PackBuild",
    "Paper",
    "PaperQuerySet",
]
