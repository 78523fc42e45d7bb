"""Letters of a page that lie over one another, told apart by the objects that show them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from torbay_reports.publishing.uploads.scalars import Box

_CELL: Final = 2.0
_MARGIN: Final = 1.5
_MOST_CELLS: Final = 400
"""Of a letter that is looked up by its squares; larger ones are held against each other one."""


@dataclass(frozen=True)
class Letter:
    """A letter or digit: its box in points from the lower left, the object that shows it, and its size."""

    box: Box
    object: int
    size: float


def layers_of(letters: Sequence[Letter]) -> list[list[Letter]]:
    """The letters in groups, in none of which one object's lie over those of another."""
    meets = _meetings(letters)
    layers: dict[int, int] = {}
    groups: list[list[Letter]] = []
    for letter in letters:
        if letter.object not in layers:
            taken = {layers[other] for other in meets[letter.object] if other in layers}
            layers[letter.object] = next(place for place in range(len(groups) + 1) if place not in taken)
        place = layers[letter.object]
        if place == len(groups):
            groups.append([])
        groups[place].append(letter)
    return groups


def _meetings(letters: Sequence[Letter]) -> defaultdict[int, set[int]]:
    """For each object those with letters that lie over its own, or under them."""
    there: defaultdict[tuple[int, int], set[int]] = defaultdict(set)
    meets: defaultdict[int, set[int]] = defaultdict(set)
    for letter in letters:
        columns, rows = _cells(letter.box)
        if len(columns) * len(rows) > _MOST_CELLS:
            for other in letters:
                if other.object != letter.object and _is_over(letter.box, other.box):
                    meets[letter.object].add(other.object)
                    meets[other.object].add(letter.object)
            continue
        for cell in ((column, row) for column in columns for row in rows):
            others = there[cell]
            if letter.object not in others:
                for each in others:
                    meets[each].add(letter.object)
                meets[letter.object] |= others
                others.add(letter.object)
    return meets


def _cells(box: Box) -> tuple[range, range]:
    """Columns and rows of the squares that a box lies in without its edges, so that neighbours seldom share one."""
    left, bottom, right, top = box
    across, up = min((right - left) / 4, _MARGIN), min((top - bottom) / 4, _MARGIN)
    columns = range(int((left + across) // _CELL), int((right - across) // _CELL) + 1)
    rows = range(int((bottom + up) // _CELL), int((top - up) // _CELL) + 1)
    return columns, rows


def _is_over(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
