"""What the style sheet makes of a kind of heading, paragraph or list: read from a sample that WeasyPrint lays out.

A kind whose style has anything that our setting does not know has no sample: it is left to WeasyPrint.
"""

from functools import lru_cache
from typing import assert_never

import msgspec
from msgspec.structs import replace

from torbay_reports.documents.blocks import BulletList, Heading, Paragraph
from torbay_reports.publishing import layout
from torbay_reports.publishing.layout import InContext, Sheet
from torbay_reports.publishing.parts.prose.looks import Sample
from torbay_reports.publishing.parts.prose.reading import read
from torbay_reports.publishing.parts.words.samples import KINDS_KEPT, ORDER, PAPER, WORD, Press, laid_out, prose
from torbay_reports.publishing.parts.words.styles import Unknown

Plain = Heading | Paragraph | BulletList


class Kind(msgspec.Struct, frozen=True):
    """All that the looks of a block depend on: a block with sample words instead of its own, and its neighbours."""

    sheet: Sheet
    shown: InContext


def kind_of(shown: InContext, block: Plain, sheet: Sheet) -> Kind:
    """What kind of block it is."""
    return Kind(sheet=replace(sheet, key=PAPER, title=""), shown=replace(shown, block=_with_sample_words(block)))


def _with_sample_words(block: Plain) -> Plain:
    match block:
        case Heading():
            return replace(block, anchor="row", text=WORD, number=block.number and WORD)
        case Paragraph():
            return replace(block, anchor="row", content=prose(), number=block.number and WORD)
        case BulletList():
            return BulletList("row", (prose(), prose()))
        case _:
            assert_never(block)


@lru_cache(KINDS_KEPT)
def sample(kind: Kind, press: Press) -> Sample | None:
    """The sample of a kind; nothing where its style has what our setting does not know."""
    block = kind.shown.block
    html = layout.block_html(kind.shown, PAPER)
    kinds = ORDER[:1] if isinstance(block, Heading) else ORDER
    is_numbered = isinstance(block, Heading | Paragraph) and bool(block.number)
    try:
        return read(laid_out(html, kind.sheet, press), kinds, is_numbered=is_numbered)
    except Unknown:
        return None
