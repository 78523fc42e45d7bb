"""Headings that stand where their columns are none of a heading's: merged over the table, or above its header."""

import re
from typing import Final

from improvement.importing.opening.grid import GridRow
from improvement.importing.table.columns import Column, OwnColumn
from improvement.importing.table.headers import ENOUGH, Header
from improvement.importing.texts import tidy

_OF_HEADINGS: Final = (Column.NOS, Column.WHAT)
_NEVER_NUMBERED: Final = (Column.WHO, Column.STATUS)
_NUMBERED: Final = re.compile(
    r"(?:(?:theme|section|priority)\s+)?\d{1,4}[a-z]?[.:)]?(?:\s+[–—-])?\s+[^\W\d_]", re.IGNORECASE
)
_WITH_LEVEL: Final = re.compile(r"(?:theme|section|priority)\s+\d{1,4}[a-z]?[.:)]?\s+\S", re.IGNORECASE)


def band_words(row: GridRow, header: Header) -> str:
    """The words of a heading in a column where none is looked for; empty where the row is no such heading.

    It is the row's only cell, and either merged over most of the table, or numbered and in the table's first column,
    which names owners or statuses.
    """
    if len(row.filled) != 1:
        return ""
    ((at, text),) = row.filled.items()
    column = header.named(at)
    if column in _OF_HEADINGS or isinstance(column, OwnColumn):
        return ""
    if row.spans.get(at, 1) >= ENOUGH:
        return tidy(text)
    is_first = at == min(places.start for places in header.columns.values())
    words = tidy(text)
    return words if is_first and column in _NEVER_NUMBERED and _NUMBERED.match(words) else ""


def is_heading_with_level(row: GridRow) -> bool:
    """Whether the row says that it heads a theme or a priority: "Theme 1: Leadership"."""
    return len(row.filled) == 1 and _WITH_LEVEL.match(tidy(next(iter(row.filled.values())))) is not None
