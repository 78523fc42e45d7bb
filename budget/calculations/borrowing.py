"""Debt and its limits: balances derived from what was borrowed, and the total of a limit. All sums in one unit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from budget.calculations.position import Amount


@dataclass(frozen=True)
class Borrowed:
    """External borrowing taken out between two days."""

    first_day: date
    last_day: date
    amount: Decimal


def balance_before(balance: Decimal, taken: Iterable[Borrowed], day: date) -> Decimal:
    """External borrowing at the end of `day`, derived from a later balance; no repayment assumed."""
    return balance - sum((each.amount for each in taken if each.first_day > day), Decimal(0))


def first_over(balance: Decimal, taken: Sequence[Borrowed], ceiling: Decimal) -> Borrowed | None:
    """The borrowing that took the balance past the ceiling; None where it is not past, or was before all of these."""
    for each in sorted(taken, key=lambda b: b.last_day, reverse=True):
        before = balance - each.amount
        if before <= ceiling < balance:
            return each
        balance = before
    return None


def limit_total(external: Amount, other: Amount, stated: Amount) -> Amount:
    """A limit's total: the sum of its parts where both are known, else what was stated."""
    if external is not None and other is not None:
        return external + other
    return stated
