"""Which papers of a meeting went out in time, read from what was published.

What counts is the day on which a version with the paper was published by the program's clock, not the day that is
printed on a letter. An exempt or confidential paper is out with the restricted edition, any other with the public one.
"""

from collections.abc import Iterator
from datetime import date
from itertools import chain

import msgspec
from django.utils import timezone

from torbay_reports.agenda.calculations.timeliness import Timeliness
from torbay_reports.agenda.composition import meeting_key
from torbay_reports.agenda.models import Meeting, Paper
from torbay_reports.publishing.bundles.values import ItemEntry, PaperEntry
from torbay_reports.publishing.models import bundles_of
from torbay_reports.publishing.packplan import Edition, Restriction


def timeliness(meeting: Meeting, today: date) -> Timeliness:
    """How many papers of a meeting are on time, late and missing; three queries.

    A paper that was withdrawn, or whose version was, counts as what it was. One that nothing published names is not
    counted: nobody has been told yet that it is to follow.
    """
    kept = set(Paper.objects.filter(item__meeting=meeting).order_by().values_list("pk", flat=True))
    papers: dict[int, date | None] = {}
    for day, entry in _published(meeting):
        if entry.row in kept:
            papers[entry.row] = _earlier(papers.get(entry.row), day if _is_content(entry) else None)
    return Timeliness(
        meets_on=meeting.held_on,
        today=today,
        papers=papers,
        convened_on=meeting.convened_on,
        entered_on=meeting.convening_entered_on,
        entered_why=meeting.convening_why,
    )


def _published(meeting: Meeting) -> Iterator[tuple[date, PaperEntry]]:
    """Each paper of each published version with that version's day, in the edition where its readers find it."""
    for edition in Edition:
        versions = bundles_of(edition).written().filter(key__startswith=meeting_key(meeting))
        for published_at, contents in versions.order_by("pk").values_list("published_at", "contents"):
            day = timezone.localtime(published_at).date()
            items = msgspec.convert(contents, tuple[ItemEntry, ...])
            for entry in chain.from_iterable(item.papers for item in items):
                if edition is Edition.PUBLIC or entry.restriction != Restriction.OPEN:
                    yield day, entry


def _is_content(entry: PaperEntry) -> bool:
    return entry.publication is not None or entry.upload is not None


def _earlier(known: date | None, day: date | None) -> date | None:
    return min((each for each in (known, day) if each is not None), default=None)
