"""What forty invented services forecast over a year, and what follows from it, added up apart from the program."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from tests.budget.forty import DIRECTORATES, SERVICES

QUARTERS: Final = (1, 2, 3, 4)
WANTS_A_REASON: Final = 50_000
"""Pounds, either way, from which a variance wants one."""


@dataclass(frozen=True)
class Told:
    """One service in one quarter: its variance in pounds, positive when over budget, and why."""

    slug: str
    name: str
    directorate: str
    net: int
    variance: int

    @property
    def forecast(self) -> int:
        return self.net + self.variance

    @property
    def reason(self) -> str:
        if abs(self.variance) < WANTS_A_REASON:
            return ""
        return "More people need it." if self.variance > 0 else "Posts stay empty until spring."


def told(quarter: int) -> tuple[Told, ...]:
    """Every service in print order."""
    rows = []
    for number in range(1, len(DIRECTORATES) * len(SERVICES) + 1):
        directorate, service = divmod(number - 1, len(SERVICES))
        group, name = DIRECTORATES[directorate], f"{DIRECTORATES[directorate]} {SERVICES[service]}"
        slug = f"{group}-{SERVICES[service]}".lower()
        rows.append(Told(slug, name, group.lower(), 90_000 * number, _variance(number, quarter)))
    return tuple(rows)


def _variance(number: int, quarter: int) -> int:
    return ((number * 37 + quarter * 11) % 15 - 7) * 10_000


def total_variance(quarter: int) -> int:
    """Of the net budget."""
    return sum(each.variance for each in told(quarter))


def movement(quarter: int) -> dict[str, int | None]:
    """Of each service and of the net budget: what its variance has grown by since the quarter before; none in the
    first."""
    before = {each.slug: each.variance for each in told(quarter - 1)} if quarter > 1 else {}
    moved: dict[str, int | None] = {
        each.slug: each.variance - before[each.slug] if before else None for each in told(quarter)
    }
    moved["net"] = total_variance(quarter) - total_variance(quarter - 1) if before else None
    return moved


def shown(amount: int) -> str:
    """Pounds as a grid prints them, brackets for less than nil."""
    return f"({-amount:,})" if amount < 0 else f"{Decimal(amount):,}"
