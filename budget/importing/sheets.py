"""A CSV file or a workbook as rows of cells: opened safely, nothing of it understood yet."""

import csv
import re
import warnings
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any, Final

import openpyxl

from torbay_reports.core.opening.archives import damaged, require_harmless
from torbay_reports.core.opening.files import FileKind, Wanted, kind_of
from torbay_reports.core.opening.texts import decoded
from torbay_reports.core.reading import NO_TEXT, UnreadableFile

TABLE: Final = Wanted(
    subject="the table",
    kinds=(FileKind.WORKBOOK, FileKind.TEXT),
    most_cells=1_500_000,
    most_elements=6_000_000,
)
MOST_ROWS: Final = 200_000
MOST_COLUMNS: Final = 100
DELIMITERS: Final = (",", ";", "\t")
_HEAD_ROWS: Final = 30

_LINKS: Final = "xl/externalLinks/"
_SHEET_PART: Final = re.compile(r"xl/worksheets/[^/]+\.xml")
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f[ >/]")
_SCALED: Final = re.compile(r"[0#?],+(?![0#?,])")
_IN_QUOTES: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')

Cell = str | Decimal | date
"""A text as typed, a workbook's number or its day. An empty cell is an empty text."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet's rows from its first on, so that the row at place 0 is row 1 as a person sees it."""

    name: str
    rows: list[Sequence[Cell]]


def open_table(data: bytes, file_name: str, *, sheet: str, known_heads: Callable[[Sequence[Cell]], int]) -> Sheet:
    """The rows of the file, of that sheet where one is named. Raises UnreadableFile with what, where and the cure.

    `known_heads` tells how many cells of a row are heads that mean something; it chooses a CSV's delimiter.
    """
    kind = kind_of(data, file_name, TABLE)
    if kind is FileKind.TEXT:
        return Sheet("", _delimited(data, file_name, known_heads))
    require_harmless(data, kind, file_name, TABLE)
    try:
        return _one_sheet(data, file_name, sheet)
    except UnreadableFile:
        raise
    except Exception as error:
        # openpyxl answers a damaged workbook with errors of a dozen kinds, from KeyError to ValueError.
        raise damaged(file_name) from error


def column_letters(place: int) -> str:
    """The letters of a column, from 0: "A", "Z", "AA"."""
    number, letters = place + 1, ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def words(cell: Cell) -> str:
    """The cell as a text on one line, without the apostrophe that keeps a spreadsheet from taking it for a formula."""
    text = " ".join((cell if isinstance(cell, str) else str(cell)).split())
    return text[1:] if text[:1] == "'" and text[1:2] in "=+-@" else text


def _delimited(data: bytes, file_name: str, known_heads: Callable[[Sequence[Cell]], int]) -> list[Sequence[Cell]]:
    text, _ = decoded(data, file_name)
    found = NO_TEXT.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        raise UnreadableFile(
            f"{file_name}, line {line}: a character is none that can be stored. Save the file as CSV UTF-8."
        )
    first, mark, rest = text.partition("\n")
    if mark and first.strip().lower() in {f"sep={each}" for each in DELIMITERS}:
        text = rest
    delimiter = max(DELIMITERS, key=lambda each: _fits(text, each, known_heads))
    lines = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[Sequence[Cell]] = []
    try:
        for cells in lines:
            rows.append(cells)
            if len(rows) > MOST_ROWS:
                raise _too_long(file_name)
            if len(cells) > MOST_COLUMNS:
                raise _too_wide(f"{file_name}, row {len(rows)}")
    except csv.Error as error:
        raise UnreadableFile(
            f"{file_name}, line {lines.line_num}: the quotation marks or the length of a cell are not those of a CSV "
            f"file ({error}). Save the file as CSV from a spreadsheet program."
        ) from error
    return rows


def _fits(text: str, delimiter: str, known_heads: Callable[[Sequence[Cell]], int]) -> tuple[int, int]:
    """How well a delimiter parts the first rows: the most known heads in one of them, then the most cells."""
    lines = text[:100_000].splitlines()[:_HEAD_ROWS]
    parted = [[cell.strip().strip('"') for cell in line.split(delimiter)] for line in lines]
    return max((known_heads(row) for row in parted), default=0), max((len(row) for row in parted), default=0)


