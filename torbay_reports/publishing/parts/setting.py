"""Sets the pieces of a paper as strips: plain rows, headings, paragraphs and lists by our own code, all else with
WeasyPrint.

Runs in a worker process. A strip depends on its piece alone, not on what else was set with it or before.
"""

from collections.abc import Collection, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from msgspec.structs import replace
from weasyprint import CSS, HTML, Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError

from torbay_reports.documents.blocks import Cell, Column, Heading, LineBreak, Paragraph, Remark, Row, Table, words
from torbay_reports.publishing import layout, markup
from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.layout import InContext, Sheet
from torbay_reports.publishing.parts import breaks, pieces
from torbay_reports.publishing.parts.painted import VARIANT
from torbay_reports.publishing.parts.pieces import BreakOrder, Kind, Piece
from torbay_reports.publishing.parts.printed import Printed
from torbay_reports.publishing.parts.prose.setting import break_block, set_block
from torbay_reports.publishing.parts.rows.setting import set_row
from torbay_reports.publishing.parts.values import Strip, strip_to_bytes, to_bytes
from torbay_reports.publishing.resources import OwnResources

ENDLESS: Final = 200_000.0
"""Points on a page that no piece fills."""
Set = tuple[tuple[float, ...], float, float, bytes]
"""What goes back for a piece: its room (heights, margins above and below), and its strip as it is stored."""


@cache
def style_sheet() -> str:
    """The print style sheet's text."""
    return (Path(settings.BASE_DIR) / "torbay_reports" / "static_src" / "print.css").read_text("utf-8")


def set_pieces(data: bytes) -> list[Set]:
    """The strips of an order, in its order.

    Raises PackFault, naming the paper, when something cannot be set or a strip fails its check.
    """
    order = pieces.order_from(data)
    strips = [_ours(order.sheet, piece) for piece in order.pieces]
    rest = [piece for piece, strip in zip(order.pieces, strips, strict=True) if strip is None]
    printed = _printed(order.sheet, rest) if rest else iter(())
    return [_told(strip or next(printed)) for strip in strips]


def break_piece(data: bytes) -> list[Set]:
    """A piece broken over pages as one strip of several pages, alone in a list; nothing on the first is a height of 0.

    Raises PackFault as `set_pieces`.
    """
    order = pieces.break_order_from(data)
    ours = _ours_broken(order)
    if ours is not None:
        return [_told(ours)]
    leader = order.later - order.first
    tall = {markup.element_id(order.sheet.key, order.piece.row.anchor)} if order.piece.row else set[str]()
    while True:
        shown = [_leader(leader), _html(order.sheet, order.piece, tall, at_top=True)]
        html = layout.pieces_html(order.sheet, shown, room=order.later, is_apart=False)
        document = press().set(html)
        more = (breaks.rows_without_heads(document) | breaks.lonely_captions(document)) - tall
        if not more:
            break
        # A row that is higher than a page is found out by what became of its table's head.
        tall |= more
    return [_told(Printed.of(document, _where(order.sheet)).broken(order.piece, order.sheet.key))]


def set_letter(html: str) -> bytes:
    """A cover letter as one part. Raises PackFault."""
    return to_bytes(Printed.of(press().set(html), "the cover letter").whole())


def warm_up() -> None:
    """Set some pieces before the first order, so that style and fonts are read and need not be read again."""
    row = Row("row", (Cell(words("Sample")), Cell((*words("1,234"), LineBreak(), Remark("1", "mark")))))
    columns = (Column("name", "Name", width=1), Column("sum", "Sum", unit="£", numeric=True, width=1))
    table = Table("table", "Sample", columns, (row, replace(row, anchor="next")))
    blocks = (Heading("heading", "Sample", 2), Paragraph("paragraph", words("Sample."), "1"), table)
    shown = [Piece(Kind.BLOCK, InContext(block)) for block in blocks]
    for is_landscape in (False, True):
        sheet = Sheet("sample", "Sample", "en-GB", is_landscape, settings.COUNCIL_COLOUR)
        list(_printed(sheet, shown))
        for piece in (*shown, Piece(Kind.ROW, InContext(replace(table, rows=())), row=row)):
            _ours(sheet, piece)


def _ours(sheet: Sheet, piece: Piece) -> Strip | None:
    """The strip of a plain piece."""
    if piece.row is not None:
        return set_row(
            piece.table,
            piece.row,
            paper=sheet.key,
            has_row_heads=piece.has_row_heads,
            is_last=piece.is_last,
            sheet=sheet,
            press=press(),
        )
    if piece.kind == Kind.BLOCK and piece.shown is not None:
        return set_block(piece.shown, sheet=sheet, press=press())
    return None


def _ours_broken(order: BreakOrder) -> Strip | None:
    """The same broken over pages."""
    if order.piece.kind != Kind.BLOCK or order.piece.shown is None:
        return None
    return break_block(order.piece.shown, first=order.first, later=order.later, sheet=order.sheet, press=press())


def _printed(sheet: Sheet, some: Sequence[Piece]) -> Iterator[Strip]:
    """Pieces set with WeasyPrint, each on a page of its own."""
    # Nothing comes before the first page's margin, so what stands there would lie lower than on any other.
    shown = [mark_safe("<p></p>"), *(_html(sheet, each) for each in some)]
    html = layout.pieces_html(sheet, shown, room=ENDLESS, is_apart=True)
    printed = Printed.of(press().set(html), _where(sheet))
    for page, piece in enumerate(some, start=1):
        yield printed.strip(page, piece, sheet.key)


def _html(sheet: Sheet, piece: Piece, tall: Collection[str] = (), *, at_top: bool = False) -> SafeString:
    if piece.line is not None:
        return layout.line_html(piece.line)
    shown = piece.shown
    assert shown is not None
    excerpt = None
    if piece.kind != Kind.BLOCK:
        has_head = piece.kind in {Kind.HEAD, Kind.AGAIN}
        rows = (piece.row,) if piece.row else ()
        notes = (piece.note,) if piece.note else ()
        shown = InContext(replace(piece.table, rows=rows, notes=notes))
        excerpt = markup.Excerpt(piece.has_row_heads, piece.kind == Kind.HEAD, has_head, piece.is_last)
    return layout.block_html(shown, sheet.key, excerpt=excerpt, tall=tall, at_top=at_top)


def _leader(points: float) -> SafeString:
    """What fills a page down to where a broken piece begins."""
    return mark_safe(f'<div style="height: {points:.2f}pt"></div>' if points > 0 else "")


def _where(sheet: Sheet) -> str:
    return f"the paper “{sheet.title}”"


def _told(strip: Strip) -> Set:
    room = strip.room
    return room.heights, room.above, room.below, strip_to_bytes(strip)


class Press:
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
def press() -> Press:
    """The press of this process."""
    return Press()
