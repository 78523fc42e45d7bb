"""What somebody has written, put into the middle of a sentence."""

from typing import Final

OPENERS: Final = frozenset(
    {"A", "An", "He", "It", "Its", "She", "That", "The", "Their", "There", "These", "They", "This", "We"}
)
"""Words that have a capital letter only because they begin a sentence."""


def as_clause(text: str) -> str:
    """The words without a full stop at their end, and in small letters where only a sentence begins with a capital:
    "The bid closes on 8 September." gives "the bid closes on 8 September"."""
    words = " ".join(text.split()).removesuffix(".")
    first, space, rest = words.partition(" ")
    return f"{first.lower() if first in OPENERS else first}{space}{rest}"


def as_sentence(text: str) -> str:
    """The words with one full stop at their end, or the mark that ends them already."""
    words = " ".join(text.split())
    return words if not words or words[-1] in ".?" else f"{words}."
