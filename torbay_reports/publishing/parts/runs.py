"""Sets a run of a paper's units with WeasyPrint and splits it into parts at every page end between two units.

Runs in a worker process. A part's bytes do not depend on the run that it was set in, only on its units, on what it
goes on with, and on where the next page had to begin.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from msgspec.structs import replace
from weasyprint import CSS, HTML, Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError

from torbay_reports.documents.blocks import (
    Cell,
    Column,
    Heading,
    LineBreak,
    Paragraph,
    Remark,
    Row,
    Table,
    words,
)
from torbay_reports.publishing import layout, markup
from torbay_reports.publishing.checks.parts import check_part
from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.parts import breaks, graphics, tags
from torbay_reports.publishing.parts.units import Order, order_from
from torbay_reports.publishing.parts.values import Part, PartPage, to_bytes
from torbay_reports.publishing.resources import OwnResources

VARIANT: Final = "pdf/ua-1"


@cache
def style_sheet() -> str:
    """The print style sheet's text."""
    return (Path(settings.BASE_DIR) / "torbay_reports" / "static_src" / "print.css").read_text("utf-8")


def set_order(order: bytes) -> list[tuple[int, bytes]]:
    """The parts of a run, in order, each with how many units it holds; the run's last part only at the paper's end,
    since what would follow decides where its page ends. Nothing where the run is too short to decide on any.

    Raises PackFault, naming the paper, when something cannot be set or a part fails its check.
    """
    read = order_from(order)
    document = _laid_out(read)
    names = {name: place for place, (name, _) in enumerate(read.units)}
    stretches = list(_stretches(breaks.clean_starts(document, names), len(document.pages), len(read.units)))
    if not read.is_end:
        stretches.pop()
    if not stretches:
        return []
    rows = [row for _, row in read.units]
    run = _Run.written(document, f"the paper “{read.sheet.title}”", max(rows[0], 0))
    parts = [run.part(stretch, goes_on=rows[stretch.unit] > 0) for stretch in stretches]
    return [(part.units, to_bytes(part)) for part in parts]


def warm_up() -> None:
    """Set a page before the first order, so that style and fonts are read and need not be read again."""
    sheet = layout.Sheet("sample", "Sample", "en-GB", False, settings.COUNCIL_COLOUR)
    row = Row("row", (Cell(words("Sample")), Cell((*words("1,234"), LineBreak(), Remark("1", "mark")))))
    columns = (Column("name", "Name", width=1), Column("sum", "Sum", unit="£", numeric=True, width=1))
    blocks = (Heading("heading", "Sample", 2), Paragraph("paragraph", words("Sample."), "1"))
    table = Table("table", "Sample", columns, (row, replace(row, anchor="next")))
    html = [layout.block_html(each, sheet.key, introduces=False) for each in (*blocks, table)]
    document = _press().set(layout.run_html(sheet, None, html))
    _Run.written(document, "a sample", 0).part(_Stretch(0, 1, 0, 1), goes_on=False)


def set_letter(html: str) -> bytes:
    """A cover letter as one part. Raises PackFault."""
    document = _press().set(html)
    run = _Run.written(document, "the cover letter", 0)
    return to_bytes(run.part(_Stretch(0, len(document.pages), 0, 1), goes_on=False))


@dataclass(frozen=True)
class _Stretch:
    """Pages of a run from one clean start to the next, with their units."""

    page: int
    end: int
    unit: int
    units: int


def _stretches(starts: Mapping[int, int], pages: int, units: int) -> Iterator[_Stretch]:
    """`starts` are the first pages of parts with the unit that begins there."""
    ordered = [(0, 0), *sorted(starts.items()), (pages, units)]
    for (page, unit), (end, last) in pairwise(ordered):
        yield _Stretch(page, end, unit, last - unit)


def _laid_out(order: Order) -> Document:
    """The run's pages. A row that is higher than a page is found out by what became of its table's head."""
    tall: frozenset[str] = frozenset()
    while True:
        document = _press().set(_html(order, tall))
        more = breaks.rows_without_heads(document) - tall
        if not more:
            return document
        tall |= more


def _html(order: Order, tall: Collection[str]) -> str:
    blocks = [
        layout.block_html(
            each.block,
            order.sheet.key,
            introduces=each.introduces,
            rows=markup.Rows(each.first, each.rows) if each.rows else None,
            tall=tall,
            is_resumed=place == 0 and order.opening is None,
        )
        for place, each in enumerate(order.slices)
    ]
    return layout.run_html(order.sheet, order.opening, blocks)


