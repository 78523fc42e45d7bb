"""Small trackers as rows, with one thing in them that a test is about."""

from collections.abc import Sequence

from improvement.calculations.tracker import ActionEntry, StepEntry
from improvement.importing.reading import ReadTracker, read_tracker
from improvement.importing.report import Note
from tests.improvement.importing.making import delimited
from tests.improvement.importing.traps import HEADS

TITLE = ["A plan"]
THEME = ["1", "BETTER FOR ALL"]
PRIORITY = ["1", "Be better"]
ABOVE = [TITLE, HEADS, THEME, PRIORITY]
"""Four rows, so that the next one is row 5."""

FIRST = [
    "1.1",
    "Act at once",
    "Lead",
    "Write it down",
    "Dec 2016",
    "It is written",
    "COMPLETED",
    "Written. (31 March 2017)",
]


def read(*rows: Sequence[str], name: str = "plan.csv") -> ReadTracker:
    """What the reader makes of these rows below title, header, theme and priority."""
    return read_tracker(delimited([*ABOVE, *rows]), name)


def read_whole(*rows: Sequence[str]) -> ReadTracker:
    """What the reader makes of a file of these rows."""
    return read_tracker(delimited(rows), "plan.csv")


def actions(found: ReadTracker) -> list[ActionEntry]:
    return [action for theme in found.tracker.themes for each in theme.priorities for action in each.actions]


def references(found: ReadTracker) -> list[str]:
    return [action.reference for action in actions(found)]


def steps(found: ReadTracker) -> list[StepEntry]:
    return [step for _, _, _, step in found.tracker.steps()]


def notes(found: ReadTracker, code: str) -> list[Note]:
    return [note for note in found.report.notes if note.code == code]


def sentence(found: ReadTracker, code: str) -> str:
    """The sentence of the one note of this code."""
    (note,) = notes(found, code)
    return note.sentence


def step(
    how: str, *, nos: str = "", what: str = "", who: str = "", when: str = "Jan 2017", status: str = "ONGOING"
) -> list[str]:
    """A row with a step."""
    return [nos, what, who, how, when, "", status, ""]
