"""A table of a paper as files to take away: CSV for a spreadsheet, JSON for a program."""

import csv
from codecs import BOM_UTF8
from io import StringIO

import msgspec

from torbay_reports.core.spreadsheets import harmless
from torbay_reports.documents.blocks import Cell, Column, Row, Table
from torbay_reports.documents.tables import exported
from torbay_reports.documents.values import exact


def as_csv(table: Table, *, marking: str = "") -> bytes:
    """The table with exact values in the unit of each head; `marking` is the first line of what is marked."""
    data = exported(table, "csv")
    if not marking:
        return data
    line = StringIO(newline="")
    csv.writer(line).writerow([harmless(marking)])
    return BOM_UTF8 + line.getvalue().encode() + data.removeprefix(BOM_UTF8)


def as_json(table: Table, *, marking: str = "") -> bytes:
    """The same table: of each cell the words as printed and the exact value as text, null where nothing is entered."""
    said = {
        "caption": table.caption,
        "columns": [
            {"key": each.key, "label": each.label, "group": each.group, "unit": each.unit} for each in table.columns
        ],
        "rows": [_row(row, table.columns) for row in table.rows],
        "notes": table.notes,
    }
    marked = {"marking": marking} if marking else {}
    return msgspec.json.encode(said | marked, order="deterministic")


def _row(row: Row, columns: tuple[Column, ...]) -> dict[str, object]:
    return {
        "anchor": row.anchor,
        "level": row.level,
        "texts": [cell.text for cell in row.cells],
        "values": [_value(cell, column) for cell, column in zip(row.cells, columns, strict=True)],
    }


def _value(cell: Cell, column: Column) -> str | None:
    value = exact(cell, column)
    return None if value is None else str(value)
