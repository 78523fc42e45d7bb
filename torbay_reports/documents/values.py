"""The exact value of a table's cell, for sorting and for spreadsheets: never the rounded words."""

from datetime import date
from decimal import Decimal

from torbay_reports.core.formatting import ABSENT
from torbay_reports.core.money import Money, Unit
from torbay_reports.documents.blocks import Cell, Column, Figure, Text

Exact = Decimal | date | str | None
SortKey = tuple[int, Decimal | int | str]

_UNIT_OF_HEADING = {unit.heading: unit for unit in Unit}
_UNITS = {unit.value: unit for unit in Unit}


def exact(cell: Cell, column: Column) -> Exact:
    """The cell's amount in the unit of the column's head, its date, its words, or None where nothing is entered.

    A sum known in another unit than the head's is converted, not rounded: 1,377 thousand is 1.377 under £m.
    """
    figure = _only_figure(cell)
    if figure is not None:
        if figure.value is not None:
            return _in_unit_of(column, figure.value, figure.unit)
        if figure.day is not None:
            return figure.day
    text = cell.text.strip()
    return None if text in ("", ABSENT) else text


def sort_key(cell: Cell, column: Column) -> SortKey | None:
    """What the cell is sorted by: numbers and dates before words, None for an absent figure."""
    value = exact(cell, column)
    if value is None:
        return None
    if isinstance(value, Decimal):
        figure = _only_figure(cell)
        unit = _UNITS.get(figure.unit) if figure is not None and column.unit not in _UNIT_OF_HEADING else None
        return (0, value * unit.scale if unit else value)
    if isinstance(value, date):
        return (0, value.toordinal())
    return (1, value.casefold())


def _only_figure(cell: Cell) -> Figure | None:
    """The cell's figure, when it holds one and no words beside it."""
    parts = [part for part in cell.content if not (isinstance(part, Text) and not part.text.strip())]
    if len(parts) == 1 and isinstance(parts[0], Figure):
        return parts[0]
    return None


def _in_unit_of(column: Column, value: Decimal, unit: str) -> Decimal:
    known, wanted = _UNITS.get(unit), _UNIT_OF_HEADING.get(column.unit)
    if known is None or wanted is None or known == wanted:
        return value
    return Money(value, known).shown_in(wanted)
