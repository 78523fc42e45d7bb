"""Page numbers that stay: what an earlier published version gave is kept, and what is new runs on after it.

A paper with more pages than before goes on with 8a, 8b; one with fewer keeps its numbers by pages that say so. The
sheets of an agenda are i, ii and on, apart from all papers, and so simply go on.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from torbay_reports.documents.renumbering import next_letters
from torbay_reports.publishing.packplan import GivenNumbers, PackPlan, PageRange, Reached, Restriction

RESTRICTED_PREFIX: Final = "E"
"""What the numbers of pages that the public may not read begin with."""
SHEET: Final = "i"
"""The series of the sheets of an agenda, beside "" of open pages and that of the prefix."""
LETTER_PLACE: Final = ""
"""The place of the cover letter, or of the agenda's sheets, among those that have numbers."""
NOTHING_REACHED: Final = Reached()
_ROMAN: Final = re.compile(r"(?=.)m*(cm|cd|d?c{0,3})(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})")
_VALUES: Final = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)
_NUMERALS: Final = dict(
    zip(("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"), _VALUES, strict=True)
)
_NUMERAL: Final = re.compile("|".join(sorted(_NUMERALS, key=len, reverse=True)))
_LABEL: Final = re.compile(rf"({RESTRICTED_PREFIX}?)([1-9]\d*)([a-z]*)")


class Label(NamedTuple):
    """A page number in its parts: its series, its whole number, and the letters of an overflow."""

    series: str
    number: int
    letters: str = ""


def highest_of(labels: Iterable[str]) -> int:
    """The highest whole number among these page numbers, 0 for none; sheets of an agenda count for nothing."""
    return max(whole_numbers(labels), default=0)


def whole_numbers(labels: Iterable[str]) -> set[int]:
    """The whole numbers of these pages, without the sheets of an agenda."""
    return {found.number for found in map(parted, labels) if found.series != SHEET}


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

    def take(self, place: str, pages: int, *, is_restricted: bool = False, are_sheets: bool = False) -> tuple[str, ...]:
        """The numbers of so many pages: those that were given, what overflows them, or new ones. New ones of an
        agenda's sheets are i, ii and on."""
        labels = list(self.given(place, is_restricted=is_restricted))
        if not labels and are_sheets:
            return tuple(map(roman, range(1, pages + 1)))
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
    """Whether the second is the whole number after the first: 9 after 8 and after 8b, iv after iii."""
    series, number, _ = parted(label)
    return parted(following) == (series, number + 1, "")


def begins_at(plan: PackPlan, *, is_restricted: bool) -> tuple[int, ...]:
    """The whole numbers with which this pack's runs of pages begin, before it is known how many pages there are.

    They are the same before the pack is published and once its numbers are given, whatever others give meanwhile.
    """
    own = {number for each in earlier(plan, is_restricted=is_restricted) for number in whole_numbers(each.labels)}
    if not is_restricted:
        own |= whole_numbers(_letter_of(plan))
    reached = plan.reached.restricted if is_restricted else plan.reached.open
    runs = {number for number in own if number - 1 not in own}
    if needs_new(plan, is_restricted=is_restricted) and (not own or reached > max(own)):
        runs.add(reached + 1)
    return tuple(sorted(runs))


def needs_new(plan: PackPlan, *, is_restricted: bool) -> bool:
    """Whether any of its open pages, or of the others, has no number yet, and so runs on after what is reached."""
    if not is_restricted and not plan.is_agenda and not _letter_of(plan):
        return True
    given = {each.place for each in earlier(plan, is_restricted=is_restricted)}
    papers = (paper for item in plan.items for paper in item.papers)
    return any(
        (paper.is_there or paper.content) and paper.slot not in given
        for paper in papers
        if (paper.restriction is not Restriction.OPEN) is is_restricted
    )


def _letter_of(plan: PackPlan) -> tuple[str, ...]:
    return next((each.labels for each in plan.numbered if each.place == LETTER_PLACE and not each.is_restricted), ())


def is_roman(label: str) -> bool:
    """Whether it is the number of an agenda's sheet."""
    return _ROMAN.fullmatch(label) is not None


def roman(number: int) -> str:
    """A whole number as the sheets of an agenda have it: i, ii, iii, iv."""
    said = ""
    for numeral, value in _NUMERALS.items():
        said += numeral * (number // value)
        number %= value
    return said


def parted(label: str) -> Label:
    """A page number in its parts. Raises ValueError for what is none."""
    if is_roman(label):
        return Label(SHEET, sum(_NUMERALS[numeral] for numeral in _NUMERAL.findall(label)))
    match = _LABEL.fullmatch(label)
    if match is None:
        raise ValueError(f"“{label}” is no page number of a pack.")
    return Label(match[1], int(match[2]), match[3])


def _overflow(label: str) -> str:
    """The number after it that lies before the next whole one: 8a, 8b, and after 8z 8aa; of a sheet the next."""
    series, number, letters = parted(label)
    return roman(number + 1) if series == SHEET else f"{series}{number}{next_letters(letters)}"