class _Press:
    """Style and fonts, read once in a process."""

    def __init__(self) -> None:
        self._resources = OwnResources(settings.FONTS_DIR)
        self._fonts = FontConfiguration()
        self._sheet: CSS | None = None

    def set(self, html: str) -> Document:
        """One HTML page laid out. Raises PackFault where it asks for what it may not have."""
        try:
            if self._sheet is None:
                self._sheet = CSS(string=style_sheet(), font_config=self._fonts, url_fetcher=self._resources)
            return HTML(string=html, url_fetcher=self._resources).render(
                font_config=self._fonts, stylesheets=[self._sheet], pdf_variant=VARIANT
            )
        except FatalURLFetchingError as error:
            raise PackFault(str(error.__cause__ or error)) from error


@cache
def _press() -> _Press:
    return _Press()


class _Written(Exception):
    """Stops WeasyPrint before it puts its objects into a file."""


class _Run:
    """A laid-out run with the objects that WeasyPrint would write."""

    def __init__(self, document: Document, pdf: Any, where: str, first_row: int) -> None:
        self._document = document
        self._pdf = pdf
        self._where = where
        self._tops = tags.Tree(pdf).tops()
        self._open = breaks.boundaries(document)
        self._going_on = breaks.going_on(document, is_resumed=first_row > 0)
        self._anchors = _destinations(pdf)
        self._name_headers(first_row)

    @classmethod
    def written(cls, document: Document, where: str, first_row: int) -> "_Run":
        """The run after painting. `first_row` is the number of the row that a table going on begins with here."""
        runs = []

        def keep(_: Document, pdf: Any) -> None:
            runs.append(cls(document, pdf, where, first_row))
            raise _Written

        try:
            document.write_pdf(pdf_variant=VARIANT, finisher=keep)
        except _Written:
            return runs[0]
        raise AssertionError("WeasyPrint finished without its finisher")

    def _name_headers(self, first_row: int) -> None:
        """Over the whole run, since a table in one piece counts its rows over pages."""
        seen: dict[str, int] = {}
        for page, tops in enumerate(self._tops):
            names = breaks.tables_on(self._document, page)
            tables = [table for top in tops for table in top.of_kind("Table")]
            for place, (table, (name, rows_here)) in enumerate(zip(tables, names, strict=True)):
                is_split_row = place == 0 and page > 0 and "tr" in self._open[page - 1]
                begun = seen.setdefault(name, first_row if page == 0 and place == 0 else 0)
                rows = tags.name_headers(table, name, rows_here, begun - is_split_row)
                seen[name] = begun - is_split_row + rows

    def part(self, stretch: _Stretch, *, goes_on: bool) -> Part:
        """The pages of a stretch as a part; `goes_on` where its first table began on a page before."""
        tops = list(self._tops[stretch.page])
        if goes_on:
            tags.without_head(tops[0])
        for page in range(stretch.page + 1, stretch.end):
            more = list(self._tops[page])
            depth = len(self._open[page - 1]) - 1
            if depth > 0 and tops and more:
                tags.join(tops[-1], more.pop(0), depth)
            tops.extend(more)
        numbered = tags.Numbered(tops, stretch.page)
        drawn = graphics.Graphics(self._pdf, {font.hash: font for font in self._document.fonts.values()}, self._where)
        pages = tuple(self._page(page, numbered, drawn, stretch.page) for page in range(stretch.page, stretch.end))
        part = Part(
            pages=pages,
            elements=numbered.elements,
            tops=numbered.tops,
            destinations={
                name: (page - stretch.page, x, y)
                for name, (page, x, y) in self._anchors.items()
                if stretch.page <= page < stretch.end
            },
            links=tuple(numbered.links),
            fonts=drawn.finished_fonts(),
            objects=drawn.objects,
            goes_on=goes_on,
            units=stretch.units,
        )
        check_part(part, self._where)
        return part

    def _page(self, page: int, numbered: tags.Numbered, drawn: graphics.Graphics, first: int) -> PartPage:
        source = self._pdf.objects[int(self._pdf.page_references[page].split()[0])]
        stream = self._pdf.objects[int(source["Contents"].split()[0])]
        resources = self._pdf.objects[int(source["Resources"].split()[0])]
        content = graphics.source_of(stream)
        owners = {mcid: owner for (place, mcid), owner in numbered.owners.items() if place == page - first}
        content = graphics.with_artifacts(content, owners)
        content, fonts, others = drawn.page(content, resources)
        _, _, width, height = (float(each) for each in source["MediaBox"])
        return PartPage(
            width=round(width, 3),
            height=round(height, 3),
            content=graphics.deflated(b"q\n" + content + b"\nQ"),
            fonts=fonts,
            owners=tuple(owners.get(mcid, -1) for mcid in range(max(owners, default=-1) + 1)),
            resources=others,
            going_on=self._going_on[page],
        )


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
