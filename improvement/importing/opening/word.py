"""The tables of a Word document, and the words between them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Final

import docx
from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from improvement.importing.opening.grid import MOST_COLUMNS, MOST_ROWS, GridRow, Sheet, too_many_columns, too_many_rows
from improvement.importing.opening.wordtext import words_in
from improvement.importing.report import Notes, Place
from improvement.importing.texts import checked, on_one_line

_TABLE: Final = qn("w:tbl")
_ROW: Final = qn("w:tr")
_CELL: Final = qn("w:tc")
_PARAGRAPH: Final = qn("w:p")
_WRAPPERS: Final = frozenset(map(qn, ("w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:moveTo", "w:smartTag")))
_ASIDE: Final = {"comments": "comment", "footnotes": "footnote", "endnotes": "endnote"}


def read_document(data: bytes, file_name: str, notes: Notes) -> tuple[Sheet, ...]:
    """Tables and the words between them, in their order, of a document that was found harmless.

    Raises UnreadableTracker, or what python-docx raises.
    """
    document = docx.Document(BytesIO(data))
    walk = _Walk(file_name)
    walk.through(document.element.body)
    walk.end_words("words after the tables" if walk.tables else "words")
    for sheet in walk.sheets:
        notes.begin(sheet.name)
    first = Place(walk.sheets[0].name, 1) if walk.sheets else Place("", 1)
    _note_changes(document, first, notes)
    _note_asides(document, first, notes)
    return tuple(walk.sheets)


@dataclass(slots=True)
class _Walk:
    """The body, read from its beginning to its end."""

    file_name: str
    sheets: list[Sheet] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    tables: int = 0
    rows: int = 0

    def through(self, parent: etree._Element) -> None:
        for element in parent:
            if element.tag == _TABLE:
                self.tables += 1
                self.end_words(f"words before table {self.tables}")
                self._table(element)
            elif element.tag == _PARAGRAPH:
                self.words.append(_text(element))
            elif element.tag in _WRAPPERS:
                self.through(element)

    def end_words(self, name: str) -> None:
        """Close the words before a table, or after the last."""
        rows = tuple(
            GridRow(Place(name, number), (checked(text, f"{self.file_name}, {name}, paragraph {number}"),))
            for number, text in enumerate(self.words, start=1)
            if text
        )
        if rows:
            self.sheets.append(Sheet(name, rows, is_loose=True))
        self.words.clear()

    def _table(self, table: etree._Element) -> None:
        name = f"table {self.tables}"
        rows = []
        above: dict[int, str] = {}
        for number, element in enumerate(_inside(table, _ROW), start=1):
            self.rows += 1
            if self.rows > MOST_ROWS:
                raise too_many_rows(f"{self.file_name}, {name}")
            if element.find(f"{qn('w:trPr')}/{qn('w:del')}") is None:
                rows.append(_row(element, Place(name, number), above, self.file_name))
        self.sheets.append(Sheet(name, tuple(rows)))


def _row(row: etree._Element, place: Place, above: dict[int, str], file_name: str) -> GridRow:
    """A row of a table; `above` is what stands merged downwards in each column, and is kept for the next row."""
    at = _number(row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}"), 0)
    texts: dict[int, str] = {}
    carried, spans = set(), {}
    for cell in _inside(row, _CELL):
        look = cell.find(qn("w:tcPr"))
        span = max(1, _number(look.find(qn("w:gridSpan")) if look is not None else None, 1))
        if at + span > MOST_COLUMNS:
            raise too_many_columns(f"{file_name}, {place}")
        merge = look.find(qn("w:vMerge")) if look is not None else None
        if merge is not None and merge.get(qn("w:val"), "continue") == "continue":
            texts[at] = above.get(at, "")
            carried.add(at)
        else:
            texts[at] = checked(_text(cell), f"{file_name}, {place}")
            above[at] = texts[at]
        spans[at] = span
        at += span
    width = max(texts, default=-1) + 1
    return GridRow(place, tuple(texts.get(each, "") for each in range(width)), frozenset(carried), spans)


def _inside(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, also those in content controls, but none of a table inside."""
    for element in parent:
        if element.tag == tag:
            yield element
        elif element.tag in _WRAPPERS:
            yield from _inside(element, tag)


def _number(element: etree._Element | None, otherwise: int) -> int:
    value = element.get(qn("w:val"), "") if element is not None else ""
    return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else otherwise


def _text(element: etree._Element) -> str:
    """The words of a cell or paragraph as they read with every tracked change accepted, a line for each paragraph."""
    text = "".join(words_in(element))
    return "\n".join(line.strip() for line in text.split("\n")).strip()


def _note_changes(document: Document, place: Place, notes: Notes) -> None:
    body = document.element.body
    if next(body.iter(qn("w:ins"), qn("w:del"), qn("w:moveFrom")), None) is not None:
        notes.decide(
            "tracked changes",
            place,
            "The document has tracked changes; it was read as if all of them were accepted. "
            "Accept or reject them in Word and import again if that is not meant.",
        )


def _note_asides(document: Document, place: Place, notes: Notes) -> None:
    """Name comments and footnotes, which stand outside the tables."""
    for relation in document.part.rels.values():
        kind = _ASIDE.get(relation.reltype.rpartition("/")[2])
        if kind is None or relation.is_external:
            continue
        root = etree.fromstring(relation.target_part.blob, etree.XMLParser(resolve_entities=False, no_network=True))
        for aside in root:
            if words := on_one_line(_text(aside)):
                notes.decide(f"{kind} left out", place, f"A {kind} of the document is left out: “{words}”.")
