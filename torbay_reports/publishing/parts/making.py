"""From the pieces of papers to their parts: what is not stored is set by workers, pages are filled, strips stacked.

What is set is stored as it comes, and what stands on which page depends on the pieces' heights alone: so the result is
the same whatever was stored, and whoever set what.
"""

from collections import deque
from collections.abc import Callable, Collection, Generator, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from math import floor
from typing import Final

from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.parts import filling
from torbay_reports.publishing.parts.composing import Composing, FilledChapter
from torbay_reports.publishing.parts.filling import Break, NoRoom, Page
from torbay_reports.publishing.parts.pieces import Chapter, Kind, Unit, break_order_of, order_of
from torbay_reports.publishing.parts.store import PartRow, PartStore
from torbay_reports.publishing.parts.values import Part, Room
from torbay_reports.publishing.parts.workers import CURE, READY, Outcome, Setters, WorkerEnded

ROWS_AT_ONCE: Final = 64
"""How many rows are ordered at once at most, most of which are quick to set."""
PIECES_AT_ONCE: Final = 20
"""How many other pieces."""

_ROUNDS: Final = 5

Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class _Task:
    """What a worker is asked for: the strips under these keys."""

    chapter: Chapter
    function: str
    order: bytes
    keys: tuple[str, ...]


@dataclass(eq=False)
class _Making:
    """A chapter on its way: what is missing of it, the filling of its pages, and these."""

    chapter: Chapter
    missing: set[str] = field(default_factory=set)
    filling: Generator[Break, tuple[float, ...], tuple[Page, ...]] | None = None
    broken: dict[int, str] = field(default_factory=dict)
    pages: tuple[Page, ...] | None = None
    asked: str = ""


