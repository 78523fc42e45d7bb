"""Where debt stands against the approved operational boundary, in sentences made from the figures.

A part that is passed within the total is "over its part" (Prudential Code); the total itself can be compared only where
the other long-term liabilities of that date are known.
"""

from dataclasses import dataclass
from decimal import Decimal

from budget.calculations.borrowing import Borrowed, balance_before, first_over, limit_total
from budget.calculations.position import Amount
from budget.models import BorrowingLimit, BorrowingPosition
from budget.selectors.position import QuarterPosition
from torbay_reports.core import formatting
from torbay_reports.core.money import Money, Unit


@dataclass(frozen=True)
class _Standing:
    """The latest position beside the limit that it is measured against; amounts in the position's unit.

    `borrowed` is what the position already holds: borrowing after its day is none of it.
    """

    latest: BorrowingPosition
    limit: BorrowingLimit
    part: Decimal
    borrowed: tuple[Borrowed, ...]

    @property
    def over(self) -> Decimal:
        over: Decimal = self.latest.external_borrowing - self.part
        return over

    def said(self, amount: Decimal) -> str:
        return formatting.sterling(Money(amount, Unit(self.latest.unit)), Unit.MILLIONS)


def limit_amounts(limit: BorrowingLimit) -> dict[str, Amount]:
    """A limit's parts and its total by the names that prose and tables use, in the limit's own unit."""
    parts = (limit.external_borrowing, limit.other_long_term_liabilities)
    return {
        "external_borrowing": parts[0],
        "other_long_term_liabilities": parts[1],
        "total": limit_total(*parts, limit.stated_total),
    }


def limits_sentence(data: QuarterPosition) -> str:
    """External borrowing against its part of the boundary; nothing where either is unknown."""
    standing = _standing(data)
    if standing is None:
        return ""
    latest, said = standing.latest, standing.said
    opening = (
        f"External borrowing was {said(latest.external_borrowing)} on {formatting.long_date(latest.as_at)}, "
        f"of {said(standing.part)} in the operational boundary"
    )
    if standing.over == 0:
        return f"{opening}: exactly its part."
    if standing.over < 0:
        return f"{opening}: within its part by {said(standing.over)}."
    crossing = first_over(latest.external_borrowing, standing.borrowed, standing.part)
    since = ""
    if crossing is not None:
        since = (
            f", first passed between {formatting.day_and_month(crossing.first_day)} and "
            f"{formatting.day_and_month(crossing.last_day)}"
        )
    return f"{opening}: over its part by {said(standing.over)}{since}."


def limits_note(data: QuarterPosition) -> str:
    """What the sentence rests on: the balance at the period's end, and how all debt compares with the total."""
    standing = _standing(data)
    if standing is None:
        return ""
    latest, limit, said = standing.latest, standing.limit, standing.said
    last_day = data.period.last_day
    parts = []
    if latest.as_at > last_day:
        before = balance_before(latest.external_borrowing, standing.borrowed, last_day)
        parts.append(f"It was {said(before)} on {formatting.day_and_month(last_day)}, if nothing was repaid since.")
    total = limit_amounts(limit)["total"]
    if total is not None:
        total = _converted(total, limit.unit, latest)
    if total is not None and latest.other_long_term_liabilities is None:
        parts.append(f"The boundary's total is {said(total)}; other liabilities on that day are not stated.")
    elif total is not None and latest.other_long_term_liabilities is not None:
        debt = latest.external_borrowing + latest.other_long_term_liabilities
        beside = "within" if debt <= total else "over"
        parts.append(f"All debt, {said(debt)}, is {beside} the boundary's total of {said(total)}.")
    return " ".join(parts)


def _standing(data: QuarterPosition) -> _Standing | None:
    for limit in data.limits:
        is_in_force = limit.kind == BorrowingLimit.Kind.OPERATIONAL and limit.basis == BorrowingLimit.Basis.APPROVED
        if is_in_force and limit.external_borrowing is not None and data.borrowing_positions:
            latest = data.borrowing_positions[-1]
            borrowed = tuple(
                Borrowed(taken.first_day, taken.last_day, _converted(taken.amount, taken.unit, latest))
                for taken in data.borrowing_taken
                if taken.last_day <= latest.as_at
            )
            return _Standing(latest, limit, _converted(limit.external_borrowing, limit.unit, latest), borrowed)
    return None


def _converted(amount: Decimal, unit: str, latest: BorrowingPosition) -> Decimal:
    """An amount in the unit of the position, with which it is compared."""
    return Money(amount, Unit(unit)).shown_in(Unit(latest.unit))
