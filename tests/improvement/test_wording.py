"""Measures, readings and changes read the same wherever they stand."""

from datetime import date
from decimal import Decimal

import pytest

from improvement.calculations.position import MeasurePosition, ReadingPosition
from improvement.calculations.wording import amount_words, change_words, measure_words, reading_words, target_words
from improvement.kinds import Bound, Direction, Judged

DAY = date(2017, 3, 31)


def reading(
    words: str, value: str | None = None, bound: Bound = Bound.EXACT, judged: Judged = Judged.NOT
) -> ReadingPosition:
    return ReadingPosition(words, DAY, Decimal(value) if value else None, bound, judged, DAY)


def measure(direction: Direction, target: str | None, *readings: ReadingPosition, unit: str = "%") -> MeasurePosition:
    return MeasurePosition(1, "In time", direction, Decimal(target) if target else None, unit, readings)


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [("90.00", "%", "90%"), ("12.50", "days", "12.5 days"), ("1000", "", "1,000"), ("0.00", "%", "0%")],
)
def test_a_figure_has_no_noughts_that_say_nothing(value: str, unit: str, words: str) -> None:
    assert amount_words(Decimal(value), unit) == words


def test_a_target_says_which_way_it_goes() -> None:
    assert target_words(measure(Direction.AT_LEAST, "90")) == "at least 90%"
    assert target_words(measure(Direction.AT_MOST, "40")) == "at most 40%"
    assert target_words(measure(Direction.UNKNOWN, "40")) == "40%"
    assert target_words(measure(Direction.BASELINE, None)) == "better than a baseline"
    assert target_words(measure(Direction.UNKNOWN, None)) == ""


def test_a_reading_is_as_printed_else_its_figure() -> None:
    assert reading_words(reading("over 80%", "80", Bound.OVER), "%") == "over 80%"
    assert reading_words(reading("", "80", Bound.OVER), "%") == "over 80%"
    assert reading_words(reading("", "81"), "%") == "81%"


@pytest.mark.parametrize(
    ("known", "words"),
    [
        (measure(Direction.AT_LEAST, "90", reading("81%", "81")), "81% against at least 90%: below target"),
        (measure(Direction.AT_LEAST, "90", reading("95%", "95")), "95% against at least 90%: at target"),
        (
            measure(Direction.AT_LEAST, "85", reading("over 80%", "80", Bound.OVER)),
            "over 80% against at least 85%: cannot be told",
        ),
        (
            measure(Direction.AT_LEAST, "85", reading("over 80%", "80", Bound.OVER, Judged.BELOW)),
            "over 80% against at least 85%: below target, as a person has judged",
        ),
        (measure(Direction.AT_LEAST, "90"), "No reading yet against at least 90%"),
        (measure(Direction.UNKNOWN, None), "No target stated and no reading yet"),
        (measure(Direction.UNKNOWN, None, reading("7 of 9")), "7 of 9; no target is stated"),
        (
            measure(Direction.UNKNOWN, None, reading("7 of 9", judged=Judged.AT_TARGET)),
            "7 of 9: at target, as a person has judged",
        ),
    ],
)
def test_a_measure_says_what_is_known_of_it(known: MeasurePosition, words: str) -> None:
    assert measure_words(known) == words


@pytest.mark.parametrize(
    ("field", "before", "after", "words"),
    [
        ("status", "in_progress", "done", "status: from in progress to done"),
        ("due_on", "", "2017-03-31", "due date: from nothing to 31 March 2017"),
        ("how", "Visit", "Visit often", "how: from “Visit” to “Visit often”"),
        ("owners", "Head; Lead", "", "owners: from Head; Lead to nothing"),
        ("added", "", "Visit", "added"),
        ("dropped", "Visit", "Done elsewhere", "left the plan: Done elsewhere"),
        ("dropped", "Visit", "", "left the plan"),
        ("something new", "a", "b", "something new: from a to b"),
    ],
)
def test_a_change_says_from_what_to_what(field: str, before: str, after: str, words: str) -> None:
    assert change_words(field, before, after) == words
