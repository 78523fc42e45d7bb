"""The elements of a part, made of an uploaded file's tags once its pages are rewritten."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from msgspec.structs import replace

from torbay_reports.publishing.parts.values import CONTENT, ELEMENT, LINK, Element, Kid, content
from torbay_reports.publishing.uploads.findings import Findings
from torbay_reports.publishing.uploads.marks import Key
from torbay_reports.publishing.uploads.opening import SourcePage
from torbay_reports.publishing.uploads.structure import Node, Piece, Reference

_CELLS: Final = {"TH", "TD", "TR"}
"""Kinds that stay though they hold nothing: without them a table's columns would shift."""

_GROUPS: Final = {"THead", "TBody", "TFoot"}
_PICTURES: Final = {"Figure", "Formula"}


@dataclass(frozen=True)
class Built:
    """Elements in reading order, those directly under the paper, and each page's owners of marked content."""

    elements: tuple[Element, ...]
    tops: tuple[int, ...]
    owners: tuple[tuple[int, ...], ...]


class Tree:
    """A file's tags while its pages are rewritten."""

    def __init__(self, tops: list[Node], pages: Sequence[SourcePage], findings: Findings) -> None:
        self._tops = tops
        self._pages = pages
        self._findings = findings
        self._links: dict[tuple[int, int], int] = {}
        self._fields: dict[tuple[int, int], int] = {}
        self._used: set[tuple[int, int]] = set()
        self._whole: set[int] = set()
        self._linked: set[int] = set()
        self._kinds: dict[int, dict[Key, str]] = {}
        for node in self._walk():
            for kid in node.kids:
                if isinstance(kid, Piece):
                    self._kinds.setdefault(kid.page, {})[kid.key] = node.kind
        self.is_tagged = bool(self._kinds)

    def kinds(self, page: int) -> dict[Key, str]:
        """The kinds of the elements that hold a page's pieces."""
        return self._kinds.get(page, {})

    def place_links(self, keys: Sequence[tuple[int, int]]) -> None:
        """The links that stay, by the file's objects, in the part's order."""
        self._links = {key: place for place, key in enumerate(keys)}

    def place_fields(self, fields: Sequence[tuple[int, tuple[int, int]]]) -> None:
        """The fields that become part of their pages: page and object. One outside the tags becomes a paragraph."""
        if not self.is_tagged:
            return
        held: dict[tuple[int, int], Node] = {}
        for node in self._walk():
            for kid in node.kids:
                if isinstance(kid, Reference):
                    held.setdefault(kid.object, node)
        added: list[tuple[int, Node]] = []
        for page, key in fields:
            self._fields[key] = page
            if key in held:
                node = held[key]
            else:
                node = Node("P", [Piece(page, ("field", key))], page)
                added.append((page, node))
            self._kinds.setdefault(page, {})["field", key] = "Span" if node.kind == "Form" else node.kind
        self._insert(added)

    def add_whole(self, page: int) -> None:
        """A page that is one piece of text without tags."""
        self._whole.add(page)

    def built(self, pieces: Sequence[Sequence[Key]], link_pages: Sequence[int], prefix: str, language: str) -> Built:
        """The elements; `pieces` are each page's by number, `link_pages` the pages of the links."""
        for node in self._walk():
            node.kids = [each for kid in node.kids for each in self._resolved(kid)]
        self._add_pages(link_pages)
        self._check()
        builder = _Builder(self._pages, pieces, link_pages, prefix)
        tops = tuple(place for node in self._tops if (place := builder.add(node, 0, language)) is not None)
        return Built(builder.elements(), tops, builder.owners())

    def _resolved(self, kid: "Node | Piece | Reference") -> Iterator["Node | Piece | Reference"]:
        if not isinstance(kid, Reference):
            yield kid
        elif kid.object not in self._used:
            self._used.add(kid.object)
            if kid.object in self._links:
                place = self._links[kid.object]
                self._linked.add(place)
                yield Reference((place, -1))
            elif kid.object in self._fields:
                yield Piece(self._fields[kid.object], ("field", kid.object))

    def _add_pages(self, link_pages: Sequence[int]) -> None:
        """Sections for pages without tags, and the links that no element holds."""
        loose: dict[int, list[Node]] = {}
        for place, page in enumerate(link_pages):
            if place not in self._linked:
                loose.setdefault(page, []).append(Node("Link", [Reference((place, -1))], page))
        added: list[tuple[int, Node]] = []
        for page in range(len(self._pages)):
            links: list[Node | Piece | Reference] = list(loose.get(page, ()))
            if page in self._whole:
                added.append((page, Node("Sect", [Node("P", [Piece(page, ("whole", 0)), *links], page)], page)))
            elif links:
                added.append((page, Node("P", links, page)))
        self._insert(added)

    def _insert(self, added: list[tuple[int, Node]]) -> None:
        """Put elements, in the order of their pages, each before the first that begins on a later page."""
        tops: list[Node] = []
        waiting = added[::-1]
        for top in self._tops:
            start = _first_page(top)
            while waiting and waiting[-1][0] < start:
                tops.append(waiting.pop()[1])
            tops.append(top)
        self._tops = tops + [node for _, node in reversed(waiting)]

    def _check(self) -> None:
        for node in self._walk():
            if node.kind == "Table":
                self._head(node)
            elif node.kind in _PICTURES and not (node.alternative or node.actual_text):
                self._findings.add("picture-without-alternative", max(_first_page(node), 0) + 1)

    def _head(self, table: Node) -> None:
        """Give header cells a scope by where they stand, if they have none."""
        rows = list(_rows(table))
        names_heads = any(cell.headers for row, _ in rows for cell in row.nodes() if cell.kind == "TD")
        for row, is_head in rows:
            cells = [cell for cell in row.nodes() if cell.kind in _CELLS]
            all_head = is_head or all(cell.kind == "TH" for cell in cells)
            for cell in cells:
                if cell.kind == "TH" and not cell.scope:
                    cell.scope = "Column" if all_head else "Row"
                    if not names_heads:
                        self._findings.add("header-without-scope", max(_first_page(cell), cell.page, 0) + 1)

    def _walk(self) -> Iterator[Node]:
        waiting = list(reversed(self._tops))
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(list(node.nodes())))


