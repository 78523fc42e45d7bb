"""Steps with all that is known of them as at a day, in a constant number of queries however many there are."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Final

from django.db.models import F, Q

from improvement.calculations.position import (
    DeadlinePosition,
    MeasurePosition,
    ReadingPosition,
    StepPosition,
    UpdatePosition,
    assessed,
)
from improvement.calculations.undoing import Changed, undone
from improvement.kinds import Bound, Direction, Judged, Status
from improvement.models import Deadline, InspectionReference, Measure, Plan, Reading, Step, StepOwner
from improvement.references import step_reference
from improvement.selectors.standing import changes_after, steps_of, updates_known

_OLDEST_FIRST: Final = ("measure_id", F("dated_on").asc(nulls_first=True), "pk")


def find_step(plan: Plan, action: str, number: int) -> Step | None:
    """The step of that reference with all that it stands under; of several, the one that is still in the plan."""
    rows = Step.objects.filter(action__plan=plan, action__reference=action, number=number).defer("search")
    rows = rows.select_related("action__plan", "action__priority__theme")
    return rows.order_by(F("dropped_on").desc(nulls_first=True), "-pk").first()


def inspections_of(step: Step) -> list[str]:
    """The inspections that the words of the step or of its action name, in the order of time."""
    rows = InspectionReference.objects.filter(Q(step=step) | Q(step=None), action=step.action)
    return list(dict.fromkeys(rows.order_by("month", "pk").values_list("words", flat=True)))


Of = Callable[[str], Q]
"""Which steps: a condition, from the way that leads to the step ("step", "measure__step")."""


def steps_in_full(steps: Iterable[int], as_at: date) -> dict[int, StepPosition]:
    """These steps, by their numbers and in the order given, each as it stood on that day; seven queries.

    A number that no step has is left out. Whether a step stood in its plan on that day is the caller's question.
    For a page of steps; a whole plan has `plan_in_full`.
    """
    wanted = list(steps)
    rows = Step.objects.filter(pk__in=wanted).defer("search").select_related("action").order_by("pk")
    found = {row.pk: row for row in rows}
    known = _Known(lambda way: Q(**{f"{way}__in": list(found)}), as_at)
    return {pk: known.position_of(found[pk]) for pk in wanted if pk in found}


def plan_in_full(plan: Plan, as_at: date) -> Mapping[int, list[StepPosition]]:
    """The steps of each action of the plan, in the order of print, as they stood on that day; seven queries."""
    known = _Known(lambda way: Q(**{f"{way}__action__plan": plan}), as_at)
    found = defaultdict[int, list[StepPosition]](list)
    for row in steps_of(plan, as_at).defer("search").select_related("action"):
        found[row.action_id].append(known.position_of(row))
    return found


class _Known:
    """What hangs on some steps, read at once."""

    def __init__(self, of: Of, as_at: date) -> None:
        self._as_at = as_at
        self._owners = _owners(of)
        self._updates = _updates(of, as_at)
        self._measures = _measures(of, as_at)
        self._deadlines = _deadlines(of, as_at)
        self._changes = _changes(of, as_at)

    def position_of(self, step: Step) -> StepPosition:
        """The step as it stood."""
        today = StepPosition(
            pk=step.pk,
            reference=step_reference(step.action.reference, step.number),
            number=step.number,
            how=step.how,
            who=step.who,
            owners=tuple(self._owners[step.pk]),
            when=step.when,
            due_on=step.due_on,
            success=step.success,
            status=Status(step.status),
            status_printed=step.status_printed,
            completed_on=step.completed_on,
            begun_on=step.begun_on,
            updates=tuple(self._updates[step.pk]),
            measures=tuple(self._measures[step.pk]),
            deadlines=tuple(self._deadlines[step.pk]),
        )
        return assessed(undone(today, self._changes[step.pk], self._as_at), self._as_at)


def _owners(of: Of) -> Mapping[int, list[str]]:
    rows = StepOwner.objects.filter(of("step")).order_by("step_id", "position", "pk")
    found = defaultdict[int, list[str]](list)
    for step, name in rows.values_list("step_id", "owner__name"):
        found[step].append(name)
    return found


def _updates(of: Of, as_at: date) -> Mapping[int, list[UpdatePosition]]:
    rows = updates_known(as_at).filter(of("step")).order_by("step_id", "position")
    found = defaultdict[int, list[UpdatePosition]](list)
    for each in rows:
        position = UpdatePosition(
            each.pk, each.text, each.stamp, each.dated_on, each.quarter, each.recorded_on, each.evidence
        )
        found[each.step_id].append(position)
    return found


def _measures(of: Of, as_at: date) -> Mapping[int, list[MeasurePosition]]:
    readings = defaultdict[int, list[ReadingPosition]](list)
    rows = Reading.objects.filter(of("measure__step"), recorded_on__lte=as_at)
    for each in rows.order_by(*_OLDEST_FIRST):
        bound, judged = Bound(each.bound), Judged(each.judged)
        position = ReadingPosition(each.words, each.dated_on, each.value, bound, judged, each.recorded_on, each.pk)
        readings[each.measure_id].append(position)
    found = defaultdict[int, list[MeasurePosition]](list)
    for row in Measure.objects.filter(of("step")).order_by("step_id", "position", "pk"):
        known = tuple(readings[row.pk])
        found[row.step_id].append(
            MeasurePosition(row.pk, row.words, Direction(row.direction), row.target, row.unit, known)
        )
    return found


def _deadlines(of: Of, as_at: date) -> Mapping[int, list[DeadlinePosition]]:
    rows = Deadline.objects.filter(of("step"), set_on__lte=as_at).order_by("step_id", "set_on", "pk")
    found = defaultdict[int, list[DeadlinePosition]](list)
    for each in rows:
        found[each.step_id].append(DeadlinePosition(each.when, each.due_on, each.set_on, each.reason))
    return found


def _changes(of: Of, as_at: date) -> Mapping[int, list[Changed]]:
    found = defaultdict[int, list[Changed]](list)
    for step, field, before in changes_after(as_at).filter(of("step")).values_list("step_id", "field", "before"):
        found[step].append(Changed(field, before))
    return found
