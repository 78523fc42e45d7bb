"""The words of a brought PDF's page as paragraphs: its lines end where its paper did, not where a screen does."""

import re
from itertools import pairwise
from typing import Final

_BLANK_LINES: Final = re.compile(r"\r?\n\s*\n")
_LEAST: Final = 40
"""Characters of the longest line of a page whose lines are taken for running text: columns of a table are narrower."""
_FULL: Final = 0.8
"""How long a line is, in shares of the page's longest, that ends because there is no more room."""
_BEGINS: Final = re.compile(r"(?:[•▪◦●*–—-]|\(?(?:\d{1,3}|[A-Za-z]|[ivxlc]{1,5})[.)]|\d{1,3}(?:\.\d{1,3})+)\s")
"""A point of a list or a numbered paragraph."""


def paragraphs_of(text: str) -> tuple[str, ...]:
    """A page's paragraphs. A line end that is kept (a heading's, a point's, a table row's) stands in them as one."""
    longest = max((len(line) for line in text.splitlines()), default=0)
    blocks = (each.strip() for each in _BLANK_LINES.split(text.strip()))
    return tuple(_flowing(block.splitlines(), longest) for block in blocks if block)


def _flowing(lines: list[str], longest: int) -> str:
    flowing = lines[0]
    for before, line in pairwise(lines):
        goes_on = longest >= _LEAST and len(before) >= _FULL * longest and not _BEGINS.match(line)
        if not goes_on:
            flowing += "\n"
        elif not before.endswith("-"):
            flowing += " "
        flowing += line
    return flowing
