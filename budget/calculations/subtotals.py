"""The totals that a file prints, compared with those computed from its rows: rounding told from error.

Pure functions; amounts in the year's unit.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

HALF: Final = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Printed:
    """One figure of a total's row: which row, what it totals, in which column, what is printed there.

    `computed` is the sum of its `summands` rows; `grain` is one of the last digit in which that column is printed.
    """

    row: int
    name: str
    column: str
    amount: Decimal
    computed: Decimal
    summands: int
    grain: Decimal


@dataclass(frozen=True, slots=True)
class Difference:
    """A printed total that is not the sum of its rows; positive where the file prints more than that."""

    printed: Printed

    @property
    def amount(self) -> Decimal:
        return self.printed.amount - self.printed.computed

    @property
    def is_rounding(self) -> bool:
        """Whether rows that were each rounded can explain it: half of the last printed digit for each, at most."""
        return abs(self.amount) <= HALF * self.printed.grain * self.printed.summands


def differences(printed: list[Printed]) -> tuple[Difference, ...]:
    """The totals that do not agree, in the file's order."""
    return tuple(Difference(each) for each in printed if each.amount != each.computed)
