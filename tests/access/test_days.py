"""Days as people type them."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from torbay_reports.access.days import DayField


@pytest.mark.parametrize(
    "text",
    ["5/9/2017", " 05/09/2017 ", "5.9.2017", "5.9.17", "5/9/17", "2017-09-05", "5 September 2017", "5 Sep 2017"],
)
def test_a_day_is_read_in_digits_and_in_words(text: str) -> None:
    assert DayField("From").clean(text) == date(2017, 9, 5)


def test_an_empty_day_is_none_unless_it_is_needed() -> None:
    assert DayField("From").clean("") is None
    with pytest.raises(ValidationError, match="Type the first day."):
        DayField("From", missing="Type the first day.").clean("")


@pytest.mark.parametrize("text", ["31/2/2017", "31.2.17", "today", "5.9", "1/1/1999", "1.1.99", "1/1/2100"])
def test_what_is_no_day_or_out_of_reach_is_refused_by_the_fields_name(text: str) -> None:
    with pytest.raises(ValidationError, match="“From” is "):
        DayField("From").clean(text)
