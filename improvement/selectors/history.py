"""What has been changed of a step, when and by whom."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import QuerySet

from improvement.calculations.wording import change_words
from improvement.models import Change, Owner, Step

PEOPLE: Final = "people"
"""The field of the changes that say who answers for an owner's name."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One change: the day from which it counts, what it was, and who made it, where it did not come with a file."""

    on: date
    words: str
    by: str


def history_of(step: Step, until: date) -> list[Happening]:
    """The step's changes that count by that day, newest first; one query."""
    return _happenings(Change.objects.filter(step=step, effective_on__lte=until))


def namings_of(owner: Owner) -> list[Happening]:
    """Who was named for the owner's name and by whom, newest first; one query."""
    return _happenings(Change.objects.filter(plan=owner.plan_id, step=None, field=PEOPLE, about=owner.name[:200]))


def _happenings(changes: QuerySet[Change]) -> list[Happening]:
    return [
        Happening(
            on=each.effective_on,
            words=change_words(each.field, each.before, each.after),
            by=each.made_by.full_name if each.made_by else "",
        )
        for each in changes.select_related("made_by").order_by("-effective_on", "-pk")
    ]
