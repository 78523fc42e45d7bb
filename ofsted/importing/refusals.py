"""Why a letter cannot be read: each is a sentence or two for the person who brings it, with the cure.

None repeats the letter's own words, which may be confidential.
"""

from typing import Final


class UnreadableLetter(ValueError):
    """The letter cannot be taken in; the message says what is missing and what to do, and nothing of it counts."""


PASTE: Final = "Copy the letter's words and paste them as text."
"""The cure where a file does not give its words."""

_NO_LETTER: Final = "This is no letter about a monitoring visit"


def no_words() -> UnreadableLetter:
    """A text of blanks."""
    return UnreadableLetter("There are no words to read. Paste the whole letter, from its date to its signature.")


def not_a_letter(why: str) -> UnreadableLetter:
    """A text of another kind; `why` completes the sentence."""
    return UnreadableLetter(f"{_NO_LETTER}: {why}. Choose the letter that Ofsted sent after the visit.")


def missing(what: str, cure: str) -> UnreadableLetter:
    """A letter without a part that it cannot do without."""
    return UnreadableLetter(f"The letter has no {what} that can be read. {cure}")


def too_long(place: str, length: int, most: int) -> UnreadableLetter:
    """A part with more characters than can be stored."""
    return UnreadableLetter(
        f"{place} has {length:,} characters; {most:,} is the most. Shorten it, or put its parts on lines of their own."
    )
