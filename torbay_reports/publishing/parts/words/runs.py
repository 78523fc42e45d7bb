"""Words in one ink, and where a line ends in them.

Most line ends are plain enough to be decided here. Where it is a matter of less than the kerning at the line's end, and
where a word is wider than its line, WeasyPrint itself is asked for that one line.
"""

import re
from bisect import bisect_right
from functools import cached_property
from itertools import accumulate, pairwise
from typing import Final

from weasyprint.text.line_break import get_log_attrs, split_first_line

from torbay_reports.documents.blocks import ParagraphLink, WebLink
from torbay_reports.publishing.parts.words.letters import UNITS, Letter
from torbay_reports.publishing.parts.words.looks import Ink

_BREAKS_AT_SPACES_ONLY: Final = re.compile(
    r" ?\(?£?[A-Za-z0-9]+(?:[.,:'’][A-Za-z0-9]+)*[.,:;)%…]*(?: \(?£?[A-Za-z0-9]+(?:[.,:'’][A-Za-z0-9]+)*[.,:;)%…]*)* ?"
)
"""Words between which a line may break, and within which it may not, by Unicode's rules (UAX 14)."""
_LOST: Final = 2
"""Pango's units that such fractions may decide."""

Target = ParagraphLink | WebLink | None


class Run:
    """Words in one ink that a line break or another ink ends, with the link that they are."""

    def __init__(self, text: str, ink: Ink, target: Target) -> None:
        self.text = text
        self.ink = ink
        self.target = target
        letters = ink.letters
        self.letters: list[Letter] = [letters[left + right] for left, right in pairwise(text)]
        self._at: list[int] = [0, *accumulate([letter.advance for letter in self.letters])]

    @cached_property
    def breaks(self) -> list[int]:
        """The places in the text before which a line may begin, its beginning and its end left out."""
        if _BREAKS_AT_SPACES_ONLY.fullmatch(self.text):
            return [found.end() for found in re.finditer(" (?=.)", self.text)]
        marks = get_log_attrs(self.text, self.ink.style["lang"])
        return [place for place in range(1, len(self.text)) if marks[place].is_line_break]

    def width(self, start: int, end: int) -> int:
        """How far these letters reach, in Pango's units, where a line ends after them."""
        if end <= start:
            return 0
        return self._at[end - 1] - self._at[start] + self.ink.letters[self.text[end - 1]].advance

    def stripped(self, start: int, end: int) -> int:
        """The end without the spaces before it."""
        while end > start and self.text[end - 1] == " ":
            end -= 1
        return end

    def fit(self, start: int, room: float, *, begins_line: bool) -> tuple[int, int | None]:
        """Where a line that begins with the letter `start` ends in so many CSS pixels, and where the next begins."""
        units, whole = int(max(0.0, room) * UNITS), len(self.text)
        if self.width(start, whole) <= units and self.text[-1] != " ":
            return whole, None
        breaks = self.breaks
        chosen = bisect_right(breaks, bisect_right(self._at, self._at[start] + units)) - 1
        while chosen >= 0 and self._needed(start, breaks[chosen]) > units:
            chosen -= 1
        while chosen + 1 < len(breaks) and self._needed(start, breaks[chosen + 1]) <= units:
            chosen += 1
        place = breaks[chosen] if chosen >= 0 else 0
        following = breaks[chosen + 1] if chosen + 1 < len(breaks) else whole
        is_decided = (
            place > start
            and self._needed(start, place) + self._doubt(place) <= units
            and self._needed(start, following) - self._doubt(following) > units
        )
        return (self.stripped(start, place), place) if is_decided else self._asked(start, room, begins_line)

    def _needed(self, start: int, place: int) -> int:
        return self.width(start, self.stripped(start, place))

    def _doubt(self, place: int) -> int:
        """By how much the letters around a break may draw together or apart when there is none, in Pango's units."""
        if place == len(self.text):
            return _LOST
        letters = self.ink.letters
        near = (self.text[at : at + 2] for at in (place - 2, place - 1) if at >= 0)
        return _LOST + sum(abs(letters[pair].advance - letters[pair[0]].advance) for pair in near)

    def _asked(self, start: int, room: float, begins_line: bool) -> tuple[int, int | None]:
        """What WeasyPrint says."""
        text = self.text[start:]
        _, length, resume, *_ = split_first_line(text, self.ink.style, None, room, 0, is_line_start=begins_line)
        encoded = text.encode()
        end = start + len(encoded[:length].decode())
        return end, None if resume is None else start + len(encoded[:resume].decode())
