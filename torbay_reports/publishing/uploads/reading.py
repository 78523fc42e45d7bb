"""Makes an opened PDF into one part: its pages complete in themselves, its tags where it has them.

A page without tags is one paragraph in a section of its own: as an artifact, a screen reader would pass over it.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pikepdf import Dictionary, Name, Pdf, PdfError

from torbay_reports.publishing.frames import MM_IN_A_POINT
from torbay_reports.publishing.parts.values import Font, Link, Part, PartPage
from torbay_reports.publishing.uploads import annotations, contents, elements, limits
from torbay_reports.publishing.uploads.destinations import Destinations
from torbay_reports.publishing.uploads.drawings import DrawingBook
from torbay_reports.publishing.uploads.findings import Findings
from torbay_reports.publishing.uploads.layers import Layers
from torbay_reports.publishing.uploads.marks import Key
from torbay_reports.publishing.uploads.names import Names
from torbay_reports.publishing.uploads.objects import Copier, number
from torbay_reports.publishing.uploads.opening import SourcePage
from torbay_reports.publishing.uploads.refusals import broken_page
from torbay_reports.publishing.uploads.scalars import said
from torbay_reports.publishing.uploads.seen import Seen
from torbay_reports.publishing.uploads.streams import Streams, UnreadableStream, bytes_of
from torbay_reports.publishing.uploads.structure import TreeReader, language_of

_LEVEL: Final = 6
_A4: Final = (595.28, 841.89)
_NEAR: Final = 4.0
WHOLE: Final[Key] = ("whole", 0)


@dataclass(frozen=True)
class ReadPdf:
    """The part, and whether the file had tags of its own."""

    part: Part
    is_tagged: bool


@dataclass(frozen=True)
class _Page:
    """A page rewritten; `pieces` are the file's names of its marked content, by our numbers."""

    page: PartPage
    pieces: tuple[Key, ...]


