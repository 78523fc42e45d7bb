"""The words of samples, which WeasyPrint lays out once for each kind of row or paragraph, so that their looks are read.

So no number of the style sheet stands in the program a second time.
"""

from collections.abc import Hashable
from typing import Final, Protocol

from django.utils.safestring import SafeString
from weasyprint import Document

from torbay_reports.documents.blocks import LineBreak, ParagraphLink, Prose, Remark, WebLink, words
from torbay_reports.publishing import layout
from torbay_reports.publishing.layout import Sheet
from torbay_reports.publishing.parts.painted import paint

WORD: Final = "a"
"""What each line of a sample begins with."""
ORDER: Final = ("text", "aside", "mark", "link", "link")
"""The kinds of inline that stand in most samples, each on a line of its own."""
PAPER: Final = "sample"
"""The key of the paper of all samples."""
KINDS_KEPT: Final = 500
_ROOM: Final = 5000.0
"""Points on a page that no sample fills."""


class Press(Hashable, Protocol):
    """What lays out HTML."""

    def set(self, html: str) -> Document: ...


def prose(last: str = WORD) -> Prose:
    """Words of each kind of `ORDER`, a line for each; `last` are the last ones."""
    return (
        *words(WORD),
        LineBreak(),
        Remark(WORD),
        LineBreak(),
        Remark(WORD, "mark"),
        LineBreak(),
        ParagraphLink(WORD, "row"),
        LineBreak(),
        WebLink(last, "https://council.invalid/"),
    )


def laid_out(html: SafeString, sheet: Sheet, press: Press) -> Document:
    """A sample on a page of its own."""
    document = press.set(layout.pieces_html(sheet, [html], room=_ROOM, is_apart=False))
    # Only in painting are the names of the fonts found.
    paint(document)
    return document
