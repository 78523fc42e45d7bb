"""Reads for the pages of committees, in a constant number of queries."""

from datetime import date

from django.db.models import Min, Q, QuerySet

from torbay_reports.agenda.models import Committee, Meeting


def committees(today: date) -> QuerySet[Committee]:
    """All committees by name, each with the day of its next meeting in `next_on`; one query."""
    coming = Q(meetings__held_on__gte=today, meetings__moved_to=None)
    return Committee.objects.annotate(next_on=Min("meetings__held_on", filter=coming)).order_by("name")


def committee(slug: str) -> Committee | None:
    """The committee of that address; None where there is none."""
    return Committee.objects.filter(slug=slug).first()


def coming(of: Committee, today: date) -> QuerySet[Meeting]:
    """Its meetings from today on, the soonest first; those that were moved among them."""
    return _meetings(of).filter(held_on__gte=today).order_by("held_on")


def past(of: Committee, today: date) -> QuerySet[Meeting]:
    """Its meetings before today, the newest first."""
    return _meetings(of).filter(held_on__lt=today).order_by("-held_on")


def _meetings(of: Committee) -> QuerySet[Meeting]:
    return Meeting.objects.filter(committee=of).select_related("committee", "moved_to")