class Reader:
    """Reads one file, with its tags or as if it had none. `prefix` makes the names of its elements unique in every
    pack."""

    def __init__(
        self, pdf: Pdf, pages: Sequence[SourcePage], findings: Findings, prefix: str, *, with_tags: bool = True
    ) -> None:
        self._pdf = pdf
        self._pages = pages
        self._findings = findings
        self._prefix = prefix
        self._with_tags = with_tags
        self._copier = Copier(Streams())
        self._layers = Layers(pdf)
        self._book = DrawingBook(pdf, self._copier, self._layers)
        self._fonts: dict[int, int] = {}

    def read(self) -> ReadPdf:
        """The whole file as a part. Raises RefusedPdf."""
        destinations = Destinations(self._pdf, self._pages)
        sorter = annotations.Sorter(destinations, self._layers, self._findings)
        overlays = [sorter.overlay(page) for page in self._pages]
        places = {page.obj.objgen: place for place, page in enumerate(self._pages) if page.obj.is_indirect}
        tops = TreeReader(places, self._findings).tops(self._pdf) if self._with_tags else []
        tree = elements.Tree(tops, self._pages, self._findings)
        tree.place_links([link.key for overlay in overlays for link in overlay.links])
        tree.place_fields([(place, field.key) for place, each in enumerate(overlays) for field in each.fields])
        is_tagged = tree.is_tagged
        if not is_tagged:
            self._findings.add("not-tagged" if self._with_tags else "tags-dropped")
        pages = []
        for page, overlay in zip(self._pages, overlays, strict=True):
            kinds = tree.kinds(page.number - 1) if is_tagged else None
            read = self._page(page, overlay, kinds)
            if read.pieces == (WHOLE,):
                tree.add_whole(page.number - 1)
                if is_tagged:
                    self._findings.add("page-not-tagged", page.number)
            pages.append(read)
        links = tuple(link.link for overlay in overlays for link in overlay.links)
        part = self._part(pages, links, tree)
        self._file()
        return ReadPdf(part, is_tagged)

    def _part(self, pages: Sequence[_Page], links: tuple[Link, ...], tree: elements.Tree) -> Part:
        language = language_of(self._pdf.Root.get("/Lang"))
        built = tree.built([each.pieces for each in pages], [link.page for link in links], self._prefix, language)
        return Part(
            pages=tuple(
                PartPage(
                    width=each.page.width,
                    height=each.page.height,
                    content=each.page.content,
                    fonts=each.page.fonts,
                    owners=owners,
                    resources=each.page.resources,
                    rotate=each.page.rotate,
                    group=each.page.group,
                )
                for each, owners in zip(pages, built.owners, strict=True)
            ),
            elements=built.elements,
            tops=built.tops,
            destinations={f"page-{place + 1}": (place, 0.0, each.page.height) for place, each in enumerate(pages)},
            links=links,
            fonts=tuple(Font(raw=place) for place in self._fonts),
            objects=tuple(self._copier.raws),
        )

    def _page(self, page: SourcePage, overlay: annotations.Overlay, kinds: dict[Key, str] | None) -> _Page:
        try:
            data = bytes_of(
                page.obj.get(Name.Contents),
                lambda stream: self._copier.streams.unpacked(stream, limits.CONTENT_BYTES),
            )
            content, names = self._rewritten(page, overlay, data, kinds)
            if kinds is not None and content.seen.shows_loose_text and not content.marks.pieces:
                kinds = None
                content, names = self._rewritten(page, overlay, data, None)
        except (UnreadableStream, PdfError):
            raise broken_page(page.number) from None
        self._note(page, content.seen, is_tagged=kinds is not None)
        written = _framed(page, content.written(), is_whole=kinds is None)
        fonts = {name: self._fonts.setdefault(place, len(self._fonts)) for name, place in names.fonts().items()}
        return _Page(
            PartPage(
                width=round(page.width, 3),
                height=round(page.height, 3),
                content=zlib.compress(written, _LEVEL),
                fonts=fonts,
                owners=(),
                resources=tuple(names.entries(with_fonts=False)),
                rotate=page.rotate,
                group=self._group(page),
            ),
            (WHOLE,) if kinds is None else tuple(content.marks.pieces),
        )

    def _group(self, page: SourcePage) -> tuple[bytes | int, ...]:
        """Its transparency group, without which what shines through looks different."""
        held = page.obj.get("/Group")
        if not isinstance(held, Dictionary) or held.get(Name.S) != Name.Transparency:
            return ()
        place = self._copier.place(held, "group")
        return () if place is None else (place, b" ")

    def _rewritten(
        self, page: SourcePage, overlay: annotations.Overlay, data: bytes, kinds: dict[Key, str] | None
    ) -> tuple[contents.Content, Names]:
        names = Names(self._copier, page.resources, self._book)
        content = contents.Content(names, self._layers, kinds, self._book.seen)
        content.read(self._pdf, data)
        content.close()
        for count, field in enumerate(overlay.fields):
            place = self._book.xobject(field.look, page.resources)
            if place is not None:
                content.draw(f"field {count}", ("field", field.key), field.matrix, place)
        return content, names

    def _note(self, page: SourcePage, seen: Seen, *, is_tagged: bool) -> None:
        where = page.number
        for code, is_so in (
            ("text-not-in-tags", is_tagged and seen.shows_loose_text),
            ("hidden-layers", seen.hides_layers),
            ("broken-content", seen.is_broken),
        ):
            if is_so:
                self._findings.add(code, where)
        for what in sorted(seen.removed):
            self._findings.add("content-removed", where, what)
        for font in sorted(seen.fonts):
            typeface = self._book.typefaces.get(font)
            if typeface is not None and not typeface.is_embedded:
                self._findings.add("fonts-not-embedded", where, typeface.name)
            if typeface is not None and not typeface.is_readable:
                self._findings.add("unreadable-characters", where)
        self._note_size(page)

    def _note_size(self, page: SourcePage) -> None:
        if page.is_cropped:
            self._findings.add("cropped", page.number)
        sides = sorted((page.width, page.height))
        if any(abs(side - a4) > _NEAR for side, a4 in zip(sides, _A4, strict=True)):
            across, up = (page.height, page.width) if page.rotate % 180 else (page.width, page.height)
            self._findings.add("page-size", page.number, f"{across * MM_IN_A_POINT:.0f} by {up * MM_IN_A_POINT:.0f} mm")

    def _file(self) -> None:
        if not language_of(self._pdf.Root.get("/Lang")):
            self._findings.add("no-language")
        info = self._pdf.trailer.get("/Info")
        if not isinstance(info, Dictionary) or not said(info.get("/Title")).strip():
            self._findings.add("no-title")


def _framed(page: SourcePage, written: bytes, *, is_whole: bool) -> bytes:
    """The content in its own graphics state, moved so that what shows begins at the lower left corner."""
    left, bottom, right, top = page.box
    frame = b"q\n"
    if page.unit != 1 or left or bottom:
        unit = number(page.unit)
        frame += unit + b"0 0 " + unit + number(-left * page.unit) + number(-bottom * page.unit) + b"cm\n"
    if page.is_cropped:
        frame += b"".join(number(each) for each in (left, bottom, right - left, top - bottom)) + b"re W n\n"
    whole = frame + written + b"\nQ\n"
    return b"/P <</MCID 0>> BDC\n" + whole + b"EMC\n" if is_whole else whole
