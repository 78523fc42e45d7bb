"""From the units of papers to their parts: those that are stored, and orders for what is not.

A part depends only on the units it holds and on what it goes on with. So pages may be set from any place on, by several
workers at once: what a worker sets from a guessed place counts as soon as a page that is known to be right ends there.
Where no page ever ends there, it is not used; the result is the same whoever guessed what.
"""

from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from itertools import accumulate
from typing import Final

from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.parts.store import PartRow, PartStore
from torbay_reports.publishing.parts.streams import PAGE, Cut, Paper, Stream
from torbay_reports.publishing.parts.workers import CURE, READY, Outcome, Setters, WorkerEnded

RUN: Final = 14 * PAGE
"""How much is ordered at once at most: a worker's memory grows with it, and each run's last page is set in vain."""
SHORT: Final = 2 * PAGE
"""How much is ordered at least: where a page end is expected soon; each time that it fails to come twice as much."""
MARGIN: Final = PAGE
"""How much has to follow a page for its end to be decided."""
WORTH_SHARING: Final = 5 * PAGE
"""By how much a stream has to exceed a worker's share for another worker to begin in its midst."""
LEAST_SHARED: Final = 9 * PAGE
"""How much is left to another worker at least: the first pages behind a guessed place are often lost."""
MEETING: Final = 3 * PAGE
"""How much less than its share a stream keeps, for it goes on until a page ends where one begins behind it."""

Tell = Callable[[int, int], None]


