"""Sets a row of a table whose columns share out the line as a strip, where it is plain: words of our own faces."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from torbay_reports.documents.blocks import Column, Row, Table
from torbay_reports.publishing.layout import Sheet
from torbay_reports.publishing.markup import element_id, head
from torbay_reports.publishing.parts.rows.looks import Sample
from torbay_reports.publishing.parts.rows.samples import kind_of, sample
from torbay_reports.publishing.parts.tags import head_names, row_head_name
from torbay_reports.publishing.parts.values import Element, Room, Strip
from torbay_reports.publishing.parts.words.letters import NotPlain
from torbay_reports.publishing.parts.words.lines import Line, lines_of
from torbay_reports.publishing.parts.words.samples import Press
from torbay_reports.publishing.parts.words.writing import Writing, is_known, points

_TABLES_KEPT: Final = 500


def set_row(
    table: Table, row: Row, *, paper: str, has_row_heads: bool, is_last: bool, sheet: Sheet, press: Press
) -> Strip | None:
    """The strip of a row of the paper of that key; nothing where the row is not plain, for WeasyPrint to set.

    Of `table` the rows are not looked at. With `is_last` nothing of the table comes after the row.
    """
    if not is_known(sheet.language):
        return None
    read = sample(kind_of(table, row, has_row_heads=has_row_heads, is_last=is_last, sheet=sheet), press)
    if read is None:
        return None
    names = _Names(element_id(paper, table.anchor), element_id(paper, row.anchor), table.columns, has_row_heads)
    try:
        lines = [lines_of(cell.content, each) for cell, each in zip(row.cells, read.cells, strict=True)]
        return _strip(read, lines, names, Writing(paper))
    except NotPlain:
        return None


class _Names:
    """What the cells of a row are called and headed by, by the rules of `parts.tags`."""

    def __init__(self, table: str, row: str, columns: tuple[Column, ...], has_row_heads: bool) -> None:
        self.row = row
        self._head = row_head_name(table, row) if has_row_heads else ""
        self._columns = _column_heads(table, columns)

    def element(self, column: int) -> Element:
        """The cell of a column."""
        if self._head and column == 0:
            return Element("TH", 0, name=self._head, scope="Row")
        beside = (self._head,) if self._head else ()
        return Element("TD", 0, headers=beside + self._columns[column])


@lru_cache(_TABLES_KEPT)
def _column_heads(table: str, columns: tuple[Column, ...]) -> list[tuple[str, ...]]:
    return head_names(head(columns), table)


def _strip(read: Sample, lines: Sequence[Sequence[Line]], names: _Names, writing: Writing) -> Strip:
    height = max(
        cell.above + len(held) * cell.line_height + cell.below for cell, held in zip(read.cells, lines, strict=True)
    )
    writing.turn(height).borders(read.cells)
    table = writing.element(Element("Table", 0))
    row = writing.element(Element("TR", 0), writing.element(Element("TBody", 0), table))
    for column, (cell, held) in enumerate(zip(read.cells, lines, strict=True)):
        writing.lines(writing.element(names.element(column), row), held, cell, cell.above)
    heights = (points(height),)
    part = writing.part(width=read.paper, heights=heights, name=names.row, left=read.left, goes_on=True)
    return Strip(Room(heights, below=read.below), part)
