"""What stands where on laid-out pages, and what is broken over them.

WeasyPrint's tags do not say so (a table on three pages is three tables), so it is read from the laid-out boxes.
`_page_box` is a private name of WeasyPrint; a test shows that it still tells the truth.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final, NamedTuple

from weasyprint import Document
from weasyprint.formatting_structure import boxes

_NOT_TAGGED: Final = {"html", "body"}


class Boundary(NamedTuple):
    """What a page goes on with from the one before: the names of the elements from the outside in, and what a table
    among them says of itself."""

    names: tuple[str, ...] = ()
    continued: str = ""


def pieces_on(document: Document, page: int) -> list[Any]:
    """The boxes that stand on a page directly in its paper, in order."""
    box = document.pages[page]._page_box
    for _ in ("html", "body", "article"):
        box = box.children[0]
    return list(box.children)


def top(box: Any) -> float:
    """How far from the top of its page a box's border begins, in pixels."""
    return float(box.position_y + box.margin_top)


def margins(box: Any) -> tuple[float, float]:
    """The margins above and below a box, in pixels, with its children's that collapse with them (CSS 2, 8.3.1)."""
    return _margin(box, "top"), _margin(box, "bottom")


def _margin(box: Any, side: str) -> float:
    found = [0.0]
    while True:
        # As the style sheet has it, since at the top of a page it is dropped.
        found.append(float(box.style[f"margin_{side}"].value))
        has_edge = getattr(box, f"border_{side}_width") or getattr(box, f"padding_{side}")
        if has_edge or not isinstance(box, boxes.BlockBox) or not box.children:
            return max(found) + min(found)
        box = box.children[0 if side == "top" else -1]
        if not isinstance(box, boxes.BlockBox):
            return max(found) + min(found)


def boundaries(document: Document) -> list[Boundary]:
    """For every page what goes on there: on the first nothing."""
    return [Boundary(), *(_boundary(shared) for shared in _ends(document))]


def _boundary(elements: list[Any]) -> Boundary:
    names = tuple(element.tag for element in elements if element.tag not in _NOT_TAGGED)
    continued = next((element.get("data-continued", "") for element in elements if element.tag == "tbody"), "")
    return Boundary(names, continued)


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


def lonely_captions(document: Document) -> set[str]:
    """The names of the tables whose caption stands on a page without a row: the first has no room below it."""
    found: set[str] = set()
    for page in range(len(document.pages)):
        for box in pieces_on(document, page):
            if box.is_table_wrapper and not any(_table_boxes(box)):
                found.add(box.element.get("id", ""))
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


def _ends(document: Document) -> Iterator[list[Any]]:
    """For every page after the first, the elements that go on there."""
    for left, right in pairwise(page._page_box for page in document.pages):
        open_at_end = {id(element) for element in _edge(left, last=True)}
        shared: dict[int, Any] = {}
        for element in _edge(right, last=False):
            if id(element) in open_at_end:
                shared.setdefault(id(element), element)
        yield list(shared.values())


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
