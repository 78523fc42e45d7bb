"""What WeasyPrint has laid out, taken as strips or as a part: its pages' content, its tags, its places and links.

It is read from WeasyPrint's own objects before they are put into a file.
"""

import re
from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace
from weasyprint import Document

from torbay_reports.publishing import markup
from torbay_reports.publishing.checks.parts import check_part
from torbay_reports.publishing.frames import POINTS_IN_A_PIXEL
from torbay_reports.publishing.parts import breaks, graphics, tags
from torbay_reports.publishing.parts.painted import paint
from torbay_reports.publishing.parts.pieces import Kind, Piece
from torbay_reports.publishing.parts.values import Part, PartPage, Room, Strip, raised

_TURNED = re.compile(rb"1 0 0 -1 0 [\d.]+ cm\n")
"""With what each page's content begins: from a page measured from its foot to one measured from its top."""


class Printed:
    """Laid-out pages with the objects that WeasyPrint would write; `where` names them in faults."""

    def __init__(self, document: Document, pdf: Any, where: str) -> None:
        self._document = document
        self._pdf = pdf
        self._where = where
        self._fonts = {font.hash: font for font in document.fonts.values()}
        # What fills a page down to a broken piece has nothing in it.
        self._tops = [[top for top in tops if top.kids] for tops in tags.Tree(pdf).tops()]
        self._open = breaks.boundaries(document)
        self._anchors = _destinations(pdf)
        self._name_headers()

    @classmethod
    def of(cls, document: Document, where: str) -> "Printed":
        """What a layout looks like after painting."""
        return cls(document, paint(document), where)

    def whole(self) -> Part:
        """All pages as a part. Raises PackFault when it fails its check."""
        heights = [self._height(page) for page in range(len(self._tops))]
        part, entries = self._part(0, self._joined(0), [(0.0, height) for height in heights])
        pages = (
            replace(page, resources=graphics.flat_entries(used)) for page, used in zip(part.pages, entries, strict=True)
        )
        part = replace(part, pages=tuple(pages))
        check_part(part, self._where)
        return part

    def strip(self, page: int, piece: Piece, paper: str) -> Strip:
        """The piece that stands alone on a page. Raises PackFault when it fails its check."""
        box = breaks.pieces_on(self._document, page)[0]
        top, height = _points(breaks.top(box)), _points(box.border_height())
        above, below = (_points(margin) for margin in breaks.margins(box))
        room = Room((height,), 0.0 if piece.kind == Kind.ROW else above, 0.0 if _goes_on(piece) else below)
        return self._as_strip(room, page, self._tops[page], [(top, height)], piece, paper)

    def broken(self, piece: Piece, paper: str) -> Strip:
        """The piece that is broken over all pages, on the first of which something else may stand before it. Where
        nothing of it stands there, its first height is 0 and the rest is not given. Raises PackFault as `strip`."""
        fragments = [breaks.pieces_on(self._document, page) for page in range(len(self._tops))]
        begins_later = (
            len(fragments) > 1 and len(fragments[0]) == 1 and fragments[0][0].element is not (fragments[1][0].element)
        )
        if begins_later:
            return Strip(Room((0.0,)), Part((), (), (), {}))
        places = [(_points(breaks.top(boxes[-1])), _points(boxes[-1].border_height())) for boxes in fragments]
        _, below = breaks.margins(fragments[-1][-1])
        room = Room(tuple(height for _, height in places), 0.0, 0.0 if _goes_on(piece) else _points(below))
        strip = self._as_strip(room, 0, self._joined(0), places, piece, paper)
        name = fragments[0][-1].element.get("id", "")
        if strip.part.destinations.get(name, (0,))[0] == 0:
            return strip
        # WeasyPrint names the place of a table's rows, and its caption stands on a page before them.
        _, left, _ = strip.part.destinations[name]
        destinations = strip.part.destinations | {name: (0, left, places[0][1])}
        return replace(strip, part=replace(strip.part, destinations=destinations))

    def _as_strip(
        self,
        room: Room,
        first: int,
        tops: Sequence[tags.Node],
        places: Sequence[tuple[float, float]],
        piece: Piece,
        paper: str,
    ) -> Strip:
        if piece.kind == Kind.AGAIN:
            tops = []
        elif piece.kind == Kind.ROW:
            heads = tags.head_names(markup.head(piece.table.columns), markup.element_id(paper, piece.table.anchor))
            for row in tops[0].of_kind("TR"):
                tags.put_under(row, heads)
        part, entries = self._part(first, tops, places, goes_on=piece.kind == Kind.ROW)
        # Its page is not the paper's.
        check_part(part, f"a piece of {self._where}")
        return Strip(room, part, entries)

    def _name_headers(self) -> None:
        """Over all pages, since a table in one piece counts its rows over pages."""
        seen: dict[str, int] = {}
        for page, tops in enumerate(self._tops):
            names = breaks.tables_on(self._document, page)
            # A caption may stand on a page alone: then there is no table yet to name headers of.
            tables = [table for top in tops for table in top.of_kind("Table") if any(table.of_kind("TR"))]
            for place, (table, (name, rows_here)) in enumerate(zip(tables, names, strict=True)):
                is_split_row = place == 0 and "tr" in self._open[page].names
                begun = seen.setdefault(name, 0)
                rows = tags.name_headers(table, name, rows_here, begun - is_split_row)
                seen[name] = begun - is_split_row + rows

    def _joined(self, first: int) -> list[tags.Node]:
        """The elements from a page on, what is broken over pages made whole."""
        tops = list(self._tops[first])
        for page in range(first + 1, len(self._tops)):
            more = list(self._tops[page])
            depth = len(self._open[page].names) - 1
            if depth > 0 and tops and more:
                tags.join(tops[-1], more.pop(0), depth)
            tops.extend(more)
        return tops

    def _part(
        self,
        first: int,
        tops: Sequence[tags.Node],
        places: Sequence[tuple[float, float]],
        *,
        goes_on: bool = False,
    ) -> tuple[Part, tuple[graphics.Entries, ...]]:
        """Pages from `first` on, of each the stretch that begins so many points below its top and is so high."""
        numbered = tags.Numbered(tops, first)
        drawn = graphics.Graphics(self._pdf, self._fonts, self._where)
        set_pages = [self._page(first + number, place, numbered, drawn, first) for number, place in enumerate(places)]
        down = [self._height(first + number) - top - height for number, (top, height) in enumerate(places)]
        part = Part(
            pages=tuple(page for page, _ in set_pages),
            elements=tuple(
                replace(each, box=raised(each.box, -down[each.page])) if each.box else each
                for each in numbered.elements
            ),
            tops=numbered.tops,
            destinations={
                name: (page - first, x, round(y - down[page - first], 3))
                for name, (page, x, y) in self._anchors.items()
                if first <= page < first + len(places)
            },
            links=tuple(replace(each, area=raised(each.area, -down[each.page])) for each in numbered.links),
            fonts=drawn.finished_fonts(),
            objects=drawn.objects,
            goes_on=goes_on,
        )
        return part, tuple(entries for _, entries in set_pages)

    def _page(
        self, page: int, place: tuple[float, float], numbered: tags.Numbered, drawn: graphics.Graphics, first: int
    ) -> tuple[PartPage, graphics.Entries]:
        source = self._pdf.objects[int(self._pdf.page_references[page].split()[0])]
        stream = self._pdf.objects[int(source["Contents"].split()[0])]
        resources = self._pdf.objects[int(source["Resources"].split()[0])]
        top, height = place
        content, count = _TURNED.subn(b"1 0 0 -1 0 %.3f cm\n" % (top + height), graphics.source_of(stream), count=1)
        assert count == 1  # WeasyPrint's own first operator
        owners = {mcid: owner for (number, mcid), owner in numbered.owners.items() if number == page - first}
        content = graphics.with_artifacts(content, owners)
        content, fonts, entries = drawn.page(content, resources)
        set_page = PartPage(
            width=round(float(source["MediaBox"][2]), 3),
            height=round(height, 3),
            content=graphics.deflated(b"q\n" + content + b"\nQ"),
            fonts=fonts,
            owners=tuple(owners.get(mcid, -1) for mcid in range(max(owners, default=-1) + 1)),
            going_on=self._open[page].continued,
        )
        return set_page, entries

    def _height(self, page: int) -> float:
        source = self._pdf.objects[int(self._pdf.page_references[page].split()[0])]
        return float(source["MediaBox"][3])


def _goes_on(piece: Piece) -> bool:
    """Whether more of its table stands right below it."""
    return piece.kind in {Kind.HEAD, Kind.AGAIN} or (piece.kind == Kind.ROW and not piece.is_last)


def _points(pixels: float) -> float:
    return round(POINTS_IN_A_PIXEL * pixels, 3)


def _destinations(pdf: Any) -> dict[str, tuple[int, float, float]]:
    """Where each named place begins, in points from the lower left corner of its page."""
    pages = {reference: place for place, reference in enumerate(pdf.page_references)}
    names: Sequence[Any] = pdf.catalog.get("Names", {}).get("Dests", {}).get("Names", ())
    found: dict[str, tuple[int, float, float]] = {}
    for name, place in zip(names[::2], names[1::2], strict=True):
        page, _, x, y, _ = place
        spot = (pages[page], round(float(x), 3), round(float(y), 3))
        found[name.string] = min(spot, found.get(name.string, spot))
    return found