def _too_long(where: str) -> UnreadableFile:
    return UnreadableFile(f"{where}: there are more than {MOST_ROWS:,} rows. Delete what is not the table.")


def _too_wide(where: str) -> UnreadableFile:
    return UnreadableFile(f"{where}: there are more than {MOST_COLUMNS} columns. Delete what is not the table.")


def _one_sheet(data: bytes, file_name: str, wanted: str) -> Sheet:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        names = archive.namelist()
        has_formulas = any(_FORMULA.search(archive.read(name)) for name in names if _SHEET_PART.fullmatch(name))
    if any(name.startswith(_LINKS) for name in names):
        raise UnreadableFile(
            f"{file_name} takes figures from other files. Break these links (in Excel: Data, Edit Links), "
            "save it anew, and choose that file."
        )
    workbook = _opened(data, data_only=True)
    visible = [each for each in workbook.worksheets if each.sheet_state == "visible"]
    if wanted:
        chosen = [each for each in visible if each.title.casefold() == wanted.casefold()]
    else:
        chosen = [each for each in visible if _has_content(each)] if len(visible) > 1 else visible
    if len(chosen) != 1:
        titles = ", ".join(f"“{each.title}”" for each in (visible if wanted or not chosen else chosen))
        problem = f"has no visible sheet “{wanted}”" if wanted else "has several sheets with rows"
        raise UnreadableFile(f"{file_name} {problem}. Name the one that holds the table: {titles or 'none is there'}.")
    title = chosen[0].title
    rows = list(_rows(chosen[0], f"{file_name}, sheet “{title}”"))
    if has_formulas:
        _require_results(_opened(data, data_only=False)[title], rows, f"{file_name}, sheet “{title}”")
    return Sheet(title, rows)


def _opened(data: bytes, *, data_only: bool) -> Any:
    with warnings.catch_warnings():
        # openpyxl warns of every ornament that it leaves out.
        warnings.simplefilter("ignore")
        workbook = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=data_only, keep_links=False)
    for sheet in workbook.worksheets:
        # What a workbook says of its own size is often wrong, and a wrong size loses rows.
        sheet.reset_dimensions()
    return workbook


def _has_content(sheet: Any) -> bool:
    return any(cell not in (None, "") for row in sheet.iter_rows(values_only=True) for cell in row)


def _rows(sheet: Any, where: str) -> Iterator[Sequence[Cell]]:
    for number, row in enumerate(sheet.iter_rows(), start=1):
        if number > MOST_ROWS:
            raise _too_long(where)
        cells = [_cell(cell, f"{where}, row {number}, column {column_letters(at)}") for at, cell in enumerate(row)]
        while cells and cells[-1] == "":
            cells.pop()
        if len(cells) > MOST_COLUMNS:
            raise _too_wide(f"{where}, row {number}")
        yield cells


def _cell(cell: Any, where: str) -> Cell:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, int | float):
        return _number(value, cell.number_format or "", where)
    if isinstance(value, str) and NO_TEXT.search(value):
        raise UnreadableFile(f"{where}: a character is none that can be stored. Type the cell anew.")
    return str(value)


def _number(value: int | float, number_format: str, where: str) -> Cell:
    """The number exactly as a spreadsheet keeps it, to 15 digits; as a text where it shows a percentage."""
    pattern = _IN_QUOTES.sub("", number_format.split(";")[0])
    if _SCALED.search(pattern):
        raise UnreadableFile(
            f"{where}: the cell holds {value:,} but shows it in thousands or millions. Show the whole number there, or "
            "type it as it is shown, so that the unit is plain."
        )
    if "%" in pattern:
        return f"{value * 100:.15g}%"
    return Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")


def _require_results(sheet: Any, rows: list[Sequence[Cell]], where: str) -> None:
    """Refuse a formula whose result the file does not hold, as where a program has written it that computes none."""
    for number, row in enumerate(sheet.iter_rows(), start=1):
        for at, cell in enumerate(row):
            if getattr(cell, "data_type", "") != "f":
                continue
            held = rows[number - 1] if number <= len(rows) else ()
            if at >= len(held) or held[at] == "":
                raise UnreadableFile(
                    f"{where}, row {number}, column {column_letters(at)}: the cell holds a formula without its result. "
                    "Open the file in a spreadsheet program, save it, and choose it again."
                )
