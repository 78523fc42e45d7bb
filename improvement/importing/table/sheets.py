"""The tracker's rows, found on the sheets of a file: what is none of it is left out, and named."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from improvement.importing.opening.files import UnreadableTracker
from improvement.importing.opening.grid import GridRow, Sheet
from improvement.importing.report import Notes, Place
from improvement.importing.table.bands import band_words, is_heading_with_level
from improvement.importing.table.columns import COLUMNS, Column, OwnColumn
from improvement.importing.table.furniture import Furniture
from improvement.importing.table.headers import Header, find_header
from improvement.importing.table.rows import TrackerRow, TrackerRows
from improvement.importing.texts import on_one_line, tidy
from improvement.importing.tree.references import find_references
from improvement.references import reference_key
from torbay_reports.core.formatting import listed

_UNTIL_NEXT: Final = (Column.NOS, Column.WHAT, Column.WHO, Column.HOW)
"""What a merged cell says once for all its rows; any other column says it for each."""

MOST_TEXT: Final = 10_000_000
"""Characters of the whole tracker, a merged cell's once for each row that it reaches."""


def tracker_rows(sheets: Sequence[Sheet], file_name: str, notes: Notes) -> TrackerRows:
    """The tracker's rows of all sheets, one after another. Raises UnreadableTracker where there is no header row."""
    reading = _Reading(file_name, notes, Furniture(notes))
    for sheet in sheets:
        reading.sheet(sheet, sheets[-1])
    if reading.header is None or reading.begins_at is None:
        looked_at = listed([f"“{sheet.name}”" for sheet in sheets if sheet.name]) or "the file"
        raise UnreadableTracker(
            f"{file_name}: no header row was found in {looked_at}. A tracker has one row with the heads "
            f"{listed([head.value for head in COLUMNS])}. Choose the file that has it, or put the heads in."
        )
    return TrackerRows(reading.furniture.title, tuple(reading.rows), reading.begins_at, reading.header.is_in_order)


