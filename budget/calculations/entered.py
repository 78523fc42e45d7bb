"""What may stand in a line of a quarter, whoever writes it and by whatever way: grid, form, paste or file.

Pure functions; amounts in the year's unit.
"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Final

from budget.calculations.lines import Line
from torbay_reports.core import periods
from torbay_reports.core.formatting import long_date

LONGEST_REASON: Final = 5_000
LARGEST: Final = Decimal(10) ** 16
"""The first sum that the books have no room for."""
CENT: Final = Decimal("0.01")


def tidied(line: Line) -> Line:
    """The line with its reason's line ends and edges as they are kept, whatever a browser or a file made of them."""
    return replace(line, reason="\n".join(line.reason.splitlines()).strip())


def faults(line: Line, year: periods.FinancialYear) -> Iterator[str]:
    """What is wrong with a line, each as the end of a sentence that begins with the service: "the actual wants…"."""
    yield from _of_sums(line)
    yield from _of_ledger_date(line, year)
    if len(line.reason) > LONGEST_REASON:
        yield f"the reason is too long. Write at most {LONGEST_REASON:,} characters."
    if "\x00" in line.reason:
        yield "the reason has a character that cannot be kept. Type it anew."


def _of_sums(line: Line) -> Iterator[str]:
    for words, amount in (("forecast", line.forecast), ("actual to date", line.actual)):
        if amount is None:
            continue
        if not amount.is_finite() or abs(amount) >= LARGEST:
            yield f"the {words} is too large to be kept. Type a sum of at most 16 digits."
        elif amount != amount.quantize(CENT):
            yield f"the {words} has more than two decimals in the year's unit. Nothing is rounded: type two at most."


def _of_ledger_date(line: Line, year: periods.FinancialYear) -> Iterator[str]:
    if line.actual is not None and line.ledger_date is None:
        yield "the actual to date wants the ledger's date. Type it beside it."
    if line.ledger_date is not None:
        if line.actual is None:
            yield "there is a ledger date without an actual. Type the actual to date, or leave both empty."
        if not year.first_day <= line.ledger_date <= year.last_day:
            yield (
                f"the ledger date, {long_date(line.ledger_date)}, is not in {year.label}. Type a day from "
                f"{long_date(year.first_day)} to {long_date(year.last_day)}."
            )
