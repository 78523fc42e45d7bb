"""The sheets of an Excel workbook."""

import warnings
from collections import defaultdict
from io import BytesIO

import openpyxl
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from improvement.importing.opening.files import UnreadableTracker
from improvement.importing.opening.grid import (
    MOST_COLUMNS,
    MOST_ROWS,
    GridRow,
    Sheet,
    column_letters,
    too_many_columns,
    too_many_rows,
)
from improvement.importing.opening.values import shown
from improvement.importing.report import Notes, Place
from improvement.importing.texts import checked, on_one_line, unguarded


def read_workbook(data: bytes, file_name: str, notes: Notes) -> tuple[Sheet, ...]:
    """The visible sheets of a workbook that was found harmless. Raises UnreadableTracker, or what openpyxl raises."""
    with warnings.catch_warnings():
        # openpyxl warns of every ornament that it leaves out.
        warnings.simplefilter("ignore")
        workbook = openpyxl.load_workbook(BytesIO(data), keep_links=False)
    sheets = []
    for worksheet in workbook.worksheets:
        notes.begin(worksheet.title)
        if worksheet.sheet_state == "visible":
            sheets.append(_sheet(worksheet, file_name, notes))
        else:
            notes.decide(
                "hidden sheet",
                Place(worksheet.title, 1),
                "The sheet is hidden and was not read. If it belongs to the tracker, show it and import again.",
            )
    return tuple(sheets)


def _sheet(worksheet: Worksheet, file_name: str, notes: Notes) -> Sheet:
    name = worksheet.title
    try:
        rows = _rows(worksheet, f"{file_name}, sheet {name}", notes)
    except UnreadableTracker as problem:
        return Sheet(name, _texts(worksheet), may_continue=False, problem=str(problem))
    return Sheet(name, rows, may_continue=False)


def _rows(worksheet: Worksheet, where: str, notes: Notes) -> tuple[GridRow, ...]:
    texts: dict[int, dict[int, str]] = defaultdict(dict)
    colours: dict[int, dict[int, str]] = defaultdict(dict)
    for (row, column), cell in sorted(worksheet._cells.items()):
        if colour := _colour(cell):
            colours[row][column - 1] = colour
        text = _text(cell, f"{where}, row {row}, column {column_letters(column)}")
        if text:
            texts[row][column - 1] = text
        if isinstance(cell, Cell) and cell.comment is not None:
            notes.decide(
                "comment left out",
                Place(worksheet.title, row),
                f"A comment in column {column_letters(column)} is left out: “{on_one_line(cell.comment.text)}”.",
            )
    carried, spans = _merged(worksheet, texts)
    if texts and max(texts) > MOST_ROWS:
        raise too_many_rows(f"{where}, row {max(texts):,}")
    rows = []
    for number, cells in sorted(texts.items()):
        width = max(cells) + 1
        if width > MOST_COLUMNS:
            raise too_many_columns(f"{where}, row {number}, column {column_letters(width)}")
        rows.append(
            GridRow(
                Place(worksheet.title, number),
                tuple(cells.get(at, "") for at in range(width)),
                frozenset(carried[number]),
                spans[number],
                colours[number],
            )
        )
    _note_hidden(worksheet, set(texts), notes)
    return tuple(rows)


def _colour(cell: Cell | MergedCell) -> str:
    """The colour of the cell, by whatever name; empty where it has none."""
    if isinstance(cell, MergedCell) or not cell.has_style or cell.fill.patternType != "solid":
        return ""
    colour = cell.fill.fgColor
    return f"{colour.type} {colour.value} {colour.tint}"


def _text(cell: Cell | MergedCell, where: str) -> str:
    if isinstance(cell, MergedCell) or cell.value is None:
        return ""
    if cell.data_type == "f":
        raise UnreadableTracker(
            f"{where}: the cell holds a formula. Copy the sheet, paste it with “values only”, and save the file anew."
        )
    return unguarded(checked(shown(cell.value, cell.number_format), where))


def _merged(
    worksheet: Worksheet, texts: dict[int, dict[int, str]]
) -> tuple[dict[int, set[int]], dict[int, dict[int, int]]]:
    """Put a merged cell's text into each of its rows; say which columns got theirs so, and how wide cells are."""
    carried: dict[int, set[int]] = defaultdict(set)
    spans: dict[int, dict[int, int]] = defaultdict(dict)
    for area in worksheet.merged_cells.ranges:
        left, top = area.min_col - 1, area.min_row
        text = texts[top].get(left, "") if top in texts else ""
        if not text:
            continue
        for row in range(top, area.max_row + 1):
            spans[row][left] = area.max_col - area.min_col + 1
            if row > top:
                texts[row][left] = text
                carried[row].add(left)
    return carried, spans


def _texts(worksheet: Worksheet) -> tuple[GridRow, ...]:
    """The texts alone of a sheet that has a problem, by which it can be told whether the tracker is on it."""
    rows: dict[int, dict[int, str]] = defaultdict(dict)
    for (row, column), cell in sorted(worksheet._cells.items()):
        if row <= MOST_ROWS and column <= MOST_COLUMNS and isinstance(cell.value, str):
            rows[row][column - 1] = cell.value
    return tuple(
        GridRow(Place(worksheet.title, number), tuple(cells.get(at, "") for at in range(max(cells) + 1)))
        for number, cells in sorted(rows.items())
    )


def _note_hidden(worksheet: Worksheet, filled: set[int], notes: Notes) -> None:
    hidden = sorted(row for row, look in worksheet.row_dimensions.items() if look.hidden and row in filled)
    if hidden:
        words = ", ".join(str(row) for row in hidden)
        notes.decide(
            "hidden rows",
            Place(worksheet.title, hidden[0]),
            f"These rows are hidden and were read all the same: {words}. Delete them if they do not belong here.",
        )
    columns = sorted(letters for letters, look in worksheet.column_dimensions.items() if look.hidden)
    if columns:
        notes.decide(
            "hidden columns",
            Place(worksheet.title, 1),
            f"These columns are hidden and were read all the same: {', '.join(columns)}.",
        )
