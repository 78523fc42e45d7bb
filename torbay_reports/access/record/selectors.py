"""Reads the record, filtered."""

from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from torbay_reports.access.models import AccessRecord
from torbay_reports.access.record.kinds import RecordKind


def entries(
    *, kind: RecordKind | None = None, words: str = "", since: date | None = None, until: date | None = None
) -> QuerySet[AccessRecord]:
    """The entries with their persons, newest first, in one query.

    Every one of the `words` stands in the person's name, an e-mail address or what the entry is about; both days are
    included, in the council's time zone.
    """
    found = AccessRecord.objects.select_related("person")
    if kind is not None:
        found = found.filter(kind=kind)
    for word in words.split():
        found = found.filter(
            Q(person__full_name__icontains=word)
            | Q(person__email__icontains=word)
            | Q(email__icontains=word)
            | Q(about__icontains=word)
        )
    if since is not None:
        found = found.filter(at__gte=_beginning(since))
    if until is not None:
        found = found.filter(at__lt=_beginning(until + timedelta(days=1)))
    return found.order_by("-pk")


def _beginning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
