"""A paper cut into pieces: each is set by itself, and a page may end after any that is not bound to the next.

A piece is a block of the Document; of a table whose columns share out the line its head, each row and each note. The
widths of a table that names none depend on all its rows, so it stays in one piece, unless it is long.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from hashlib import blake2b, sha256
from itertools import pairwise
from typing import Final

import msgspec
from msgspec.structs import replace

from torbay_reports.documents import soundness
from torbay_reports.documents.blocks import (
    Block,
    BulletList,
    Chart,
    Facts,
    Heading,
    Paragraph,
    Row,
    Table,
    plain,
)
from torbay_reports.publishing import checksums
from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.frames import Frame, frame_of
from torbay_reports.publishing.layout import (
    InContext,
    Line,
    PlacedPaper,
    Sheet,
    in_context,
    is_band,
    opening_of,
    sheet_of,
)
from torbay_reports.publishing.markup import continued, has_row_heads, lost_references
from torbay_reports.publishing.packplan import PackPlan
from torbay_reports.publishing.parts.widths import with_widths

_TOTALS: Final = {"net", "gross", "total"}
_CHARACTERS_IN_A_LINE: Final = 90
_POINTS_IN_A_LINE: Final = 14

_encoder = msgspec.msgpack.Encoder(decimal_format="string")


class Kind(IntEnum):
    """What a piece is: a line of the opening, a block in one piece, a table's head with its caption, that head again
    where the table goes on, a row, a note under a table."""

    LINE = 0
    BLOCK = 1
    HEAD = 2
    AGAIN = 3
    ROW = 4
    NOTE = 5


class Piece(msgspec.Struct, frozen=True, array_like=True):
    """What a strip is set from, and all that it depends on besides its sheet.

    Of a head, a row or a note `shown` holds the table without its rows and notes. `is_last` tells a row after which
    nothing of its table comes.
    """

    kind: Kind
    shown: InContext | None = None
    line: Line | None = None
    row: Row | None = None
    note: str = ""
    has_row_heads: bool = False
    is_last: bool = False

    @property
    def table(self) -> Table:
        """The table of a head, a row or a note."""
        assert self.shown is not None
        assert isinstance(self.shown.block, Table)
        return self.shown.block


class Order(msgspec.Struct, frozen=True, array_like=True):
    """Pieces of one paper for a worker to set."""

    sheet: Sheet
    pieces: tuple[Piece, ...]


class BreakOrder(msgspec.Struct, frozen=True, array_like=True):
    """A piece for a worker to break over pages: `first` points are left on its first, `later` there are on others."""

    sheet: Sheet
    piece: Piece
    first: float
    later: float


@dataclass(frozen=True)
class Unit:
    """A piece where it stands. With `is_bound` no page may end after it; `again` is the head of its table, which is
    repeated where it begins a page, and `continued` what the running head says there; `points` is its rough height."""

    piece: Piece
    key: str
    is_bound: bool
    points: int
    again: "Unit | None" = None
    continued: str = ""

    @property
    def can_break(self) -> bool:
        """Whether a page may end within it (a row only where it is higher than a page)."""
        block = self.piece.shown.block if self.piece.shown else None
        if self.piece.kind == Kind.BLOCK:
            return isinstance(block, Paragraph | BulletList | Facts | Table)
        return self.piece.kind == Kind.NOTE


@dataclass(frozen=True)
class Chapter:
    """What stands between two places of a paper where a page begins whatever comes before."""

    title: str
    sheet: Sheet
    units: tuple[Unit, ...]

    @cached_property
    def frame(self) -> Frame:
        """Its pages."""
        return frame_of(is_landscape=self.sheet.is_landscape)

    def break_key(self, unit: Unit, first: float, later: float) -> str:
        """The key of a piece broken over pages."""
        return sha256(f"{unit.key} {first} {later}".encode()).hexdigest()


def cut(placed: PlacedPaper, plan: PackPlan) -> tuple[Chapter, ...]:
    """A paper in pieces, chapter by chapter.

    Raises PackFault for a name that stands twice, a link that leads nowhere, a reference to what it does not have.
    """
    document = placed.document
    if unsound := soundness.fault(document, placed.paper.title):
        raise PackFault(unsound)
    lost = lost_references(document)
    if lost:
        raise PackFault(f"The paper “{placed.paper.title}” refers to {', '.join(lost)}, which it does not have.")
    sheet = sheet_of(placed)
    cutting = _Cutting(sheet)
    opening = opening_of(placed, plan)
    units = [
        cutting.unit(Piece(Kind.LINE, line=line), bool(document.blocks) or place < len(opening) - 1, 30)
        for place, line in enumerate(opening)
    ]
    starts = [0]
    before: Block | None = None
    for shown in in_context(document):
        # As print.css says of a band that follows a table.
        if is_band(shown.block, 2) and isinstance(before, Table):
            starts.append(len(units))
        units.extend(cutting.block(shown))
        before = shown.block
    starts.append(len(units))
    title = placed.paper.title
    return tuple(Chapter(title, sheet, tuple(units[start:end])) for start, end in pairwise(starts))


class _Cutting:
    """Gives pieces their keys, which depend on the setting: style, programs, and what is the same on every page."""

    def __init__(self, sheet: Sheet) -> None:
        self._is_landscape = sheet.is_landscape
        self._setting = blake2b(checksums.setting().encode() + _encoder.encode(sheet)).digest()

    def unit(
        self,
        piece: Piece,
        is_bound: bool,
        points: int,
        *,
        again: Unit | None = None,
        continued: str = "",
        common: bytes = b"",
    ) -> Unit:
        """A piece under its key. `common` stands for its table, where that need not be told for every row."""
        told = _encoder.encode(replace(piece, shown=None) if common else piece)
        key = sha256(self._setting + common + told).hexdigest()
        return Unit(piece, key, is_bound, points, again, continued)

    def block(self, shown: InContext) -> Iterator[Unit]:
        """The pieces of a block."""
        block = shown.block
        if not isinstance(block, Table):
            yield self.unit(Piece(Kind.BLOCK, shown), isinstance(block, Heading) or shown.introduces, _points(block))
            return
        table = with_widths(block, is_landscape=self._is_landscape)
        if table.has_widths and table.rows:
            yield from self._rows(table)
        else:
            whole = Piece(Kind.BLOCK, InContext(replace(block, notes=())))
            yield self.unit(whole, False, _points(block))
        bare = InContext(replace(block, rows=(), notes=(), caption="", columns=()))
        for note in block.notes:
            yield self.unit(Piece(Kind.NOTE, bare, note=note), False, 20)

    def _rows(self, table: Table) -> Iterator[Unit]:
        with_heads = has_row_heads(len(table.rows), len(table.columns))
        head = InContext(replace(table, rows=(), notes=()))
        yield self.unit(Piece(Kind.HEAD, head), True, 60)
        # What repeats is no part of what is read, so tables with the same columns share it.
        nameless = InContext(replace(table, rows=(), notes=(), caption="", anchor=""))
        again = self.unit(Piece(Kind.AGAIN, nameless), True, 40)
        bare = InContext(replace(table, rows=(), notes=(), caption=""))
        common = blake2b(_encoder.encode(bare)).digest()
        last = len(table.rows) - 1
        goes_on = continued(table.caption)
        for place, row in enumerate(table.rows):
            piece = Piece(Kind.ROW, bare, row=row, has_row_heads=with_heads, is_last=place == last)
            is_bound = place < last and _is_bound(table, place)
            yield self.unit(piece, is_bound, _row_points(row), again=again, continued=goes_on, common=common)


def _is_bound(table: Table, number: int) -> bool:
    """No row stands alone at a page's end or start, nor a total without what it sums; a tracker's rows are tall."""
    if table.rows[number + 1].level in _TOTALS:
        return True
    return table.kind != "tracker" and (number == 0 or number + 1 == len(table.rows) - 1)


def order_of(sheet: Sheet, units: list[Unit]) -> bytes:
    """What a worker needs to set these pieces."""
    return _encoder.encode(Order(sheet, tuple(unit.piece for unit in units)))


def break_order_of(sheet: Sheet, unit: Unit, first: float, later: float) -> bytes:
    """What a worker needs to break a piece over pages."""
    return _encoder.encode(BreakOrder(sheet, unit.piece, first, later))


def _points(block: Block) -> int:
    match block:
        case Table():
            return 40 + sum(_row_points(row) for row in block.rows)
        case Chart():
            return 400
        case Facts():
            lines = sum(len(each) for _, each in block.rows) + 3
        case BulletList():
            lines = sum(1 + len(plain(item)) // _CHARACTERS_IN_A_LINE for item in block.items)
        case Heading():
            lines = 2
        case _:
            lines = 1 + len(plain(block.content)) // _CHARACTERS_IN_A_LINE
    return _POINTS_IN_A_LINE * lines


def _row_points(row: Row) -> int:
    longest = max(len(cell.text) for cell in row.cells)
    return _POINTS_IN_A_LINE * (1 + longest * len(row.cells) // (2 * _CHARACTERS_IN_A_LINE))


_orders = msgspec.msgpack.Decoder(Order)
_break_orders = msgspec.msgpack.Decoder(BreakOrder)


def order_from(data: bytes) -> Order:
    """The order that `order_of` wrote."""
    return _orders.decode(data)


def break_order_from(data: bytes) -> BreakOrder:
    """The order that `break_order_of` wrote."""
    return _break_orders.decode(data)
