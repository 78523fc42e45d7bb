"""A due date is read from what is printed; what gives no one day says why."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from improvement.calculations.words.dues import DueKind, DueReading, read_due
from tests.fixtures_text.tracker import needs_published, published_steps


@pytest.mark.parametrize(
    ("printed", "due_on"),
    [
        ("Dec 2016", date(2016, 12, 31)),
        ("December 2016", date(2016, 12, 31)),
        ("Sept. 2017", date(2017, 9, 30)),
        ("Mar2017", date(2017, 3, 31)),
        ("Mar '17", date(2017, 3, 31)),
        ("May 17", date(2017, 5, 31)),
        ("Nov 16", date(2016, 11, 30)),
        ("Oct 15", date(2015, 10, 31)),
        ("FEB 2016", date(2016, 2, 29)),
        ("End Feb 2017", date(2017, 2, 28)),
        ("Sent out by end of February 2017", date(2017, 2, 28)),
        ("15 June 2017", date(2017, 6, 15)),
        ("15th of June 2017", date(2017, 6, 15)),
        ("31.March 2017", date(2017, 3, 31)),
        ("March 3rd, 2017", date(2017, 3, 3)),
        ("w/c 6 March 2017", date(2017, 3, 6)),
        ("9.12.16", date(2016, 12, 9)),
        ("9/12/2016", date(2016, 12, 9)),
        ("2017-03-31", date(2017, 3, 31)),
        ("2017-03-31 00:00:00", date(2017, 3, 31)),
        ("03/2017", date(2017, 3, 31)),
        ("Q4 2016/17", date(2017, 3, 31)),
    ],
)
def test_a_month_stands_for_its_last_day_and_a_day_for_itself(printed: str, due_on: date) -> None:
    assert read_due(printed) == DueReading(due_on, DueKind.DATED)


@pytest.mark.parametrize(
    ("printed", "due_on"),
    [
        ("Dec 2016 – April 2017", date(2017, 4, 30)),
        ("Jan –April 2017", date(2017, 4, 30)),
        ("Jan and Feb 2017", date(2017, 2, 28)),
        ("Nov – Feb 2017", date(2017, 2, 28)),
        ("Jan, Feb and March 2017", date(2017, 3, 31)),
        ("22/23 Feb and 1/2/7/9 March 2017", date(2017, 3, 9)),
        ("22/23/24 Feb 2017", date(2017, 2, 24)),
        ("22-24 Feb 2017", date(2017, 2, 24)),
        ("From Jan to March 2017", date(2017, 3, 31)),
        ("Nov 16 – 5 Feb 2017", date(2017, 2, 5)),
    ],
)
def test_a_list_or_range_is_due_at_its_end(printed: str, due_on: date) -> None:
    assert read_due(printed) == DueReading(due_on, DueKind.DATED)


def test_a_numbered_phase_is_no_day() -> None:
    assert read_due("Phase 1 completed Phase 2 Mar 2017 (LOGI) version").due_on == date(2017, 3, 31)
    assert read_due("Phase 1 Nov 2016 Phase 2 Sept 2017").due_on == date(2017, 9, 30)


@pytest.mark.parametrize(
    ("printed", "due_on"),
    [
        ("Feb 2017 Oct 2016", date(2017, 2, 28)),
        ("Nov 2016 Sept 2017", date(2017, 9, 30)),
        ("Nov 2016\nSept 2017", date(2017, 9, 30)),
        ("Feb 2017 – Oct 2016", date(2017, 2, 28)),
        ("Dec 2016, moved to March 2017", date(2017, 3, 31)),
        ("March 2017 (was Dec 2016)", date(2017, 3, 31)),
    ],
)
def test_of_two_dates_without_order_the_later_counts_and_that_is_said(printed: str, due_on: date) -> None:
    assert read_due(printed) == DueReading(due_on, DueKind.SEVERAL)


def test_one_date_printed_twice_is_one_date() -> None:
    assert read_due("Feb 2017 Feb 2017") == DueReading(date(2017, 2, 28), DueKind.DATED)


@pytest.mark.parametrize(
    "printed",
    [
        "From Jan 2017 and ongoing",
        "Jan 2017 and on-going",
        "From Sept 2017",
        "From Jan 2017 onwards",
        "Half Termly",
        "Termly",
        "Dec 2016 and termly",
        "Monthly audits from Jan 2017",
        "weekly",
        "Every month",
    ],
)
def test_what_comes_round_again_has_no_due_date(printed: str) -> None:
    assert read_due(printed) == DueReading(None, DueKind.RECURRING)


@pytest.mark.parametrize(
    "printed",
    [
        "Summer 2016",
        "22/23 February; 1/2/7/9 March",
        "22nd May",
        "Dec 2016 – April",
        "TBC",
        "2017",
        "31/2/2017",
        "29 Feb 2017",
        "32 March 2017",
        "22/32 Feb 2017",
        "Febuary 2017",
        "Jan 2017 and Febuary 2017",
        "13/2017",
        "2017-02-31",
        "9.12.216",
        "Q1 2017/19",
        "March 2016/17",
        "00/00/0000",
    ],
)
def test_words_without_a_real_day_and_year_are_unclear(printed: str) -> None:
    assert read_due(printed) == DueReading(None, DueKind.UNCLEAR)


@pytest.mark.parametrize("printed", ["", "  \n", "-", "."])
def test_an_empty_cell_is_blank(printed: str) -> None:
    assert read_due(printed) == DueReading(None, DueKind.BLANK)


PIECES = ["31", "0", "99", "2017", "Feb", "May", "sept", "/", ".", "-", "–", " ", " and ", "Q1 ", "from ", "ſep", "\n"]


@given(st.text() | st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_any_text_gets_an_answer_and_a_day_only_with_its_kind(printed: str) -> None:
    reading = read_due(printed)
    assert (reading.due_on is not None) == (reading.kind in (DueKind.DATED, DueKind.SEVERAL))


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_day_of_the_century_is_read_in_each_way_of_writing_it(day: date) -> None:
    for printed in (f"{day:%d.%m.%y}", f"{day:%d/%m/%Y}", f"{day:%d %B %Y}", f"{day:%B %d, %Y}", day.isoformat()):
        assert read_due(printed) == DueReading(day, DueKind.DATED)


@pytest.mark.parametrize("piece", ["1/", "1 and ", "Feb ", "22/23 ", "9.12.16 ", "Phase 1 ", "from ", "2017", " "])
def test_a_very_long_cell_is_no_trouble(piece: str) -> None:
    assert read_due(piece * 30_000).kind in DueKind


@needs_published
def test_the_published_dates_are_read_and_only_the_vague_ones_are_unclear() -> None:
    read = [(step["when"], read_due(step["when"])) for step in published_steps()]
    assert Counter(reading.kind for _, reading in read) == {
        DueKind.DATED: 122,
        DueKind.RECURRING: 20,
        DueKind.SEVERAL: 2,
        DueKind.UNCLEAR: 6,
        DueKind.BLANK: 22,
    }
    assert {printed for printed, reading in read if reading.kind is DueKind.UNCLEAR} == {
        "Summer 2016",
        "22/23 February; 1/2/7/9 March",
        "22/23 Feb and 1/2/7/9",
    }
