"""Every computed budget figure, against an oracle that adds up by itself."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from budget.calculations.borrowing import Borrowed, balance_before, first_over, limit_total
from budget.calculations.position import (
    Amount,
    ServiceFigures,
    casts_when_rounded,
    largest_variances,
    roll_up,
    variance_of,
)
from torbay_reports.core.money import Unit


def leaf(key: int, parent: int | None, *amounts: Amount, slug: str = "") -> ServiceFigures:
    expenditure, income, forecast = amounts or (None, None, None)
    return ServiceFigures(key, parent, slug or f"s{key}", f"Service {key}", "service", 0, expenditure, income, forecast)


def test_a_variance_is_the_forecast_less_the_budget_and_unknown_without_a_forecast() -> None:
    assert variance_of(Decimal(30070), Decimal(28693)) == 1377
    assert variance_of(None, Decimal(5)) is None
    assert variance_of(Decimal(5), None) == 5


def test_a_group_prints_after_its_services_and_is_their_sum() -> None:
    lines = [
        leaf(1, None),
        leaf(2, 1, Decimal(10), Decimal(-4), Decimal(7)),
        leaf(3, 1, None, Decimal(-2), Decimal(-2)),
    ]
    first, second, group = roll_up(lines)
    assert [first.slug, second.slug, group.slug] == ["s2", "s3", "s1"]
    assert [group.expenditure, group.income, group.net, group.variance] == [10, -6, 4, 1]
    assert second.expenditure is None
    assert (group.is_group, first.is_group, first.parent) == (True, False, "s1")


def test_a_movement_needs_an_earlier_quarter() -> None:
    line = ServiceFigures(1, None, "a", "A", "service", 0, Decimal(10), None, Decimal(12), Decimal(1))
    assert roll_up([line])[0].movement == 1
    assert roll_up([leaf(1, None, Decimal(1), None, Decimal(1))])[0].movement is None


def test_a_tree_far_deeper_than_the_language_recurses_adds_up() -> None:
    deep = [leaf(n, n - 1 or None) for n in range(1, 3001)] + [leaf(3001, 3000, Decimal(5), None, Decimal(6))]
    assert roll_up(deep)[-1].variance == 1


@st.composite
def trees(draw: st.DrawFn) -> list[ServiceFigures]:
    """A tree of any shape, parents before children, leaves with amounts that may be unknown."""
    size = draw(st.integers(1, 25))
    parents: list[int | None] = [None] + [draw(st.integers(1, key)) for key in range(1, size)]
    amounts = st.none() | st.decimals(-(10**7), 10**7, places=2)
    return [
        leaf(key, parents[key - 1])
        if key in parents
        else leaf(key, parents[key - 1], draw(amounts), draw(amounts), draw(amounts))
        for key in range(1, size + 1)
    ]


@given(trees())
def test_every_total_casts_down_and_across(lines: list[ServiceFigures]) -> None:
    def leaves_below(key: int) -> list[ServiceFigures]:
        children = [line for line in lines if line.parent == key]
        if not children:
            return [line for line in lines if line.key == key]
        return [each for child in children for each in leaves_below(child.key)]

    positions = {position.slug: position for position in roll_up(lines)}
    assert len(positions) == len(lines)
    for line in lines:
        position, below = positions[line.slug], leaves_below(line.key)
        zero = Decimal(0)
        assert (position.expenditure or zero) == sum((each.expenditure or zero for each in below), zero)
        assert (position.income or zero) == sum((each.income or zero for each in below), zero)
        assert (position.net or zero) == (position.expenditure or zero) + (position.income or zero)
        forecast_below = [each for each in below if each.forecast_net is not None]
        assert (position.variance is None) == (not forecast_below)
        assert (position.variance or zero) == sum(
            (
                (each.forecast_net or zero) - (each.expenditure or zero) - (each.income or zero)
                for each in forecast_below
            ),
            zero,
        )


def test_rounding_is_noticed_only_where_it_shows() -> None:
    amounts = [(Decimal(1400), Decimal(-400), Decimal(1000)), (Decimal(1400), Decimal(-400), Decimal(1000))]
    positions = roll_up([leaf(1, None), *(leaf(n, 1, *each) for n, each in enumerate(amounts, start=2))])
    assert not casts_when_rounded(positions, held_in=Unit.POUNDS, shown_in=Unit.THOUSANDS)
    assert casts_when_rounded(positions, held_in=Unit.POUNDS, shown_in=Unit.POUNDS)


def test_the_largest_variances_come_first_either_way_and_nil_ones_not_at_all() -> None:
    lines = [leaf(1, None)] + [
        leaf(n, 1, Decimal(0), None, Decimal(v)) for n, v in enumerate([5, -43, 0, 1377], start=2)
    ]
    assert [p.variance for p in largest_variances(roll_up(lines), most=2)] == [1377, -43]


def test_borrowing_is_traced_back_to_the_days_in_which_a_part_was_passed() -> None:
    first = Borrowed(date(2017, 4, 1), date(2017, 6, 30), Decimal(15))
    since = Borrowed(date(2017, 7, 1), date(2017, 8, 2), Decimal(19))
    assert balance_before(Decimal(187), [first, since], date(2017, 6, 30)) == 168
    assert first_over(Decimal(187), [first, since], Decimal(171)) == since
    assert first_over(Decimal(187), [first, since], Decimal(160)) == first
    assert first_over(Decimal(187), [first, since], Decimal(187)) is None
    assert first_over(Decimal(187), [first, since], Decimal(100)) is None


def test_a_limits_total_is_its_parts_or_what_was_stated() -> None:
    assert limit_total(Decimal(171), Decimal(20), None) == 191
    assert limit_total(None, None, Decimal(255)) == 255


def test_a_part_that_keeps_its_decimal_so_as_not_to_read_nil_does_not_cast_to_the_eye() -> None:
    """0.3 and 5 are printed above a total of 5."""
    lines = [
        leaf(1, None),
        leaf(2, 1, Decimal("0.3"), None, Decimal("0.3")),
        leaf(3, 1, Decimal(5), None, Decimal(5)),
    ]
    assert not casts_when_rounded(roll_up(lines), held_in=Unit.THOUSANDS, shown_in=Unit.THOUSANDS)
