"""Positions of small plans, made as values, for what is built from a position."""

from datetime import date
from itertools import count
from typing import Any

from improvement.calculations.position import (
    ActionPosition,
    PlanPosition,
    PriorityPosition,
    StepPosition,
    ThemePosition,
    UpdatePosition,
    assessed,
)
from improvement.kinds import Status

MEETING = date(2017, 9, 6)
_keys = count(1)


def an_update(text: str = "It went on.", **fields: Any) -> UpdatePosition:
    """An update without a date, unless one is given."""
    values = {"stamp": "", "dated_on": None, "quarter": "", "recorded_on": MEETING, **fields}
    return UpdatePosition(pk=next(_keys), text=text, **values)


def a_step(reference: str = "1.1/1", **fields: Any) -> StepPosition:
    """A step in progress that is due after the meeting; its outcome and flags are those of its fields."""
    values: dict[str, Any] = {
        "how": f"Do {reference}",
        "who": "Head of Service",
        "owners": ("Head of Service",),
        "when": "Dec 2017",
        "due_on": date(2017, 12, 31),
        "success": "",
        "status": Status.IN_PROGRESS,
        "status_printed": "ONGOING",
        "completed_on": None,
        "begun_on": None,
        "updates": (an_update(dated_on=date(2017, 8, 1), stamp="(1.8.17)"),),
        "measures": (),
        **fields,
    }
    number = int(reference.rpartition("/")[2])
    return assessed(StepPosition(pk=next(_keys), reference=reference, number=number, **values), MEETING)


def a_done_step(**fields: Any) -> StepPosition:
    """A step that is done, of which nothing else is said and nothing assessed."""
    values: dict[str, Any] = {
        "pk": 1,
        "reference": "2.3/3",
        "number": 3,
        "how": "Visit",
        "who": "Head",
        "owners": ("Head",),
        "when": "Dec 2016",
        "due_on": date(2016, 12, 31),
        "success": "",
        "status": Status.DONE,
        "status_printed": "COMPLETED",
        "completed_on": None,
        "begun_on": None,
    }
    return StepPosition(**{**values, **fields})


def an_action(*steps: StepPosition, reference: str = "1.1", printed: str = "1.1", what: str = "Act") -> ActionPosition:
    """An action with these steps."""
    return ActionPosition(next(_keys), reference, printed, what, steps)


def a_plan(*actions: ActionPosition, number: str = "1", title: str = "Be better") -> PlanPosition:
    """A plan of one theme and one priority with these actions, as at the meeting."""
    priority = PriorityPosition(next(_keys), number, title, actions)
    theme = ThemePosition(next(_keys), "1", "HELP", (priority,))
    return PlanPosition("Improvement plan", "Invented for tests.", MEETING, (theme,))
