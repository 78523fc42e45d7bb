"""A paper whose pages are filled by counting: as strict as the real one about what a part may depend on."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from torbay_reports.publishing.parts import setter
from torbay_reports.publishing.parts.workers import Outcome

PAGE = 1000


@dataclass(frozen=True)
class FakeUnit:
    """A unit of so much height. What it is thought to weigh may be wrong."""

    text: str
    height: int
    is_bound: bool = False
    error: float = 1.0

    @property
    def weight(self) -> int:
        return max(1, int(self.height * self.error))


@dataclass(frozen=True)
class FakeCut:
    """A paper of such units. A part that does not begin the paper repeats a head of 100."""

    units: tuple[FakeUnit, ...]

    def start_key(self, place: int) -> str:
        return _hash(place == 0, self.units[place].text)

    def key(self, place: int, count: int) -> str:
        end = place + count
        seen = _through_bound(self.units, end)
        texts = [(unit.text, unit.height, unit.is_bound) for unit in self.units[place:seen]]
        return _hash(place == 0, count, texts, end == len(self.units))

    def order(self, first: int, last: int) -> bytes:
        units = [(unit.text, unit.height, unit.is_bound) for unit in self.units[first:last]]
        return json.dumps([first == 0, last == len(self.units), units]).encode()

    def plain(self) -> list[tuple[int, bytes]]:
        """What one run over the whole paper sets."""
        return set_order(self.order(0, len(self.units)))

    def plain_keys(self) -> list[str]:
        place, keys = 0, []
        for count, _ in self.plain():
            keys.append(self.key(place, count))
            place += count
        return keys


def set_order(order: bytes) -> list[tuple[int, bytes]]:
    """Fill pages; only those whose end does not depend on what was not ordered."""
    is_first, is_end, values = json.loads(order)
    units = [FakeUnit(*value) for value in values]
    place, parts = 0, []
    while place < len(units):
        head = 0 if is_first and place == 0 else 100
        end = place
        room = PAGE - head
        while end < len(units) and units[end].height <= room:
            room -= units[end].height
            end += 1
        if end == len(units) and not is_end:
            break
        if end < len(units):
            # Decided by the first that had no room, and by all that are bound to it.
            if not is_end and _through_bound(units, end) > len(units):
                break
            # What is bound to something without room goes with it, unless that leaves nothing here.
            back = end
            while back > place and units[back - 1].is_bound:
                back -= 1
            end = back if back > place else max(end, place + 1)
        texts = [unit.text for unit in units[place:end]]
        parts.append((end - place, json.dumps([head, texts]).encode()))
        place = end
    return parts


def set_nothing(order: bytes) -> list[tuple[int, bytes]]:
    """A setter that never comes to a page's end."""
    return []


def _through_bound(units: Sequence[FakeUnit], place: int) -> int:
    """One behind the unit that ends what is bound together from this place on."""
    while place < len(units) and units[place].is_bound:
        place += 1
    return place + 1


def _hash(*values: Any) -> str:
    return sha256(json.dumps(values).encode()).hexdigest()


class Slow:
    """Workers by turns: so many orders are taken on at once, and `pick` says which of them is finished next."""

    def __init__(self, size: int, pick: Callable[[int], int] = lambda many: 0) -> None:
        self.size = size
        self.given = 0
        self._pick = pick
        self._waiting: list[tuple[int, str, object]] = []

    @property
    def idle(self) -> int:
        return self.size - len(self._waiting)

    def submit(self, function: str, argument: object) -> int:
        assert self.idle
        self.given += 1
        self._waiting.append((self.given, function, argument))
        return self.given

    def finished(self) -> list[Outcome]:
        ticket, function, argument = self._waiting.pop(self._pick(len(self._waiting)) % len(self._waiting))
        return [Outcome(ticket, setter.named(function)(argument))]
