"""Files for the reader, made from rows: workbooks, documents and CSV, and where the rows come to stand in them."""

import csv
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO, StringIO

import docx
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from improvement.importing.report import Place
from tests.improvement.importing.traps import HEADS, Trapped, TrapRow

Placed = list[tuple[TrapRow, Place]]


def workbook(rows: Iterable[Sequence[object]], title: str = "Tracker") -> bytes:
    """A workbook with one sheet of these rows."""
    book, sheet = new_workbook(title)
    for row in rows:
        sheet.append([cell if cell != "" else None for cell in row])
    return saved(book)


def new_workbook(title: str = "Tracker") -> tuple[Workbook, Worksheet]:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = title
    return book, sheet


def saved(book: Workbook) -> bytes:
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def delimited(rows: Iterable[Sequence[str]], delimiter: str = ",") -> bytes:
    """A CSV file of these rows."""
    kept = StringIO()
    csv.writer(kept, delimiter=delimiter).writerows(rows)
    return kept.getvalue().encode()


def document(tables: Iterable[Sequence[Sequence[str]]], title: str = "") -> bytes:
    """A document with these tables, and the title above each."""
    made = docx.Document()
    for rows in tables:
        if title:
            made.add_paragraph(title)
        table = made.add_table(rows=len(rows), cols=len(rows[0]))
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    kept = BytesIO()
    made.save(kept)
    return kept.getvalue()


def trapped_workbook(trapped: Trapped) -> tuple[bytes, Placed]:
    """The pages on one sheet, with title and header repeated, and cells merged as the traps say."""
    book, sheet = new_workbook()
    places: Placed = []
    for page in trapped.pages:
        sheet.append([trapped.title])
        sheet.merge_cells(start_row=sheet.max_row, end_row=sheet.max_row, start_column=1, end_column=8)
        sheet.append(HEADS)
        for row in page:
            sheet.append([text or None for text in row.cells])
            places.append((row, Place("Tracker", sheet.max_row)))
    for column, first, last in merges(places):
        sheet.merge_cells(start_row=first, end_row=last, start_column=column + 1, end_column=column + 1)
    return saved(book), places


def merges(places: Placed) -> Iterator[tuple[int, int, int]]:
    """Column, first and last row of every merged cell."""
    for column in range(8):
        first = last = 0
        for row, place in [*places, (TrapRow([""] * 8), Place("", 0))]:
            if column in row.merged:
                last = place.row
                continue
            if last > first > 0:
                yield column, first, last
            first = last = place.row


def trapped_document(trapped: Trapped) -> tuple[bytes, Placed]:
    """Each page a table of its own below its title, a paragraph for each line of a cell."""
    made = docx.Document()
    places: Placed = []
    for number, page in enumerate(trapped.pages, start=1):
        made.add_paragraph(trapped.title)
        table = made.add_table(rows=len(page) + 1, cols=8)
        grid = [list(row.cells) for row in table.rows]
        for cell, head in zip(grid[0], HEADS, strict=True):
            cell.text = head
        for at, row in enumerate(page, start=1):
            places.append((row, Place(f"table {number}", at + 1)))
            for column, text in enumerate(row.cells):
                if column in row.merged:
                    grid[at - 1][column].merge(grid[at][column])
                    continue
                lines = text.split("\n")
                grid[at][column].text = lines[0]
                for line in lines[1:]:
                    grid[at][column].add_paragraph(line)
    kept = BytesIO()
    made.save(kept)
    return kept.getvalue(), places


def trapped_csv(trapped: Trapped) -> tuple[bytes, Placed]:
    """The pages one after another, without merged cells."""
    rows: list[list[str]] = []
    places: Placed = []
    for page in trapped.pages:
        rows += [[trapped.title], HEADS]
        for row in page:
            rows.append(row.cells)
            places.append((row, Place("", len(rows))))
            row.codes = [code for code in row.codes if code != "merged cells"]
    return delimited(rows, ";"), places


def repacked(data: bytes, new: dict[str, bytes]) -> bytes:
    """The archive with these members changed or added."""
    kept = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in old.namelist():
            if name not in new:
                archive.writestr(name, old.read(name))
        for name, content in new.items():
            archive.writestr(name, content)
    return kept.getvalue()
