"""The tag tree of a run, read from WeasyPrint's own objects before they are written, page by page.

WeasyPrint tags a table that breaks once a page, gives header cells no scope, and wraps every line in elements that say
nothing. Here the wrappers go, header cells get a scope and a name that holds in any pack, and every page's elements
stand by themselves, so that the run can be split between any two pages.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, Final
from urllib.parse import unquote

from torbay_reports.publishing.frames import POINTS_IN_A_PIXEL
from torbay_reports.publishing.markup import IN_PACK, HeadCell
from torbay_reports.publishing.parts.values import CONTENT, ELEMENT, LINK, Element, Kid, Link, content

_WRAPPERS: Final = {"Span", "NonStruct", "Art"}
"""Elements that add nothing to what hangs under them."""
_JOINED: Final = {"Sect", "Div", "Table", "TBody", "TR", "L", "LI", "LBody", "P", "BlockQuote", "H1", "H2", "H3", "H4"}
_NUMBER: Final = re.compile(rb"(\d+) 0 R")


@dataclass
class Node:
    """An element while it is read. `kids` are nodes, marked content as (page, MCID), and links."""

    kind: str
    page: int
    kids: list["Node | tuple[int, int] | Link"] = field(default_factory=list)
    name: str = ""
    scope: str = ""
    headers: tuple[str, ...] = ()
    colspan: int = 1
    rowspan: int = 1
    alternative: str = ""
    box: tuple[float, ...] = ()

    @property
    def nodes(self) -> list["Node"]:
        """The elements directly under it."""
        return [kid for kid in self.kids if isinstance(kid, Node)]

    def of_kind(self, kind: str) -> Iterator["Node"]:
        """The elements of that kind under it, itself included."""
        if self.kind == kind:
            yield self
        for node in self.nodes:
            yield from node.of_kind(kind)


class Tree:
    """The tree of one run, read from the objects of its PDF."""

    def __init__(self, pdf: Any) -> None:
        self._objects = pdf.objects
        self._pages = {reference: place for place, reference in enumerate(pdf.page_references)}
        self._heights = [float(self._object(reference)["MediaBox"][3]) for reference in pdf.page_references]
        root = self._object(pdf.catalog["StructTreeRoot"])
        self._document = self._object(root["K"][0])

    def tops(self) -> list[list[Node]]:
        """The elements directly under the paper, for each page."""
        found: list[list[Node]] = [[] for _ in self._pages]
        for kid in self._kids(self._document["K"], page=0):
            assert isinstance(kid, Node)  # a paper's words all stand in blocks
            found[kid.page].append(kid)
        return found

    def _object(self, reference: Any) -> Any:
        found = _NUMBER.fullmatch(reference)
        assert found  # WeasyPrint's own reference
        return self._objects[int(found.group(1))]

    def _kids(self, references: Iterable[Any], page: int) -> Iterator["Node | tuple[int, int] | Link"]:
        for reference in references:
            if isinstance(reference, int):
                yield page, reference
                continue
            source = self._object(reference)
            if source["Type"] == "/OBJR":
                yield self._link(self._object(source["Obj"]), self._pages[source["Pg"]])
                continue
            here = self._pages[source["Pg"]]
            kind = source["S"][1:]
            if kind in _WRAPPERS:
                yield from self._kids(source["K"], here)
            else:
                yield self._node(kind, source, here)

    def _node(self, kind: str, source: Any, page: int) -> Node:
        attributes = source.get("A", {})
        return Node(
            kind=kind,
            page=page,
            kids=list(self._kids(source["K"], page)),
            name="head" if "ID" in source else "",
            colspan=attributes.get("ColSpan", 1),
            rowspan=attributes.get("RowSpan", 1),
            alternative=source["Alt"].string if "Alt" in source else "",
            box=self._box(attributes.get("BBox", ()), self._heights[page]),
        )

    @staticmethod
    def _box(box: Sequence[float], height: float) -> tuple[float, ...]:
        """WeasyPrint gives a picture's box in its own pixels from the top of the page; a PDF's counts points from the
        foot (ISO 32000-1, 14.8.5.4.3)."""
        if not box:
            return ()
        left, top, right, bottom = (POINTS_IN_A_PIXEL * float(each) for each in box)
        return tuple(round(each, 3) for each in (left, height - bottom, right, height - top))

    def _link(self, annotation: Any, page: int) -> Link:
        address = annotation["A"]["URI"].string
        target = f"#{unquote(address.removeprefix(IN_PACK))}" if address.startswith(IN_PACK) else address
        left, bottom, right, top = (float(each) for each in annotation["Rect"])
        return Link(page, (min(left, right), min(bottom, top), max(left, right), max(bottom, top)), target)


def name_headers(table: Node, name: str, row_names: Sequence[str], first_row: int) -> int:
    """Give a table's header cells their scope and names that no other table of a pack has, and every data cell the
    names of its headers.

    A row's own name tells it from others, so that it stays what it is when rows come before it; one that has none is
    told by its number, of which `first_row` is the first. Returns how many rows below the head there are.
    """
    rows = list(_rows(table))
    _name_heads(rows, _short(name), row_names, first_row)
    _point_to_headers(rows)
    return sum(not is_head for is_head, _ in rows)


def head_names(head: Sequence[Sequence[HeadCell]], name: str) -> list[tuple[str, ...]]:
    """What `name_headers` calls the cells of a table's head, for each column those over it."""
    prefix = _short(name)
    over: list[tuple[str, ...]] = [()] * len(head[-1])
    for number, row in enumerate(head):
        column = 0
        for place, cell in enumerate(row):
            for each in range(column, column + cell.colspan):
                over[each] += (f"{prefix}-h{number}-{place}",) if cell.label else ()
            column += cell.colspan
    return over


