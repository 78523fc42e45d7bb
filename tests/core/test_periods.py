"""Financial years begin on 1 April and have four quarters."""

from datetime import date

import pytest

from torbay_reports.core.periods import FinancialYear, Quarter


def test_a_year_knows_its_names_and_its_days() -> None:
    year = FinancialYear(2017)
    assert (year.label, year.slug) == ("2017/18", "2017-18")
    assert (year.first_day, year.last_day) == (date(2017, 4, 1), date(2018, 3, 31))
    assert FinancialYear.from_slug("2017-18") == year
    assert FinancialYear(1999).label == "1999/00"
    assert FinancialYear.from_slug("1999-00") == FinancialYear(1999)


@pytest.mark.parametrize("slug", ["2017", "2017-19", "2017/18", "17-18", ""])
def test_what_is_no_year_is_refused_in_words(slug: str) -> None:
    with pytest.raises(ValueError, match="write it like 2017-18"):
        FinancialYear.from_slug(slug)


def test_quarters_end_where_the_next_begins() -> None:
    ends = [Quarter(FinancialYear(2017), number).last_day for number in (1, 2, 3, 4)]
    assert ends == [date(2017, 6, 30), date(2017, 9, 30), date(2017, 12, 31), date(2018, 3, 31)]
    assert Quarter(FinancialYear(2017), 4).first_day == date(2018, 1, 1)
    assert Quarter(FinancialYear(2017), 1).label == "Quarter 1 2017/18"


@pytest.mark.parametrize("number", [0, 5, -1])
def test_there_are_no_other_quarters(number: int) -> None:
    with pytest.raises(ValueError, match="quarters 1 to 4"):
        Quarter(FinancialYear(2017), number)
