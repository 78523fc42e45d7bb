"""The steps that a reader asks for: by words, place, owner, status, due date and list."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import and_
from typing import Final

from django.contrib.postgres.search import SearchQuery
from django.db.models import Exists, OuterRef, Q

from improvement.calculations.narrowing import Needs, needs
from improvement.kinds import Flag, Status
from improvement.models import Plan, StepOwner
from improvement.selectors.outline import StepOutline, changed_since, outlines

SEARCH_CONFIG: Final = "english"
"""PostgreSQL's text search configuration, the one that steps are indexed with."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader asks for; what is empty asks for nothing. Numbers are primary keys; both days are included.

    A step has to stand on all of the `flags`. A theme or a priority that the plan lacks finds nothing.
    """

    words: str = ""
    theme: int | None = None
    priority: int | None = None
    owner: int | None = None
    statuses: frozenset[Status] = frozenset()
    due_from: date | None = None
    due_to: date | None = None
    flags: frozenset[Flag] = frozenset()

    def has(self, step: StepOutline) -> bool:
        """Whether the step has the status, the due date and the flags that are asked for."""
        if self.statuses and step.status not in self.statuses:
            return False
        return self._is_due(step.due_on) and self.flags <= step.flags

    def _is_due(self, day: date | None) -> bool:
        if self.due_from is None and self.due_to is None:
            return True
        return day is not None and (self.due_from or day) <= day <= (self.due_to or day)


def found(plan: Plan, as_at: date, wanted: Wanted) -> list[StepOutline]:
    """The plan's steps as they stood on that day, those that are wanted, in the order of print.

    Words and owners are looked for as they are today, whatever the day. The queries are those of `outlines`.
    """
    conditions = list(_conditions(plan, wanted, as_at))
    if not conditions:
        return outlines(plan, as_at)
    return [each for each in outlines(plan, as_at, reduce(and_, conditions)) if wanted.has(each)]


def _conditions(plan: Plan, wanted: Wanted, as_at: date) -> Iterator[Q]:
    """What the database can narrow down, so that only these steps are looked at."""
    if wanted.words.strip():
        yield Q(search=SearchQuery(wanted.words, config=SEARCH_CONFIG, search_type="websearch"))
    if wanted.owner is not None:
        yield Q(Exists(StepOwner.objects.filter(step=OuterRef("pk"), owner=wanted.owner, owner__plan=plan)))
    if wanted.theme is not None:
        yield Q(action__priority__theme=wanted.theme)
    if wanted.priority is not None:
        yield Q(action__priority=wanted.priority)
    for flag in wanted.flags:
        yield _possible(needs(flag)) | changed_since(as_at)
    if wanted.statuses:
        yield Q(status__in=wanted.statuses) | changed_since(as_at)
    if wanted.due_from is not None:
        yield Q(due_on__gte=wanted.due_from) | changed_since(as_at)
    if wanted.due_to is not None:
        yield Q(due_on__lte=wanted.due_to) | changed_since(as_at)


def _possible(wanted: Needs) -> Q:
    """Steps that may have a flag with these needs."""
    found = Q(status__in=wanted.statuses)
    if wanted.has_due_date is not None:
        found &= Q(due_on__isnull=not wanted.has_due_date)
    if wanted.has_owner is not None:
        owned = Exists(StepOwner.objects.filter(step=OuterRef("pk")))
        found &= Q(owned) if wanted.has_owner else ~Q(owned)
    return found
