"""The lines of a letter, with what is known of how each follows the one before, and without what pages repeat."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Final

from ofsted.importing.characters import on_one_line
from ofsted.importing.sentences import ends_openly, starts_small

_STRONG: Final = "•■▪●◦‣∙·□➢►✓\uf0b7\uf0a7"
_WEAK: Final = "-–—*"
_BULLET = re.compile(rf"(?P<mark>[{_STRONG}]|[{_WEAK}](?=\s|$)|o(?=\s|$))\s*(?P<words>.*)", re.DOTALL)
_PAGE_NUMBER = re.compile(
    r"(?:page\s*\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?|\d{1,3}\s*(?:of|/)\s*\d{1,3}|[-–—|]?\s*\d{1,3}\s*[-–—|]?)",
    re.IGNORECASE,
)
_BARE = re.compile(r"[-–—|]?\s*(\d{1,3})\s*[-–—|]?")
_ENDS_IN_NUMBER = re.compile(r"\b\d{1,3}\s*(?:/|of)\s*\d{1,3}$")
_FOOT = re.compile(r"ofsted is proud to use recycled paper\.?", re.IGNORECASE)
_EDGE: Final = 3
"""Lines at a page's beginning and at its end among which running heads and feet stand."""

_LONGEST_RUNNING: Final = 120


class Gap(IntEnum):
    """What lies before a line. The greater one counts where what stood between two lines is left out."""

    NONE = 0
    BLANK = 1
    PAGE = 2
    CLOSE = 3
    """Nothing, in a file whose paragraphs stand apart."""

    JOIN = 4
    """Nothing: the file says that both are one paragraph."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it stands. `mark` is the bullet before it, which `words` leave out."""

    words: str
    gap: Gap = Gap.NONE
    page: int = 0
    mark: str = ""
    is_heading: bool = False

    @property
    def is_weakly_marked(self) -> bool:
        """Whether the bullet may as well be a dash within a sentence."""
        return bool(self.mark) and self.mark in _WEAK


def line_of(words: str, gap: Gap, page: int, *, mark: str = "", is_heading: bool = False) -> Line:
    """A line, with the bullet it begins with told apart from its words."""
    words = on_one_line(words)
    found = _BULLET.fullmatch(words)
    if found and not mark:
        mark, words = found["mark"], found["words"]
    return Line(words, gap, page, mark, is_heading)


def lines_of(text: str) -> list[Line]:
    """The lines of a text in which form feeds part pages."""
    lines: list[Line] = []
    for page, content in enumerate(text.split("\f")):
        gap = Gap.PAGE if page else Gap.NONE
        for words in content.split("\n"):
            if words.strip():
                lines.append(line_of(words, gap, page))
                gap = Gap.NONE
            else:
                gap = max(gap, Gap.BLANK)
    return lines


def tidy(lines: Iterable[Line]) -> list[Line]:
    """The lines without page numbers and running heads and feet, each bullet with the words it belongs to."""
    return list(_with_their_bullets(_without_running(list(lines))))


def without(lines: list[Line], left_out: set[int]) -> list[Line]:
    """The lines but for those at these places; what lay before them lies before the next."""
    kept: list[Line] = []
    gap = Gap.NONE
    for place, line in enumerate(lines):
        if place in left_out:
            gap = max(gap, Gap.BLANK if line.gap >= Gap.CLOSE else line.gap)
        else:
            kept.append(replace(line, gap=max(gap, line.gap)))
            gap = Gap.NONE
    return kept


def _without_running(lines: list[Line]) -> list[Line]:
    left_out = _running(lines) | _numbers(lines)
    left_out |= {place for place, line in enumerate(lines) if _FOOT.fullmatch(line.words)}
    after = {place + 1 for place in left_out}
    paged = [
        replace(line, gap=Gap.PAGE) if place in after and line.gap is not Gap.JOIN else line
        for place, line in enumerate(lines)
    ]
    return without(paged, left_out)


def _numbers(lines: list[Line]) -> set[int]:
    """Places of the numbers of pages. A figure alone is one at a page's edge, or where the figures count the pages."""
    begun = next((place for place, line in enumerate(lines) if line.words.startswith("Dear ")), 0)
    bare: list[int] = []
    named: set[int] = set()
    for place, line in enumerate(lines):
        if _PAGE_NUMBER.fullmatch(_whole(line)):
            if not _BARE.fullmatch(_whole(line)):
                named.add(place)
            elif place > begun:
                bare.append(place)
    figures = [int(_BARE.sub(r"\1", _whole(lines[place]))) for place in bare]
    first = figures[0] if figures else 0
    if first in (1, 2) and figures == list(range(first, first + len(figures))):
        return named | set(bare)
    return named | {place for place in bare if _is_at_edge(lines, place)}


def _is_at_edge(lines: list[Line], place: int) -> bool:
    """Whether the line is the first or last of one of several pages."""
    page = lines[place].page
    around = [lines[each].page for each in (place - 1, place + 1) if 0 <= each < len(lines)]
    return lines[-1].page > 0 and (len(around) < 2 or any(each != page for each in around))


def _whole(line: Line) -> str:
    return f"{line.mark} {line.words}".strip()


def _running(lines: list[Line]) -> set[int]:
    """Places of the lines that, but for their figures, stand at one place of all pages or all but one of them."""
    pages: dict[int, list[int]] = {}
    for place, line in enumerate(lines):
        pages.setdefault(line.page, []).append(place)
    edges: dict[tuple[int, str], set[int]] = {}
    for places in pages.values():
        for away in (*range(_EDGE), *range(-_EDGE, 0)):
            if -len(places) <= away < len(places) and _may_run(lines[places[away]]):
                words = re.sub(r"\d+", "0", lines[places[away]].words.casefold())
                edges.setdefault((away, words), set()).add(places[away])
    enough = max(2, len(pages) - 1)
    return {place for places in edges.values() if len(places) >= enough for place in places}


def _may_run(line: Line) -> bool:
    """Whether a line may stand at the head or foot of each page: no part of a sentence does."""
    if len(line.words) > _LONGEST_RUNNING or line.mark or not ends_openly(line.words):
        return False
    return not starts_small(line.words) or _ENDS_IN_NUMBER.search(line.words) is not None


def _with_their_bullets(lines: list[Line]) -> Iterator[Line]:
    """A bullet on a line of its own goes to the next line; those that no words follow mean nothing."""
    waiting: Line | None = None
    for line in lines:
        if not line.words:
            waiting = line
            continue
        if waiting is not None:
            gap = max(line.gap, waiting.gap) if line.gap < Gap.CLOSE else waiting.gap
            line = replace(line, mark=line.mark or waiting.mark, gap=gap)
            waiting = None
        yield line
