"""A stored plan as a tracker, and what a newer version would change in it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from improvement.calculations.tracker import ActionEntry, PriorityEntry, StepEntry, ThemeEntry, TrackerEntry
from improvement.calculations.versions.comparing import Comparison, compare
from improvement.calculations.versions.step_differences import SetHere
from improvement.models import Action, Change, Plan, Priority, Step, Theme
from improvement.selectors.stored import StoredPlan, stored_plan

Row = TypeVar("Row", Theme, Priority, Action, Step)


@dataclass(frozen=True, slots=True)
class RowsInPrint:
    """A tracker with the rows that it was made from: each sequence goes by the places in the tracker's levels."""

    tracker: TrackerEntry
    themes: Sequence[Theme]
    priorities: Sequence[Priority]
    actions: Sequence[Action]
    steps: Sequence[Step]


def tracker_of(plan: Plan) -> TrackerEntry:
    """The plan as the value that a file holds: accepted updates only, without what was dropped; nine queries."""
    return rows_in_print(stored_plan(plan)).tracker


def differences(plan: Plan, tracker: TrackerEntry, as_at: date) -> Comparison:
    """What bringing the tracker in as at that day would change: just what `services.versions.bring_in` then does."""
    return compare_with_stored(stored_plan(plan), tracker, as_at)[0]


def compare_with_stored(stored: StoredPlan, tracker: TrackerEntry, as_at: date) -> tuple[Comparison, RowsInPrint]:
    """The differences, with the rows of the older side; one query more."""
    rows = rows_in_print(stored)
    return compare(rows.tracker, tracker, _set_here(stored, rows.steps, as_at)), rows


def rows_in_print(stored: StoredPlan) -> RowsInPrint:
    """What is in the plan, without what was dropped."""
    steps_of = _below(stored.steps, lambda each: each.action_id)
    actions_of = _below(stored.actions, lambda each: each.priority_id)
    priorities_of = _below(stored.priorities, lambda each: each.theme_id)
    themes = [each for each in stored.themes if each.dropped_on is None]
    priorities = [row for theme in themes for row in priorities_of[theme.pk]]
    actions = [row for priority in priorities for row in actions_of[priority.pk]]
    steps = [row for action in actions for row in steps_of[action.pk]]
    actions_in = {each.pk: _action(each, (stored.entries[step.pk] for step in steps_of[each.pk])) for each in actions}
    priorities_in = {
        each.pk: _priority(each, (actions_in[action.pk] for action in actions_of[each.pk])) for each in priorities
    }
    entries = (_theme(each, (priorities_in[below.pk] for below in priorities_of[each.pk])) for each in themes)
    return RowsInPrint(TrackerEntry(stored.plan.title, tuple(entries)), themes, priorities, actions, steps)


def _below(rows: Iterable[Row], above: Callable[[Row], int]) -> dict[int, list[Row]]:
    """The rows that are in the plan, by the number of what they stand under."""
    found = defaultdict[int, list[Row]](list)
    for each in rows:
        if each.dropped_on is None:
            found[above(each)].append(each)
    return found


def _theme(row: Theme, below: Iterable[PriorityEntry]) -> ThemeEntry:
    return ThemeEntry(row.number, row.title, tuple(below))


def _priority(row: Priority, below: Iterable[ActionEntry]) -> PriorityEntry:
    return PriorityEntry(row.number, row.title, row.is_inferred, tuple(below))


def _action(row: Action, below: Iterable[StepEntry]) -> ActionEntry:
    return ActionEntry(row.reference, row.what, row.printed, tuple(below))


def _set_here(stored: StoredPlan, steps: Sequence[Step], as_at: date) -> Mapping[int, SetHere]:
    """What persons set in these steps for a day after that one, and the targets that they decided, by place."""
    later = defaultdict[int, set[str]](set)
    changes = Change.objects.filter(plan=stored.plan, step__isnull=False, version=None, effective_on__gt=as_at)
    for step, field in changes.order_by().values_list("step_id", "field"):
        if step is not None:
            later[step].add(field)
    return {
        at: SetHere(later=frozenset(later[step.pk]), decided=stored.decided(step.pk)) for at, step in enumerate(steps)
    }
