"""Lines joined to paragraphs, points and headings."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from ofsted.importing import headings
from ofsted.importing.characters import SOFT_HYPHEN
from ofsted.importing.lines import Gap, Line
from ofsted.importing.sentences import ends_openly, sentences_of, starts_small
from ofsted.importing.widths import Column, column_of

_HYPHENS: Final = (SOFT_HYPHEN, "\u2010")
_LAST_PART = re.compile(r"([A-Za-z]+)-$")
_FIRST_PART = re.compile(r"([A-Za-z]+)")
_LOOKED_BACK: Final = 20
_SUSPENDING: Final = ("and", "or", "to")
"""What a word that is left out goes on with: “pre- and post-”."""

_WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
_FIRST_PARTS: Final = re.compile(
    "anti|care|case|child|co|council|cross|decision|early|face|family|five|follow|four|front|full|half|high|in|inter"
    "|key|large|long|longer|low|mid|multi|near|non|off|on|one|out|over|part|post|pre|re|self|semi|short|six|small"
    "|social|soft|step|three|time|two|under|up|well|whole|wide"
)
"""Words that stand before a hyphen in council English, so that a line's end behind one is no broken word."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a point of a list (with its bullet as `mark`) or, where the file says so, a heading."""

    words: str
    mark: str = ""
    is_heading: bool = False


def blocks_of(lines: Sequence[Line]) -> list[Block]:
    """The lines of a letter's body as paragraphs and points."""
    joining = _Joining(column_of(lines), _vocabulary(lines))
    # Of a hyphen on a line of its own no word is left.
    return [block for block in joining.blocks(lines) if block.words]


@dataclass(slots=True)
class _Joining:
    column: Column
    vocabulary: frozenset[str]
    pieces: list[Line] = field(default_factory=list)
    list_mark: str = ""
    """The bullet of the list that goes on, empty outside of lists."""

    after_colon: bool = False
    """Whether points without bullets may follow: the last paragraph that began with a capital ended with a colon."""

    def blocks(self, lines: Sequence[Line]) -> Iterator[Block]:
        for line in lines:
            line = self._with_true_mark(line)
            if self.pieces and not self._goes_on(line):
                yield self._ended()
            self.pieces.append(line)
        if self.pieces:
            yield self._ended()

    def _with_true_mark(self, line: Line) -> Line:
        """A dash that a sentence has at a line's beginning is no bullet."""
        if not (line.is_weakly_marked and self.pieces):
            return line
        last = self.pieces[-1]
        first = self.pieces[0]
        in_list = (first.mark or self.list_mark) == line.mark
        if in_list or line.gap is not Gap.NONE or not ends_openly(last.words):
            return line
        return Line(f"{line.mark} {line.words}", line.gap, line.page)

    def _ended(self) -> Block:
        first = self.pieces[0]
        words = self._joined()
        self.list_mark = first.mark
        if not first.mark:
            self.after_colon = words.endswith(":") or (self.after_colon and starts_small(words))
        self.pieces.clear()
        return Block(words, first.mark, first.is_heading)

    def _goes_on(self, line: Line) -> bool:
        """Whether a line belongs to the paragraph that is being joined."""
        first, last = self.pieces[0], self.pieces[-1]
        if line.mark or (last.is_heading != line.is_heading) or _stands_alone(line, last):
            return False
        if line.gap is Gap.JOIN:
            return True
        is_open = ends_openly(last.words)
        is_bare_point = not first.mark and self.after_colon and starts_small(first.words)
        is_full = self.column.is_full(last, line, is_point=bool(first.mark) or is_bare_point)
        if is_open and starts_small(line.words):
            return is_full or not is_bare_point
        if line.gap is Gap.CLOSE:
            return True
        if line.gap is Gap.BLANK:
            return False
        if line.gap is Gap.PAGE:
            return is_full or self._stops_within(is_open)
        # A line that ends within a sentence goes on in whatever letters, unless it may be a heading or a point.
        is_wrapped = self.column.width is not None
        return is_full or (is_wrapped and not (first.mark or is_bare_point) and self._stops_within(is_open))

    def _stops_within(self, is_open: bool) -> bool:
        """Whether the last lines that were joined have sentences, the last of which goes on."""
        return is_open and len(sentences_of(" ".join(line.words for line in self.pieces[-_LOOKED_BACK:]))) > 1

    def _joined(self) -> str:
        words = self.pieces[0].words
        parts = [words]
        for line in self.pieces[1:]:
            parts[-1:] = self._pair(parts[-1], line.words)
        return " ".join(parts).rstrip("".join(_HYPHENS))

    def _pair(self, last: str, words: str) -> list[str]:
        """Two lines' words beside one another, or as one where a word was broken between them."""
        if last.endswith(_HYPHENS):
            return [last[:-1] + words]
        before, after = _LAST_PART.search(last), _FIRST_PART.match(words)
        if before is None or after is None or after[1] in _SUSPENDING:
            return [last, words]
        return [last[: -1 if self._is_broken(before[1], after[1]) else None] + words]

    def _is_broken(self, before: str, after: str) -> bool:
        """Whether a hyphen at a line's end only breaks a word, by the words that the letter has elsewhere."""
        whole = (before + after).lower()
        if after[0].isupper() or f"{before}-{after}".lower() in self.vocabulary:
            return False
        if whole in self.vocabulary:
            return True
        are_words = before.lower() in self.vocabulary and after in self.vocabulary
        return not (_FIRST_PARTS.fullmatch(before.lower()) or are_words)


def _stands_alone(line: Line, last: Line) -> bool:
    """Whether one of the lines is a heading by its words; one that goes on in small letters is none."""
    if line.gap is Gap.JOIN:
        return False
    return headings.is_known(line.words) or (headings.is_known(last.words) and not starts_small(line.words))


def _vocabulary(lines: Sequence[Line]) -> frozenset[str]:
    """The words within lines, in small letters; those with a hyphen as one."""
    words: set[str] = set()
    for line in lines:
        # What stands at a line's end may be the half of a word.
        within = [each.lower() for each in _WORD.findall(line.words.rpartition(" ")[0])]
        words.update(within)
    return frozenset(words)
