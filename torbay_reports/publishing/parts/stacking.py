"""Strips stacked on pages: one part of them, as if it had been set in one piece.

The rows of a table hang in one table; what is broken over pages is one element; marked content is numbered anew on each
page, and names of resources that two strips use for different things are told apart.
"""

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from msgspec.structs import replace

from torbay_reports.publishing.frames import POINTS_IN_A_MM, Frame
from torbay_reports.publishing.parts.graphics import OPERATORS, Entries, Pieces, deflated, flat_entries
from torbay_reports.publishing.parts.values import (
    CONTENT,
    ELEMENT,
    LINK,
    Element,
    Font,
    Kid,
    Link,
    Part,
    PartPage,
    Raw,
    Strip,
    content,
    raised,
)

_MARKED: Final = re.compile(rb"/MCID (\d+)")


@dataclass(frozen=True)
class Stacked:
    """A strip, or the fragment of a broken one, on a page: `top` in points from the top of what pieces fill. All
    fragments of one strip have its one `number` in the stack."""

    strip: Strip
    fragment: int
    top: float
    number: int


@dataclass(frozen=True)
class StackedPage:
    """The strips on a page; `going_on` is what its running head says of a table that began before."""

    strips: tuple[Stacked, ...]
    going_on: str = ""


def stack(pages: Sequence[StackedPage], frame: Frame) -> Part:
    """The pages as a part. The first page must begin with a whole strip."""
    return _Stack(frame).run(pages)


@dataclass(frozen=True)
class _Place:
    """Where the page of a strip has come to stand: page of the part, points to move up, its first piece's number."""

    page: int
    up: float
    first: int


class _Sheet:
    """One page while strips are put on it."""

    def __init__(self) -> None:
        self.content: list[bytes] = []
        self.fonts: dict[str, int] = {}
        self.entries: Entries = {}
        self.count = 0


class _Stack:
    """A part while it is made."""

    def __init__(self, frame: Frame) -> None:
        self._width = round(frame.width * POINTS_IN_A_MM, 3)
        self._height = round(frame.height * POINTS_IN_A_MM, 3)
        self._top = (frame.height - frame.top) * POINTS_IN_A_MM
        self._sheets: list[_Sheet] = []
        self._places: dict[int, list[_Place]] = {}
        self._fonts: dict[tuple[str, int], int] = {}
        self._glyphs: list[dict[int, str]] = []
        self._objects: list[Raw] = []
        self._elements: list[Element] = []
        self._kids: list[list[Kid]] = []
        self._tops: list[int] = []
        self._links: list[Link] = []
        self._destinations: dict[str, tuple[int, float, float]] = {}
        self._table: int | None = None
        self._goes_on = False

    def run(self, pages: Sequence[StackedPage]) -> Part:
        strips: dict[int, Strip] = {}
        maps: dict[int, tuple[list[int], int]] = {}
        going_on = [page.going_on for page in pages]
        for number, page in enumerate(pages):
            self._sheets.append(_Sheet())
            for each in page.strips:
                if each.number not in strips:
                    strips[each.number] = each.strip
                    maps[each.number] = self._take_in(each.strip.part)
                self._put(each, *maps[each.number])
                going_on[number] = going_on[number] or each.strip.part.pages[each.fragment].going_on
        owners: list[list[int]] = [[-1] * sheet.count for sheet in self._sheets]
        for number, strip in strips.items():
            self._hang(strip.part, self._places[number], owners)
        return self._part(owners, going_on)

    def _part(self, owners: Sequence[list[int]], going_on: Sequence[str]) -> Part:
        faces = {place: (face, raw) for (face, raw), place in self._fonts.items()}
        return Part(
            pages=tuple(
                PartPage(
                    width=self._width,
                    height=self._height,
                    content=deflated(b"".join(sheet.content)),
                    fonts=sheet.fonts,
                    owners=tuple(held),
                    resources=flat_entries(sheet.entries),
                    going_on=said,
                )
                for sheet, held, said in zip(self._sheets, owners, going_on, strict=True)
            ),
            elements=tuple(
                replace(element, kids=tuple(kids)) for element, kids in zip(self._elements, self._kids, strict=True)
            ),
            tops=tuple(self._tops),
            destinations=self._destinations,
            links=tuple(self._links),
            fonts=tuple(
                Font(face=faces[place][0], glyphs=tuple(sorted(glyphs.items())), raw=faces[place][1])
                for place, glyphs in enumerate(self._glyphs)
            ),
            objects=tuple(self._objects),
            goes_on=self._goes_on,
        )

    def _take_in(self, part: Part) -> tuple[list[int], int]:
        """A strip's fonts and objects: what its fonts are numbered here, and by how much its objects move."""
        moved = len(self._objects)
        fonts = []
        for font in part.fonts:
            key = (font.face, -1 if font.face else font.raw + moved)
            place = self._fonts.setdefault(key, len(self._fonts))
            if place == len(self._glyphs):
                self._glyphs.append({})
            known = self._glyphs[place]
            for glyph, text in font.glyphs:
                # Of two texts the same one, whichever strip comes first.
                if glyph not in known or (len(text), text) < (len(known[glyph]), known[glyph]):
                    known[glyph] = text
            fonts.append(place)
        self._objects.extend(Raw(_moved(raw.text, fonts, moved), raw.stream) for raw in part.objects)
        return fonts, moved

    def _put(self, stacked: Stacked, fonts: Sequence[int], moved: int) -> None:
        sheet = self._sheets[-1]
        strip = stacked.strip
        page = strip.part.pages[stacked.fragment]
        painted = zlib.decompress(page.content)
        up = round(self._top - stacked.top - page.height, 3)
        self._places.setdefault(stacked.number, []).append(_Place(len(self._sheets) - 1, up, sheet.count))
        if sheet.count and page.owners:
            first = sheet.count
            painted = _MARKED.sub(lambda found: b"/MCID %d" % (int(found[1]) + first), painted)
        for name, font in page.fonts.items():
            new = _free(sheet.fonts, name, fonts[font])
            if new != name:
                painted = re.sub(rb"/%s(?= \S+ Tf\b)" % name.encode(), b"/%s" % new.encode(), painted)
            sheet.fonts[new] = fonts[font]
        if strip.entries:
            painted = _with_entries(sheet.entries, strip.entries[stacked.fragment], painted, fonts, moved)
        sheet.content.append(b"q\n1 0 0 1 0 %.3f cm\n%s\nQ\n" % (up, painted))
        sheet.count += len(page.owners)

    def _hang(self, part: Part, places: Sequence[_Place], owners: Sequence[list[int]]) -> None:
        """A strip's elements in the part's tree; those of a table that goes on in the open one."""
        if not part.tops:
            return
        merged = self._merged(part)
        numbers = []
        free = len(self._elements)
        for place in range(len(part.elements)):
            numbers.append(merged.get(place, free))
            free += place not in merged
        first_link = len(self._links)
        for place, element in enumerate(part.elements):
            kids = [_kid(kid, element.page, places, numbers, first_link) for kid in element.kids]
            if place in merged:
                self._kids[merged[place]].extend(
                    kid
                    for kid, old in zip(kids, element.kids, strict=True)
                    if old[0] != ELEMENT or old[1] not in merged
                )
                continue
            self._elements.append(_on_page(element, places[element.page]))
            self._kids.append(kids)
        for here, page in zip(places, part.pages, strict=False):
            held = owners[here.page]
            for mcid, owner in enumerate(page.owners):
                held[here.first + mcid] = numbers[owner] if owner >= 0 else -1
        self._links.extend(
            Link(places[link.page].page, raised(link.area, places[link.page].up), link.target) for link in part.links
        )
        for name, (number, x, y) in part.destinations.items():
            self._destinations[name] = places[number].page, x, round(y + places[number].up, 3)
        self._goes_on |= part.goes_on and not merged
        self._tops.extend(numbers[top] for top in part.tops if top not in merged)
        last = part.tops[-1]
        self._table = numbers[last] if part.elements[last].kind == "Table" else None

    def _merged(self, part: Part) -> dict[int, int]:
        """The elements of a strip that add to open ones: its table, and that one's body."""
        if not part.goes_on or (self._table is None and not self._tops):
            return {}
        if self._table is None:
            raise RuntimeError("A row was stacked where no table is open.")
        merged = {part.tops[0]: self._table}
        inner = [place for kind, place in self._kids[self._table] if kind == ELEMENT]
        body = next((place for kind, place in part.elements[part.tops[0]].kids if kind == ELEMENT), None)
        if body is not None and inner and self._elements[inner[-1]].kind == "TBody":
            merged[body] = inner[-1]
        return merged


