"""A paper cut into units: the pieces between which a page may end, so that a part may begin.

A unit is a block of the Document, or one row of a table whose columns share out the line (the widths of any other
table depend on all its rows). What a part is set from, and what decides where its last page ends, makes its key.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b, sha256
from itertools import pairwise, zip_longest
from typing import Final

import msgspec
from msgspec.structs import replace

from torbay_reports.documents.blocks import (
    Block,
    BulletList,
    Chart,
    Document,
    Facts,
    Heading,
    Row,
    Table,
    plain,
)
from torbay_reports.publishing import checksums
from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.layout import Opening, PlacedPaper, Sheet, introduces, opening_of, sheet_of
from torbay_reports.publishing.markup import has_row_heads, lost_references
from torbay_reports.publishing.packplan import PackPlan

NOTES: Final = -2
"""The `row` of the unit that holds the notes under a table."""
WHOLE: Final = -1
OPENING: Final = -1
"""The `block` of the unit that opens a paper: its item, its title, and what stands under that."""

_TOTALS: Final = {"net", "gross", "total"}
_CHARACTERS_IN_A_LINE: Final = {"portrait": 80, "landscape": 150}
_LINES_ON_A_PAGE: Final = {"portrait": 42, "landscape": 46}

_encoder = msgspec.msgpack.Encoder(decimal_format="string")


class Unit(msgspec.Struct, frozen=True, array_like=True):
    """One piece.

    `block` is the place of its block in the Document (OPENING for the paper's opening), `row` that of its row, WHOLE
    for a block in one piece, NOTES for the notes under a table in rows. With `is_bound` no page may end after it.
    `weight` is its rough share of a page in thousandths; only how runs are sized depends on it.
    """

    block: int
    row: int
    digest: bytes
    is_bound: bool
    weight: int


class Slice(msgspec.Struct, frozen=True, array_like=True):
    """A block as far as a run needs it: of a table in rows those from `first` on, with or without its end."""

    block: Block
    first: int = 0
    rows: int = 0
    has_end: bool = True
    introduces: bool = False


class Order(msgspec.Struct, frozen=True, array_like=True):
    """What a worker sets a run of pages from. Without `opening` it begins in the middle of the paper."""

    sheet: Sheet
    opening: Opening | None
    slices: tuple[Slice, ...]
    units: tuple[tuple[str, int], ...]
    """For each unit the name of the element with which it begins, and its row."""
    is_end: bool


@dataclass(frozen=True)
class Flow:
    """A chapter of a paper of a pack, cut: what stands between two places where a page begins whatever comes before.

    Every key depends on the setting: style, programs, and what stands on every page.
    """

    placed: PlacedPaper
    sheet: Sheet
    opening: Opening
    units: tuple[Unit, ...]
    """From the beginning of a chapter to its end."""

    @cached_property
    def _setting(self) -> bytes:
        return blake2b(checksums.setting().encode() + _encoder.encode(self.sheet)).digest()

    @cached_property
    def _heads(self) -> dict[int, bytes]:
        """The digests of the heads of tables in rows, which a part that begins in their midst repeats."""
        blocks = self.placed.document.blocks
        cut = {unit.block for unit in self.units if unit.row > 0}
        return {place: _head_digest(table) for place in cut if isinstance(table := blocks[place], Table)}

    def start_key(self, place: int) -> str:
        """The name under which parts that begin with this unit are looked up."""
        return sha256(self._before(place) + self.units[place].digest).hexdigest()

    def key(self, place: int, count: int) -> str:
        """The name of the part that holds `count` units from this one on.

        Its last page ends where what comes next had no room, so that depends on the next units too: on all that are
        bound to the first that had none.
        """
        end = place + count
        last = end
        while last < len(self.units) and self.units[last].is_bound:
            last += 1
        whole = b"".join(unit.digest for unit in self.units[place : last + 1])
        return sha256(self._before(place) + count.to_bytes(4, "big") + whole + self._is_whole(end)).hexdigest()

    def _is_whole(self, end: int) -> bytes:
        return b"end" if end == len(self.units) else b""

    def _before(self, place: int) -> bytes:
        unit = self.units[place]
        going_on = self._heads[unit.block] if unit.row > 0 else b""
        return self._setting + (b"first" if unit.block == OPENING else b"later") + going_on

    def order(self, first: int, last: int) -> bytes:
        """What a worker needs to set the units from `first` up to, not with, `last`."""
        units = self.units[first:last]
        order = Order(
            sheet=self.sheet,
            opening=self.opening if self.units[first].block == OPENING else None,
            slices=tuple(self._slices(units)),
            units=tuple((self._name(unit), unit.row) for unit in units),
            is_end=last == len(self.units),
        )
        return _encoder.encode(order)

    def _name(self, unit: Unit) -> str:
        if unit.block == OPENING:
            return self.placed.paper.key
        block = self.placed.document.blocks[unit.block]
        if isinstance(block, Table) and unit.row > 0:
            return f"{self.placed.paper.key}--{block.rows[unit.row].anchor}"
        return f"{self.placed.paper.key}--{block.anchor}{'-notes' if unit.row == NOTES else ''}"

    def _slices(self, units: Sequence[Unit]) -> Iterator[Slice]:
        blocks = self.placed.document.blocks
        taken: dict[int, list[Unit]] = {}
        for unit in units:
            if unit.block != OPENING:
                taken.setdefault(unit.block, []).append(unit)
        for place, held in taken.items():
            block = blocks[place]
            following = blocks[place + 1] if place + 1 < len(blocks) else None
            if held[0].row == WHOLE or not isinstance(block, Table):
                yield Slice(block, introduces=introduces(block, following))
                continue
            rows = [unit.row for unit in held if unit.row >= 0]
            has_end = held[-1].row == NOTES or (not block.notes and held[-1].row == len(block.rows) - 1)
            first = rows[0] if rows else len(block.rows)
            some = block.rows[first : first + len(rows)]
            notes = block.notes if has_end else ()
            yield Slice(replace(block, rows=some, notes=notes), first, len(block.rows), has_end)


def order_from(data: bytes) -> Order:
    """The order that `Flow.order` wrote."""
    return _decoder.decode(data)


_decoder = msgspec.msgpack.Decoder(Order)


def cut(placed: PlacedPaper, plan: PackPlan) -> tuple[Flow, ...]:
    """The paper's chapters in units. Raises PackFault where it refers to a place that it does not have."""
    document = placed.document
    if lost := lost_references(document):
        raise PackFault(f"The paper “{placed.paper.title}” refers to {', '.join(lost)}, which it does not have.")
    opening = opening_of(placed, plan)
    units = [Unit(OPENING, WHOLE, _digest(opening), is_bound=bool(document.blocks), weight=120)]
    for place, (block, following) in enumerate(zip_longest(document.blocks, document.blocks[1:])):
        assert block is not None  # there is a following block at most
        units.extend(_units(place, block, following, document))
    sheet = sheet_of(placed)
    starts = [0, *(place for place, unit in enumerate(units) if _begins_chapter(unit, document)), len(units)]
    return tuple(Flow(placed, sheet, opening, tuple(units[start:end])) for start, end in pairwise(starts))


def _begins_chapter(unit: Unit, document: Document) -> bool:
    """Whether a page begins with it in any case: print.css says so of a band that follows a table."""
    if unit.block < 1 or unit.row != WHOLE:
        return False
    block, before = document.blocks[unit.block], document.blocks[unit.block - 1]
    return isinstance(block, Heading) and block.level == 2 and block.is_band and isinstance(before, Table)


def _units(place: int, block: Block, following: Block | None, document: Document) -> Iterator[Unit]:
    if not (isinstance(block, Table) and block.has_widths and block.rows):
        is_bound = isinstance(block, Heading) or introduces(block, following)
        yield Unit(place, WHOLE, _digest((block, is_bound)), is_bound, _weight(block, document))
        return
    last = len(block.rows) - 1
    for number, row in enumerate(block.rows):
        is_bound = number < last and _is_bound(block, number)
        head = _head_digest(block) if number == 0 else b""
        digest = _digest((row, is_bound, number == last, head))
        yield Unit(place, number, digest, is_bound, _row_weight(block, row, document))
    if block.notes:
        yield Unit(place, NOTES, _digest((block.anchor, block.notes)), is_bound=False, weight=40)


def _is_bound(table: Table, number: int) -> bool:
    """No row stands alone at a page's end or start, nor a total without what it sums; a tracker's rows are tall."""
    following = table.rows[number + 1]
    if following.level in _TOTALS:
        return True
    return table.kind != "tracker" and (number == 0 or number + 1 == len(table.rows) - 1)


def _head_digest(table: Table) -> bytes:
    with_row_heads = has_row_heads(len(table.rows), len(table.columns))
    return _digest((table.anchor, table.caption, table.columns, table.kind, with_row_heads))


def _digest(value: object) -> bytes:
    return blake2b(_encoder.encode(value), digest_size=16).digest()


def _weight(block: Block, document: Document) -> int:
    lines_on_a_page = _LINES_ON_A_PAGE[document.orientation]
    match block:
        case Table():
            lines = sum(_lines(block, row, document) for row in block.rows) + 4
        case Chart():
            return 600 + 25 * len(block.table.rows)
        case Facts():
            lines = sum(len(each) for _, each in block.rows) + 3
        case BulletList():
            lines = sum(1 + len(plain(item)) // _CHARACTERS_IN_A_LINE["portrait"] for item in block.items)
        case Heading():
            lines = 3
        case _:
            lines = 1 + len(plain(block.content)) // _CHARACTERS_IN_A_LINE["portrait"]
    return 1 + 1000 * lines // lines_on_a_page


def _row_weight(table: Table, row: Row, document: Document) -> int:
    return 1 + 1000 * _lines(table, row, document) // _LINES_ON_A_PAGE[document.orientation]


def _lines(table: Table, row: Row, document: Document) -> int:
    width = _CHARACTERS_IN_A_LINE[document.orientation]
    whole = sum(column.width or 1 for column in table.columns)
    return 1 + max(
        len(cell.text) * whole // (width * (column.width or 1))
        for cell, column in zip(row.cells, table.columns, strict=True)
    )
