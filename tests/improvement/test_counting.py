"""Counts keep apart what is done, what was measured at its target, and what nobody measures."""

from datetime import date
from typing import NamedTuple

from improvement.calculations.counting import (
    Bars,
    Completion,
    bars,
    completion_over_time,
    counts_by_status,
    counts_by_theme,
)
from improvement.calculations.position import ActionPosition, DoneBasis, PriorityPosition, ThemePosition
from improvement.kinds import Outcome, Status
from tests.access.cast import TODAY
from tests.improvement.papers import a_done_step, an_update

MAY, JUNE = date(2017, 5, 31), date(2017, 6, 30)


class Counted(NamedTuple):
    status: Status
    outcome: Outcome


STEPS = [
    Counted(Status.DONE, Outcome.BELOW),
    Counted(Status.DONE_CONTINUING, Outcome.AT_TARGET),
    Counted(Status.IN_PROGRESS, Outcome.NOT_READ),
    Counted(Status.STOPPED, Outcome.NOT_MEASURABLE),
    Counted(Status.DONE, Outcome.NO_MEASURE),
]


def test_a_step_without_a_target_is_in_no_bar_of_what_worked() -> None:
    assert bars(STEPS) == Bars(steps=5, done=3, measured=3, at_target=1, below=1, words_only=1, no_measure=1)


def test_every_step_is_counted_once_by_whether_it_can_be_measured() -> None:
    counted = bars(STEPS)
    assert counted.measured + counted.words_only + counted.no_measure == counted.steps


def test_bars_of_parts_add_up_to_the_bars_of_the_whole() -> None:
    assert bars(STEPS[:2]) + bars(STEPS[2:]) == bars(STEPS)
    assert bars([]) == Bars()


def test_every_status_is_counted_also_at_nought() -> None:
    assert counts_by_status(STEPS) == {
        Status.DONE: 2,
        Status.DONE_CONTINUING: 1,
        Status.IN_PROGRESS: 1,
        Status.NOT_STARTED: 0,
        Status.STOPPED: 1,
        Status.NOT_STATED: 0,
    }


def test_a_theme_counts_the_steps_of_all_its_priorities() -> None:
    action = ActionPosition(1, "1.1", "1.1", "Act", (a_done_step(), a_done_step(status=Status.STOPPED)))
    theme = ThemePosition(1, "1", "Safety", (PriorityPosition(1, "1", "A", (action,)),) * 2)
    ((found, counts),) = counts_by_theme([theme])
    assert found is theme
    assert (counts[Status.DONE], counts[Status.STOPPED], counts[Status.NOT_STATED]) == (2, 2, 0)


def test_completion_grows_by_the_day_and_says_from_what_each_day_is_known() -> None:
    steps = [
        a_done_step(completed_on=MAY),
        a_done_step(updates=(an_update(dated_on=MAY),)),
        a_done_step(updates=(an_update(dated_on=JUNE),)),
        a_done_step(),
        a_done_step(status=Status.IN_PROGRESS, updates=(an_update(dated_on=MAY),)),
    ]
    over_time = completion_over_time(steps, TODAY)
    assert over_time.points == (Completion(MAY, 2), Completion(JUNE, 3), Completion(TODAY, 4))
    assert over_time.by_basis == {DoneBasis.STATED: 1, DoneBasis.EVIDENCE: 2, DoneBasis.PAPER: 1}


def test_nothing_done_has_no_days() -> None:
    assert completion_over_time([a_done_step(status=Status.NOT_STARTED)], date(2017, 9, 6)).points == ()
