"""Reads back small files that the joining wrote in a test."""

from collections.abc import Callable
from io import BytesIO

from pikepdf import Pdf

from torbay_reports.publishing.joining.writer import Writer


def written(fill: Callable[[Writer, int], str], *, pages: int = 1) -> Pdf:
    """A file of empty pages. `fill` writes what it likes, given the first page's object, and says what the catalogue
    holds besides."""
    writer = Writer()
    first = writer.numbers(pages)
    tree = writer.number()
    more = fill(writer, first)
    for number in range(first, first + pages):
        writer.put(number, f"<</Type/Page/Parent {tree} 0 R/MediaBox[0 0 100 100]/Resources<<>>>>")
    kids = " ".join(f"{number} 0 R" for number in range(first, first + pages))
    writer.put(tree, f"<</Type/Pages/Kids[{kids}]/Count {pages}>>")
    root = writer.add(f"<</Type/Catalog/Pages {tree} 0 R{more}>>")
    info = writer.add("<<>>")
    return Pdf.open(BytesIO(writer.finish(root=root, info=info)))
