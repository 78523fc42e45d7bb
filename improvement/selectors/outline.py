"""A plan at a glance, as at a day: of every step only what flags, filters, order and counts need.

For thousands of steps: rows come as plain tuples, and what a step's page shows is read for the steps of one page only.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Exists, F, FilteredRelation, Max, OuterRef, Q, TextField
from django.db.models.functions import Cast

from improvement.calculations.flags import MeasureFacts, StepFacts, flags, outcome
from improvement.kinds import Bound, Direction, Flag, Judged, Outcome, Status
from improvement.models import Measure, Plan, Priority, StepOwner
from improvement.selectors.standing import changes_after, steps_of, still_there, updates_known
from improvement.selectors.steps import steps_in_full


class StepOutline(NamedTuple):
    """One step: where it stands, and what it is listed and counted by."""

    pk: int
    priority: int
    status: Status
    due_on: date | None
    latest_update_on: date | None
    outcome: Outcome
    flags: frozenset[Flag]


@dataclass(frozen=True, slots=True)
class PriorityOutline:
    """A priority with its number and title."""

    pk: int
    number: str
    title: str


@dataclass(frozen=True, slots=True)
class ThemeOutline:
    """A theme with its priorities, in the order of print."""

    pk: int
    number: str
    title: str
    priorities: tuple[PriorityOutline, ...]


def outlines(plan: Plan, as_at: date, among: Q | None = None) -> list[StepOutline]:
    """The steps of the plan as they stood on that day, in the order of print; `among` narrows down which.

    Four queries, and those of `steps_in_full` where steps have changed since. What changes with time must not narrow
    down steps that have changed: see `changed_since`.
    """
    steps = _outlines(plan, as_at, among)
    changed = set(changes_after(as_at).filter(plan=plan).values_list("step_id", flat=True))
    return _as_they_were(steps, changed, as_at) if changed else steps


def changed_since(as_at: date) -> Q:
    """Steps of which something counts from a later day: what is stored of them is not what it was."""
    return Q(Exists(changes_after(as_at).filter(step=OuterRef("pk"))))


def _outlines(plan: Plan, as_at: date, among: Q | None) -> list[StepOutline]:
    owned = Exists(StepOwner.objects.filter(step=OuterRef("pk")))
    rows = steps_of(plan, as_at).filter(among or Q())
    values = list(rows.values_list("pk", "action__priority_id", "status", "due_on", "begun_on", owned))
    of = Q(step__action__plan=plan) if among is None else Q(step__in=rows.order_by().values("pk"))
    updates, outcomes = _latest_updates(of, as_at), _outcomes(of, as_at)
    known: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    found = []
    for row in values:
        pk = row[0]
        stored = (*row[2:], pk in updates, updates.get(pk), outcomes.get(pk, Outcome.NO_MEASURE.value))
        # Of thousands of steps many have all of this in common.
        judged = known.get(stored)
        if judged is None:
            judged = known[stored] = _judged(stored, as_at)
        found.append(StepOutline(pk, row[1], *judged))
    return found


def _judged(stored: tuple[Any, ...], as_at: date) -> tuple[Status, date | None, date | None, Outcome, frozenset[Flag]]:
    """What the outline of a step says, from what is stored of it."""
    status, due_on, begun_on, has_owner, has_evidence, updated_on, worked = stored
    facts = StepFacts(Status(status), due_on, updated_on, has_evidence, has_owner, Outcome(worked), begun_on)
    return facts.status, due_on, updated_on, facts.outcome, flags(facts, as_at)


def _facts(direction: str, wanted: str | None, read: str | None, bound: str | None, judged: str | None) -> MeasureFacts:
    """A measure with its latest reading; without one all that is read of it is None."""
    return MeasureFacts(
        Direction(direction),
        target=None if wanted is None else Decimal(wanted),
        is_read=bound is not None,
        value=None if read is None else Decimal(read),
        bound=Bound(bound or ""),
        judged=Judged(judged or ""),
    )


def _latest_updates(of: Q, as_at: date) -> Mapping[int, date | None]:
    """The newest date of each step that has an update; None where none of its updates is dated."""
    rows = updates_known(as_at).filter(of).order_by().values("step")
    return dict(rows.annotate(latest=Max("dated_on")).values_list("step", "latest"))


def _outcomes(of: Q, as_at: date) -> Mapping[int, str]:
    """Whether each step that has a measure worked, as an Outcome's value, by the latest reading of each; one query."""
    known_by_then = FilteredRelation("readings", condition=Q(readings__recorded_on__lte=as_at))
    rows = Measure.objects.filter(of).annotate(
        reading=known_by_then,
        # Figures as text: a set of texts is much quicker than one of decimals.
        wanted=Cast("target", TextField()),
        read=Cast("reading__value", TextField()),
    )
    rows = rows.order_by("pk", F("reading__dated_on").desc(nulls_last=True), "-reading__pk").distinct("pk")
    measures: dict[int, tuple[tuple[Any, ...], ...]] = {}
    values = ("direction", "wanted", "read", "reading__bound", "reading__judged")
    for row in rows.values_list("step_id", *values):
        measures[row[0]] = (*measures.get(row[0], ()), row[1:])
    known = {each: outcome(_facts(*measure) for measure in each).value for each in set(measures.values())}
    return {step: known[each] for step, each in measures.items()}


def _as_they_were(steps: Iterable[StepOutline], changed: Container[int | None], as_at: date) -> list[StepOutline]:
    """The steps with those that have changed since read in full, which undoes the changes."""
    kept = list(steps)
    earlier = steps_in_full([each.pk for each in kept if each.pk in changed], as_at)
    return [
        each._replace(status=then.status, due_on=then.due_on, outcome=then.outcome, flags=then.flags)
        if (then := earlier.get(each.pk))
        else each
        for each in kept
    ]


def levels(plan: Plan, as_at: date) -> tuple[ThemeOutline, ...]:
    """The themes with their priorities that no version had dropped by that day, in the order of print; one query."""
    rows = Priority.objects.filter(still_there(as_at), theme__plan=plan)
    titles: dict[int, tuple[str, str]] = {}
    priorities = defaultdict[int, list[PriorityOutline]](list)
    names = ("pk", "number", "title", "theme_id", "theme__number", "theme__title")
    ordered = rows.order_by("theme__position", "theme_id", "position", "pk")
    for pk, number, title, theme, theme_number, theme_title in ordered.values_list(*names):
        titles[theme] = theme_number, theme_title
        priorities[theme].append(PriorityOutline(pk, number, title))
    return tuple(ThemeOutline(pk, *titles[pk], tuple(found)) for pk, found in priorities.items())
