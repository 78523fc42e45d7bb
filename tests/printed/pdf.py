"""A PDF's pages and bookmarks as a reader sees them."""

from contextlib import closing
from functools import lru_cache
from io import BytesIO

from pikepdf import OutlineItem, Pdf
from pypdfium2 import PdfDocument


@lru_cache(maxsize=4)
def page_texts(pdf: bytes) -> list[str]:
    """What is printed on each page; kept, since many tests ask for the same pack."""
    with closing(PdfDocument(pdf)) as opened:
        return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in opened]


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
