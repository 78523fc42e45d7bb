"""How wide a line is, as far as its letters tell: enough to see that the next word would still have had room."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from ofsted.importing.lines import Gap, Line
from ofsted.importing.sentences import ends_openly, starts_small

UNWRAPPED: Final = 180
"""Characters that no page's line has: whoever wrote such a line let the program end the lines."""

_SLACK: Final = 0.97
_LEAST: Final = 0.8
"""Of the widest line: what the column is at least."""

_INDENT: Final = 0.9
"""Of the width, left to a line behind a bullet."""

_CLASSES: Final = (
    ("fijlt.,:;'’‘|!I()[]-/ ", 30),
    ('rs“”"', 38),
    ("mwMW%@—", 85),
    ("ABCDEFGHKNOPQRSTUVXYZ&", 69),
)
_WIDTHS: Final = {character: width for characters, width in _CLASSES for character in characters}
_ORDINARY: Final = 54

Measure = Callable[[str], float]


def proportional(words: str) -> float:
    """In hundredths of an em, of the usual typefaces without serifs."""
    return float(sum(_WIDTHS.get(character, _ORDINARY) for character in words))


def characters(words: str) -> float:
    """Where each letter takes the same room."""
    return float(len(words))


@dataclass(frozen=True, slots=True)
class Column:
    """How wide lines run before they are wrapped; `width` is empty where none is."""

    measure: Measure
    width: float | None

    def is_full(self, last: Line, line: Line, *, is_point: bool) -> bool:
        """Whether the next line's first word had no room on the last; a point of a list has less room."""
        if self.width is None:
            return False
        return _reach(self.measure, last, line) >= self.width * (_INDENT if is_point else 1)


def column_of(lines: Sequence[Line]) -> Column:
    """The column of these lines, learned from those that surely go on: no sentence ends, and the next begins small."""
    if any(len(line.words) > UNWRAPPED for line in lines):
        return Column(characters, None)
    wrapped = [
        (last, line)
        for last, line in pairwise(lines)
        if line.gap in (Gap.NONE, Gap.CLOSE, Gap.JOIN)
        and not (last.mark or line.mark or last.is_heading or line.is_heading)
        and ends_openly(last.words)
        and starts_small(line.words)
    ]
    if not wrapped:
        return Column(characters, None)
    return max((_learned(measure, wrapped) for measure in (characters, proportional)), key=lambda each: each[0])[1]


def _learned(measure: Measure, wrapped: list[tuple[Line, Line]]) -> tuple[float, Column]:
    """How little the lines differ by this measure, and the column by it."""
    reaches = sorted(_reach(measure, last, line) for last, line in wrapped)
    low = reaches[len(reaches) // 4]
    widest = max(measure(last.words) for last, _ in wrapped)
    # A line that somebody ended by hand says nothing of the column.
    return low / reaches[len(reaches) // 2], Column(measure, max(low * _SLACK, widest * _LEAST))


def _reach(measure: Measure, last: Line, line: Line) -> float:
    return measure(f"{last.words} {line.words.partition(' ')[0]}")
