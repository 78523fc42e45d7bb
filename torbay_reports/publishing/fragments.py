"""What WeasyPrint breaks over pages: which elements go on from one page to the next.

Its tags do not say so (a table on three pages is three tables), so it is read from the laid-out boxes. `_page_box` is
the one private name of WeasyPrint that this program uses; a test shows that it still tells the truth.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from weasyprint import Document
from weasyprint.formatting_structure import boxes

Boundary = tuple[str, ...]
"""The names of the elements, from the outside in, that one page leaves open and the next goes on with."""

_NOT_TAGGED = {"html", "body"}


def boundaries(document: Document) -> tuple[Boundary, ...]:
    """For every page after the first, what goes on from the page before it."""
    pages = [page._page_box for page in document.pages]
    return tuple(_shared(left, right) for left, right in pairwise(pages))


def _shared(left: Any, right: Any) -> Boundary:
    open_at_end = {id(element) for element in _edge(left, last=True)}
    shared: dict[int, str] = {}
    for element in _edge(right, last=False):
        if id(element) in open_at_end and element.tag not in _NOT_TAGGED:
            shared.setdefault(id(element), element.tag)
    return tuple(shared.values())


def _edge(box: Any, *, last: bool) -> Iterator[Any]:
    """The elements along the last (or first) edge of a page's boxes, repeated table heads passed over."""
    while True:
        children = [child for child in getattr(box, "children", ()) if not _is_repeated(child)]
        if not children:
            return
        box = children[-1 if last else 0]
        if box.element is not None:
            yield box.element


def _is_repeated(box: Any) -> bool:
    return isinstance(box, boxes.MarginBox) or getattr(box, "is_header", False) or getattr(box, "is_footer", False)
