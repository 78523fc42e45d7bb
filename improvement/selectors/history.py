"""What has been changed of a step, when and by whom."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from improvement.calculations.wording import change_words
from improvement.models import Change, Step

TRACKER: Final = "improvement.tracker"
"""The name under which the plan's paper is published; its subject is the plan's short name and the paper's date."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One change: the day from which it counts, what it was, and who made it, where it did not come with a file."""

    on: date
    words: str
    by: str


def history_of(step: Step, until: date) -> list[Happening]:
    """The step's changes that count by that day, newest first; one query."""
    changes = Change.objects.filter(step=step, effective_on__lte=until).select_related("made_by")
    return [
        Happening(
            on=each.effective_on,
            words=change_words(each.field, each.before, each.after),
            by=each.made_by.full_name if each.made_by else "",
        )
        for each in changes.order_by("-effective_on", "-pk")
    ]
