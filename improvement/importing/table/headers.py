"""The header row: which column of the file is which of the tracker's."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Final, TypeVar

from improvement.importing.opening.grid import GridRow
from improvement.importing.table.columns import COLUMNS, OTHER_HEADS, OWN_COLUMNS, Column, OwnColumn

AnyColumn = TypeVar("AnyColumn", Column, OwnColumn)

ENOUGH: Final = 5
"""So many of the eight heads make a row a header row, be it with a column missing."""

SURE: Final = 2
"""So many of them must be spelt as they are known, before a slip is looked for in the others."""

CLOSE: Final = 0.75
"""How like a head the words of a cell must be to count for it, of 1."""


@dataclass(frozen=True, slots=True)
class Header:
    """Where each column begins, and how many columns of the file it takes. `others` are heads that nobody knows."""

    columns: Mapping[Column, range]
    own: Mapping[OwnColumn, range]
    others: Mapping[int, str]

    @property
    def missing(self) -> tuple[Column, ...]:
        """The columns that have no head."""
        return tuple(column for column in COLUMNS if column not in self.columns)

    @property
    def is_in_order(self) -> bool:
        """Whether the eight columns stand side by side in the order of print, so that a shifted row can be told."""
        places = [self.columns[column] for column in COLUMNS if column in self.columns]
        return len(places) == len(COLUMNS) and all(left.stop == right.start for left, right in pairwise(places))

    def named(self, at: int) -> Column | OwnColumn | None:
        """The column that a cell beginning at this place belongs to."""
        for column, places in self.columns.items():
            if at in places:
                return column
        return next((own for own, places in self.own.items() if at in places), None)


def find_header(row: GridRow, *, with_slips: bool = True) -> Header | None:
    """The columns, where the row is a header row. Slips of the pen are looked for in the first alone: it takes time."""
    cells = {at: _plain(text) for at, text in row.filled.items()}
    if len(cells) < ENOUGH or heads_among(cells.values()) < SURE:
        return None
    found: dict[Column, int] = {}
    own = dict(_exact(cells, OWN_COLUMNS))
    if OwnColumn.STEP not in own:
        own = {}
    free = {at: words for at, words in cells.items() if at not in own.values()}
    close = _close(free) if with_slips else ()
    for column, at in [*_exact(free, COLUMNS), *_known(free), *close]:
        if column not in found and at not in found.values():
            found[column] = at
    if len(found) < ENOUGH:
        return None
    taken = {*found.values(), *own.values()}
    return Header(
        columns={column: _places(row, at) for column, at in found.items()},
        own={column: _places(row, at) for column, at in own.items()},
        others={at: text for at, text in row.filled.items() if at not in taken},
    )


def heads_among(texts: Iterable[str]) -> int:
    """How many of the texts are heads of the tracker, as printed or as others call them."""
    return sum(_plain(text) in _KNOWN for text in texts)


def _places(row: GridRow, at: int) -> range:
    return range(at, at + row.spans.get(at, 1))


def _plain(text: str) -> str:
    """A head in small letters, without punctuation."""
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


_KNOWN: Final = frozenset(map(_plain, COLUMNS)) | {head for heads in OTHER_HEADS.values() for head in heads}


def _exact(cells: Mapping[int, str], columns: Sequence[AnyColumn]) -> Iterator[tuple[AnyColumn, int]]:
    for column in columns:
        for at, words in cells.items():
            if words == _plain(column):
                yield column, at
                break


def _known(cells: Mapping[int, str]) -> Iterator[tuple[Column, int]]:
    for column in COLUMNS:
        for at, words in cells.items():
            if words in OTHER_HEADS[column] or (column is Column.OUTCOME and words.startswith("outcome")):
                yield column, at


def _close(cells: Mapping[int, str]) -> Iterator[tuple[Column, int]]:
    """Columns by heads with a slip of the pen, the likest first."""
    likes = [
        (SequenceMatcher(None, words, _plain(column)).ratio(), column, at)
        for at, words in cells.items()
        if len(words) < 80
        for column in COLUMNS
    ]
    for likeness, column, at in sorted(likes, key=lambda like: -like[0]):
        if likeness >= CLOSE:
            yield column, at
