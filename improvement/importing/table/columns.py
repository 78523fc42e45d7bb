"""The columns of a tracker: the eight as printed, those that our own export adds, and how else people head them."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Column(StrEnum):
    """The eight columns in the order of print, each with its head."""

    NOS = "NOS"
    WHAT = "What?"
    WHO = "Who?"
    HOW = "How?"
    WHEN = "When?"
    SUCCESS = "Success measures"
    STATUS = "Current Status"
    OUTCOME = "Outcome – (report for Q1, Q2, Q3, Q4)"


class OwnColumn(StrEnum):
    """What the export adds, so that nothing has to be guessed when it comes back. `STEP` says what a row is."""

    STEP = "Step"
    DUE_ON = "Due date"
    STATUS = "Status in words"
    COMPLETED_ON = "Completed on"
    OWNERS = "Owners"
    MEASURES = "Measures"


COLUMNS: Final = tuple(Column)
OWN_COLUMNS: Final = tuple(OwnColumn)

OTHER_HEADS: Final[Mapping[Column, tuple[str, ...]]] = {
    Column.NOS: ("no", "number", "ref", "reference", "ref no", "id"),
    Column.WHAT: ("action", "actions", "what will we do", "objective"),
    Column.WHO: ("lead", "lead officer", "owner", "owners", "responsible", "by whom"),
    Column.HOW: ("how will we do it", "steps", "tasks"),
    Column.WHEN: ("by when", "due", "due date", "deadline", "timescale", "timescales"),
    Column.SUCCESS: ("success measure", "measure of success", "measures of success", "success criteria"),
    Column.STATUS: ("status", "progress status", "current state"),
    Column.OUTCOME: ("outcome", "outcomes", "outcome report for q1 q2 q3 q4", "progress update", "comments"),
}
"""Heads by which the columns are known too, in small letters and without punctuation."""
