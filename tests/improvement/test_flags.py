"""What puts a step on a list, as at a day."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from improvement.calculations.flags import STALE_AFTER, MeasureFacts, StepFacts, flags, is_met, is_stale, outcome
from improvement.kinds import Bound, Direction, Flag, Judged, Outcome, Status

MEETING = date(2017, 9, 6)
SOUND = StepFacts(
    status=Status.IN_PROGRESS,
    due_on=date(2017, 12, 31),
    latest_update_on=date(2017, 8, 1),
    has_evidence=True,
    has_owner=True,
    outcome=Outcome.NO_MEASURE,
)
OPEN = (Status.IN_PROGRESS, Status.NOT_STARTED, Status.NOT_STATED)


def measure(direction: Direction, target: str, value: str, bound: Bound = Bound.EXACT) -> MeasureFacts:
    return MeasureFacts(direction, Decimal(target), is_read=True, value=Decimal(value), bound=bound)


def test_an_open_step_with_all_it_needs_stands_on_no_list() -> None:
    assert flags(SOUND, MEETING) == frozenset()


@pytest.mark.parametrize("status", OPEN)
def test_an_open_step_is_overdue_from_the_day_after_it_was_due(status: Status) -> None:
    due = replace(SOUND, status=status, due_on=MEETING)
    assert Flag.OVERDUE not in flags(due, MEETING)
    assert Flag.OVERDUE in flags(due, MEETING + timedelta(days=1))


@pytest.mark.parametrize("status", [Status.DONE, Status.DONE_CONTINUING, Status.STOPPED])
def test_what_is_closed_is_neither_overdue_nor_stale(status: Status) -> None:
    closed = replace(SOUND, status=status, due_on=date(2016, 12, 31), latest_update_on=date(2016, 12, 9))
    assert flags(closed, MEETING) == frozenset()


def test_ninety_days_without_an_update_are_not_too_many_but_ninety_one_are() -> None:
    assert not is_stale(replace(SOUND, latest_update_on=MEETING - STALE_AFTER), MEETING)
    assert is_stale(replace(SOUND, latest_update_on=MEETING - STALE_AFTER - timedelta(days=1)), MEETING)


def test_a_step_without_a_dated_update_counts_from_its_beginning_and_is_stale_where_nobody_knows_that() -> None:
    silent = replace(SOUND, latest_update_on=None)
    assert is_stale(silent, MEETING)
    assert not is_stale(replace(silent, begun_on=MEETING - timedelta(days=3)), MEETING)
    assert is_stale(replace(silent, begun_on=MEETING - timedelta(days=91)), MEETING)


@pytest.mark.parametrize("status", [Status.DONE, Status.DONE_CONTINUING])
def test_done_is_not_achieved(status: Status) -> None:
    missed = replace(SOUND, status=status, outcome=Outcome.BELOW)
    assert flags(missed, MEETING) == {Flag.DONE_BELOW_TARGET}
    assert flags(replace(missed, status=Status.IN_PROGRESS), MEETING) == frozenset()


def test_done_without_a_word_of_what_came_of_it_is_listed() -> None:
    silent = replace(SOUND, status=Status.DONE, has_evidence=False)
    assert flags(silent, MEETING) == {Flag.DONE_WITHOUT_EVIDENCE}
    assert flags(replace(silent, status=Status.NOT_STARTED), MEETING) == frozenset()


def test_a_step_without_an_owner_or_a_due_date_is_listed_whatever_its_status() -> None:
    for status in Status:
        bare = replace(SOUND, status=status, has_owner=False, due_on=None)
        assert flags(bare, MEETING) == {Flag.NO_OWNER, Flag.NO_DUE_DATE}


@pytest.mark.parametrize(
    ("direction", "value", "bound", "met"),
    [
        (Direction.AT_LEAST, "85", Bound.EXACT, True),
        (Direction.AT_LEAST, "84.99", Bound.EXACT, False),
        (Direction.AT_LEAST, "85", Bound.OVER, True),
        (Direction.AT_LEAST, "80", Bound.OVER, None),
        (Direction.AT_LEAST, "85", Bound.UNDER, False),
        (Direction.AT_LEAST, "90", Bound.UNDER, None),
        (Direction.AT_LEAST, "99", Bound.ABOUT, None),
        (Direction.AT_MOST, "85", Bound.EXACT, True),
        (Direction.AT_MOST, "85.01", Bound.EXACT, False),
        (Direction.AT_MOST, "85", Bound.UNDER, True),
        (Direction.AT_MOST, "90", Bound.UNDER, None),
        (Direction.AT_MOST, "85", Bound.OVER, False),
        (Direction.AT_MOST, "80", Bound.OVER, None),
        (Direction.BASELINE, "85", Bound.EXACT, None),
        (Direction.UNKNOWN, "85", Bound.EXACT, None),
    ],
)
def test_a_reading_meets_its_target_only_where_the_figures_say_so(
    direction: Direction, value: str, bound: Bound, met: bool | None
) -> None:
    assert is_met(measure(direction, "85", value, bound)) is met


def test_what_a_person_has_said_of_a_reading_counts_before_its_figures() -> None:
    over_80 = measure(Direction.AT_LEAST, "85", "80", Bound.OVER)
    assert is_met(replace(over_80, judged=Judged.BELOW)) is False
    assert is_met(replace(over_80, judged=Judged.AT_TARGET)) is True
    assert is_met(MeasureFacts(Direction.UNKNOWN, None, is_read=True, judged=Judged.BELOW)) is False


def test_a_measure_without_a_reading_is_neither_met_nor_missed() -> None:
    assert is_met(MeasureFacts(Direction.AT_LEAST, Decimal(90))) is None


def test_one_missed_measure_puts_the_step_below_target_and_only_all_of_them_at_target() -> None:
    met = measure(Direction.AT_LEAST, "90", "95")
    missed = measure(Direction.AT_MOST, "40", "52")
    unread = MeasureFacts(Direction.AT_LEAST, Decimal(70))
    in_words = MeasureFacts(Direction.UNKNOWN, None)
    assert outcome([]) is Outcome.NO_MEASURE
    assert outcome([in_words]) is Outcome.NOT_MEASURABLE
    assert outcome([unread, in_words]) is Outcome.NOT_READ
    assert outcome([met, unread]) is Outcome.NOT_READ
    assert outcome([met, in_words]) is Outcome.AT_TARGET
    assert outcome([met, missed, unread]) is Outcome.BELOW


def test_every_word_of_the_closed_lists_is_defined_and_no_status_is_both_open_and_done() -> None:
    for word in (*Status, *Flag):
        assert word.label
        assert word.definition.endswith(".")
    for result in Outcome:
        assert result.label
    assert not any(status.is_open and status.is_done for status in Status)
