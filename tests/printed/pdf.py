"""A PDF's pages and bookmarks as a reader sees them."""

from io import BytesIO

import pdfplumber
from pikepdf import OutlineItem, Pdf


def page_texts(pdf: bytes) -> list[str]:
    """What is printed on each page."""
    with pdfplumber.open(BytesIO(pdf)) as opened:
        return [page.extract_text() for page in opened.pages]


def outline(pdf: bytes) -> list[tuple[int, str]]:
    """The bookmarks in order, each with its depth from 0."""
    found: list[tuple[int, str]] = []

    def collect(items: list[OutlineItem], depth: int) -> None:
        for item in items:
            found.append((depth, item.title))
            collect(item.children, depth + 1)

    with Pdf.open(BytesIO(pdf)) as opened, opened.open_outline() as bookmarks:
        collect(list(bookmarks.root), 0)
    return found
