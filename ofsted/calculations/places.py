"""How the places of a letter read, and findings counted by how they are to be read."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from ofsted.kinds import Polarity
from torbay_reports.core.formatting import count, listed

OPENING: Final = "Opening"
"""What the part of a letter before its first heading is called."""

Counts = tuple[tuple[Polarity, int], ...]
"""How many findings of each polarity, weaknesses first and what is not marked last; no noughts."""

_NOUNS: Final[Mapping[Polarity, tuple[str, str]]] = {
    Polarity.WEAKNESS: ("weakness", "weaknesses"),
    Polarity.PROGRESS: ("sign of progress", "signs of progress"),
    Polarity.STRENGTH: ("strength", "strengths"),
    Polarity.NOT_MARKED: ("not marked yet", "not marked yet"),
}


def place_words(section: str, number: int) -> str:
    """Where a finding stands in its letter: "Overview, paragraph 2"."""
    return f"{section or OPENING}, paragraph {number}"


def counted(polarities: Iterable[Polarity]) -> Counts:
    """How many there are of each."""
    return in_order(Counter(polarities))


def in_order(counts: Mapping[Polarity, int]) -> Counts:
    """Counts by polarity, weaknesses first and what is not marked last."""
    return tuple((each, counts[each]) for each in _NOUNS if each in counts)


def counts_words(counts: Counts) -> str:
    """How many findings of each polarity: "8 weaknesses, 4 signs of progress and 3 strengths"."""
    return listed([count(number, *_NOUNS[polarity]) for polarity, number in counts])
