"""What stayed, came, went and moved between two sequences, and names for what stands in them."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from itertools import takewhile
from typing import Final

from torbay_reports.documents.alignment import ALIKE, aligned, bag, likeness

Told = tuple[str, str, str]
"""A change: where, what stood there before, what stands there now."""
Pairs = dict[int, int]
"""From places before to places after."""
_SAME: Final = 10**9
_ALIKE: Final = 10**5
_STAND_IN: Final = 1


def by_words(before: Sequence[str], after: Sequence[str], *, stand_in: bool = True) -> Pairs:
    """Matched in order by how alike they are; with `stand_in` one may also stand in for quite another."""
    # What stands at both ends need not be compared with all between.
    start = _shared(before, after)
    end = _shared(before[start:][::-1], after[start:][::-1])
    olds, news = before[start : len(before) - end], after[start : len(after) - end]
    bags = [bag(said) for said in olds], [bag(said) for said in news]

    def score(i: int, j: int) -> int:
        if olds[i] == news[j]:
            return _SAME
        alike = likeness(bags[0][i], bags[1][j])
        return _ALIKE + alike if alike >= ALIKE else _STAND_IN * stand_in

    pairs = {at: at for at in range(start)}
    pairs |= {start + old: start + new for old, new in aligned(len(olds), len(news), score)}
    return pairs | {len(before) - at: len(after) - at for at in range(end, 0, -1)}


def _shared(before: Sequence[str], after: Sequence[str]) -> int:
    """How many both have in common at the start."""
    return sum(1 for _ in takewhile(lambda each: each[0] == each[1], zip(before, after, strict=False)))


def by_name(before: Sequence[Hashable], after: Sequence[Hashable], said: Callable[[int, int], str]) -> Pairs:
    """Matched by name, wherever they stand, and what is left by words, in order.

    `said` gives the words of a place before (0) or after (1). Only a name that stands once on each side matches.
    """
    counts = Counter(before), Counter(after)
    places = {name: at for at, name in enumerate(after) if counts[1][name] == 1}
    pairs = {at: places[name] for at, name in enumerate(before) if counts[0][name] == 1 and name in places}
    olds = [at for at in range(len(before)) if at not in pairs]
    taken = set(pairs.values())
    news = [at for at in range(len(after)) if at not in taken]
    left = by_words([said(0, at) for at in olds], [said(1, at) for at in news], stand_in=False)
    return pairs | {olds[old]: news[new] for old, new in left.items()}


def walk(pairs: Pairs, before: int, after: int) -> Iterator[tuple[int | None, int | None]]:
    """Every place of both sequences once: the later one's order, what went after what it stood behind."""
    gone: dict[int, list[int]] = {}
    behind = -1
    for old in range(before):
        if old in pairs:
            behind = pairs[old]
        else:
            gone.setdefault(behind, []).append(old)
    yield from ((old, None) for old in gone.get(-1, ()))
    origins = {new: old for old, new in pairs.items()}
    for new in range(after):
        yield origins.get(new), new
        yield from ((old, None) for old in gone.get(new, ()))


def moved(pairs: Pairs) -> set[int]:
    """The places before of what no longer stands in the order of the others, which are as many as can be."""
    tails: list[int] = []
    ends: list[int] = []
    links: dict[int, int | None] = {}
    for old in sorted(pairs):
        at = bisect_left(tails, pairs[old])
        links[old] = ends[at - 1] if at else None
        tails[at : at + 1] = [pairs[old]]
        ends[at : at + 1] = [old]
    stayed = set[int]()
    last = ends[-1] if ends else None
    while last is not None:
        stayed.add(last)
        last = links[last]
    return pairs.keys() - stayed


def moves(pairs: Pairs, before: Sequence[str], after: Sequence[str], where: str = "") -> Iterator[Told]:
    """What is told of things that moved, by their names."""
    for old in sorted(moved(pairs), key=lambda each: pairs[each]):
        new = pairs[old]
        yield f"{where}{after[new]}", _behind(before, old), _behind(after, new)


def _behind(names: Sequence[str], at: int) -> str:
    return f"behind {names[at - 1][:1].lower()}{names[at - 1][1:]}" if at else "at the beginning"


def apart(names: Sequence[str]) -> list[str]:
    """The names, of which none stands twice: Table “Risks”, Table “Risks” (2nd)."""
    seen = Counter[str]()
    told = list[str]()
    for name in names:
        seen[name] += 1
        told.append(name if seen[name] == 1 else f"{name} ({ordinal(seen[name])})")
    return told


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
