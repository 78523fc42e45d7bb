"""Which entry of an older version an entry of a newer one goes on from.

What is equal goes together first, then what holds the same below it (an action's steps, a step's notes), then what is
worded alike, and only then what stands in the same place: so an entry put in between does not hand the history of
those after it on to their neighbours.
"""

import re
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

ALIKE: Final = 0.5
"""Share of all their words that two texts have in common from which one counts as the other reworded."""

LITTLE: Final = 0.25
"""Share below which two steps in the same place are not one and the same where their notes are others too."""

MOST_COMPARED: Final = 40_000
"""Pairs of texts compared inside one group: beyond it, only equal texts and places count."""

Pair = tuple[int | None, int | None]
"""Positions in the older and the newer list; None where there is no other half."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """What is matched: its place in print (`label`), its words, and the number of the pair that it stands under.

    `below` are the words of what hangs on it: the titles of a theme's priorities, the notes of a step.
    """

    group: int
    label: str
    words: str
    below: frozenset[str] = frozenset()


@dataclass
class _Search:
    old: Sequence[Labelled]
    new: Sequence[Labelled]
    partner: dict[int, int] = field(default_factory=dict)
    """The position in `old` by the one in `new`."""

    def left(self) -> tuple[list[int], list[int]]:
        taken = set(self.partner.values())
        return (
            [at for at in range(len(self.old)) if at not in taken],
            [at for at in range(len(self.new)) if at not in self.partner],
        )

    def pair(self, old: int, new: int) -> None:
        self.partner[new] = old


def match_levels(old: Sequence[Labelled], new: Sequence[Labelled]) -> tuple[Pair, ...]:
    """Pairs of themes, priorities or actions: an entry may have moved to another group or have another label.

    Every position stands in one pair: first those of `new` in their order, then those of `old` that nothing goes on.
    """
    search = _Search(old, new)
    _by_key(search, lambda each: (each.group, each.label, each.words))
    _by_key(search, lambda each: (each.label, each.words))
    _by_key(search, lambda each: (each.group, each.words) if each.words else None)
    _by_key(search, lambda each: each.words or None)
    _by_what_hangs_below(search)
    _by_likeness(search)
    _by_key(search, lambda each: (each.group, each.label))
    return _pairs(search)


def match_references(old: Sequence[Labelled], new: Sequence[Labelled]) -> tuple[Pair, ...]:
    """As `match_levels` for what has a label once in the whole plan: at last the same label goes together anywhere."""
    search = _Search(old, new)
    for before, after in match_levels(old, new):
        if before is not None and after is not None:
            search.pair(before, after)
    _by_key(search, lambda each: each.label)
    return _pairs(search)


def match_steps(old: Sequence[Labelled], new: Sequence[Labelled]) -> tuple[Pair, ...]:
    """Pairs of steps, which stay in their action: by their words first, then by their notes, then by their place."""
    search = _Search(old, new)
    _by_key(search, lambda each: (each.group, each.label, each.words))
    _by_key(search, lambda each: (each.group, each.words) if each.words else None)
    _by_what_hangs_below(search, inside_group=True)
    _by_likeness(search)
    _by_place(search)
    return _pairs(search)


def _by_key(search: _Search, key: Callable[[Labelled], Hashable]) -> None:
    """Pair what has the same key, in order; a key of None pairs nothing."""
    left, waiting = search.left()
    places: dict[Hashable, deque[int]] = defaultdict(deque)
    for at in left:
        places[key(search.old[at])].append(at)
    for at in waiting:
        wanted = key(search.new[at])
        if wanted is not None and places[wanted]:
            search.pair(places[wanted].popleft(), at)


def _by_what_hangs_below(search: _Search, *, inside_group: bool = False) -> None:
    """Pair what has most in common below it, half of one side at least; what hangs in two places tells nothing."""
    left, waiting = search.left()
    old_at, new_at = (
        _hanging_once(entries, places, inside_group=inside_group)
        for entries, places in ((search.old, left), (search.new, waiting))
    )
    common = Counter((old_at[key], new) for key, new in new_at.items() if key in old_at)
    likeness = {
        pair: _likeness(_words(search.old[pair[0]]), _words(search.new[pair[1]]))
        for pair, count in common.items()
        if count * 2 >= min(len(search.old[pair[0]].below), len(search.new[pair[1]].below))
    }
    taken: set[int] = set()
    for old, new in sorted(likeness, key=lambda pair: (-common[pair], -likeness[pair], pair)):
        if old not in taken and new not in search.partner:
            taken.add(old)
            search.pair(old, new)


def _hanging_once(entries: Sequence[Labelled], places: Iterable[int], *, inside_group: bool) -> dict[Hashable, int]:
    """Where each text hangs that hangs in one place alone, be it of a group or of all."""
    found = defaultdict[Hashable, list[int]](list)
    for at in places:
        for text in entries[at].below:
            found[entries[at].group if inside_group else None, text].append(at)
    return {key: each[0] for key, each in found.items() if len(each) == 1}


def _by_likeness(search: _Search) -> None:
    """Pair what is worded alike inside a group, the likest first."""
    left, waiting = search.left()
    old_in, new_in = _by_group(search.old, left), _by_group(search.new, waiting)
    for group, places in new_in.items():
        if len(places) * len(old_in[group]) > MOST_COMPARED:
            continue
        words = {at: _words(search.new[at]) for at in places}
        scored = [
            (-_likeness(before, words[new]), old, new)
            for old, before in ((at, _words(search.old[at])) for at in old_in[group])
            for new in places
        ]
        taken: set[int] = set()
        for score, old, new in sorted(scored):
            if -score >= ALIKE and old not in taken and new not in search.partner:
                taken.add(old)
                search.pair(old, new)


def _by_place(search: _Search) -> None:
    """Pair what comes after the same paired neighbour, in order, unless both words and notes speak against it."""
    left, waiting = search.left()
    follower = {old: new for new, old in search.partner.items()}
    old_gaps = _gaps(search.old, follower)
    new_gaps = _gaps(search.new, {new: new for new in search.partner})
    free: dict[Hashable, deque[int]] = defaultdict(deque)
    for at in left:
        free[old_gaps[at]].append(at)
    for at in waiting:
        gap = free[new_gaps[at]]
        if gap and not _are_others(search.old[gap[0]], search.new[at]):
            search.pair(gap.popleft(), at)


def _are_others(old: Labelled, new: Labelled) -> bool:
    """Whether the newer entry has hardly a word of the older one, and none of its notes, though it had some."""
    return bool(old.below) and not old.below & new.below and _likeness(_words(old), _words(new)) < LITTLE


def _gaps(entries: Sequence[Labelled], follower: dict[int, int]) -> list[tuple[int, int | None]]:
    """For each entry its group, and where in the newer list the nearest paired neighbour before it stands, if any."""
    gaps: list[tuple[int, int | None]] = []
    last: dict[int, int] = {}
    for at, entry in enumerate(entries):
        gaps.append((entry.group, last.get(entry.group)))
        if at in follower:
            last[entry.group] = follower[at]
    return gaps


def _by_group(entries: Sequence[Labelled], places: Iterable[int]) -> dict[int, list[int]]:
    grouped: dict[int, list[int]] = defaultdict(list)
    for at in places:
        grouped[entries[at].group].append(at)
    return grouped


def _words(entry: Labelled) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", entry.words.casefold()))


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of all words of both that stand in both; 0 for two without words."""
    together = len(one | other)
    return len(one & other) / together if together else 0.0


def _pairs(search: _Search) -> tuple[Pair, ...]:
    left, _ = search.left()
    return (
        *((search.partner.get(at), at) for at in range(len(search.new))),
        *((at, None) for at in left),
    )
