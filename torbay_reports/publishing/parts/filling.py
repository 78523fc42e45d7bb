"""Which piece of a paper stands on which page, and how far down, by CSS's rules of page breaking (CSS 2, 13.3).

Margins between neighbours collapse, as `margin-break: discard` has it none is kept at the top of a page, and the one
at its foot needs no room. Nothing here sets a piece: where one has to be broken, the caller is asked for its heights.
"""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import Final

from torbay_reports.publishing.parts.values import Room

ROUNDING: Final = 0.01
"""By how many points a piece may exceed its page, for heights are sums of rounded numbers."""


class NoRoom(Exception):
    """A piece of which nothing has room on a page of its own."""


@dataclass(frozen=True)
class Piece:
    """What filling asks of a piece of a paper; `room` has its whole height.

    With `is_bound` no page may end after it (`break-after: avoid`); with `can_break` its own lines or rows may part
    over pages. `head` is the height in points of the column heads that are repeated above it where it begins a page.
    """

    room: Room
    is_bound: bool
    can_break: bool
    head: float = 0.0

    @property
    def height(self) -> float:
        """Its height in points, unbroken."""
        return self.room.heights[0]


@dataclass(frozen=True)
class Break:
    """A question: how high are the fragments of a piece that has `first` points on its first page, and `later` on each
    later one?"""

    place: int
    first: float
    later: float


@dataclass(frozen=True)
class Placed:
    """A piece, or a fragment of a broken one counted from 0, on a page; `top` in points from the top of the page's area
    to that of its border box."""

    place: int
    fragment: int
    top: float


@dataclass(frozen=True)
class Page:
    """What stands on a page, in order.

    With `repeats_head` the column heads of the first one's table are to stand at the page's top; all tops leave room
    for them. With `is_clean` the page does not begin in the midst of a piece.
    """

    placed: tuple[Placed, ...]
    repeats_head: bool
    is_clean: bool


@dataclass(frozen=True)
class _Foot:
    """Where the last piece of a page ends, in points from the top, and the margin that it keeps below."""

    bottom: float
    below: float


def fill(pieces: Sequence[Piece], height: float) -> Generator[Break, tuple[float, ...], tuple[Page, ...]]:
    """The pages of these pieces, each of so many points.

    For each Break that it yields it is to be sent the heights of that piece's fragments, one a page: the first 0.0
    where nothing of it has room there. Bound pieces and the one behind them are a chain, which stays on one page
    unless it is higher than a page, or the first of it that has no room can break. A piece higher than a page is
    broken whatever it says of itself. Raises NoRoom where nothing of a piece has room on a page of its own.
    """
    filling = _Filling(pieces, height)
    place = 0
    while place < len(pieces):
        chain = filling.chain(place)
        tops, foot = filling.standing(chain, filling.foot)
        end = place + len(tops)
        if len(tops) == len(chain):
            filling.stand(place, tops, foot)
            place = end
            continue
        heights = yield from filling.broken(end, foot)
        if heights and filling.may_break(chain, len(tops), foot, heights):
            filling.stand(place, tops, foot)
            filling.spread(end, heights)
            place = end + 1
        else:
            # What is left of a chain follows the last fragment of its broken piece as it would begin a page.
            if filling.foot is None or pieces[place - 1].is_bound:
                filling.stand(place, tops, foot)
                place = end
            filling.turn()
    filling.turn()
    return tuple(filling.pages)


class _Filling:
    """The pages that are full, and the one that is being filled; its `foot` is None while it is empty."""

    def __init__(self, pieces: Sequence[Piece], height: float) -> None:
        self.pages: list[Page] = []
        self.foot: _Foot | None = None
        self._placed: list[Placed] = []
        self._pieces = pieces
        self._height = height

    def chain(self, place: int) -> Sequence[Piece]:
        """The bound pieces from this one on, and the first that is not."""
        end = place
        while end < len(self._pieces) - 1 and self._pieces[end].is_bound:
            end += 1
        return self._pieces[place : end + 1]

    def standing(self, chain: Sequence[Piece], foot: _Foot | None) -> tuple[list[float], _Foot | None]:
        """The tops of the first pieces of a chain, as many as have room below this foot, and their own foot."""
        tops: list[float] = []
        for piece in chain:
            if not self._fits(piece, foot):
                break
            top = _top(piece, foot)
            tops.append(top)
            foot = _Foot(top + piece.height, piece.room.below)
        return tops, foot

    def broken(self, place: int, foot: _Foot | None) -> Generator[Break, tuple[float, ...], tuple[float, ...]]:
        """The heights of the fragments of a piece below this foot, none where it does not break there."""
        piece = self._pieces[place]
        first, later = self._height - _top(piece, foot), self._height - piece.head
        if (piece.can_break or not self._fits(piece, None)) and min(first, later) > 0:
            heights = yield Break(place, first, later)
            if heights[0] > 0:
                return heights
        if foot is None:
            raise NoRoom(f"Nothing of piece {place} has room on a page of its own.")
        return ()

    def may_break(self, chain: Sequence[Piece], number: int, foot: _Foot | None, heights: tuple[float, ...]) -> bool:
        """Whether what follows a broken piece of a chain stays with it, or could not in any case."""
        behind = _behind(chain[number], foot, heights)
        return self._has_room(chain[number + 1 :], behind) or not self._has_room(chain, None)

    def stand(self, place: int, tops: Sequence[float], foot: _Foot | None) -> None:
        """Put whole pieces, from this one on, on the page."""
        self._placed += [Placed(place + number, 0, top) for number, top in enumerate(tops)]
        self.foot = foot

    def spread(self, place: int, heights: tuple[float, ...]) -> None:
        """Put a broken piece on the page and on those behind it."""
        piece = self._pieces[place]
        behind = _behind(piece, self.foot, heights)
        self._placed.append(Placed(place, 0, _top(piece, self.foot)))
        for fragment in range(1, len(heights)):
            self.turn()
            self._placed.append(Placed(place, fragment, piece.head))
        self.foot = behind

    def turn(self) -> None:
        """Begin a new page, unless this one is still empty."""
        if self._placed:
            first = self._placed[0]
            has_head = self._pieces[first.place].head > 0
            self.pages.append(Page(tuple(self._placed), repeats_head=has_head, is_clean=first.fragment == 0))
        self._placed = []
        self.foot = None

    def _has_room(self, chain: Sequence[Piece], foot: _Foot | None) -> bool:
        return len(self.standing(chain, foot)[0]) == len(chain)

    def _fits(self, piece: Piece, foot: _Foot | None) -> bool:
        return _top(piece, foot) + piece.height <= self._height + ROUNDING


def _top(piece: Piece, foot: _Foot | None) -> float:
    """Where a piece begins below this foot, or on an empty page."""
    if foot is None:
        return piece.head
    margins = (0.0, foot.below, piece.room.above)
    return foot.bottom + max(margins) + min(margins)


def _behind(piece: Piece, foot: _Foot | None, heights: tuple[float, ...]) -> _Foot:
    """The foot of a broken piece that began below another, on its last page."""
    top = _top(piece, foot) if len(heights) == 1 else piece.head
    return _Foot(top + heights[-1], piece.room.below)
