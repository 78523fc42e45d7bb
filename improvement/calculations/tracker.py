"""A whole tracker as a value: what a file holds, what an export writes, what two versions are compared as."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated

import msgspec

from improvement.kinds import Bound, Direction, Judged, Status
from torbay_reports.core.reading import Entry, Slug

Label = Annotated[str, msgspec.Meta(max_length=20)]
"""A reference or number as printed."""


class ReadingEntry(Entry, frozen=True):
    """What a measure was found to be on a day. `words` are as printed ("over 80%"); `value` is in the measure's unit.

    `judged` is what a person said where the words alone do not tell whether the target is met.
    """

    words: str
    dated_on: date | None = None
    value: Decimal | None = None
    bound: Bound = Bound.EXACT
    judged: Judged = Judged.NOT


class MeasureEntry(Entry, frozen=True):
    """One measure of a step's success: its words, and the target where one is stated."""

    words: str
    direction: Direction = Direction.UNKNOWN
    target: Decimal | None = None
    unit: str = "%"
    readings: tuple[ReadingEntry, ...] = ()


class UpdateEntry(Entry, frozen=True):
    """A note on what came of a step: `stamp` is its date as printed, "(31 March 2017)"; `quarter`: 2017-18/q1."""

    text: str
    stamp: str = ""
    dated_on: date | None = None
    quarter: str = ""


class StepEntry(Entry, frozen=True):
    """One step. `who` is the cell as printed (often blank), `owners` the names read from it or carried down to it."""

    number: Annotated[int, msgspec.Meta(ge=1, le=9999)]
    how: str
    who: str = ""
    owners: tuple[str, ...] = ()
    when: str = ""
    due_on: date | None = None
    success: str = ""
    status_printed: str = ""
    status: Status = Status.NOT_STATED
    completed_on: date | None = None
    updates: tuple[UpdateEntry, ...] = ()
    measures: tuple[MeasureEntry, ...] = ()


class ActionEntry(Entry, frozen=True):
    """An action: `reference` places it ("1.5"), `printed` is what the source has in its place ("5", or nothing)."""

    reference: Label
    what: str
    printed: Label = ""
    steps: tuple[StepEntry, ...] = ()


class PriorityEntry(Entry, frozen=True):
    """A priority; two may have the same number. `is_inferred` says that no number is printed."""

    number: Label
    title: str
    is_inferred: bool = False
    actions: tuple[ActionEntry, ...] = ()


class ThemeEntry(Entry, frozen=True):
    """A theme, the tracker's highest level."""

    number: Label
    title: str
    priorities: tuple[PriorityEntry, ...] = ()


class TrackerEntry(Entry, frozen=True):
    """A plan with all that it promises."""

    title: str
    themes: tuple[ThemeEntry, ...]

    def steps(self) -> Iterator[tuple[ThemeEntry, PriorityEntry, ActionEntry, StepEntry]]:
        """Every step with what it stands under, in the order of print."""
        for theme in self.themes:
            for priority in theme.priorities:
                for action in priority.actions:
                    for step in action.steps:
                        yield theme, priority, action, step


class PlanFile(Entry, frozen=True):
    """A tracker as `fixtures/improvement.json` holds it: the plan's short name, the paper's date, its pages' notice."""

    slug: Slug
    as_at: date
    tracker: TrackerEntry
    notice: str = ""
    commentary: str = ""
    people: dict[str, tuple[str, ...]] = {}
    """E-mail addresses of the people who answer for an owner's name."""