def row_head_name(name: str, row: str) -> str:
    """What `name_headers` calls the first cell of a row of that name, where it heads the row."""
    return f"{_short(name)}-{_short(row)}-0"


def put_under(row: Node, heads: Sequence[tuple[str, ...]]) -> None:
    """Give the data cells of a row that was set without its table's head the names of the headers over them."""
    for cell, names in zip(row.nodes, heads, strict=True):
        if cell.kind == "TD":
            cell.headers += names


def _short(name: str) -> str:
    return blake2b(name.encode(), digest_size=6).hexdigest()


def _name_heads(rows: Sequence[tuple[bool, Node]], prefix: str, row_names: Sequence[str], first_row: int) -> None:
    heads, body = 0, first_row
    for is_head, row in rows:
        own = row_names[body - first_row] if not is_head and body - first_row < len(row_names) else ""
        place = f"h{heads}" if is_head else _short(own) if own else f"r{body}"
        heads, body = heads + is_head, body + (not is_head)
        for column, cell in enumerate(row.nodes):
            if cell.kind == "TH":
                cell.scope = "Column" if is_head else "Row"
                cell.name = f"{prefix}-{place}-{column}"


def _point_to_headers(rows: Sequence[tuple[bool, Node]]) -> None:
    over: dict[int, list[str]] = {}
    for (is_head, _), line in zip(rows, _grid([row for _, row in rows]), strict=True):
        beside = list(dict.fromkeys(cell.name for cell in line if cell is not None and cell.kind == "TH"))
        for column, cell in enumerate(line):
            if cell is None:
                continue
            if not is_head and cell.kind == "TD":
                cell.headers = tuple(dict.fromkeys([*beside, *over.get(column, [])]))
            elif is_head and cell.kind == "TH" and cell.name not in over.setdefault(column, []):
                over[column].append(cell.name)


def _rows(table: Node) -> Iterator[tuple[bool, Node]]:
    for kid in table.nodes:
        if kid.kind == "TR":
            yield False, kid
        elif kid.kind in {"THead", "TBody", "TFoot"}:
            yield from ((kid.kind == "THead", row) for row in kid.nodes if row.kind == "TR")