def _rows(table: Node) -> Iterator[tuple[Node, bool]]:
    for kid in table.nodes():
        if kid.kind == "TR":
            yield kid, False
        elif kid.kind in _GROUPS:
            yield from ((row, kid.kind == "THead") for row in kid.nodes() if row.kind == "TR")


def _first_page(node: Node) -> int:
    """The page of the first piece under an element; -1 where it holds none."""
    waiting: list[Node | Piece | Reference] = [node]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Piece):
            return each.page
        if isinstance(each, Node):
            waiting.extend(reversed(each.kids))
    return node.page


class _Builder:
    def __init__(
        self, pages: Sequence[SourcePage], pieces: Sequence[Sequence[Key]], link_pages: Sequence[int], prefix: str
    ) -> None:
        self._pages = pages
        self._link_pages = link_pages
        self._prefix = prefix
        self._elements: list[Element | None] = []
        self._owners = [[-1] * len(each) for each in pieces]
        self._numbers: dict[tuple[int, Key], list[int]] = {}
        for page, keys in enumerate(pieces):
            for place, key in enumerate(keys):
                self._numbers.setdefault((page, key), []).append(place)
        self._names: dict[bytes, str] = {}
        self._given: set[str] = set()

    def elements(self) -> tuple[Element, ...]:
        """All of them, their headers only those that are there."""
        return tuple(
            replace(each, headers=tuple(name for name in each.headers if name in self._given)) if each.headers else each
            for each in self._elements
            if each is not None
        )

    def owners(self) -> tuple[tuple[int, ...], ...]:
        return tuple(tuple(each) for each in self._owners)

    def add(self, node: Node, page: int, language: str = "") -> int | None:
        """Append an element and all under it; nothing where it holds nothing."""
        if not self._holds(node):
            return None
        first = _first_page(node)
        page = first if first >= 0 else page
        place = len(self._elements)
        self._elements.append(None)
        kids: list[Kid] = []
        for kid in node.kids:
            kids.extend(self._kids(kid, node, page, place))
        kind = node.kind
        if (kind == "Link" and not any(each[0] == LINK for each in kids)) or kind == "Form":
            kind = "Span"
        self._elements[place] = Element(
            kind=kind,
            page=page,
            kids=tuple(kids),
            name=self._own_name(node, place),
            scope=node.scope,
            headers=tuple(self._name(each) for each in node.headers),
            colspan=node.colspan,
            rowspan=node.rowspan,
            alternative=node.alternative,
            box=self._box(node, page),
            language=node.language or language,
            actual_text=node.actual_text,
            expansion=node.expansion,
            numbering=node.numbering,
        )
        return place

    def _kids(self, kid: Node | Piece | Reference, node: Node, page: int, place: int) -> Iterator[Kid]:
        if isinstance(kid, Node):
            inner = self.add(kid, page)
            if inner is not None:
                yield ELEMENT, inner
        elif isinstance(kid, Piece):
            for number in self._numbers.get((kid.page, kid.key), ()):
                self._owners[kid.page][number] = place
                yield (CONTENT, number) if kid.page == page else content(kid.page, number)
        elif node.kind == "Link":
            yield LINK, kid.object[0]
        else:
            link = len(self._elements)
            self._elements.append(Element("Link", self._link_pages[kid.object[0]], ((LINK, kid.object[0]),)))
            yield ELEMENT, link

    def _holds(self, node: Node) -> bool:
        if node.kind in _CELLS:
            return True
        return any(
            (kid.page, kid.key) in self._numbers
            if isinstance(kid, Piece)
            else isinstance(kid, Reference) or self._holds(kid)
            for kid in node.kids
        )

    def _own_name(self, node: Node, place: int) -> str:
        if not node.identity:
            # PDF/UA-1 7.9: a note has a name.
            return f"{self._prefix}-note-{place}" if node.kind == "Note" else ""
        name = self._name(node.identity)
        if name in self._given:
            return ""
        self._given.add(name)
        return name

    def _name(self, identity: bytes) -> str:
        return self._names.setdefault(identity, f"{self._prefix}-{len(self._names) + 1}")

    def _box(self, node: Node, page: int) -> tuple[float, ...]:
        if len(node.box) != 4:
            return ()
        left, bottom = self._pages[page].point(node.box[0], node.box[1])
        right, top = self._pages[page].point(node.box[2], node.box[3])
        return tuple(round(each, 3) for each in (left, bottom, right, top))
