"""How big a variance is: red, amber or green by the council's thresholds; without thresholds by its sign."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from budget.calculations.position import Amount


class Rag(StrEnum):
    """A letter and a word, since colour alone tells nobody who cannot see it."""

    RED = "R"
    AMBER = "A"
    GREEN = "G"

    @property
    def word(self) -> str:
        return {"R": "red", "A": "amber", "G": "green"}[self.value]


@dataclass(frozen=True)
class Thresholds:
    """Overspends from which a variance is amber and red, in one unit; None leaves that colour to the sign."""

    amber: Decimal | None
    red: Decimal | None


def rag(variance: Amount, thresholds: Thresholds) -> Rag | None:
    """The colour of a variance; None without a forecast, and for a line on budget where no thresholds are set.

    An underspend is green whatever its size.
    """
    if variance is None:
        return None
    if thresholds.red is None and thresholds.amber is None:
        return None if variance == 0 else (Rag.RED if variance > 0 else Rag.GREEN)
    if thresholds.red is not None and variance >= thresholds.red:
        return Rag.RED
    if thresholds.amber is not None and variance >= thresholds.amber:
        return Rag.AMBER
    return Rag.GREEN
