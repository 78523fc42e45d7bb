"""What was written on a step since somebody looked at it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.db.models import Max, OuterRef, QuerySet, Subquery

from improvement.calculations.wording import change_words
from improvement.kinds import Status
from improvement.models import Change, Step, Update, UpdateDecision


@dataclass(frozen=True, slots=True)
class Seen:
    """How far somebody has read a step: its revision, and the newest row of each kind. A form carries it as text."""

    revision: int
    update: int = 0
    change: int = 0
    decision: int = 0

    def __str__(self) -> str:
        return f"{self.revision}-{self.update}-{self.change}-{self.decision}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """What `str` wrote. Raises ValueError for anything else."""
        parts = text.split("-")
        if len(parts) != 4 or not all(part.isascii() and part.isdigit() and len(part) < 19 for part in parts):
            raise ValueError("This is no mark of how far a step was read.")
        return cls(*map(int, parts))


@dataclass(frozen=True, slots=True)
class Written:
    """One thing that somebody wrote on a step; `by` is empty for what came with a file."""

    at: datetime
    by: str
    words: str


def seen_of(step: Step) -> Seen:
    """How far a step can be read now; one query. Read it before what is shown, so that nothing slips between."""
    return seen_of_all([step.pk])[step.pk]


def seen_of_all(steps: Iterable[int]) -> dict[int, Seen]:
    """How far each of these steps can be read now; one query."""
    updates = Update.objects.filter(step=OuterRef("pk"))
    decisions = UpdateDecision.objects.filter(update_decided__step=OuterRef("pk"))
    rows = Step.objects.filter(pk__in=list(steps)).annotate(
        newest_update=_newest(updates, "step"),
        newest_change=_newest(Change.objects.filter(step=OuterRef("pk")), "step"),
        newest_decision=_newest(decisions, "update_decided__step"),
    )
    values = rows.values_list("pk", "revision", "newest_update", "newest_change", "newest_decision").order_by("pk")
    return {pk: Seen(*(each or 0 for each in marks)) for pk, *marks in values}


def _newest(rows: "QuerySet[Update] | QuerySet[Change] | QuerySet[UpdateDecision]", by: str) -> Subquery:
    return Subquery(rows.order_by().values(by).annotate(newest=Max("pk")).values("newest"))


def written_since(step: Step, seen: Seen) -> tuple[Written, ...]:
    """What was written on the step since then, the oldest first, drafts included; three queries.

    It is for people who may write on the step too: they have to know of each other's drafts.
    """
    found = [*_updates(step, seen), *_changes(step, seen), *_decisions(step, seen)]
    return tuple(sorted(found, key=lambda each: each.at))


def _updates(step: Step, seen: Seen) -> Iterator[Written]:
    for each in Update.objects.filter(step=step, pk__gt=seen.update).select_related("written_by").order_by("pk"):
        proposed = f" Proposed status: {Status(each.proposed_status).label}." if each.proposed_status else ""
        evidence = f" Evidence: {each.evidence}" if each.evidence else ""
        yield Written(each.written_at, _name(each.written_by), f"Update: {each.text}{proposed}{evidence}")


def _changes(step: Step, seen: Seen) -> Iterator[Written]:
    for each in Change.objects.filter(step=step, pk__gt=seen.change).select_related("made_by").order_by("pk"):
        words = change_words(each.field, each.before, each.after)
        yield Written(each.made_at, _name(each.made_by), f"{words[:1].upper()}{words[1:]}")


def _decisions(step: Step, seen: Seen) -> Iterator[Written]:
    rows = UpdateDecision.objects.filter(
        update_decided__step=step, pk__gt=seen.decision, update_decided__pk__lte=seen.update
    ).select_related("decided_by", "update_decided")
    for each in rows.order_by("pk"):
        what = "Accepted" if each.is_accepted else "Returned"
        yield Written(each.decided_at, _name(each.decided_by), f"{what} the update: {each.update_decided.text}")


def _name(person: object) -> str:
    return str(person) if person is not None else ""
