"""Figures, dates and counts read as a council prints them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from torbay_reports.core import formatting
from torbay_reports.core.money import Money, Unit


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        ("1377", 0, "1,377"),
        ("-43", 0, "(43)"),
        ("280824", 0, "280,824"),
        ("0", 0, "0"),
        ("0.00", 1, "0"),
        (None, 0, "-"),
        ("1.377", 1, "1.4"),
        ("-0.018", 1, "(0.0)"),
        ("0.006", 1, "0.0"),
        ("0.3", 0, "0.3"),
        ("-0.04", 0, "(0.0)"),
        ("0.5", 0, "1"),
    ],
)
def test_tables_print_brackets_and_never_a_bare_nought_for_what_is_not_nil(
    value: str | None, places: int, expected: str
) -> None:
    assert formatting.bracketed(None if value is None else Decimal(value), places) == expected


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=3), st.integers(0, 2))
def test_a_bare_nought_means_nil_whatever_the_rounding(value: Decimal, places: int) -> None:
    assert (formatting.bracketed(value, places) == "0") == (value == 0)
    assert formatting.bracketed(value, places).startswith("(") == (value < 0)


@pytest.mark.parametrize(
    ("amount", "held_in", "shown_in", "places", "expected"),
    [
        ("1365", Unit.THOUSANDS, Unit.MILLIONS, 1, "£1.4m"),
        ("-500", Unit.THOUSANDS, Unit.MILLIONS, 1, "£0.5m"),
        ("1377", Unit.THOUSANDS, Unit.THOUSANDS, 0, "£1,377k"),
        ("58000", Unit.POUNDS, Unit.POUNDS, 0, "£58,000"),
        ("187", Unit.MILLIONS, Unit.MILLIONS, 0, "£187m"),
        ("18", Unit.THOUSANDS, Unit.MILLIONS, 1, "less than £0.1m"),
        ("0", Unit.THOUSANDS, Unit.MILLIONS, 1, "£0.0m"),
    ],
)
def test_sentences_give_a_sums_size(amount: str, held_in: Unit, shown_in: Unit, places: int, expected: str) -> None:
    assert formatting.sterling(Money(Decimal(amount), held_in), shown_in, places) == expected


def test_the_sign_of_a_variance_is_a_word_and_a_letter() -> None:
    assert [formatting.over_or_under(Decimal(v)) for v in (5, -5, 0)] == ["overspend", "underspend", "variance"]
    assert [formatting.direction_letter(Decimal(v)) for v in (5, -5, 0)] == ["R", "G", ""]


def test_dates_counts_lists_and_page_ranges_read_as_in_a_letter() -> None:
    meeting = date(2017, 9, 6)
    assert formatting.long_date(meeting) == "6 September 2017"
    assert formatting.full_date(meeting) == "Wednesday 6 September 2017"
    assert formatting.day_and_month(meeting) == "6 September"
    assert formatting.count(1, "day", "days") == "1 day"
    assert formatting.count(1200, "day", "days") == "1,200 days"
    assert formatting.listed(["a", "b", "c"]) == "a, b and c"
    assert formatting.listed([]) == ""
    assert formatting.page_range("2", "8") == "Pages 2 - 8"
    assert formatting.page_range("9", "9") == "Page 9"


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2017, 9, 1), date(2017, 9, 30), "from 1 to 30 September 2017"),
        (date(2017, 5, 9), date(2017, 9, 30), "from 9 May to 30 September 2017"),
        (date(2016, 9, 1), date(2017, 9, 1), "from 1 September 2016 to 1 September 2017"),
        (date(2017, 9, 5), date(2017, 9, 5), "on 5 September 2017"),
    ],
)
def test_a_time_names_month_and_year_once_where_they_are_the_same(first: date, last: date, expected: str) -> None:
    assert formatting.from_to(first, last) == expected
