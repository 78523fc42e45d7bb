"""The rows of a CSV file: its encoding, its delimiter, its quoting."""

import csv
from io import StringIO
from typing import Final

from improvement.importing.opening.files import UnreadableTracker
from improvement.importing.opening.grid import MOST_COLUMNS, MOST_ROWS, GridRow, Sheet, too_many_columns, too_many_rows
from improvement.importing.report import Notes, Place
from improvement.importing.table.headers import heads_among
from improvement.importing.texts import LONGEST_CELL, checked, unguarded
from torbay_reports.core.opening.texts import decoded

DELIMITERS: Final = (",", ";", "\t")


def read_delimited(data: bytes, file_name: str, notes: Notes) -> tuple[Sheet, ...]:
    """The file as one sheet. Raises UnreadableTracker with the line or the row."""
    notes.begin("")
    text = _decoded(data, file_name, notes)
    before, has_mark, after = text.partition("\n")
    if has_mark and before.strip().lower() in {f"sep={delimiter}" for delimiter in DELIMITERS}:
        text = after
    delimiter = max(DELIMITERS, key=lambda each: _heads_found(text, each))
    rows = []
    lines = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for number, cells in enumerate(lines, start=1):
            rows.append(_row(cells, Place("", number), file_name))
            if number > MOST_ROWS:
                raise too_many_rows(file_name)
    except csv.Error as error:
        raise UnreadableTracker(
            f"{file_name}, line {lines.line_num}: the quotation marks or the length of a cell are not those of a CSV "
            f"file ({error}). Save the file as CSV from a spreadsheet program."
        ) from error
    return (Sheet(name="", rows=tuple(rows)),)


def _decoded(data: bytes, file_name: str, notes: Notes) -> str:
    text, encoding = decoded(data, file_name)
    if encoding:
        notes.repaired(
            "encoding",
            Place("", 1),
            f"The file is not in UTF-8; it was read as {encoding.upper()}. Look at its quotation marks.",
        )
    return text


def _heads_found(text: str, delimiter: str) -> int:
    """The most cells that a line would have whose words are heads of the tracker."""
    lines = text[: LONGEST_CELL * 10].splitlines()
    return max((heads_among(line.split(delimiter)) for line in lines), default=0)


def _row(cells: list[str], place: Place, file_name: str) -> GridRow:
    while cells and not cells[-1].strip():
        cells.pop()
    if len(cells) > MOST_COLUMNS:
        raise too_many_columns(f"{file_name}, {place}")
    for at, cell in enumerate(cells, start=1):
        if cell.startswith("="):
            raise UnreadableTracker(
                f"{file_name}, {place}, column {at}: the cell holds a formula. Save the file with values only."
            )
    return GridRow(place, tuple(unguarded(checked(cell, f"{file_name}, {place}")) for cell in cells))
