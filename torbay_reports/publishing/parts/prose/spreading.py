"""Which lines of a paragraph or a list stand on which page, where a page ends within it: as WeasyPrint has it.

It leaves two lines at least of a paragraph at a page's end and at the next one's beginning (orphans, widows).
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

from torbay_reports.publishing.parts.words.letters import NotPlain

ORPHANS: Final = 2
WIDOWS: Final = 2
"""What CSS begins with; a sample with other numbers is not known."""
_HAIR: Final = 0.02
"""CSS pixels by which a line that just has room, or none, is left to WeasyPrint."""


class Slice(NamedTuple):
    """Lines of a point from `start` to `end`, so many CSS pixels from the page's top."""

    point: int
    start: int
    end: int
    top: float


def spread(
    counts: Sequence[int], *, first: float, later: float, line_height: float, gap: float
) -> list[list[Slice]] | None:
    """The pages of points of so many lines each, with a gap between them; a paragraph is a single point.

    `first` CSS pixels are left on the first page, `later` there are on others. Returns nothing where none of it stands
    on the first. Raises NotPlain where it is a matter of a hair.
    """
    pages: list[list[Slice]] = []
    page: list[Slice] = []
    room, is_empty = first, first == later
    point, start, bottom = 0, 0, 0.0
    while point < len(counts):
        top = bottom + gap if page else 0.0
        left = counts[point] - start
        is_top = is_empty and not page
        fit = max(_fit(room - top, line_height, left), int(is_top))
        if fit >= left:
            page.append(Slice(point, start, counts[point], top))
            point, start, bottom = point + 1, 0, top + left * line_height
            continue
        kept = _kept(fit, left, is_top=is_top)
        if kept:
            page.append(Slice(point, start, start + kept, top))
            start += kept
        if not page:
            return None
        pages.append(page)
        page, room, is_empty, bottom = [], later, True, 0.0
    return [*pages, page]


def _fit(room: float, line_height: float, left: int) -> int:
    """How many lines have room."""
    lines = max(0.0, room) / line_height
    if round(lines) <= left and abs(lines - round(lines)) * line_height < _HAIR and room > _HAIR:
        raise NotPlain
    return int(lines)


def _kept(fit: int, left: int, *, is_top: bool) -> int:
    """How many of the lines that have room stay, where not all have. At the top of a page some do whatever comes."""
    wanted = max(0, WIDOWS - (left - fit))
    over = fit - ORPHANS
    if is_top and (over < 0 or wanted > over):
        return fit
    return fit - wanted if over >= 0 and wanted <= over else 0
