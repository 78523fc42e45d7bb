"""Headings, paragraphs and lists set both ways: by the program's own code, and by WeasyPrint, which is the measure."""

from django.utils.safestring import mark_safe

from tests.publishing.parts.rows.comparing import ENDLESS
from torbay_reports.documents.blocks import Block
from torbay_reports.publishing import layout
from torbay_reports.publishing.layout import InContext, Sheet
from torbay_reports.publishing.parts import setting
from torbay_reports.publishing.parts.pieces import Kind, Piece
from torbay_reports.publishing.parts.printed import Printed
from torbay_reports.publishing.parts.prose.setting import break_block, set_block
from torbay_reports.publishing.parts.setting import press
from torbay_reports.publishing.parts.values import Strip


def sheet(*, is_landscape: bool = False) -> Sheet:
    return Sheet("item-5-report", "Quarter 1 report", "en-GB", is_landscape, "#0b3c6f")


def by_us(shown: InContext, on: Sheet) -> Strip | None:
    return set_block(shown, sheet=on, press=press())


def only(block: Block) -> Strip | None:
    """A single block on a portrait page."""
    return by_us(InContext(block), sheet())


def by_weasyprint(blocks: list[InContext], on: Sheet) -> list[Strip]:
    """The same blocks, each on an endless page of its own."""
    shown = [layout.block_html(each, on.key) for each in blocks]
    # Nothing comes before the first page's margin, as in `parts.setting`.
    html = layout.pieces_html(on, [mark_safe("<p></p>"), *shown], room=ENDLESS, is_apart=True)
    printed = Printed.of(press().set(html), "prose")
    return [printed.strip(page, Piece(Kind.BLOCK, each), on.key) for page, each in enumerate(blocks, start=1)]


def broken_by_us(shown: InContext, on: Sheet, first: float, later: float) -> Strip | None:
    return break_block(shown, first=first, later=later, sheet=on, press=press())


def broken_by_weasyprint(shown: InContext, on: Sheet, first: float, later: float) -> Strip:
    """A block over pages of so many points."""
    piece = Piece(Kind.BLOCK, shown)
    html = [setting._leader(later - first), layout.block_html(shown, on.key, at_top=True)]
    printed = Printed.of(press().set(layout.pieces_html(on, html, room=later, is_apart=False)), "prose")
    return printed.broken(piece, on.key)
