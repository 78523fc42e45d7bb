"""Page numbers that stay: what an earlier published version gave is kept, and what is new runs on after it.

A paper with more pages than before goes on with 8a, 8b; one with fewer keeps its numbers by pages that say so.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from torbay_reports.documents.renumbering import next_letters
from torbay_reports.publishing.packplan import GivenNumbers, PackPlan, PageRange, Reached

RESTRICTED_PREFIX: Final = "E"
"""What the numbers of pages that the public may not read begin with."""
LETTER_PLACE: Final = ""
"""The place of the cover letter among those that have numbers."""
NOTHING_REACHED: Final = Reached()
_ROMAN: Final = re.compile(r"[ivxlc]+")
_LABEL: Final = re.compile(rf"({RESTRICTED_PREFIX}?)([1-9]\d*)([a-z]*)")


def highest_of(labels: Iterable[str]) -> int:
    """The highest whole number among these page numbers, 0 for none; sheets of an agenda count for nothing."""
    return max((_number(label) for label in labels if not is_roman(label)), default=0)


class Numbers:
    """The numbers of one pack's pages, given out in the order of its pages, after those that are `reached` already."""

    def __init__(self, earlier: Iterable[GivenNumbers], reached: Reached = NOTHING_REACHED) -> None:
        self._given = {(each.place, each.is_restricted): each.labels for each in earlier}
        self._last = {False: reached.open, True: reached.restricted}
        for (_, is_restricted), labels in self._given.items():
            self._last[is_restricted] = max(self._last[is_restricted], highest_of(labels))

    def given(self, place: str, *, is_restricted: bool = False) -> tuple[str, ...]:
        """What an earlier version gave to a place; nothing for a new one."""
        return self._given.get((place, is_restricted), ())

    def take(self, place: str, pages: int, *, is_restricted: bool = False) -> tuple[str, ...]:
        """The numbers of so many pages: those that were given, what overflows them, or new ones."""
        labels = list(self.given(place, is_restricted=is_restricted))
        if not labels:
            first = self._last[is_restricted] + 1
            self._last[is_restricted] += pages
            prefix = RESTRICTED_PREFIX if is_restricted else ""
            return tuple(f"{prefix}{number}" for number in range(first, first + pages))
        while len(labels) < pages:
            labels.append(_overflow(labels[-1]))
        return tuple(labels)


def earlier(plan: PackPlan, *, is_restricted: bool) -> tuple[GivenNumbers, ...]:
    """What an earlier version gave to papers that are open, or to those that are not, in the order of its pages."""
    return tuple(each for each in plan.numbered if each.is_restricted is is_restricted and each.place != LETTER_PLACE)


def joined(ranges: Sequence[PageRange]) -> PageRange:
    """The pages of several papers as one range, in as many runs as their numbers make."""
    runs = [ranges[0].runs[0]]
    for first, last in [run for each in ranges for run in each.runs][1:]:
        if runs_on(runs[-1][1], first):
            runs[-1] = (runs[-1][0], last)
        else:
            runs.append((first, last))
    return PageRange(*runs[0], ranges[0].index, tuple(runs[1:]))


def runs_on(label: str, following: str) -> bool:
    """Whether the second is the whole number after the first: 9 after 8 and after 8b."""
    prefix, number, _ = _parted(label)
    return _parted(following) == (prefix, number + 1, "")


def is_roman(label: str) -> bool:
    """Whether it is the number of an agenda's sheet."""
    return _ROMAN.fullmatch(label) is not None


def _number(label: str) -> int:
    return _parted(label)[1]


def _parted(label: str) -> tuple[str, int, str]:
    match = _LABEL.fullmatch(label)
    if match is None:
        raise ValueError(f"“{label}” is no page number of a pack.")
    return match[1], int(match[2]), match[3]


def _overflow(label: str) -> str:
    """The number after it that lies before the next whole one: 8a, 8b, and after 8z 8aa."""
    prefix, number, letters = _parted(label)
    return f"{prefix}{number}{next_letters(letters)}"
