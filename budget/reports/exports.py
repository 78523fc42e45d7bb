"""The tables of a quarter that people take away: each a list of heads and rows, with figures as numbers.

A room adds its own with `register`; the page of exports asks here by the table's name.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Final

import openpyxl
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from budget.models import Quarter
from torbay_reports.core.spreadsheets import csv_lines, harmless
from torbay_reports.documents.tables import UnknownFormat

Row = Sequence[object]


@dataclass(frozen=True, slots=True)
class TakenAway:
    """A table for a spreadsheet. Sums are Decimals in the unit that their head names, days are dates."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Row]


Maker = Callable[[Quarter], TakenAway]
_makers: dict[str, Maker] = {}
FORMATS: Final = ("csv", "xlsx")


def register(name: str, maker: Maker) -> None:
    """Offer a table of every quarter under that name, which stands in addresses."""
    _makers[name] = maker


def maker_of(name: str) -> Maker | None:
    """What makes the table of that name; None where there is none."""
    return _makers.get(name)


def names() -> list[str]:
    """The tables that are offered."""
    return sorted(_makers)


def as_file(table: TakenAway, fmt: str) -> Iterator[bytes]:
    """The table as CSV, a line at a time, or as a workbook. Raises UnknownFormat."""
    if fmt == "csv":
        return csv_lines(table.heads, table.rows)
    if fmt == "xlsx":
        return iter([_workbook(table)])
    raise UnknownFormat(f"A table can be taken away as csv or xlsx, not as '{fmt}'.")


def _workbook(table: TakenAway) -> bytes:
    def written(cell: object) -> object:
        # Cleaned first: what stood behind such a character may be a formula.
        return harmless(ILLEGAL_CHARACTERS_RE.sub(" ", cell).strip() if isinstance(cell, str) else cell)

    workbook = openpyxl.Workbook(write_only=True)
    sheet = workbook.create_sheet(table.title[:31])
    sheet.append(list(table.heads))
    for row in table.rows:
        sheet.append([written(cell) for cell in row])
    kept = BytesIO()
    workbook.save(kept)
    return kept.getvalue()
