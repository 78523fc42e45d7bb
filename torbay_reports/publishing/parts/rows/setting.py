"""Sets a row of a table whose columns share out the line as a strip, where it is plain: words of our own faces."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from torbay_reports.documents.blocks import Column, ParagraphLink, Row, Table
from torbay_reports.publishing.frames import POINTS_IN_A_PIXEL
from torbay_reports.publishing.layout import Sheet
from torbay_reports.publishing.markup import element_id, head
from torbay_reports.publishing.parts.graphics import deflated
from torbay_reports.publishing.parts.rows.letters import NotPlain
from torbay_reports.publishing.parts.rows.lines import Line, Piece, lines_of
from torbay_reports.publishing.parts.rows.looks import CellSample, Sample
from torbay_reports.publishing.parts.rows.painting import Painter
from torbay_reports.publishing.parts.rows.runs import Target
from torbay_reports.publishing.parts.rows.samples import Press, kind_of, sample
from torbay_reports.publishing.parts.tags import head_names, row_head_name
from torbay_reports.publishing.parts.values import (
    CONTENT,
    ELEMENT,
    LINK,
    Element,
    Kid,
    Link,
    Part,
    PartPage,
    Room,
    Strip,
)

_TABLES_KEPT: Final = 500
_LANGUAGES: Final = {"en", "cy"}
"""Those that our faces shape alike: some others have forms of letters, and breaks of lines, of their own."""
_SAFE_ANCHOR: Final = re.compile(r"[A-Za-z0-9._/~-]+")
_SAFE_ADDRESS: Final = re.compile(r"(?:https?://[a-z0-9.-]+(?::\d+)?/[A-Za-z0-9._/~?=&#-]*|mailto:[A-Za-z0-9._+@-]+)")
"""What WeasyPrint writes as it stands."""


def set_row(
    table: Table, row: Row, *, paper: str, has_row_heads: bool, is_last: bool, sheet: Sheet, press: Press
) -> Strip | None:
    """The strip of a row of the paper of that key; nothing where the row is not plain, for WeasyPrint to set.

    Of `table` the rows are not looked at. With `is_last` nothing of the table comes after the row.
    """
    if sheet.language.split("-")[0] not in _LANGUAGES:
        return None
    read = sample(kind_of(table, row, has_row_heads=has_row_heads, is_last=is_last, sheet=sheet), press)
    if read is None:
        return None
    try:
        lines = [lines_of(cell.content, each) for cell, each in zip(row.cells, read.cells, strict=True)]
    except NotPlain:
        return None
    names = _Names(element_id(paper, table.anchor), element_id(paper, row.anchor), table.columns, has_row_heads)
    setting = _Setting(read, lines, names, paper)
    if not setting.has_safe_links:
        return None
    return setting.strip()


class _Names:
    """What the cells of a row are called and headed by, by the rules of `parts.tags`."""

    def __init__(self, table: str, row: str, columns: tuple[Column, ...], has_row_heads: bool) -> None:
        self.row = row
        self._head = row_head_name(table, row) if has_row_heads else ""
        self._columns = _column_heads(table, columns)

    def element(self, column: int, kids: tuple[Kid, ...]) -> Element:
        """The cell of a column."""
        if self._head and column == 0:
            return Element("TH", 0, kids, name=self._head, scope="Row")
        beside = (self._head,) if self._head else ()
        return Element("TD", 0, kids, headers=beside + self._columns[column])


@lru_cache(_TABLES_KEPT)
def _column_heads(table: str, columns: tuple[Column, ...]) -> list[tuple[str, ...]]:
    return head_names(head(columns), table)


class _Setting:
    """One row while it is put together."""

    def __init__(self, read: Sample, lines: Sequence[Sequence[Line]], names: _Names, paper: str) -> None:
        self._sample = read
        self._lines = lines
        self._names = names
        self._paper = paper
        self._height = max(
            cell.above + len(held) * cell.line_height + cell.below for cell, held in zip(read.cells, lines, strict=True)
        )
        self._painter = Painter(self._height)
        self._elements: list[Element] = []
        self._owners: list[int] = []
        self._links: list[Link] = []

    @property
    def has_safe_links(self) -> bool:
        """Whether every link leads where WeasyPrint would have it lead, too."""
        pieces = (piece for held in self._lines for line in held for piece in line.pieces)
        return all(_is_safe(target) for target in {piece.run.target for piece in pieces})

    def strip(self) -> Strip:
        """The row as a strip."""
        self._painter.borders(self._sample.cells)
        # The table, its body and the row stand before their cells in reading order.
        cells: list[Kid] = []
        for column, (cell, lines) in enumerate(zip(self._sample.cells, self._lines, strict=True)):
            cells.append((ELEMENT, 3 + len(self._elements)))
            self._cell(column, cell, lines)
        outer = (
            Element("Table", 0, ((ELEMENT, 1),)),
            Element("TBody", 0, ((ELEMENT, 2),)),
            Element("TR", 0, tuple(cells)),
        )
        height = round(self._height * POINTS_IN_A_PIXEL, 3)
        fonts, resources = self._painter.fonts()
        page = PartPage(
            width=self._sample.paper,
            height=height,
            content=deflated(self._painter.content()),
            fonts=resources,
            owners=tuple(self._owners),
        )
        part = Part(
            pages=(page,),
            elements=(*outer, *self._elements),
            tops=(0,),
            destinations={self._names.row: (0, round(self._sample.left * POINTS_IN_A_PIXEL, 3), height)},
            links=tuple(self._links),
            fonts=fonts,
            goes_on=True,
        )
        return Strip(Room((height,), below=self._sample.below), part)

    def _cell(self, column: int, cell: CellSample, lines: Sequence[Line]) -> None:
        """One cell with its words: those of a link on a line are one piece of content, all others between two."""
        own = 3 + len(self._elements)
        self._elements.append(self._names.element(column, ()))
        kids: list[Kid] = []
        is_open = False
        for number, line in enumerate(lines):
            top = cell.above + number * cell.line_height
            ends = line.pieces[-1] if line.pieces and line.is_spaced and number + 1 < len(lines) else None
            for piece in line.pieces:
                is_link = piece.run.target is not None
                if is_open and is_link:
                    self._painter.close()
                    is_open = False
                if not is_open:
                    self._painter.open(len(self._owners))
                    kids.append((ELEMENT, self._link(piece, top)) if is_link else (CONTENT, len(self._owners)))
                    self._owners.append(3 + len(self._elements) - 1 if is_link else own)
                    is_open = True
                self._painter.words(piece, top + cell.baseline, with_space=piece is ends)
                if is_link:
                    self._painter.close()
                    is_open = False
        if is_open:
            self._painter.close()
        self._elements[own - 3] = self._names.element(column, tuple(kids))

    def _link(self, piece: Piece, top: float) -> int:
        """The element of a link's words on one line. Returns its number."""
        ink, target = piece.run.ink, piece.run.target
        assert target is not None
        upper = self._height - top - ink.link_top
        edges = (piece.x, upper - ink.link_height, piece.x + piece.width, upper)
        left, bottom, right, above = (round(edge * POINTS_IN_A_PIXEL, 3) for edge in edges)
        self._links.append(Link(0, (left, bottom, right, above), self._address(target)))
        self._elements.append(Element("Link", 0, ((LINK, len(self._links) - 1), (CONTENT, len(self._owners)))))
        return 3 + len(self._elements) - 1

    def _address(self, target: Target) -> str:
        if isinstance(target, ParagraphLink):
            return f"#{element_id(self._paper, target.anchor)}"
        assert target is not None
        return target.address


def _is_safe(target: Target) -> bool:
    if target is None:
        return True
    if isinstance(target, ParagraphLink):
        return _SAFE_ANCHOR.fullmatch(target.anchor) is not None
    return _SAFE_ADDRESS.fullmatch(target.address) is not None