def _kid(kid: Kid, own_page: int, places: Sequence[_Place], numbers: Sequence[int], first_link: int) -> Kid:
    kind, number = kid
    if kind == ELEMENT:
        return ELEMENT, numbers[number]
    if kind == LINK:
        return LINK, first_link + number
    if kind == CONTENT:
        return CONTENT, number + places[own_page].first
    place = places[kind // 10 - 1]
    return content(place.page, number + place.first)


def _on_page(element: Element, place: _Place) -> Element:
    box = raised(element.box, place.up) if element.box else ()
    return replace(element, page=place.page, kids=(), box=box)


def _moved(pieces: Pieces, fonts: Sequence[int], moved: int) -> Pieces:
    """Pieces with their references to objects and fonts as these are numbered in the part."""
    return tuple(
        piece if isinstance(piece, bytes) else piece + moved if piece >= 0 else -1 - fonts[-1 - piece]
        for piece in pieces
    )


def _with_entries(held: Entries, entries: Entries, painted: bytes, fonts: Sequence[int], moved: int) -> bytes:
    """Add a strip's resources to its page's, under other names where those are taken; the content with these names."""
    for kind, name, value in _each(entries):
        value = _moved(value, fonts, moved)
        named = held.setdefault(kind, {})
        new = _free(named, name, value)
        if new != name:
            operators = b"|".join(OPERATORS[kind])
            painted = re.sub(rb"/%s(?= (?:%s)\b)" % (re.escape(name).encode(), operators), b"/" + new.encode(), painted)
        named[new] = value
    return painted


def _each(entries: Entries) -> Iterator[tuple[str, str, Pieces]]:
    for kind, named in entries.items():
        # From the last, so that a new name is never one that is still to be replaced.
        for name, value in reversed(named.items()):
            yield kind, name, value


def _free(named: dict[str, object] | dict[str, int] | dict[str, Pieces], name: str, value: object) -> str:
    """The name itself where it is free or means the same already, else another."""
    new = name
    number = 0
    while new in named and named[new] != value:
        number += 1
        new = f"{name}n{number}"
    return new