def _grid(rows: Sequence[Node]) -> list[list[Node | None]]:
    """The cells by row and column, one that spans standing in each place that it covers."""
    taken: dict[tuple[int, int], Node] = {}
    for number, row in enumerate(rows):
        column = 0
        for cell in row.nodes:
            while (number, column) in taken:
                column += 1
            for down in range(cell.rowspan):
                for across in range(cell.colspan):
                    taken[number + down, column + across] = cell
            column += cell.colspan
    width = 1 + max((column for _, column in taken), default=-1)
    return [[taken.get((number, column)) for column in range(width)] for number in range(len(rows))]


def join(left: Node, right: Node, depth: int) -> None:
    """Move all that hangs under `right`, which goes on from the page before, to the end of `left`, and join the next
    level where it goes on too. A repeated head is left out: it is read once. What began before the page's end and spans
    rows after it heads these too, so that it does not matter whether headers were named before."""
    if left.kind == "TR":
        for begun, rest in zip(left.nodes, right.nodes, strict=False):
            join(begun, rest, 1)
        return
    if left.kind == "Table":
        _take_head(left, right)
    moved = without_head(right).kids if left.kind == "Table" else right.kids
    inner_right = moved[0] if moved else None
    inner_left = left.nodes[-1] if left.nodes else None
    goes_on = depth > 1 or left.kind == "LI"
    if goes_on and isinstance(inner_right, Node) and inner_left is not None and _is_same(inner_left, inner_right):
        join(inner_left, inner_right, depth - 1)
        moved = moved[1:]
    left.kids.extend(moved)
    if left.kind == "Table":
        _point_to_headers(list(_rows(left)))


def _take_head(left: Node, right: Node) -> None:
    """A head that the page before does not have, on which only the caption stands or rows that leave it no room, is not
    a repeated one: it heads the table."""
    if any(kid.kind == "THead" for kid in left.nodes):
        return
    body = next((place for place, kid in enumerate(left.kids) if isinstance(kid, Node) and kid.kind == "TBody"), None)
    place = len(left.kids) if body is None else body
    left.kids[place:place] = [kid for kid in right.nodes if kid.kind == "THead"]


def _is_same(left: Node, right: Node) -> bool:
    return left.kind == right.kind and left.kind in _JOINED


def without_head(table: Node) -> Node:
    """The table with its repeated head, whose words then are no part of what is read aloud, taken out."""
    table.kids = [kid for kid in table.kids if not (isinstance(kid, Node) and kid.kind == "THead")]
    return table


class Numbered:
    """The elements and links of one part, numbered in reading order; `owners` tells who holds each marked piece."""

    def __init__(self, tops: Sequence[Node], first_page: int) -> None:
        self._first = first_page
        self._elements: list[Element | None] = []
        self.links: list[Link] = []
        self.owners: dict[tuple[int, int], int] = {}
        self.tops = tuple(self._add(node) for node in tops)

    @property
    def elements(self) -> tuple[Element, ...]:
        """All of them, the first of each stretch before what hangs under it."""
        return tuple(each for each in self._elements if each is not None)

    def _add(self, node: Node) -> int:
        number = len(self._elements)
        self._elements.append(None)
        kids = tuple(self._kid(kid, node, number) for kid in node.kids)
        self._elements[number] = Element(
            kind=node.kind,
            page=node.page - self._first,
            kids=kids,
            name=node.name,
            scope=node.scope,
            headers=node.headers,
            colspan=node.colspan,
            rowspan=node.rowspan,
            alternative=node.alternative,
            box=node.box,
        )
        return number

    def _kid(self, kid: "Node | tuple[int, int] | Link", node: Node, number: int) -> Kid:
        if isinstance(kid, Node):
            return ELEMENT, self._add(kid)
        if isinstance(kid, Link):
            self.links.append(Link(kid.page - self._first, kid.area, kid.target))
            return LINK, len(self.links) - 1
        page, mcid = kid
        self.owners[page - self._first, mcid] = number
        return (CONTENT, mcid) if page == node.page else content(page - self._first, mcid)
