"""What the style sheet makes of a kind of row: read from a sample that WeasyPrint lays out, once for each kind.

So no number of the style sheet stands in the program a second time. A kind whose style has anything that our setting
does not know has no sample: its rows are left to WeasyPrint.
"""

from functools import lru_cache
from typing import Literal

import msgspec
from msgspec.structs import replace

from torbay_reports.documents.blocks import Cell, Column, Row, Table, Tone
from torbay_reports.publishing import layout, markup
from torbay_reports.publishing.layout import InContext, Sheet
from torbay_reports.publishing.parts.rows.looks import Sample
from torbay_reports.publishing.parts.rows.reading import read
from torbay_reports.publishing.parts.words.samples import KINDS_KEPT, PAPER, WORD, Press, laid_out, prose
from torbay_reports.publishing.parts.words.styles import Unknown


class Kind(msgspec.Struct, frozen=True):
    """All that the looks of a row depend on: of its columns no words; of its cells the tone, and whether it is a figure
    that ends with a bracket (by these, and by level and depth, `markup` gives classes)."""

    sheet: Sheet
    table: Literal["", "small", "tracker"]
    columns: tuple[Column, ...]
    has_row_heads: bool
    is_last: bool
    level: str
    depth: int
    cells: tuple[tuple[Tone, bool], ...]


def kind_of(table: Table, row: Row, *, has_row_heads: bool, is_last: bool, sheet: Sheet) -> Kind:
    """What kind of row it is."""
    return Kind(
        sheet=replace(sheet, key=PAPER, title=""),
        table=table.kind,
        columns=_without_words(table.columns),
        has_row_heads=has_row_heads,
        is_last=is_last,
        level=row.level,
        depth=row.depth,
        cells=tuple(
            (cell.tone, column.numeric and cell.text.endswith(")"))
            for cell, column in zip(row.cells, table.columns, strict=True)
        ),
    )


@lru_cache(KINDS_KEPT)
def _without_words(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    return tuple(Column("", "", numeric=column.numeric, width=column.width) for column in columns)


@lru_cache(KINDS_KEPT)
def sample(kind: Kind, press: Press) -> Sample | None:
    """The sample of a kind; nothing where its style has what our setting does not know."""
    row = Row("row", tuple(_cell(*each) for each in kind.cells), level=kind.level, depth=kind.depth)
    table = Table("table", "", kind.columns, (row,), kind=kind.table)
    excerpt = markup.Excerpt(kind.has_row_heads, opens=False, has_head=False, has_end=kind.is_last)
    html = layout.block_html(InContext(table), PAPER, excerpt=excerpt)
    try:
        return read(laid_out(html, kind.sheet, press), is_last=kind.is_last)
    except Unknown:
        return None


def _cell(tone: Tone, is_bracketed: bool) -> Cell:
    return Cell(prose(f"{WORD})" if is_bracketed else WORD), tone)
