"""Reads a PDF back as those hear it who listen: tables by row and column, headings, paragraphs, pictures, links.

The tree is read with pikepdf and its text with pdfplumber, neither by the program's own reader, so that a fault there
cannot hide. A text broken over lines is joined with a space, except after a hyphen or slash inside a word.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from typing import Any

import pdfplumber
from pikepdf import Array, Dictionary, Name, Pdf

_HEADING = re.compile(r"H[1-6]$")
_INLINE = {"Span", "Link", "NonStruct", "Lbl", "LBody", "Em", "Strong"}


@dataclass(frozen=True)
class TagCell:
    """A cell as it is heard: `headers` are the texts of the cells that its tags name as its headers."""

    text: str
    is_header: bool
    scope: str = ""
    headers: tuple[str, ...] = ()
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True)
class TagTable:
    """A table with its caption, the heading before it, its rows as tagged, and the page (from 1) on which it begins."""

    caption: str
    heading: str
    rows: tuple[tuple[TagCell, ...], ...]
    page: int

    @property
    def grid(self) -> list[list[str]]:
        """The texts by row and column, a cell that spans standing in each place that it covers."""
        taken: dict[tuple[int, int], str] = {}
        for number, row in enumerate(self.rows):
            column = 0
            for cell in row:
                while (number, column) in taken:
                    column += 1
                for down in range(cell.rowspan):
                    for across in range(cell.colspan):
                        taken[number + down, column + across] = cell.text
                column += cell.colspan
        width = max((column for _, column in taken), default=-1) + 1
        return [[taken.get((number, column), "") for column in range(width)] for number in range(len(self.rows))]

    @property
    def head(self) -> list[list[str]]:
        """The rows of column headers."""
        return [texts for texts, row in zip(self.grid, self.rows, strict=True) if _is_head(row)]

    @property
    def body(self) -> list[list[str]]:
        """The rows below the head, by column."""
        return [texts for texts, row in zip(self.grid, self.rows, strict=True) if not _is_head(row)]


def _is_head(row: tuple[TagCell, ...]) -> bool:
    return any(cell.scope == "Column" for cell in row)


@dataclass(frozen=True)
class TagLink:
    """A link: what is read, where it leads (a destination's name or an address), how it is described."""

    text: str
    target: str
    description: str
    page: int


@dataclass(frozen=True)
class TagBlock:
    """Something read in order: `kind` is H1 to H6, P, LI, Table or Figure (whose text is its alternative)."""

    kind: str
    text: str
    page: int


@dataclass
class TagTree:
    """All that a PDF's tags say, in reading order."""

    tables: list[TagTable] = field(default_factory=list)
    blocks: list[TagBlock] = field(default_factory=list)
    links: list[TagLink] = field(default_factory=list)

    def texts(self, kind: str) -> list[str]:
        """What the elements of one kind say; `H` for headings of every level."""
        return [
            block.text for block in self.blocks if block.kind == kind or (kind == "H" and _HEADING.match(block.kind))
        ]


def read_tables(pdf: bytes) -> list[TagTable]:
    """The tables of a PDF's tag tree in reading order."""
    return read(pdf).tables


@lru_cache(maxsize=4)
def read(pdf: bytes) -> TagTree:
    """The whole tag tree of a PDF; kept, since reading a pack takes seconds and many tests ask for the same."""
    with Pdf.open(BytesIO(pdf)) as opened:
        reader = _Reader(opened, _marked_text(pdf))
        for top in reader.elements(opened.Root.StructTreeRoot):
            reader.visit(top)
        return reader.found


@lru_cache(maxsize=4)
def artifacts(pdf: bytes) -> list[str]:
    """What is printed on each page outside the tag tree: running heads and feet."""
    with pdfplumber.open(BytesIO(pdf)) as opened:
        return ["".join(char["text"] for char in page.chars if char["mcid"] is None) for page in opened.pages]


def _marked_text(pdf: bytes) -> dict[tuple[int, int], tuple[str, float]]:
    """Text and height on the page of each piece of marked content, by page and number."""
    found: dict[tuple[int, int], tuple[str, float]] = {}
    with pdfplumber.open(BytesIO(pdf)) as opened:
        for place, page in enumerate(opened.pages):
            for char in page.chars:
                if char["mcid"] is None:
                    continue
                text, baseline = found.get((place, char["mcid"]), ("", round(char["matrix"][5], 1)))
                found[place, char["mcid"]] = (text + char["text"], baseline)
    return found


class _Reader:
    def __init__(self, pdf: Pdf, texts: dict[tuple[int, int], tuple[str, float]]) -> None:
        self.found = TagTree()
        self._texts = texts
        self._place = {page.obj.objgen: place for place, page in enumerate(pdf.pages)}
        self._heading = ""

    @staticmethod
    def kids(element: Any) -> list[Any]:
        held = element.get(Name.K)
        if held is None:
            return []
        return list(held) if isinstance(held, Array) else [held]

    def elements(self, element: Any) -> list[Any]:
        return [kid for kid in self.kids(element) if isinstance(kid, Dictionary) and Name.S in kid]

    def visit(self, element: Any) -> None:
        kind = str(element.S)[1:]
        if kind == "Table":
            self.found.tables.append(self._table(element))
            self._add("Table", self.found.tables[-1].caption, element)
        elif kind == "Figure":
            self._add(kind, str(element.get(Name.Alt, "")), element)
        elif kind in {"P", "LI"} or _HEADING.match(kind):
            text = self.text(element)
            if _HEADING.match(kind):
                self._heading = text
            if text:
                self._add(kind, text, element)
        elif kind == "Link":
            self._link(element)
        if kind != "Figure":
            for kid in self.elements(element):
                self.visit(kid)

    def _add(self, kind: str, text: str, element: Any) -> None:
        self.found.blocks.append(TagBlock(kind, text, self._page(element)))

    def _page(self, element: Any) -> int:
        return self._place[element.Pg.objgen] + 1

    def _link(self, element: Any) -> None:
        for kid in self.kids(element):
            if isinstance(kid, Dictionary) and kid.get(Name.Type) == Name.OBJR:
                target = str(kid.Obj.Dest) if Name.Dest in kid.Obj else str(kid.Obj.A.URI)
                self.found.links.append(
                    TagLink(self.text(element), target, str(kid.Obj.get(Name.Contents, "")), self._page(element))
                )

    def _table(self, table: Any) -> TagTable:
        rows = list(self._rows(table))
        names = {str(cell.ID): self.text(cell) for row in rows for cell in self.elements(row) if Name.ID in cell}
        captions = [self.text(kid) for kid in self.elements(table) if kid.S == Name.Caption]
        return TagTable(
            caption=" ".join(captions),
            heading=self._heading,
            rows=tuple(tuple(self._cell(cell, names) for cell in self.elements(row)) for row in rows),
            page=self._page(table),
        )

    def _rows(self, element: Any) -> Iterator[Any]:
        for kid in self.elements(element):
            if kid.S == Name.TR:
                yield kid
            elif kid.S in (Name.THead, Name.TBody, Name.TFoot):
                yield from self._rows(kid)

    def _cell(self, cell: Any, names: dict[str, str]) -> TagCell:
        attributes = cell.get(Name.A, Dictionary())
        return TagCell(
            text=self.text(cell),
            is_header=cell.S == Name.TH,
            scope=str(attributes.get(Name.Scope, ""))[1:],
            headers=tuple(names[str(name)] for name in attributes.get(Name.Headers, Array())),
            colspan=int(attributes.get(Name.ColSpan, 1)),
            rowspan=int(attributes.get(Name.RowSpan, 1)),
        )

    def text(self, element: Any) -> str:
        """What an element reads, blocks inside it on lines of their own."""
        lines: list[list[tuple[str, float]]] = [[]]
        self._collect(element, lines)
        return "\n".join(filter(None, (_joined(line) for line in lines)))

    def _collect(self, element: Any, lines: list[list[tuple[str, float]]]) -> None:
        for kid in self.kids(element):
            if isinstance(kid, int):
                lines[-1].append(self._texts.get((self._place[element.Pg.objgen], kid), ("", 0.0)))
            elif kid.get(Name.Type) == Name.MCR:
                lines[-1].append(self._texts.get((self._place[kid.Pg.objgen], int(kid.MCID)), ("", 0.0)))
            elif Name.S in kid:
                is_block = str(kid.S)[1:] not in _INLINE
                if is_block:
                    lines.append([])
                self._collect(kid, lines)
                if is_block:
                    lines.append([])


def _joined(pieces: list[tuple[str, float]]) -> str:
    text = ""
    height: float | None = None
    for piece, baseline in pieces:
        is_new_line = height is not None and baseline != height
        if is_new_line and text and not text[-1].isspace() and not re.search(r"\S[-/]$", text):
            text += " "
        text += piece
        height = baseline
    return re.sub(r"\s+", " ", text).strip()
