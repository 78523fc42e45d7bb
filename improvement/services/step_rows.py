"""Stores the steps of a version: new, changed, dropped and come back. What hangs on a step is stored after it."""

from collections import defaultdict, deque
from collections.abc import Iterable
from typing import Final

from django.db.models import F

from improvement.calculations.tracker import StepEntry
from improvement.calculations.versions.comparing import of_step
from improvement.calculations.versions.step_differences import FIELDS, FieldChange, SetHere, step_difference
from improvement.models import Action, Step
from improvement.services.arrivals import BATCH, Arrival, write_again

COLUMNS: Final = tuple(field for field in FIELDS if field != "owners")
"""What of a step stands in its own row."""

UNTIL_RENUMBERED: Final = 10**9
"""Added to a number while the other steps of the action take theirs: no two may have the same at any moment."""


def store_steps(arrival: Arrival) -> None:
    """Store the steps' own rows, and leave them in `arrival.steps` and what differs in `arrival.found`."""
    sides = arrival.comparison.sides
    arrival.found.update(arrival.comparison.step_differences)
    dropped = _dropped(arrival)
    found, created, changed, lost = [], [], [], []
    for before, after in sides.steps:
        if after is None:
            lost += [] if before is None else [arrival.rows.steps[before].pk]
            continue
        action, entry = arrival.actions[sides.new.action_of[after]], sides.new.steps[after]
        row = _again(arrival, dropped[action.pk, entry.how], after) if before is None else arrival.rows.steps[before]
        if row is None:
            row = _new(arrival, action, entry)
            created.append(row)
        elif arrival.found[after].changes_something or before is None:
            _change(row, arrival.found[after].applied)
            changed.append(row)
        found.append(row)
    Step.objects.filter(pk__in=lost).update(dropped_on=arrival.as_at, revision=F("revision") + 1)
    Step.objects.filter(pk__in=[each.pk for each in changed]).update(number=F("number") + UNTIL_RENUMBERED)
    write_again(Step, changed, [*COLUMNS, "dropped_on", "revision"])
    Step.objects.bulk_create(created, batch_size=BATCH)
    arrival.steps = found


def _dropped(arrival: Arrival) -> dict[tuple[int, str], deque[Step]]:
    """The steps that had been dropped, by their action and their words."""
    dropped = defaultdict[tuple[int, str], deque[Step]](deque)
    for each in arrival.stored.steps:
        if each.dropped_on is not None:
            dropped[each.action_id, each.how].append(each)
    return dropped


def _again(arrival: Arrival, waiting: deque[Step], after: int) -> Step | None:
    """The dropped step that comes back at that place, if one does, with what is different in it."""
    if not waiting:
        return None
    row = waiting.popleft()
    new, old = arrival.comparison.sides.new, arrival.stored.entries[row.pk]
    here = SetHere(decided=arrival.stored.decided(row.pk))
    arrival.found[after] = step_difference(old, new.steps[after], here)
    arrival.returned += of_step(after, new.step_reference(after), old, arrival.found[after])
    return row


def _new(arrival: Arrival, action: Action, entry: StepEntry) -> Step:
    values = {column: getattr(entry, column) for column in COLUMNS}
    return Step(action=action, begun_on=None if arrival.is_first else arrival.as_at, **values)


def _change(row: Step, changes: Iterable[FieldChange]) -> None:
    for change in changes:
        if change.field in COLUMNS:
            setattr(row, change.field, change.after)
    row.dropped_on = None
    row.revision += 1
    # Left unread until here, and not written: without a value each row would be read for it.
    row.search = None
