"""Sums of money, exact, with the precision at which they are known.

£187m is known to the million and is not £187,000,000.00: a `Money` keeps the unit it was given in, sums only what
has the same unit, and is rounded once, when it is shown.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum


class Unit(StrEnum):
    """The unit in which a sum is known and held."""

    POUNDS = "pounds"
    THOUSANDS = "thousands"
    MILLIONS = "millions"

    @property
    def scale(self) -> Decimal:
        """How many pounds one of this unit is."""
        return _SCALES[self]

    @property
    def heading(self) -> str:
        """The unit as a column's head prints it: £, £000s or £m."""
        return _HEADINGS[self]


_SCALES = {Unit.POUNDS: Decimal(1), Unit.THOUSANDS: Decimal(1_000), Unit.MILLIONS: Decimal(1_000_000)}
_HEADINGS = {Unit.POUNDS: "£", Unit.THOUSANDS: "£000s", Unit.MILLIONS: "£m"}


class MixedUnits(ValueError):
    """Two sums known to different units were added or compared: convert one on purpose first."""

    def __init__(self, left: Unit, right: Unit) -> None:
        super().__init__(f"A sum in {left} and one in {right} cannot be added or compared as they stand.")


def rounded(value: Decimal, places: int) -> Decimal:
    """Round half away from zero, the rule of every figure in this program; the sign of a tiny negative is kept."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


@dataclass(frozen=True)
class Money:
    """A sum: `amount` in `unit`. Positive is expenditure, debt or an overspend; negative is income or an underspend."""

    amount: Decimal
    unit: Unit

    def __add__(self, other: "Money") -> "Money":
        self._same_unit(other)
        return Money(self.amount + other.amount, self.unit)

    def __sub__(self, other: "Money") -> "Money":
        self._same_unit(other)
        return Money(self.amount - other.amount, self.unit)

    def __neg__(self) -> "Money":
        return Money(-self.amount, self.unit)

    def __abs__(self) -> "Money":
        return Money(abs(self.amount), self.unit)

    def __lt__(self, other: "Money") -> bool:
        self._same_unit(other)
        return self.amount < other.amount

    def __le__(self, other: "Money") -> bool:
        self._same_unit(other)
        return self.amount <= other.amount

    def shown_in(self, unit: Unit) -> Decimal:
        """The exact amount expressed in another unit, for display; not rounded."""
        return self.amount * self.unit.scale / unit.scale

    def _same_unit(self, other: "Money") -> None:
        if self.unit != other.unit:
            raise MixedUnits(self.unit, other.unit)


def total(sums: Iterable[Money], unit: Unit) -> Money:
    """Add sums of one unit; nil in that unit when there are none. Raises MixedUnits."""
    result = Money(Decimal(0), unit)
    for each in sums:
        result += each
    return result
