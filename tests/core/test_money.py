"""Sums are exact, keep their unit, and are rounded half away from zero."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from torbay_reports.core.money import MixedUnits, Money, Unit, rounded, total


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        ("0.5", 0, "1"),
        ("-0.5", 0, "-1"),
        ("2.5", 0, "3"),
        ("-2.5", 0, "-3"),
        ("1.365", 1, "1.4"),
        ("1.349", 1, "1.3"),
        ("0.05", 1, "0.1"),
        ("-0.05", 1, "-0.1"),
    ],
)
def test_rounding_is_half_away_from_zero(value: str, places: int, expected: str) -> None:
    assert rounded(Decimal(value), places) == Decimal(expected)


def test_a_sum_known_in_millions_is_not_added_to_one_known_in_thousands() -> None:
    with pytest.raises(MixedUnits, match="millions and one in thousands"):
        Money(Decimal(187), Unit.MILLIONS) + Money(Decimal(1), Unit.THOUSANDS)


def test_showing_a_sum_in_another_unit_is_exact() -> None:
    assert Money(Decimal(1365), Unit.THOUSANDS).shown_in(Unit.MILLIONS) == Decimal("1.365")
    assert Money(Decimal("0.4"), Unit.MILLIONS).shown_in(Unit.POUNDS) == Decimal(400_000)


def test_nothing_adds_up_to_nil_in_the_asked_unit() -> None:
    assert total([], Unit.POUNDS) == Money(Decimal(0), Unit.POUNDS)


@given(st.lists(st.decimals(min_value=-(10**12), max_value=10**12, places=2)))
def test_the_order_of_adding_does_not_matter(amounts: list[Decimal]) -> None:
    sums = [Money(amount, Unit.POUNDS) for amount in amounts]
    assert total(sums, Unit.POUNDS) == total(reversed(sums), Unit.POUNDS)
