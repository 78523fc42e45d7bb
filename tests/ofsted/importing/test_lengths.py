"""The lengths that are checked are those that a letter may have."""

import msgspec
import pytest

from ofsted.calculations.letter import LetterText, ParagraphText, SectionText
from ofsted.importing.lengths import LINE, SHORT, TITLE, WORDS, require_lengths
from ofsted.importing.refusals import UnreadableLetter
from tests.ofsted.importing.samples import FIRST_TEXT


def filled(more: int) -> list[LetterText]:
    """The letter with each of its parts as long as it may be, and so many characters more."""
    long = "x" * (LINE + more)
    paragraphs = (ParagraphText(words="x" * (WORDS + more)),)
    return [
        msgspec.structs.replace(FIRST_TEXT, **change)
        for change in (
            {"title": "x" * (TITLE + more)},
            {"salutation": "x" * (SHORT + more)},
            {"stamp": "x" * (SHORT + more)},
            {"signed_by": long},
            {"addressee": (long,)},
            {"inspectors": (long,)},
            {"companions": (long,)},
            {"copied_to": (long,)},
            {"sections": (SectionText(heading=long, paragraphs=()),)},
            {"sections": (SectionText(heading="", paragraphs=paragraphs),)},
        )
    ]


def test_what_is_just_short_enough_is_a_letter() -> None:
    for letter in filled(0):
        require_lengths(letter)
        assert msgspec.convert(msgspec.to_builtins(letter), LetterText) == letter


def test_one_character_more_is_refused_by_both() -> None:
    for letter in filled(1):
        with pytest.raises(UnreadableLetter, match="is the most"):
            require_lengths(letter)
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert(msgspec.to_builtins(letter), LetterText)
