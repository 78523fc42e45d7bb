"""Counts of steps: what is done, what was measured at its target, and what has no measure. Never one for another."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol

from improvement.calculations.position import DoneBasis, StepPosition, ThemePosition
from improvement.kinds import Outcome, Status

_DONE: Final = tuple(status for status in Status if status.is_done)


class Countable(Protocol):
    """What a step has to have to be counted."""

    @property
    def status(self) -> Status: ...
    @property
    def outcome(self) -> Outcome: ...


@dataclass(frozen=True, slots=True)
class Bars:
    """The counts of two bars: `done` of `steps`, and `at_target` of `measured`, the steps with a target.

    `below` missed it; of the rest, `not_read`, no reading tells.

    `words_only` have a measure without a target and `no_measure` none at all: neither is progress.
    """

    steps: int = 0
    done: int = 0
    measured: int = 0
    at_target: int = 0
    below: int = 0
    words_only: int = 0
    no_measure: int = 0

    @property
    def not_read(self) -> int:
        """The steps with a target of which no reading tells whether it is reached."""
        return self.measured - self.at_target - self.below

    def __add__(self, other: "Bars") -> "Bars":
        return Bars(
            self.steps + other.steps,
            self.done + other.done,
            self.measured + other.measured,
            self.at_target + other.at_target,
            self.below + other.below,
            self.words_only + other.words_only,
            self.no_measure + other.no_measure,
        )


def bars(steps: Iterable[Countable]) -> Bars:
    """The counts of these steps."""
    known = list(steps)
    statuses, outcomes = [each.status for each in known], [each.outcome for each in known]
    words_only, no_measure = outcomes.count(Outcome.NOT_MEASURABLE), outcomes.count(Outcome.NO_MEASURE)
    return Bars(
        steps=len(known),
        done=sum(statuses.count(status) for status in _DONE),
        measured=len(known) - words_only - no_measure,
        at_target=outcomes.count(Outcome.AT_TARGET),
        below=outcomes.count(Outcome.BELOW),
        words_only=words_only,
        no_measure=no_measure,
    )


def counts_by_status(steps: Iterable[Countable]) -> Mapping[Status, int]:
    """How many steps have each status, in the order of the closed list; a status that no step has counts 0."""
    found = [each.status for each in steps]
    return {status: found.count(status) for status in Status}


def counts_by_theme(themes: Iterable[ThemePosition]) -> tuple[tuple[ThemePosition, Mapping[Status, int]], ...]:
    """The statuses of each theme's steps, in the order of print."""
    return tuple((theme, counts_by_status(theme.steps())) for theme in themes)


@dataclass(frozen=True, slots=True)
class Completion:
    """One day of a count over time: how many steps were done by the end of it."""

    on: date
    done: int


@dataclass(frozen=True, slots=True)
class CompletionOverTime:
    """The steps done by each day on which one was, and how many of these days are known from what."""

    points: tuple[Completion, ...]
    by_basis: Mapping[DoneBasis, int]


def completion_over_time(steps: Iterable[StepPosition], paper_date: date) -> CompletionOverTime:
    """How the number of steps done grew: the last point counts every step that is done."""
    known = [found for each in steps if (found := each.done_on(paper_date)) is not None]
    days = [day for day, _ in known]
    points = tuple(Completion(day, sum(each <= day for each in days)) for day in sorted(set(days)))
    return CompletionOverTime(points, {basis: sum(each is basis for _, each in known) for basis in DoneBasis})
