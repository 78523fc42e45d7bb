"""The characters of a letter as they can be stored and compared."""

import re
from typing import Final

from ofsted.importing.refusals import UnreadableLetter

MOST_CHARACTERS: Final = 200_000
"""Of a whole letter; the longest known has 20,000."""

SOFT_HYPHEN: Final = "\u00ad"
_LIGATURES: Final = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_PLAIN: Final = {
    **_LIGATURES,
    0x1E: "-",
    0x1F: SOFT_HYPHEN,
    0x2011: "-",
    # Vertical tabs and line separators are the line ends that Word leaves inside a paragraph.
    **dict.fromkeys((0x0B, 0x85, 0x2028), "\n"),
    0x2029: "\n\n",
}
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_UNSTORABLE = re.compile("[\x00-\x08\x0e-\x1d\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_HYPHEN_INSIDE = re.compile("(?:\u00ad|\u2010(?=[^\\s]))")


def require_room(characters: int) -> None:
    """Raises UnreadableLetter where a letter has more than that."""
    if characters > MOST_CHARACTERS:
        raise UnreadableLetter(
            f"The text has {characters:,} characters; {MOST_CHARACTERS:,} is the most of a letter. "
            "Leave out what is not the letter."
        )


def plain(text: str) -> str:
    """The text with plain line ends and letters, and without characters that take no room.

    Hyphens that a program set at a line's end are left for the joining of lines. Raises UnreadableLetter.
    """
    require_room(len(text))
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_PLAIN)
    text = _UNSEEN.sub("", text)
    if unstorable := _UNSTORABLE.search(text):
        line = text.count("\n", 0, unstorable.start()) + 1
        raise UnreadableLetter(f"Line {line:,} holds a character that is none of a text. Type that line anew.")
    return text


def on_one_line(text: str) -> str:
    """The text with single spaces, and without the hyphens at which a line might have ended but did not."""
    last = SOFT_HYPHEN if text.rstrip().endswith(SOFT_HYPHEN) else ""
    inside = _HYPHEN_INSIDE.sub(lambda found: "" if found[0] == SOFT_HYPHEN else "-", text)
    return " ".join(inside.split()) + last
