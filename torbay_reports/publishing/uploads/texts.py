"""The words of each page of a cleaned PDF, for readers online."""

import re
import unicodedata
from typing import Final

import pypdfium2

from torbay_reports.publishing.uploads.limits import ALL_TEXT_CHARACTERS, TEXT_CHARACTERS
from torbay_reports.publishing.uploads.refusals import broken, broken_page

_UNREADABLE: Final = frozenset({"Cc", "Co", "Cn", "Cs"})
_BLANKS = re.compile(r"[ \t\xa0]+")
_EMPTY_LINES = re.compile(r"\n{3,}")
_HYPHEN: Final = "\ufffe"
"""How PDFium writes a hyphen at a line's end."""


def texts_of(pdf: bytes) -> tuple[list[str], list[int]]:
    """Each page's words, and the pages (from 1) that have characters without meaning. Raises RefusedPdf."""
    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError:
        raise broken() from None
    texts: list[str] = []
    unreadable: list[int] = []
    left = ALL_TEXT_CHARACTERS
    for place in range(len(document)):
        try:
            page = document[place]
            read = page.get_textpage()
            raw = read.get_text_range(0, min(read.count_chars(), TEXT_CHARACTERS, left), errors="replace")
            read.close()
            page.close()
        except pypdfium2.PdfiumError:
            raise broken_page(place + 1) from None
        text, is_readable = _said(raw)
        left -= len(text)
        texts.append(text)
        if not is_readable:
            unreadable.append(place + 1)
    return texts, unreadable


def _said(raw: str) -> tuple[str, bool]:
    lines = raw.replace(_HYPHEN, "-").replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(each for each in lines if each == "\n" or each == "\t" or _is_readable(each))
    is_readable = all(each in "\n\t" or _is_readable(each) for each in lines)
    lines = "\n".join(_BLANKS.sub(" ", line).strip() for line in kept.split("\n"))
    return _EMPTY_LINES.sub("\n\n", lines).strip(), is_readable


def _is_readable(character: str) -> bool:
    return character != "\ufffd" and unicodedata.category(character) not in _UNREADABLE