class Making:
    """Puts chapters together. `tell` is called with the pages done and those of all papers, both estimated."""

    def __init__(
        self,
        chapters: Sequence[Chapter],
        *,
        store: PartStore,
        pool: Callable[[], AbstractContextManager[Setters]],
        tell: Tell = lambda done, total: None,
    ) -> None:
        self._making = [_Making(chapter) for chapter in chapters]
        self._store = store
        self._pool = pool
        self._tell = tell
        self._rooms: dict[str, Room] = {}
        self._fresh: dict[str, bytes] = {}
        self._tasks: deque[_Task] = deque()
        self._pages_of = _pages_by_key(chapters)
        self._total = sum(self._pages_of.values())
        self._pages_set = 0.0
        self._done = 0

    def parts(self) -> list[tuple[Part, ...]]:
        """Each chapter's parts. Raises PackFault, naming the paper, where something cannot be set."""
        wanted = {unit.key for making in self._making for unit in _all_units(making.chapter)}
        self._rooms |= self._known(wanted)
        composing = Composing(self._store, self._rooms, self._fresh)
        for _ in range(_ROUNDS):
            self._settle()
            gone = composing.compose([_filled(making) for making in self._making])
            if not gone:
                break
            # Removed since it was looked up, or damaged.
            for key in gone:
                self._rooms.pop(key, None)
        else:
            raise PackFault("The pages that were set get lost again and again: build the pack once more.")
        self._store.touch(self._rooms.keys() | composing.keys)
        return composing.parts()

    def _known(self, keys: Collection[str]) -> dict[str, Room]:
        """The rooms of strips that are stored, but for those that no strip can have."""
        return {key: room for key, room in self._store.rooms(keys).items() if room.heights and min(room.heights) >= 0}

    def _settle(self) -> None:
        """Have all pages filled."""
        for making in self._making:
            making.missing = {unit.key for unit in _all_units(making.chapter)} - self._rooms.keys()
            making.filling, making.pages, making.broken = None, None, {}
        self._pages_set = sum(pages for key, pages in self._pages_of.items() if key in self._rooms)
        self._tasks = deque(self._orders())
        for making in self._making:
            self._advance(making)
        if self._tasks:
            with self._pool() as setters:
                self._work(setters)
        self._say()

    def _orders(self) -> Iterator[_Task]:
        """Everything that is missing, the slower pieces first; of two that are alike one."""
        ordered: set[str] = set()
        for is_row, most in ((False, PIECES_AT_ONCE), (True, ROWS_AT_ONCE)):
            for making in self._making:
                wanted = making.missing - ordered
                missing = {
                    unit.key: unit
                    for unit in _all_units(making.chapter)
                    if unit.key in wanted and (unit.piece.kind == Kind.ROW) == is_row
                }
                ordered |= missing.keys()
                units = list(missing.values())
                for first in range(0, len(units), most):
                    some = units[first : first + most]
                    order = order_of(making.chapter.sheet, some)
                    yield _Task(making.chapter, "set_pieces", order, tuple(unit.key for unit in some))

    def _work(self, setters: Setters) -> None:
        running: dict[int, _Task] = {}
        while self._tasks or running:
            while self._tasks and setters.idle:
                task = self._tasks.popleft()
                running[setters.submit(f"{READY}:{task.function}", task.order)] = task
            self._say()
            for outcome in setters.finished():
                self._take(running.pop(outcome.ticket), outcome)

    def _take(self, task: _Task, outcome: Outcome) -> None:
        """Note what a worker has set, and go on with what waited for it."""
        if isinstance(outcome.error, WorkerEnded):
            raise PackFault(
                f"The pages of the paper “{task.chapter.title}” cannot be set. {outcome.error} {CURE}"
            ) from outcome.error
        if outcome.error is not None:
            raise outcome.error
        rows = []
        for key, (heights, above, below, data) in zip(task.keys, outcome.result, strict=True):
            self._rooms[key] = Room(tuple(heights), above, below)
            self._fresh[key] = data
            self._pages_set += self._pages_of.get(key, 0.0)
            rows.append(PartRow(key, data, self._rooms[key]))
        self._store.put(rows)
        for making in self._making:
            making.missing.difference_update(task.keys)
            if making.asked in task.keys or (making.filling is None and not making.missing):
                self._advance(making)

    def _advance(self, making: _Making) -> None:
        """Fill pages as far as what is known allows."""
        if making.missing or making.pages is not None:
            return
        heights: tuple[float, ...] | None = None
        if making.filling is None:
            making.filling = filling.fill(list(self._pieces(making.chapter)), making.chapter.frame.room)
        else:
            heights = self._rooms[making.asked].heights
        try:
            while True:
                question = making.filling.send(heights)  # type: ignore[arg-type]
                heights = self._heights(making, question)
                if heights is None:
                    return
        except StopIteration as filled:
            making.pages, making.asked = filled.value, ""
        except NoRoom as error:
            raise PackFault(
                f"Something in the paper “{making.chapter.title}” has no room on a page, such as a row under heads as "
                "high as the page: shorten the heads of its tables."
            ) from error

    def _heights(self, making: _Making, question: Break) -> tuple[float, ...] | None:
        """The heights of a broken piece's fragments, or nothing while a worker breaks it."""
        chapter = making.chapter
        unit = chapter.units[question.place]
        first, later = floor(100 * question.first) / 100, floor(100 * question.later) / 100
        key = making.broken[question.place] = chapter.break_key(unit, first, later)
        if key not in self._rooms:
            self._rooms |= self._known([key])
        if key in self._rooms:
            return self._rooms[key].heights
        making.asked = key
        order = break_order_of(chapter.sheet, unit, first, later)
        self._tasks.appendleft(_Task(chapter, "break_piece", order, (key,)))
        return None

    def _pieces(self, chapter: Chapter) -> Iterator[filling.Piece]:
        for unit in chapter.units:
            head = self._rooms[unit.again.key].heights[0] if unit.again else 0.0
            yield filling.Piece(self._rooms[unit.key], unit.is_bound, unit.can_break, head)

    def _say(self) -> None:
        pages = max(1, round(self._total))
        is_whole = all(making.pages is not None for making in self._making)
        # What is set a second time was told already.
        self._done = max(self._done, pages if is_whole else min(int(self._pages_set), pages - 1))
        self._tell(self._done, pages)


def _filled(making: _Making) -> FilledChapter:
    """The chapter with its pages. Some pieces were asked for broken, and then had room elsewhere in one."""
    assert making.pages is not None
    over_pages = {placed.place for page in making.pages for placed in page.placed if placed.fragment}
    broken = {place: key for place, key in making.broken.items() if place in over_pages}
    return FilledChapter(making.chapter, making.pages, broken)


def _pages_by_key(chapters: Sequence[Chapter]) -> dict[str, float]:
    """Roughly how much of a page the pieces under each key take, all that are alike together."""
    pages: dict[str, float] = {}
    for chapter in chapters:
        room = chapter.frame.room
        for unit in chapter.units:
            pages[unit.key] = pages.get(unit.key, 0.0) + unit.points / room
    return pages


def _all_units(chapter: Chapter) -> Iterator[Unit]:
    """Its units, with the heads that are repeated."""
    yield from chapter.units
    yield from {unit.again.key: unit.again for unit in chapter.units if unit.again}.values()