class Flowing:
    """Puts papers together, each with its name for sentences to people, by the function of the name `set_order`.

    `tell` is called with the pages done and those of all papers, both estimated. What is set is stored as it comes.
    """

    def __init__(
        self,
        papers: Sequence[tuple[str, Cut]],
        *,
        store: PartStore,
        set_order: str = f"{READY}:set_order",
        tell: Tell = lambda done, total: None,
    ) -> None:
        self.new: dict[str, bytes] = {}
        self.orders = 0
        self._store = store
        self._set_order = set_order
        self._tell = tell
        self._papers = [Paper(name, cut, [0, *accumulate(unit.weight for unit in cut.units)]) for name, cut in papers]
        self._total = sum(paper.at[-1] for paper in self._papers)
        self._running: dict[int, Stream] = {}
        self._find()

    @property
    def is_complete(self) -> bool:
        """Whether nothing has to be set."""
        return all(paper.reach(0) == paper.end for paper in self._papers)

    def settle(self, pool: Callable[[], AbstractContextManager[Setters]]) -> list[list[str]]:
        """The keys of each paper's parts in order, all of them stored or in `new`. `pool` is asked only if needed.

        Raises PackFault, naming the paper, where something cannot be set.
        """
        if not self.is_complete:
            with pool() as setters:
                self._work(setters)
        self._say()
        return [paper.keys() for paper in self._papers]

    def forget(self, keys: Collection[str]) -> None:
        """These parts turned out to be gone or damaged: set them again."""
        lost = set(keys)
        for paper in self._papers:
            paper.known = {place: part for place, part in paper.known.items() if part[1] not in lost}

    def _find(self) -> None:
        """Look up, in one query for all papers, which parts are stored."""
        names = [[paper.cut.start_key(place) for place in range(paper.end)] for paper in self._papers]
        stored = self._store.starts({name for each in names for name in each})
        for paper, starts in zip(self._papers, names, strict=True):
            for place, name in enumerate(starts):
                for count, key in sorted(stored.get(name, ())):
                    if place + count <= paper.end and paper.cut.key(place, count) == key:
                        paper.known[place] = count, key
                        break

    def _work(self, setters: Setters) -> None:
        for paper in self._papers:
            paper.streams = [Stream(paper, place) for place in self._gaps(paper)]
        self._running.clear()
        while not self.is_complete:
            self._order(setters)
            self._say()
            for outcome in setters.finished():
                self._take(self._running.pop(outcome.ticket), outcome)

    def _gaps(self, paper: Paper) -> list[int]:
        """The places from which something is missing: the first surely, those behind it by all likelihood."""
        gaps = []
        place = paper.reach(0)
        while place < paper.end:
            gaps.append(place)
            place = paper.reach(min((start for start in paper.known if start > place), default=paper.end))
        return gaps

    def _order(self, setters: Setters) -> None:
        """Give every idle worker something to do."""
        while setters.idle:
            stream = self._next(len(self._running) + setters.idle)
            if stream is None:
                return
            first, last = stream.place, self._last(stream)
            ticket = setters.submit(self._set_order, stream.paper.cut.order(first, last))
            stream.ordered_to, stream.is_running = last, True
            self._running[ticket] = stream
            self.orders += 1

    def _next(self, workers: int) -> Stream | None:
        """A stream that has more before it than a worker's share is shared out; else the one most surely needed."""
        streams = [stream for paper in self._papers for stream in paper.streams]
        ready = [stream for stream in streams if not stream.is_running]
        share = sum(stream.left for stream in streams) // workers
        largest = max(streams, key=lambda each: each.left, default=None)
        if workers > 1 and largest is not None and largest.left - share >= WORTH_SHARING:
            shared = self._shared(largest, share)
            if shared is not None:
                return largest if largest in ready else shared
        return max(ready, key=lambda each: (each.place == each.paper.reach(0), each.left), default=None)

    def _shared(self, stream: Stream, share: int) -> Stream | None:
        """A new stream in the midst of another, which keeps its share but for what it may have to set in vain."""
        paper = stream.paper
        end = paper.known_after(stream.place)
        least = max(stream.place + 1, stream.ordered_to + 1 if stream.is_running else 0)
        start = paper.likely_start(paper.at[stream.place] + max(0, share - MEETING), least, end)
        if start >= end or paper.at[end] - paper.at[start] < LEAST_SHARED:
            return None
        new = Stream(paper, start)
        paper.streams.append(new)
        return new

    def _last(self, stream: Stream) -> int:
        """Up to which unit a stream's next order goes."""
        paper, first = stream.paper, stream.place
        here = paper.at[first]
        if stream.missed:
            length = SHORT << stream.missed
        else:
            length = max(SHORT, paper.at[paper.known_after(first)] + MARGIN - here)
        last = paper.place_at(here + max(stream.least, min(length, RUN)), first + 1)
        # What is left over would be an order of its own.
        return paper.end if paper.at[-1] - paper.at[last] < MARGIN else last

    def _take(self, stream: Stream, outcome: Outcome) -> None:
        """Note what a worker has set, and let the stream go on from where its last page ended."""
        paper = stream.paper
        stream.is_running = False
        if isinstance(outcome.error, WorkerEnded):
            raise PackFault(
                f"The pages of the paper “{paper.name}” cannot be set. {outcome.error} {CURE}"
            ) from outcome.error
        if outcome.error is not None:
            raise outcome.error
        first, expected = stream.place, paper.known_after(stream.place)
        rows = self._rows(stream, outcome.result)
        self._store.put(rows)
        if stream.place == first:
            if stream.ordered_to == paper.end:
                raise RuntimeError(f"Nothing was set of the rest of the paper “{paper.name}”.")
            stream.least = 2 * max(stream.least, paper.at[stream.ordered_to] - paper.at[first])
        else:
            stream.least = 0
            stream.missed += stream.place > expected
        self._merge(paper)

    def _rows(self, stream: Stream, result: Sequence[tuple[int, bytes]]) -> list[PartRow]:
        paper = stream.paper
        rows = []
        for count, data in result:
            place = stream.place
            if count < 1 or place + count > stream.ordered_to:
                raise RuntimeError(f"A part of the paper “{paper.name}” holds units that it was not to hold.")
            key = paper.cut.key(place, count)
            if place not in paper.known:
                paper.known[place] = count, key
                self.new[key] = data
                rows.append(PartRow(key, paper.cut.start_key(place), count, data))
            stream.place = place + count
        return rows

    def _merge(self, paper: Paper) -> None:
        """Streams that come to what is known go on behind it; of two that meet one goes on."""
        for stream in paper.streams:
            if not stream.is_running and stream.place in paper.known:
                stream.place = paper.reach(stream.place)
                stream.missed = 0
        busy = {stream.place for stream in paper.streams if stream.is_running}
        kept = [stream for stream in paper.streams if stream.is_running]
        for stream in paper.streams:
            if not stream.is_running and stream.place < paper.end and stream.place not in busy:
                busy.add(stream.place)
                kept.append(stream)
        paper.streams = kept

    def _say(self) -> None:
        done = sum(paper.done() for paper in self._papers)
        # What was set from a wrongly guessed place counts as done, though it may have to be set again.
        most = self._total if self.is_complete else self._total - PAGE
        self._tell(-(-max(0, min(done, most)) // PAGE), -(-self._total // PAGE))
