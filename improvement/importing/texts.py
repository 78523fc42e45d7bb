"""The text of a cell as it can be stored."""

import re
from typing import Final

from improvement.importing.opening.files import UnreadableTracker
from torbay_reports.core.reading import NO_TEXT

LONGEST_CELL: Final = 32_767
"""Characters in a cell; what Excel holds."""

_CONTROL = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
"""Characters that no XML holds, and thereby no workbook."""

_UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
"""Characters that take no room or turn the order of others: what a word looks like is what it says."""

_BEHIND_APOSTROPHE = re.compile(r"'+[=+\-@\t]")


def storable(text: str) -> str:
    """The text with plain line ends, and a space for each character that a workbook cannot hold."""
    return _CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))


def tidy(text: str) -> str:
    """The text as a reader sees it: single spaces, none round its lines, no empty lines at its ends, nothing unseen."""
    lines = (on_one_line(line) for line in _UNSEEN.sub("", text).split("\n"))
    return "\n".join(lines).strip()


def on_one_line(text: str) -> str:
    """The text with single spaces, in which two texts are compared."""
    return " ".join(text.split())


def checked(text: str, place: str) -> str:
    """The text of a cell as it can be stored. Raises UnreadableTracker with the place."""
    if NO_TEXT.search(text):
        raise UnreadableTracker(f"{place}: a character is none that can be stored. Type the cell anew.")
    if len(text) > LONGEST_CELL:
        raise UnreadableTracker(
            f"{place}: the cell has {len(text):,} characters. Shorten it to {LONGEST_CELL:,} at most."
        )
    return storable(text)


def guarded(text: str) -> str:
    """A text that already looks as if it stood behind the apostrophe of a safe export, behind one more."""
    return f"'{text}" if _BEHIND_APOSTROPHE.match(text) else text


def unguarded(text: str) -> str:
    """The text without the apostrophe that keeps a spreadsheet from taking it for a formula."""
    return text[1:] if _BEHIND_APOSTROPHE.match(text) else text


def shortened(text: str, length: int = 60) -> str:
    """The beginning of a text, on one line, for a sentence that has to name it."""
    line = on_one_line(text)
    return line if len(line) <= length else f"{line[:length].rstrip()}…"
