"""The rows that head a theme or a priority: a number and a title with nothing else, or both in one cell."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from improvement.importing.report import Notes, Place
from improvement.importing.table.columns import Column
from improvement.importing.table.rows import TrackerRow
from improvement.importing.texts import on_one_line, shortened
from improvement.importing.tree.references import is_reference, split_reference


class Level(StrEnum):
    """What a heading heads."""

    THEME = "theme"
    PRIORITY = "priority"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as it stands; `number` is empty where none is printed, `word` is what names its level, if anything."""

    place: Place
    number: str
    title: str
    word: str = ""
    is_in_one_cell: bool = False

    @property
    def is_in_capitals(self) -> bool:
        """Whether the title is printed in capitals, as a theme's is."""
        return self.title.isupper()


_WORD: Final = r"(?:(?P<word>theme|section|priority)\s+)?"
_NUMBER: Final = r"(?P<number>\d{1,4}[a-z]?|[A-Z]|[IVX]{2,5})[.:)]?"
_NUMBER_ALONE: Final = re.compile(f"{_WORD}{_NUMBER}", re.IGNORECASE)
_BOTH: Final = re.compile(
    rf"{_WORD}(?P<number>\d{{1,4}}[a-z]?)[.:)]?(?:\s+[–—-])?\s+(?P<title>\S.*)", re.IGNORECASE | re.DOTALL
)
_LEVEL_WORDS: Final = {"theme": Level.THEME, "section": Level.THEME, "priority": Level.PRIORITY}


def read_heading(row: TrackerRow) -> Heading | None:
    """The heading that the row is, if it is one."""
    filled = row.filled
    if filled == (Column.NOS, Column.WHAT):
        number = _NUMBER_ALONE.fullmatch(row.cells[Column.NOS])
        if number is None:
            return None
        return Heading(row.place, number["number"], row.cells[Column.WHAT], (number["word"] or "").lower())
    if filled not in ((Column.NOS,), (Column.WHAT,)):
        return None
    words = row.cells[filled[0]]
    if is_reference(words) or split_reference(words)[0] or _NUMBER_ALONE.fullmatch(words):
        return None
    both = _BOTH.fullmatch(words)
    if both:
        return Heading(row.place, both["number"], both["title"], (both["word"] or "").lower(), is_in_one_cell=True)
    if words[:1].islower():
        return None
    return Heading(row.place, "", words, is_in_one_cell=True)


def levels(headings: Sequence[Heading], followed: Sequence[bool], notes: Notes) -> list[Level]:
    """What each heading heads. `followed` says whether the next row is a heading too.

    A theme is known by its word or its capitals; where capitals do not tell, by the heading right below it.
    """
    capitals = {heading.is_in_capitals for heading in headings if not heading.word}
    found: list[Level] = []
    is_below_theme = False
    for heading, is_followed in zip(headings, followed, strict=True):
        if heading.word:
            level = _LEVEL_WORDS[heading.word]
        elif len(capitals) > 1:
            level = Level.THEME if heading.is_in_capitals else Level.PRIORITY
        else:
            level = Level.THEME if is_followed and not is_below_theme else Level.PRIORITY
        is_below_theme = is_followed and level is Level.THEME
        found.append(level)
        _note(heading, level, notes)
    return found


def _note(heading: Heading, level: Level, notes: Notes) -> None:
    title = shortened(heading.title)
    if heading.word:
        notes.repaired("heading with a word", heading.place, f"“{heading.word}” was taken for the level of “{title}”.")
    if heading.is_in_one_cell and heading.number:
        number = on_one_line(heading.number)
        notes.repaired(
            "heading in one cell",
            heading.place,
            f"The {level} “{number} {title}” stands in one cell and was parted into number and title.",
        )
