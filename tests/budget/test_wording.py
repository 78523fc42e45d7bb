"""A line of the budget in words, whatever unit the year is held in."""

from decimal import Decimal

import pytest

from budget.reports.wording import variance_words
from torbay_reports.core.money import Unit


@pytest.mark.parametrize(
    ("variance", "unit", "expected"),
    [
        ("1377", Unit.THOUSANDS, "£1,377k over"),
        ("-0.4", Unit.THOUSANDS, "less than £1k under"),
        ("-400", Unit.POUNDS, "£400 under"),
        ("1.4", Unit.MILLIONS, "£1.4m over"),
        ("-0.02", Unit.MILLIONS, "less than £0.1m under"),
        ("0", Unit.MILLIONS, "on budget"),
        (None, Unit.POUNDS, "no forecast yet"),
    ],
)
def test_a_variance_keeps_the_precision_at_which_it_is_known(variance: str | None, unit: Unit, expected: str) -> None:
    assert variance_words(None if variance is None else Decimal(variance), unit) == expected
