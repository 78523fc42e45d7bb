"""The printed page of every paragraph and table row: as a reader's page tells it, and as the PDF's own tags do."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from lxml.html import HtmlElement
from pikepdf import Dictionary, Name, Pdf

from tests.tagtree import _marked_text, _Reader

UNITS = (
    ".numbered, ul.points > li, .govuk-inset-text, .chart__title, .chart__sentence, .table-notes, "
    "table.facts tr, table.figures tbody tr"
)
READ_ALIKE = {"P", "H1", "H2", "H3", "H4", "LI", "TR"}


@dataclass(frozen=True)
class Unit:
    """A paragraph, a heading, a point or a row: its letters and digits, and the number of the page it begins on."""

    letters: str
    page: str


def letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def on_screen(article: HtmlElement) -> list[Unit]:
    """Those of a paper's page in reading order; the page of each is told by the last mark before its words."""
    wanted = set(article.cssselect(UNITS))
    here, found = "", []
    for element in article.iter():
        if not isinstance(element.tag, str):
            continue
        here = _mark(element) or here
        if element in wanted:
            inside = [mark for each in element.iter() if isinstance(each.tag, str) and (mark := _mark(each))]
            found.append(Unit(letters(_words(element)), inside[-1] if inside else here))
    return found


def in_print(pdf: bytes, labels: Sequence[str]) -> list[Unit]:
    """Those of a PDF's tag tree in reading order."""
    with Pdf.open(BytesIO(pdf)) as opened:
        reader = _Reader(opened, _marked_text(pdf))
        return [
            Unit(letters(reader.text(element)), labels[page])
            for top in reader.elements(opened.Root.StructTreeRoot)
            for element in _walk(reader, top)
            if str(element.S)[1:] in READ_ALIKE and (page := next(_pages(reader, element), None)) is not None
        ]


def differences(screen: Sequence[Unit], printed: Sequence[Unit]) -> list[str]:
    """What of a screen page the PDF does not say on that page, each looked for after the one before it."""
    places: dict[str, list[int]] = {}
    for place, unit in enumerate(printed):
        places.setdefault(unit.letters, []).append(place)
    at, found = -1, []
    for unit in screen:
        later = [place for place in places.get(unit.letters, ()) if place > at]
        if not later:
            found.append(f"not in the PDF, or before what stands before it: {unit.letters[:60]}")
            continue
        at = later[0]
        if printed[at].page != unit.page:
            found.append(f"on {unit.page} here, on {printed[at].page} in the PDF: {unit.letters[:60]}")
    return found


def _mark(element: HtmlElement) -> str:
    """The page that begins at an element, where it is a mark."""
    name: str = element.get("id", "")
    if element.tag == "a" and name.startswith("page-"):
        return name.removeprefix("page-")
    label: str = element.get("data-label", "")
    return label.removeprefix("Page ") if element.tag == "span" and label.startswith("Page ") else ""


def _words(element: HtmlElement) -> str:
    hidden = set(element.cssselect(".govuk-visually-hidden, .page-marker, .page-marker *"))
    pieces = []
    for each in element.iter():
        if isinstance(each.tag, str) and each not in hidden and each.text:
            pieces.append(each.text)
        if each is not element and each.tail:
            pieces.append(each.tail)
    return " ".join(pieces)


def _walk(reader: _Reader, element: Any) -> Iterator[Any]:
    yield element
    for kid in reader.elements(element):
        yield from _walk(reader, kid)


def _pages(reader: _Reader, element: Any) -> Iterator[int]:
    """The places of the pages on which an element's words stand, in reading order."""
    for kid in reader.kids(element):
        if isinstance(kid, int):
            yield reader._place[element.Pg.objgen]
        elif isinstance(kid, Dictionary) and kid.get(Name.Type) == Name.MCR:
            yield reader._place[kid.Pg.objgen]
        elif isinstance(kid, Dictionary) and Name.S in kid:
            yield from _pages(reader, kid)
