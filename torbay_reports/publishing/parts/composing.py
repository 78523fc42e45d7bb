"""From filled pages to parts: those that are stored, and those that are stacked of strips.

A part goes from one page that begins with a whole piece to the next such page: mostly it is a single page.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from typing import Final, TypeVar

from torbay_reports.publishing.parts.filling import Page
from torbay_reports.publishing.parts.pieces import Chapter
from torbay_reports.publishing.parts.stacking import Stacked, StackedPage, stack
from torbay_reports.publishing.parts.store import PartRow, PartStore
from torbay_reports.publishing.parts.values import (
    DamagedPart,
    Part,
    Room,
    Strip,
    from_bytes,
    strip_from_bytes,
    to_bytes,
)

Kind = TypeVar("Kind")

_STACKED_AT_ONCE: Final = 50
"""How many parts' strips are read at once."""


@dataclass(frozen=True)
class FilledChapter:
    """A chapter with its pages; `broken` are the keys of the strips of pieces that go over several, by their place."""

    chapter: Chapter
    pages: tuple[Page, ...]
    broken: Mapping[int, str]


@dataclass(frozen=True)
class _On:
    """A strip on a page: its key, which of its fragments, how far from the top, and a number all fragments share."""

    key: str
    fragment: int
    top: float
    number: int


@dataclass(frozen=True)
class _Sheet:
    """What stands on a page, and what its running head says of a table that goes on."""

    on: tuple[_On, ...]
    going_on: str


@dataclass(frozen=True)
class _Wanted:
    """A part by its key, and what it is made of."""

    key: str
    chapter: Chapter
    sheets: tuple[_Sheet, ...]


class Composing:
    """Finds or makes the parts of chapters. With `rooms` pages were filled; `fresh` strips need not be read from the
    store."""

    def __init__(self, store: PartStore, rooms: Mapping[str, Room], fresh: Mapping[str, bytes]) -> None:
        self._store = store
        self._rooms = rooms
        self._fresh = fresh
        self._wanted: list[list[_Wanted]] = []
        self._parts: dict[str, Part] = {}

    @property
    def keys(self) -> set[str]:
        """The keys of all parts."""
        return {wanted.key for each in self._wanted for wanted in each}

    def parts(self) -> list[tuple[Part, ...]]:
        """Each chapter's parts, once they are composed."""
        return [tuple(self._parts[wanted.key] for wanted in each) for each in self._wanted]

    def compose(self, chapters: Sequence[FilledChapter]) -> set[str]:
        """Have all parts. What is stacked is stored. Gives back the keys of strips that cannot be read any more: they
        have to be set again first."""
        self._wanted = [list(_wanted(chapter)) for chapter in chapters]
        self._parts |= read(self._store, self.keys - self._parts.keys(), from_bytes)
        lacking = (wanted for each in self._wanted for wanted in each if wanted.key not in self._parts)
        while some := list(islice(lacking, _STACKED_AT_ONCE)):
            gone = self._stack(some)
            if gone:
                return gone
        return set()

    def _stack(self, some: Sequence[_Wanted]) -> set[str]:
        keys = {on.key for wanted in some for sheet in wanted.sheets for on in sheet.on}
        strips = self._strips(keys)
        if keys - strips.keys():
            return keys - strips.keys()
        rows = []
        for wanted in some:
            pages = [
                StackedPage(
                    tuple(Stacked(strips[on.key], on.fragment, on.top, on.number) for on in sheet.on), sheet.going_on
                )
                for sheet in wanted.sheets
            ]
            part = self._parts[wanted.key] = stack(pages, wanted.chapter.frame)
            rows.append(PartRow(wanted.key, to_bytes(part)))
        self._store.put(rows)
        return set()

    def _strips(self, keys: Collection[str]) -> dict[str, Strip]:
        found = {key: strip_from_bytes(self._fresh[key]) for key in keys if key in self._fresh}
        stored = read(self._store, set(keys) - found.keys(), strip_from_bytes)
        # One whose room was damaged beside it has filled a page wrongly.
        wrong = [key for key, strip in stored.items() if strip.room != self._rooms[key]]
        if wrong:
            self._store.drop(wrong)
        return found | {key: strip for key, strip in stored.items() if key not in wrong}


def read(store: PartStore, keys: Collection[str], decoded: Callable[[bytes], Kind]) -> dict[str, Kind]:
    """What is stored under these keys. What cannot be read is forgotten."""
    found = {}
    damaged = []
    for key, data in store.read(keys).items():
        try:
            found[key] = decoded(data)
        except DamagedPart:
            damaged.append(key)
    if damaged:
        store.drop(damaged)
    return found


def _wanted(filled: FilledChapter) -> Iterator[_Wanted]:
    pages: list[Page] = []
    for page in (*filled.pages, None):
        if pages and (page is None or page.is_clean):
            begins = pages[0].placed[0].place
            sheets = tuple(_sheet(filled, each, number, begins) for number, each in enumerate(pages))
            key = sha256(repr((filled.chapter.frame, sheets)).encode()).hexdigest()
            yield _Wanted(key, filled.chapter, sheets)
            pages = []
        if page is not None:
            pages.append(page)


def _sheet(filled: FilledChapter, page: Page, number: int, begins: int) -> _Sheet:
    units = filled.chapter.units
    first = units[page.placed[0].place]
    # The head that is repeated stands by itself on each page.
    again = (_On(first.again.key, 0, 0.0, -1 - number),) if page.repeats_head and first.again else ()
    # Counted from the part's first piece, so that the same part may stand anywhere.
    on = (
        _On(
            filled.broken.get(placed.place, units[placed.place].key),
            placed.fragment,
            round(placed.top, 3),
            placed.place - begins,
        )
        for placed in page.placed
    )
    return _Sheet((*again, *on), first.continued if page.repeats_head else "")
