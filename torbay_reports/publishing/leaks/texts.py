"""What a frozen Document says, stretch by stretch in reading order."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, repeat
from typing import Final

from torbay_reports.documents.blocks import (
    Block,
    BulletList,
    CallOut,
    Chart,
    Column,
    Document,
    Facts,
    Figure,
    Heading,
    Inline,
    Paragraph,
    Prose,
    Row,
    Table,
    WebLink,
    plain,
)
from torbay_reports.documents.values import exact
from torbay_reports.publishing.leaks.names import scale_of, sum_in_cell
from torbay_reports.publishing.leaks.words import amount

_NO_COLUMN: Final = Column("", "")


@dataclass(frozen=True)
class Stretch:
    """Some text that is read in one go, with the `sums` that it says to be money by a unit beside them."""

    text: str
    sums: tuple[str, ...] = ()


def texts_of(document: Document) -> Iterator[Stretch]:
    """Everything that a Document says, its title and notice included."""
    yield Stretch(document.title)
    yield from (Stretch(line) for line in document.notice.splitlines())
    for block in document.blocks:
        yield from _block(block)
    for highlight in document.highlights:
        yield _prose(highlight.content)
    for row in document.largest:
        yield from _row(row, ())


def _block(block: Block) -> Iterator[Stretch]:
    match block:
        case Heading():
            yield Stretch(block.text)
        case Paragraph() | CallOut():
            yield _prose(block.content)
        case BulletList():
            yield from map(_prose, block.items)
        case Facts():
            yield Stretch(block.caption)
            for label, lines in block.rows:
                yield from map(Stretch, lines)
                yield Stretch(" ".join([f"{label}:", *lines]))
        case Table():
            yield from _table(block)
        case Chart():
            yield Stretch(block.title)
            yield _prose(block.sentence)
            yield from _table(block.table)


def _table(table: Table) -> Iterator[Stretch]:
    yield Stretch(table.caption)
    yield from map(Stretch, table.notes)
    for row in table.rows:
        yield from _row(row, table.columns)


def _row(row: Row, columns: tuple[Column, ...]) -> Iterator[Stretch]:
    sums: list[str] = []
    values: list[str] = []
    for cell, column in zip(row.cells, chain(columns, repeat(_NO_COLUMN)), strict=False):
        prose, scale = _prose(cell.content), scale_of(column.unit) or scale_of(column.label)
        values.append(str(exact(cell, column) or ""))
        sums += (*prose.sums, *(sum_in_cell(text, scale) for text in (cell.text, values[-1]) if scale))
        yield prose
        if cell.spoken:
            yield Stretch(f"{cell.text} {cell.spoken}")
    # The cells one after another: how a page prints the row, and how a file of its values does.
    yield Stretch(" ".join(cell.text for cell in row.cells), tuple(filter(None, sums)))
    yield Stretch(" ".join(values), tuple(filter(None, sums)))
    if row.sentence:
        yield Stretch(row.sentence)


def _prose(prose: Prose) -> Stretch:
    addresses = [
        inline.address for inline in prose if isinstance(inline, WebLink) and inline.address not in plain(prose)
    ]
    return Stretch(" ".join([plain(prose), *addresses]), tuple(filter(None, map(_money, prose))))


def _money(inline: Inline) -> str:
    if not isinstance(inline, Figure) or inline.value is None or not (scale := scale_of(inline.unit)):
        return ""
    return amount(inline.value * scale)
