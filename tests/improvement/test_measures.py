"""Targets are read from the words of a step's success, and measures survive the way through a cell."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from improvement.calculations.tracker import MeasureEntry, ReadingEntry
from improvement.calculations.words.measures import MOST_TARGETS, measures_in_words, parse_measures, read_measures
from improvement.calculations.words.targets import read_figure
from improvement.kinds import Bound, Direction, Judged
from tests.fixtures_text.tracker import needs_published, plan_file, published_steps

MARCH = date(2017, 3, 31)


@pytest.mark.parametrize(
    ("success", "target", "direction"),
    [
        ("Target – 59.1%", "59.1", Direction.UNKNOWN),
        ("Target for 45 days – 83%", "83", Direction.UNKNOWN),
        ("70% target of audits that find visits good", "70", Direction.UNKNOWN),
        ("70 % of plans to be at least good", "70", Direction.UNKNOWN),
        ("A stern look at plans -70% target of audits", "70", Direction.UNKNOWN),
        ("100% of all visits in time", "100", Direction.UNKNOWN),
        ("150%", "150", Direction.UNKNOWN),
        ("Increase to 80%", "80", Direction.UNKNOWN),
        ("Increase from 60% to 80%", "80", Direction.UNKNOWN),
        ("85% against a baseline of 60%", "85", Direction.UNKNOWN),
        ("at least 90%", "90", Direction.AT_LEAST),
        ("A minimum of 85% of visits", "85", Direction.AT_LEAST),
        ("90% compliance minimum", "90", Direction.AT_LEAST),
        ("90 per cent or more", "90", Direction.AT_LEAST),
        ("No less than 90%", "90", Direction.AT_LEAST),
        ("95%+ of visits", "95", Direction.AT_LEAST),
        ("≥ 90%", "90", Direction.AT_LEAST),
        ("no more than 40%", "40", Direction.AT_MOST),
        ("At most 40%", "40", Direction.AT_MOST),
        ("Maximum 12%", "12", Direction.AT_MOST),
        ("12% or fewer", "12", Direction.AT_MOST),
        ("Not to exceed 3%", "3", Direction.AT_MOST),
        ("2 % target reduction from current baseline", "2", Direction.BASELINE),
        ("Increase by 10% of challenges raised", "10", Direction.BASELINE),
        ("Increased share of robust plans by 5%", "5", Direction.BASELINE),
        ("2% increase on the year before", "2", Direction.BASELINE),
        ("Risk of drift noted by 5%", "5", Direction.UNKNOWN),
    ],
)
def test_a_target_has_the_direction_that_its_words_say_and_no_other(
    success: str, target: str, direction: Direction
) -> None:
    assert read_measures(success) == (MeasureEntry(success, direction, Decimal(target)),)


@pytest.mark.parametrize(
    "success",
    [
        "Staff know what is expected",
        "5 audits a month",
        "Last summer we achieved 21.7%",
        "Currently 60%",
        "80-85%",
        "80% to 85%",
        "% of visits – target?",
        "33.333%",
        "1,000%",
    ],
)
def test_words_without_a_target_that_can_be_told_are_one_measure_in_words(success: str) -> None:
    assert read_measures(success) == (MeasureEntry(success),)


@pytest.mark.parametrize("success", ["", " \n ", ".", "-"])
def test_an_empty_cell_has_no_measure(success: str) -> None:
    assert read_measures(success) == ()


@pytest.mark.parametrize(
    ("success", "words"),
    [
        ("Staff know. Target – 95% of visits. 70% of plans.", ["Staff know. Target – 95% of visits.", "70% of plans."]),
        ("95% of visits\n70% of plans", ["95% of visits", "70% of plans"]),
        ("At least 40% and no more than 60%", ["At least 40%", "and no more than 60%"]),
        ("95% 70%", ["95%", "70%"]),
    ],
)
def test_every_target_is_a_measure_of_its_own(success: str, words: list[str]) -> None:
    assert [measure.words for measure in read_measures(success)] == words


PIECES = ["At least ", "90%", "70 %", "1.5%", " and ", ". ", ";", "\n", "by ", "increase ", "from ", "to ", "–", " "]
cells = st.lists(st.sampled_from(PIECES), max_size=15).map("".join) | st.text()


@given(cells)
def test_the_words_of_the_measures_together_are_the_words_of_the_cell(success: str) -> None:
    measures = read_measures(success)
    if any(character.isalnum() for character in success):
        assert "".join("".join(measure.words.split()) for measure in measures) == "".join(success.split())
    else:
        assert measures == ()
    assert parse_measures(measures_in_words(measures)) == measures


@pytest.mark.parametrize(
    ("words", "value", "bound"),
    [
        ("81%", "81", Bound.EXACT),
        ("over 80% had an answer", "80", Bound.OVER),
        ("More than 80 per cent", "80", Bound.OVER),
        ("under 5%", "5", Bound.UNDER),
        ("about 72.9%", "72.9", Bound.ABOUT),
        ("100%, one post free", "100", Bound.EXACT),
    ],
)
def test_a_reading_gives_its_figure_and_how_exactly(words: str, value: str, bound: Bound) -> None:
    assert read_figure(words) == (Decimal(value), bound)


@pytest.mark.parametrize("words", ["", "better", "80% to 85%", "at least 80%", "no less than 80%", "no more than 5%"])
def test_a_reading_without_one_plain_figure_gives_none(words: str) -> None:
    assert read_figure(words) == (None, Bound.EXACT)


def test_measures_are_written_as_a_person_would_write_them() -> None:
    measures = (
        MeasureEntry(
            "visits in time",
            Direction.AT_LEAST,
            Decimal("85.00"),
            readings=(
                ReadingEntry("85%", date(2016, 12, 9), Decimal(85)),
                ReadingEntry("over 80%", MARCH, Decimal(80), Bound.OVER, Judged.BELOW),
                ReadingEntry("four in five", None, Decimal(80), Bound.ABOUT),
            ),
        ),
        MeasureEntry("posts left open", Direction.AT_MOST, Decimal("2.5"), "posts"),
        MeasureEntry("staff know what is expected"),
    )
    assert measures_in_words(measures).split("\n") == [
        "at least 85%: visits in time | 9 December 2016: 85% | 31 March 2017: over 80% (below target)"
        " | undated: four in five [= about 80]",
        "at most 2.5 posts: posts left open",
        "in words: staff know what is expected",
    ]
    assert parse_measures(measures_in_words(measures)) == measures


def test_what_a_person_types_is_read_with_some_patience() -> None:
    typed = "\n  At least 85 % :  visits in time|31 Mar 2017:81%  \n\nchange by 5%:"
    assert parse_measures(typed) == (
        MeasureEntry(
            "visits in time", Direction.AT_LEAST, Decimal(85), readings=(ReadingEntry("81%", MARCH, Decimal(81)),)
        ),
        MeasureEntry("", Direction.BASELINE, Decimal(5)),
    )
    assert parse_measures(" \n ") == ()


@pytest.mark.parametrize(
    ("typed", "quoted"),
    [
        ("85% of visits", "'85% of visits'"),
        ("at least 85%", "'at least 85%'"),
        ("at least many: visits", "'at least many: visits'"),
        ("at least 33.333%: visits", "'at least 33.333%: visits'"),
        ("at least 85%: visits | 81%", "'81%'"),
        ("at least 85%: visits | in spring: 81%", "'in spring: 81%'"),
        ("x" * 10_000, f"'{'x' * 60}'"),
    ],
)
def test_what_is_no_measure_is_refused_with_its_line_and_an_example(typed: str, quoted: str) -> None:
    with pytest.raises(ValueError, match="cannot be read") as refusal:
        parse_measures(f"in words: one that is right\n{typed}")
    assert str(refusal.value).startswith(
        f"Line 2 of the measures cannot be read: {quoted}. Write each measure on a line"
    )


def test_a_reading_of_no_real_day_and_a_unit_too_long_are_refused() -> None:
    with pytest.raises(ValueError, match="Line 1 of the measures: 31 February 2017 is no day of the calendar"):
        parse_measures("at least 85%: visits | 31 February 2017: 81%")
    with pytest.raises(ValueError, match="a unit of more than 40 letters"):
        parse_measures(f"at least 85 {'days' * 20}: visits")


WORDS = [
    "visits",
    "81%",
    "over 5%",
    "|",
    ":",
    "\\",
    "\n",
    "\r",
    "\t",
    "[= 5]",
    "(at target)",
    "(below target)",
    " ",
    "n",
]
texts = st.lists(st.sampled_from(WORDS), max_size=8).map("".join) | st.text()
values = st.none() | st.decimals(-(10**12) + 1, 10**12 - 1, places=2)
units = st.sampled_from(["%", "", "days", "in days", "a|b:c\\ %", " % ", "%s"])
readings = st.builds(
    ReadingEntry,
    texts,
    st.none() | st.dates(min_value=date(1900, 1, 1)),
    values,
    st.sampled_from(Bound),
    st.sampled_from(Judged),
)
measures = st.builds(
    MeasureEntry, texts, st.sampled_from(Direction), values, units, st.lists(readings, max_size=3).map(tuple)
)


@given(st.lists(measures, max_size=4).map(tuple))
def test_any_measures_are_read_back_from_the_cell_that_they_make(written: tuple[MeasureEntry, ...]) -> None:
    cell = measures_in_words(written)
    assert parse_measures(cell) == written
    assert parse_measures(f" {cell} \n") == written


def refusal_of(typed: str) -> str | None:
    """The sentence with which the text is refused; None where it is read, and read again from what it makes."""
    try:
        read = parse_measures(typed)
    except ValueError as refusal:
        return str(refusal)
    assert parse_measures(measures_in_words(read)) == read
    return None


@given(cells | texts)
def test_any_text_is_read_or_refused_with_a_sentence(typed: str) -> None:
    assert (refusal_of(typed) or "Line ").startswith("Line ")


def test_a_cell_with_a_table_of_percentages_is_one_measure_in_words() -> None:
    most = " ".join(f"At least {at}% in time." for at in range(MOST_TARGETS))
    assert len(read_measures(most)) == MOST_TARGETS
    (only,) = read_measures(f"{most} At least 99%.")
    assert (only.words, only.target) == (f"{most} At least 99%.", None)


@pytest.mark.parametrize("piece", ["90% ", "90%", "9", "at least ", "increase ", "from 5% to ", "(", " ", "a "])
def test_a_very_long_cell_is_no_trouble(piece: str) -> None:
    assert read_measures("x " + piece * 5_000)


@pytest.mark.parametrize("piece", ["at least 1%: x\n", "in words: x | undated: 5% [= ", " [= 5]", "\\", "|"])
def test_a_very_long_notation_is_no_trouble(piece: str) -> None:
    assert len(refusal_of("in words: x" + piece * 10_000) or "") < 300


def test_the_fixture_says_the_same_after_both_ways() -> None:
    for *_, step in plan_file().tracker.steps():
        assert parse_measures(measures_in_words(step.measures)) == step.measures


@needs_published
def test_the_published_targets_are_all_found() -> None:
    found = {
        step["id"]: [(measure.target, measure.direction) for measure in read_measures(step["success"])]
        for step in published_steps()
        if any(measure.target is not None for measure in read_measures(step["success"]))
    }
    with_direction = {place: each for place, [(each, way), *_] in found.items() if way is not Direction.UNKNOWN}
    assert len(found) == 33
    assert [target for target, _ in found["1.2/4"]] == [Decimal(95), Decimal(70)]
    assert [found[place][0][0] for place in ("2.3/3", "2.1/2", "9.1/1")] == [90, 85, 100]
    assert with_direction == {"1.7/4": 2, "9.4/4": 10, "9.5/3": 5, "9.5/6": 5, "11.3/1": 2, "16.2/1": 90}
    assert found["16.2/1"] == [(Decimal(90), Direction.AT_LEAST)]


@needs_published
def test_the_published_words_are_kept_and_25_steps_have_none() -> None:
    without = 0
    for step in published_steps():
        words = " ".join(measure.words for measure in read_measures(step["success"]))
        without += words == ""
        assert words.split() == step["success"].replace("\n", " ").split() or step["success"] == "."
    assert without == 26
