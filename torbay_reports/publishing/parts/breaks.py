"""Where the pages of a run end: what is broken there, and which ends fall between two units.

WeasyPrint's tags do not say so (a table on three pages is three tables), so it is read from the laid-out boxes.
`_page_box` is the one private name of WeasyPrint that this program uses; a test shows that it still tells the truth.
"""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, Final

from weasyprint import Document
from weasyprint.formatting_structure import boxes

Boundary = tuple[str, ...]
"""The names of the elements, from the outside in, that one page leaves open and the next goes on with."""

_NOT_TAGGED: Final = {"html", "body"}
_MAY_STAY_OPEN: Final = ({"article"}, {"article", "table", "tbody"})
"""What a part may leave open: its paper, and a table between two rows."""


def boundaries(document: Document) -> tuple[Boundary, ...]:
    """For every page after the first, what goes on from the page before it."""
    return tuple(_names(shared) for shared, _ in _ends(document))


def clean_starts(document: Document, units: Mapping[str, int]) -> dict[int, int]:
    """The pages that begin with a unit while nothing but the paper, or a table between two rows, goes on; each with
    that unit. `units` maps the name of the element that each begins with to its number."""
    found: dict[int, int] = {}
    for page, (shared, fresh) in enumerate(_ends(document), start=1):
        name = "" if fresh is None else fresh.get("id", "")
        if name in units and set(_names(shared)) in _MAY_STAY_OPEN:
            found[page] = units[name]
    return found


def going_on(document: Document, *, is_resumed: bool) -> list[str]:
    """For every page, what a table that began before it says of itself; `is_resumed` where one goes on at the start."""
    begun = list(_edge(document.pages[0]._page_box, last=False)) if is_resumed else []
    return [_continued(elements) for elements in (begun, *(shared for shared, _ in _ends(document)))]


def _continued(elements: list[Any]) -> str:
    return next((element.get("data-continued", "") for element in elements if element.tag == "tbody"), "")


def rows_without_heads(document: Document) -> set[str]:
    """The names of the rows at the top of pages where a table's head is left out.

    WeasyPrint does that for a row that has no room below the head on a page of its own: such a row has to break.
    """
    found: set[str] = set()
    for page in document.pages:
        for table in _table_boxes(page._page_box):
            has_head = any(group.is_header for group in table.children)
            if table.element.find("thead") is not None and not has_head and table.children:
                found.update(row.element.get("id", "") for row in table.children[0].children[:1])
    return found


def _table_boxes(box: Any) -> Iterator[Any]:
    if isinstance(box, boxes.TableBox):
        yield box
        return
    for child in getattr(box, "children", ()):
        yield from _table_boxes(child)


def tables_on(document: Document, page: int) -> list[tuple[str, list[str]]]:
    """The tables on a page in order: each one's name (`data-name`), and the names of the rows below its head ("" for a
    row that has none)."""
    found: dict[str, list[str]] = {}
    for table in _table_boxes(document.pages[page]._page_box):
        rows = [row for group in table.children if not group.is_header for row in group.children]
        names = [row.element.get("id", "") for row in rows]
        found.setdefault(table.element.get("data-name"), []).extend(names)
    return list(found.items())


def _ends(document: Document) -> Iterator[tuple[list[Any], Any]]:
    """For every page after the first, the elements that go on there, and the first that begins there."""
    for left, right in pairwise(page._page_box for page in document.pages):
        open_at_end = {id(element) for element in _edge(left, last=True)}
        shared: dict[int, Any] = {}
        fresh = None
        for element in _edge(right, last=False):
            if id(element) in open_at_end:
                shared.setdefault(id(element), element)
            elif fresh is None:
                fresh = element
        yield list(shared.values()), fresh


def _names(shared: list[Any]) -> Boundary:
    return tuple(element.tag for element in shared if element.tag not in _NOT_TAGGED)


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
