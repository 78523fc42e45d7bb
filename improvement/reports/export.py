"""The tracker as a file that imports back unchanged: the eight columns as printed, and beside them what was read."""

from collections.abc import Iterator, Mapping
from datetime import date
from io import BytesIO
from typing import Final, Literal

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from improvement.calculations.tracker import ActionEntry, PriorityEntry, StepEntry, ThemeEntry, TrackerEntry
from improvement.calculations.words.measures import measures_in_words
from improvement.calculations.words.stamps import join_updates
from improvement.importing.marks import THEME, no_steps_mark, priority_mark, step_mark
from improvement.importing.table.columns import COLUMNS, OWN_COLUMNS, Column, OwnColumn
from improvement.importing.texts import LONGEST_CELL, guarded, storable
from torbay_reports.core.formatting import long_date
from torbay_reports.core.spreadsheets import csv_lines, harmless

HEADS: Final[tuple[Column | OwnColumn, ...]] = (*COLUMNS, *OWN_COLUMNS)
"""The columns of the file. The last ones say exactly what the words leave open; "Step" says what a row is."""

Cells = Mapping[Column | OwnColumn, str]

_LONGEST_PART: Final = LONGEST_CELL - 2
"""Room for the apostrophes of a safe export."""

_WIDTHS: Final[Mapping[Column | OwnColumn, int]] = {
    Column.NOS: 8,
    Column.WHAT: 34,
    Column.WHO: 22,
    Column.HOW: 44,
    Column.WHEN: 16,
    Column.SUCCESS: 36,
    Column.STATUS: 16,
    Column.OUTCOME: 60,
    OwnColumn.STEP: 12,
    OwnColumn.DUE_ON: 18,
    OwnColumn.STATUS: 16,
    OwnColumn.COMPLETED_ON: 18,
    OwnColumn.OWNERS: 28,
    OwnColumn.MEASURES: 40,
}
_BANDS: Final = {"theme": "0B3C6F", "priority": "DCE5EE"}


def tracker_file(tracker: TrackerEntry, fmt: Literal["csv", "xlsx"]) -> bytes:
    """The whole tracker as a CSV or XLSX file, safe from formula injection; `read_tracker` gives it back.

    Line ends come back as plain ones, and characters that no workbook holds as spaces.
    """
    rows = [[_safe(cells.get(head, "")) for head in HEADS] for cells in tracker_rows(tracker)]
    title = _safe(tracker.title)
    if fmt == "xlsx":
        return _workbook(title, rows)
    heads = [head.value for head in HEADS]
    return b"".join(csv_lines([title], [heads, *rows]))


def tracker_rows(tracker: TrackerEntry) -> Iterator[Cells]:
    """The rows below the heads. A cell longer than a spreadsheet takes goes on in a row of its own."""
    for theme in tracker.themes:
        yield from _in_parts(_theme(theme))
        for priority in theme.priorities:
            yield from _in_parts(_priority(priority))
            for action in priority.actions:
                yield from _action(action)


def _theme(theme: ThemeEntry) -> Cells:
    return {Column.NOS: theme.number, Column.WHAT: theme.title, OwnColumn.STEP: THEME}


def _priority(priority: PriorityEntry) -> Cells:
    return {
        Column.NOS: "" if priority.is_inferred else priority.number,
        Column.WHAT: priority.title,
        OwnColumn.STEP: priority_mark(priority.number, is_inferred=priority.is_inferred),
    }


def _action(action: ActionEntry) -> Iterator[Cells]:
    head: Cells = {Column.NOS: action.printed, Column.WHAT: action.what}
    if not action.steps:
        yield {**head, OwnColumn.STEP: no_steps_mark(action.reference)}
    for step in action.steps:
        mark = step_mark(action.reference, step.number)
        continued = step_mark(action.reference, step.number, is_continued=True)
        yield from _in_parts({**head, **_step(step), OwnColumn.STEP: mark}, continued)
        head = {}


def _step(step: StepEntry) -> Cells:
    return {
        Column.WHO: step.who,
        Column.HOW: step.how,
        Column.WHEN: step.when,
        Column.SUCCESS: step.success,
        Column.STATUS: step.status_printed,
        Column.OUTCOME: join_updates(step.updates),
        OwnColumn.DUE_ON: _day(step.due_on),
        OwnColumn.STATUS: step.status.label,
        OwnColumn.COMPLETED_ON: _day(step.completed_on),
        OwnColumn.OWNERS: "\n".join(step.owners),
        OwnColumn.MEASURES: measures_in_words(step.measures),
    }


def _day(day: date | None) -> str:
    return long_date(day) if day else ""


def _in_parts(cells: Cells, continued: str = "") -> Iterator[Cells]:
    """The row, and below it rows for what is too long for one."""
    parts = {head: _parts(text) for head, text in cells.items()}
    for at in range(max(len(each) for each in parts.values())):
        row = {head: each[at] for head, each in parts.items() if at < len(each)}
        yield row if at == 0 else {**row, OwnColumn.STEP: continued}


def _parts(text: str) -> list[str]:
    stored = storable(text)
    return [stored[at : at + _LONGEST_PART] for at in range(0, len(stored), _LONGEST_PART)] or [""]


def _safe(text: str) -> str:
    return str(harmless(guarded(storable(text))))


def _workbook(title: str, rows: list[list[str]]) -> bytes:
    workbook = Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Tracker"
    _write(sheet, 1, [title])
    _write(sheet, 2, [head.value for head in HEADS])
    for number, row in enumerate(rows, start=3):
        _write(sheet, number, row)
    _lay_out(sheet)
    kept = BytesIO()
    workbook.save(kept)
    return kept.getvalue()


def _write(sheet: Worksheet, number: int, texts: list[str]) -> None:
    for column, text in enumerate(texts, start=1):
        if text:
            cell = sheet.cell(row=number, column=column)
            cell.value, cell.data_type = text, "s"
            cell.alignment = Alignment(vertical="top", wrap_text=number > 1)


def _lay_out(sheet: Worksheet) -> None:
    """Widths, a frozen head that repeats on each page of print, and bands for themes and priorities."""
    for column, head in enumerate(HEADS, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = _WIDTHS[head]
        sheet.cell(row=2, column=column).font = Font(bold=True)
    sheet["A1"].font = Font(bold=True, size=14)
    sheet.freeze_panes = "C3"
    sheet.print_title_rows = "2:2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    marks = len(COLUMNS) + 1
    for number in range(3, sheet.max_row + 1):
        level = str(sheet.cell(row=number, column=marks).value or "").partition(" ")[0]
        if level in _BANDS:
            _band(sheet, number, level)


def _band(sheet: Worksheet, number: int, level: str) -> None:
    for column in range(1, len(HEADS) + 1):
        cell = sheet.cell(row=number, column=column)
        cell.fill = PatternFill("solid", fgColor=_BANDS[level])
        cell.font = Font(bold=True, color="FFFFFF" if level == "theme" else "000000")
        cell.alignment = Alignment(vertical="top", wrap_text=column > 2 and len(str(cell.value or "")) > 0)
