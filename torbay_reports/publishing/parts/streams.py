"""What is known of a paper while it is put together, and from where it is being set."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

PAGE: Final = 1000
"""The weight of a page."""
NEAR: Final = 2 * PAGE
"""How far from where it would be best a guessed place may be, so that a page is more likely to begin there."""


class Unit(Protocol):
    """What is asked of a unit: whether no page may end after it, and its rough share of a page."""

    @property
    def is_bound(self) -> bool: ...

    @property
    def weight(self) -> int: ...


class Cut(Protocol):
    """A paper in units (`units.Flow`)."""

    @property
    def units(self) -> Sequence[Unit]: ...

    def start_key(self, place: int) -> str: ...

    def key(self, place: int, count: int) -> str: ...

    def order(self, first: int, last: int) -> bytes: ...


@dataclass(eq=False)
class Stream:
    """A place from which one worker after the other sets what comes next.

    `missed` counts the orders that ended behind known parts without meeting one, `least` is the weight that the next
    order needs at least because the one before was too short.
    """

    paper: "Paper"
    place: int
    missed: int = 0
    least: int = 0
    ordered_to: int = 0
    is_running: bool = False

    @property
    def left(self) -> int:
        """The weight from its place up to what is known, or another stream's, behind it."""
        return self.paper.at[self.paper.known_after(self.place)] - self.paper.at[self.place]


@dataclass(eq=False)
class Paper:
    """A paper being put together. `known` are the parts by the place where they begin: how many units, which key."""

    name: str
    cut: Cut
    at: list[int]
    known: dict[int, tuple[int, str]] = field(default_factory=dict)
    streams: list[Stream] = field(default_factory=list)

    @property
    def end(self) -> int:
        return len(self.cut.units)

    def reach(self, place: int) -> int:
        """The first place from this one on, going from part to part, from which nothing is known."""
        while place in self.known:
            place += self.known[place][0]
        return place

    def known_after(self, place: int) -> int:
        """The next place behind this one where a known part or another stream begins, or the end."""
        others = [each.place for each in self.streams if each.place > place]
        return min([*others, *(start for start in self.known if start > place)], default=self.end)

    def place_at(self, weight: int, least: int) -> int:
        """The first place, `least` or behind it, before which that much weight stands and a page may end."""
        place = max(least, bisect_left(self.at, weight))
        while place < self.end and self.cut.units[place - 1].is_bound:
            place += 1
        return min(place, self.end)

    def likely_start(self, weight: int, least: int, end: int) -> int:
        """A place near that weight, `least` or behind it, where a page may well begin: before the tallest piece."""
        best, tallest = end, 0
        place = self.place_at(weight - NEAR, least)
        while place < end and (best == end or self.at[place] < weight + NEAR):
            after = self.place_at(0, place + 1)
            if self.at[after] - self.at[place] > tallest:
                best, tallest = place, self.at[after] - self.at[place]
            place = after
        return best

    def keys(self) -> list[str]:
        """The keys of the parts in order, once all are known."""
        keys = []
        place = 0
        while place < self.end:
            count, key = self.known[place]
            keys.append(key)
            place += count
        return keys

    def done(self) -> int:
        """The weight of all that is known from its beginning on, and of what streams have set further on."""
        weight = place = 0
        for start in sorted(self.known):
            if start >= place:
                place = start + self.known[start][0]
                weight += self.at[place] - self.at[start]
        return weight