@dataclass(slots=True)
class _Reading:
    """The file, read sheet by sheet."""

    file_name: str
    notes: Notes
    furniture: Furniture
    header: Header | None = None
    begins_at: Place | None = None
    above: list[GridRow] = field(default_factory=list)
    rows: list[TrackerRow] = field(default_factory=list)
    is_break: bool = False
    carried: frozenset[int] = frozenset()
    references: dict[str, set[str]] = field(default_factory=dict)
    characters: int = 0

    def sheet(self, sheet: Sheet, last: Sheet) -> None:
        """Take the rows of the sheet; `last` is the last of the file."""
        headers = _headers(sheet)
        if headers and sheet.problem:
            raise UnreadableTracker(sheet.problem)
        if not headers and not sheet.may_continue:
            self._leave_out_sheet(sheet)
            return
        self.is_break = bool(self.rows)
        others: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        for row in filter(_has_words, sheet.rows):
            if row.place in headers:
                self._header(headers[row.place], row)
            elif self.header is None:
                self.above.append(row)
            elif not self._is_dropped(row, sheet, last, self.header):
                self._row(row, self.header, others)
        self._note_others(sheet.name, others)
        self._note_colours(sheet)
        if not sheet.may_continue:
            self._require_other_references(sheet.name)

    def _note_colours(self, sheet: Sheet) -> None:
        """Name the rows whose status is nothing but a colour, another one than that of the step's words."""
        if self.header is None:
            return
        status, how = (self.header.columns[each].start for each in (Column.STATUS, Column.HOW))
        rows = [
            row.place.row
            for row in sheet.rows
            if how in row.filled
            and status not in row.filled
            and row.colours.get(status, "") not in ("", row.colours.get(how))
        ]
        if rows:
            self.notes.decide(
                "status by colour",
                Place(sheet.name, rows[0]),
                f"The status is a colour alone, which is not read, in {_rows_in_words(rows)}. "
                "Write each status in words.",
            )

    def _require_other_references(self, sheet: str) -> None:
        """Refuse two versions of one tracker in a workbook: sheets of which one repeats the other's references."""
        found = {
            reference
            for row in self.rows
            if row.place.sheet == sheet
            for reference in find_references(row.cells[Column.NOS])
        }
        for other, references in self.references.items():
            both = found & references
            if both and len(both) * 2 >= len(found):
                raise UnreadableTracker(
                    f"{self.file_name}: the sheets “{other}” and “{sheet}” both hold {min(both, key=reference_key)}. "
                    "Delete the one that is out of date."
                )
        self.references[sheet] = found

    def _is_dropped(self, row: GridRow, sheet: Sheet, last: Sheet, header: Header) -> bool:
        """Drop what belongs to the page, after which a new one begins; a row of our own export never does."""
        if any(header.named(at) is OwnColumn.STEP for at in row.filled):
            return False
        if self.furniture.is_page(row):
            self.is_break = True
            return True
        return sheet.is_loose and self.furniture.is_aside(row, is_at_end=sheet is last)

    def _leave_out_sheet(self, sheet: Sheet) -> None:
        if sheet.rows:
            self.notes.decide(
                "sheet left out",
                Place(sheet.name, 1),
                "The sheet has no header row and was not read. If it belongs to the tracker, give it one.",
            )

    def _header(self, header: Header, row: GridRow) -> None:
        if self.header is None:
            if header.missing:
                missing = listed([f"“{column.value}”" for column in header.missing])
                raise UnreadableTracker(
                    f"{self.file_name}, {row.place}: the header row has no column {missing}. Put the column in, "
                    "empty where there is nothing to say, or correct its head."
                )
            self.header, self.begins_at = header, row.place
            self.furniture.take_above([each for each in self.above if not is_heading_with_level(each)])
            for each in filter(is_heading_with_level, self.above):
                words = tidy(next(iter(each.filled.values())))
                self._add(TrackerRow(each.place, {**dict.fromkeys(COLUMNS, ""), Column.WHAT: words}), each)
            return
        self.is_break = True
        self.notes.repaired("repeated header", row.place, "The header row is repeated here and was dropped.")
        if not header.missing:
            self.header = header

    def _row(self, row: GridRow, header: Header, others: dict[str, dict[str, list[int]]]) -> None:
        self._require_bounded(row)
        band = band_words(row, header)
        if band:
            self._add(TrackerRow(row.place, {**dict.fromkeys(COLUMNS, ""), Column.WHAT: band}), row)
            return
        is_marked = any(header.named(at) is OwnColumn.STEP for at in row.filled)
        cells: dict[Column, str] = dict.fromkeys(COLUMNS, "")
        own: dict[OwnColumn, str] = {}
        overflow = ""
        last = header.columns[Column.OUTCOME].stop
        for at, text in enumerate(row.cells):
            column = header.named(at)
            words = text if is_marked else tidy(text)
            if not words or (at in row.carried and column in _UNTIL_NEXT):
                continue
            if isinstance(column, Column):
                cells[column] = f"{cells[column]}\n{words}" if cells[column] else words
            elif isinstance(column, OwnColumn):
                own[column] = words
            elif at == last and at not in header.others:
                overflow = words
            elif at not in row.carried:
                others[header.others.get(at, "without a head")][words].append(row.place.row)
        if row.carried and row.carried != self.carried:
            self.notes.repaired("merged cells", row.place, _merged_sentence(row, header))
        self._add(TrackerRow(row.place, cells, own, overflow=overflow), row)

    def _add(self, row: TrackerRow, read_from: GridRow) -> None:
        row.after_break, self.is_break = self.is_break, False
        self.carried = read_from.carried
        self.rows.append(row)

    def _require_bounded(self, row: GridRow) -> None:
        self.characters += sum(map(len, row.cells))
        if self.characters > MOST_TEXT:
            raise UnreadableTracker(
                f"{self.file_name}, {row.place}: down to here the tracker has more than {MOST_TEXT:,} characters. "
                "Delete what does not belong to it, and part cells that are merged over many rows."
            )

    def _note_others(self, sheet: str, others: dict[str, dict[str, list[int]]]) -> None:
        for head, texts in others.items():
            first = min(rows[0] for rows in texts.values())
            words = "; ".join(f"“{on_one_line(text)}” ({_rows_in_words(rows)})" for text, rows in texts.items())
            self.notes.decide(
                "column left out",
                Place(sheet, first),
                f"The column “{on_one_line(head)}” is none of the tracker's and is left out: {words}.",
            )


def _headers(sheet: Sheet) -> dict[Place, Header]:
    """The header rows of the sheet, by their place."""
    headers: dict[Place, Header] = {}
    for row in sheet.rows:
        if header := find_header(row, with_slips=not headers):
            headers[row.place] = header
    return headers


def _has_words(row: GridRow) -> bool:
    return bool(row.filled)


def _merged_sentence(row: GridRow, header: Header) -> str:
    columns = [header.named(at) for at in sorted(row.carried)]
    heads = listed([f"“{column.value}”" for column in columns if column is not None]) or "a column without a head"
    return f"A merged cell reaches down into {heads}; its value stands for every row that it reaches."


def _rows_in_words(rows: Sequence[int]) -> str:
    return f"{'row' if len(rows) == 1 else 'rows'} {', '.join(str(row) for row in rows)}"
