"""The rows of a CSV file: its encoding, its delimiter, its quoting."""

import codecs
import csv
from io import StringIO
from typing import Final

from improvement.importing.opening.files import UnreadableTracker
from improvement.importing.opening.grid import MOST_COLUMNS, MOST_ROWS, GridRow, Sheet, too_many_columns, too_many_rows
from improvement.importing.report import Notes, Place
from improvement.importing.table.headers import heads_among
from improvement.importing.texts import LONGEST_CELL, checked, unguarded

DELIMITERS: Final = (",", ";", "\t")
_UTF_16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


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
    """The text. Windows is tried only where nothing before the fault is in UTF-8: every such sign would change."""
    if data.startswith(_UTF_16):
        encoding = "utf-16"
    else:
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            if not data[: error.start].isascii():
                raise _undecodable(data, error.start, file_name) from error
            encoding = "windows-1252"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _undecodable(data, error.start, file_name) from error
    notes.repaired(
        "encoding",
        Place("", 1),
        f"The file is not in UTF-8; it was read as {encoding.upper()}. Look at its quotation marks.",
    )
    return text


def _undecodable(data: bytes, at: int, file_name: str) -> UnreadableTracker:
    line = data[:at].count(b"\n") + 1
    return UnreadableTracker(
        f"{file_name}, line {line}: a character is none of UTF-8 and none of Windows. Save the file as CSV UTF-8."
    )


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
