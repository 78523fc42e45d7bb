"""A plan as it stood on a day, as a value: what the paper, the pages and the counts are made from."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from improvement.calculations.flags import MeasureFacts, StepFacts, flags, is_met, outcome
from improvement.kinds import Bound, Direction, Flag, Judged, Outcome, Status


class DoneBasis(StrEnum):
    """Where the day on which a step was done is known from."""

    STATED = "stated"
    EVIDENCE = "evidence"
    PAPER = "paper"

    @property
    def label(self) -> str:
        """The basis as it is read beside the day."""
        return DONE_BASES[self]


DONE_BASES = {
    DoneBasis.STATED: "as recorded",
    DoneBasis.EVIDENCE: "the day of the earliest dated evidence",
    DoneBasis.PAPER: "the paper's date, because nothing is dated",
}


@dataclass(frozen=True, slots=True)
class UpdatePosition:
    """An accepted update. `stamp` is its date as printed, `recorded_on` the day from which it counts."""

    pk: int
    text: str
    stamp: str
    dated_on: date | None
    quarter: str
    recorded_on: date
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class ReadingPosition:
    """What a measure was found to be. `pk` tells the order in which readings were added."""

    words: str
    dated_on: date | None
    value: Decimal | None
    bound: Bound
    judged: Judged
    recorded_on: date
    pk: int = 0


@dataclass(frozen=True, slots=True)
class MeasurePosition:
    """One measure with its readings, the oldest first. `pk` is 0 for a measure that has since been replaced."""

    pk: int
    words: str
    direction: Direction
    target: Decimal | None
    unit: str
    readings: tuple[ReadingPosition, ...] = ()

    @property
    def latest(self) -> ReadingPosition | None:
        """The reading that counts."""
        return self.readings[-1] if self.readings else None

    @property
    def facts(self) -> MeasureFacts:
        """What bears on whether the target is met."""
        latest = self.latest
        if latest is None:
            return MeasureFacts(self.direction, self.target)
        return MeasureFacts(self.direction, self.target, True, latest.value, latest.bound, latest.judged)

    @property
    def is_met(self) -> bool | None:
        """Whether the latest reading meets the target; None where that cannot be told."""
        return is_met(self.facts)


@dataclass(frozen=True, slots=True)
class DeadlinePosition:
    """A due date that the step had from `set_on` on."""

    when: str
    due_on: date | None
    set_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class StepPosition:
    """One step as it stood. `owners` are the names that answer for it, `who` is the cell as printed.

    `updates` are in the order in which they were added; `deadlines` has every one that it had, the oldest first.
    `outcome` and `flags` are as `assessed` says.
    """

    pk: int
    reference: str
    number: int
    how: str
    who: str
    owners: tuple[str, ...]
    when: str
    due_on: date | None
    success: str
    status: Status
    status_printed: str
    completed_on: date | None
    begun_on: date | None
    outcome: Outcome = Outcome.NO_MEASURE
    flags: frozenset[Flag] = frozenset()
    updates: tuple[UpdatePosition, ...] = ()
    measures: tuple[MeasurePosition, ...] = ()
    deadlines: tuple[DeadlinePosition, ...] = ()

    @property
    def action_reference(self) -> str:
        """The reference of the step's action: "2.3"."""
        return self.reference.rpartition("/")[0]

    @property
    def flags_in_order(self) -> tuple[Flag, ...]:
        """The lists on which the step stands, in the order in which they are told of."""
        return tuple(flag for flag in Flag if flag in self.flags)

    @property
    def latest_update(self) -> UpdatePosition | None:
        """The update with the newest date; where none is dated, the one that was added last."""
        if not self.updates:
            return None
        return max(enumerate(self.updates), key=lambda pair: (pair[1].dated_on or date.min, pair[0]))[1]

    @property
    def latest_dated_on(self) -> date | None:
        """The newest date of an update; None where none is dated."""
        return max((each.dated_on for each in self.updates if each.dated_on is not None), default=None)

    def done_on(self, paper_date: date) -> tuple[date, DoneBasis] | None:
        """Since when the step counts as done, and where that is known from; None while it is not done.

        The source prints no such day: without one recorded it is the earliest dated evidence, else the paper's date.
        """
        if not self.status.is_done:
            return None
        if self.completed_on is not None:
            return self.completed_on, DoneBasis.STATED
        dates = [each.dated_on for each in self.updates if each.dated_on is not None]
        return (min(dates), DoneBasis.EVIDENCE) if dates else (paper_date, DoneBasis.PAPER)


def assessed(step: StepPosition, as_at: date) -> StepPosition:
    """The step with what is known of whether it worked, and with the lists on which it stands on that day."""
    known = outcome(each.facts for each in step.measures)
    facts = StepFacts(
        status=step.status,
        due_on=step.due_on,
        latest_update_on=step.latest_dated_on,
        has_evidence=bool(step.updates),
        has_owner=bool(step.owners),
        outcome=known,
        begun_on=step.begun_on,
    )
    return replace(step, outcome=known, flags=flags(facts, as_at))


@dataclass(frozen=True, slots=True)
class ActionPosition:
    """An action with the steps that were promised under it; `printed` is the reference as the source prints it."""

    pk: int
    reference: str
    printed: str
    what: str
    steps: tuple[StepPosition, ...]


@dataclass(frozen=True, slots=True)
class PriorityPosition:
    """A priority of a theme; `is_inferred` says that the source prints no number for it."""

    pk: int
    number: str
    title: str
    actions: tuple[ActionPosition, ...]
    is_inferred: bool = False

    def steps(self) -> Iterator[StepPosition]:
        """Its steps in the order of print."""
        for action in self.actions:
            yield from action.steps


@dataclass(frozen=True, slots=True)
class ThemePosition:
    """A theme of a plan."""

    pk: int
    number: str
    title: str
    priorities: tuple[PriorityPosition, ...]

    def steps(self) -> Iterator[StepPosition]:
        """Its steps in the order of print."""
        for priority in self.priorities:
            yield from priority.steps()


@dataclass(frozen=True, slots=True)
class PlanPosition:
    """A whole plan as at a day."""

    title: str
    notice: str
    as_at: date
    themes: tuple[ThemePosition, ...]

    def steps(self) -> Iterator[StepPosition]:
        """Every step in the order of print."""
        for theme in self.themes:
            yield from theme.steps()
