"""Whether each part of a letter fits where it is kept."""

from collections.abc import Iterator, Sequence
from typing import Final

from ofsted.calculations.letter import LetterText
from ofsted.importing.refusals import UnreadableLetter, too_long
from ofsted.importing.sections import Section

TITLE: Final = 300
WORDS: Final = 20_000
LINE: Final = 200
SHORT: Final = 100
"""Characters, as `calculations.letter` has them."""

PARAGRAPHS: Final = 500
"""More than any letter has; a book that was brought by mistake is not kept."""
TOO_MANY: Final = "This text has {number:,} paragraphs, more than a letter has. Choose the letter alone."


def require_paragraphs(sections: Sequence[Section]) -> None:
    """Raises UnreadableLetter for more or longer paragraphs than a letter has, before they are searched."""
    number = sum(len(section.blocks) for section in sections)
    if number > PARAGRAPHS:
        raise UnreadableLetter(TOO_MANY.format(number=number))
    for place, section in enumerate(sections, start=1):
        for number, block in enumerate(section.blocks, start=1):
            if len(block.words) > WORDS:
                raise too_long(f"Section {place}, paragraph {number}", len(block.words), WORDS)


def require_lengths(letter: LetterText) -> None:
    """Raises UnreadableLetter with the place of the first part that is too long."""
    for place, words, most in _parts(letter):
        if len(words) > most:
            raise too_long(place, len(words), most)


def _parts(letter: LetterText) -> Iterator[tuple[str, str, int]]:
    yield "The title", letter.title, TITLE
    yield "The salutation", letter.salutation, SHORT
    yield "The signature", letter.signed_by, LINE
    yield "The stamp", letter.stamp, SHORT
    for what, lines in (
        ("Line {} of the addressee", letter.addressee),
        ("Inspector {}", letter.inspectors),
        ("Person {} of those who came along", letter.companions),
        ("Copy {}", letter.copied_to),
    ):
        for number, line in enumerate(lines, start=1):
            yield what.format(number), line, LINE
    for place, section in enumerate(letter.sections, start=1):
        yield f"The heading of section {place}", section.heading, LINE
        for number, paragraph in enumerate(section.paragraphs, start=1):
            yield f"Section {place}, paragraph {number}", paragraph.words, WORDS
