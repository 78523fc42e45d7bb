"""The totals of a budget's file held against the sums of its rows, and how a difference reads."""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from budget.calculations.subtotals import Difference, Printed
from budget.importing.faults import Faults
from budget.importing.stated import Field
from budget.importing.totals import Path
from budget.models import BudgetLine

EXPENDITURE = str(BudgetLine.Kind.EXPENDITURE.value)
INCOME = str(BudgetLine.Kind.INCOME.value)


class TotalRow(NamedTuple):
    """A row that totals what stands below `path`: its figures as held, by their columns, and each column's head."""

    row: int
    name: str
    path: Path
    figures: dict[Field, Decimal]
    heads: dict[Field, str]


def printed_totals(
    totals: Iterable[TotalRow], lines: Iterable[tuple[Path, str, Decimal]], grain: Decimal, faults: Faults
) -> list[Printed]:
    """Each figure of each total's row with the sum of the lines (path, side, amount) below it, in one pass."""
    totals = list(totals)
    wanted = {total.path for total in totals}
    sums: dict[Path, dict[str, Decimal]] = {}
    counts: dict[Path, int] = {}
    above: dict[Path, list[Path]] = {}
    for path, kind, amount in lines if wanted else ():
        if path not in above:
            above[path] = [path[:depth] for depth in range(len(path) + 1) if path[:depth] in wanted]
        for each in above[path]:
            sides = sums.setdefault(each, {EXPENDITURE: Decimal(0), INCOME: Decimal(0)})
            sides[kind] += amount
            counts[each] = counts.get(each, 0) + 1
    found = []
    for total in totals:
        if total.path not in sums:
            faults.add(total.row, f"“{total.name}” totals nothing: no row below that name has sums.")
            continue
        sides, count = sums[total.path], counts[total.path]
        for field, amount in total.figures.items():
            computed = sides.get(field.value, sides[EXPENDITURE] + sides[INCOME])
            found.append(Printed(total.row, total.name, total.heads[field], amount, computed, count, grain))
    return found


def wrong_total(found: Difference) -> str:
    """The sentence about a total that no rounding explains, to the penny; its row and column stand before it."""
    return (
        f"{_compared(found)}, which rounding does not explain. Correct the row, or the rows that it totals. If it is a "
        "service of its own, say “no” in a column headed Subtotal."
    )


def rounded_total(found: Difference) -> str:
    """The sentence about a total that rounding explains, to the penny."""
    printed = found.printed
    return f"Row {printed.row}, {printed.column}: {_compared(found)}, as rounding may. The computed sum counts."


def _compared(found: Difference) -> str:
    printed = found.printed
    more = "more" if found.amount > 0 else "less"
    return (
        f"“{printed.name}” prints {printed.amount:,.2f}, and its rows add up to {printed.computed:,.2f}: "
        f"{abs(found.amount):,.2f} {more}"
    )
