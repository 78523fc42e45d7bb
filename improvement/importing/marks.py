"""What a row of our own export says it is, in its column "Step": "theme", "priority", "1.5/3"."""

import re
from dataclasses import dataclass
from typing import Final

from improvement.references import step_reference

THEME: Final = "theme"
PRIORITY: Final = "priority"
_INFERRED: Final = re.compile(r"priority (?P<number>.*) \(number inferred\)", re.DOTALL)
_STEP: Final = re.compile(r"(?P<reference>.*)/(?P<number>[1-9]\d{0,3})(?P<continued> \(continued\))?", re.DOTALL)
_NO_STEPS: Final = re.compile(r"(?P<reference>.*)/no steps", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Marked:
    """What a mark says. `number` is a step's, or that of a priority whose number `is_inferred`.

    `is_continued`: the row holds the rest of cells too long for one.
    """

    level: str
    reference: str = ""
    number: str = ""
    is_continued: bool = False
    is_inferred: bool = False


def priority_mark(number: str, *, is_inferred: bool) -> str:
    """The mark of a priority; one whose number is not printed carries it."""
    return f"priority {number} (number inferred)" if is_inferred else PRIORITY


def step_mark(reference: str, number: int, *, is_continued: bool = False) -> str:
    """The mark of a step."""
    return step_reference(reference, number) + (" (continued)" if is_continued else "")


def no_steps_mark(reference: str) -> str:
    """The mark of an action without steps."""
    return f"{reference}/no steps"


def read_mark(mark: str) -> Marked | None:
    """What the mark says; None where it is none."""
    if mark in (THEME, PRIORITY):
        return Marked(mark)
    if match := _INFERRED.fullmatch(mark):
        return Marked(PRIORITY, number=match["number"], is_inferred=True)
    if match := _STEP.fullmatch(mark):
        return Marked("step", match["reference"], match["number"], match["continued"] is not None)
    if match := _NO_STEPS.fullmatch(mark):
        return Marked("action", match["reference"])
    return None
