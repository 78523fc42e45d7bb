"""The tag tree of a pack as it stands in the file: what each paper says, and what is wrong with the tree itself.

Read with pikepdf alone. Nothing of the product takes part, so that a fault of its own reader cannot hide.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from itertools import product
from typing import Any

from pikepdf import Array, Dictionary, Name, NameTree, NumberTree, Object, Pdf

from tests.publishing.frozen.marked import UNREADABLE, Marked, MarkedReader
from tests.publishing.frozen.things import Grid, GridCell, Line, Link, Paper, Picture, Place, Points, Thing, Words

_HEADING = re.compile(r"H[1-6]$")
_INLINE = {"Span", "Link", "Reference", "Quote", "Em", "Strong", "NonStruct"}  # a line's end is a NonStruct
_NEVER_EMPTY = {"P", "L", "LI", "TR", "Table", "Caption", "Link", "Figure", *(f"H{level}" for level in range(1, 7))}
_STANDARD = (
    _NEVER_EMPTY
    | _INLINE
    | {
        *("Document", "Part", "Art", "Sect", "Div", "BlockQuote"),
        *("Lbl", "LBody", "TH", "TD", "THead", "TBody", "TFoot", "Note"),
    }
)
ObjGen = tuple[int, int]
SHOWN = 60
"""So much of a text is said of what is wrong with it."""


@dataclass
class Node:
    """An element of the tree. `kids` are elements and marked content as (page, MCID)."""

    kind: str
    kids: list["Node | tuple[int, int]"] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)
    name: str = ""
    scope: str = ""
    headers: tuple[str, ...] = ()
    colspan: int = 1
    rowspan: int = 1
    alternative: str = ""
    language: str = ""

    @property
    def elements(self) -> list["Node"]:
        return [kid for kid in self.kids if isinstance(kid, Node)]

    def walk(self) -> Iterator["Node"]:
        """This element and all under it, in reading order."""
        yield self
        for kid in self.elements:
            yield from kid.walk()


@dataclass(frozen=True)
class ReadPack:
    """`papers` in the tree's order, the cover letter first; `faults` of the tree itself, in words; `destinations` the
    page of each named place; `labels` those of the reader's page box; `artifacts` what stands beside each page."""

    papers: tuple[Paper, ...]
    faults: tuple[str, ...]
    destinations: dict[str, int]
    labels: tuple[str, ...]
    artifacts: tuple[str, ...]
    first_pages: tuple[int, ...]


def read_pack(pdf: bytes) -> ReadPack:
    """All that the tags of a pack say."""
    with Pdf.open(BytesIO(pdf)) as opened:
        return _Reader(opened).read()


def said_by(pdf: bytes) -> tuple[Thing, ...]:
    """All that the tags of any PDF say, in order."""
    with Pdf.open(BytesIO(pdf)) as opened:
        return _Reader(opened).said()


class _Reader:
    def __init__(self, pdf: Pdf) -> None:
        self.pdf = pdf
        self.faults: list[str] = []
        self.place = {page.obj.objgen: place for place, page in enumerate(pdf.pages)}
        marked = MarkedReader()
        self.pages: list[Marked] = [marked.read(page) for page in pdf.pages]
        self.holder: dict[tuple[int, int], ObjGen] = {}
        self.link_holder: dict[ObjGen, ObjGen] = {}
        self.names: dict[str, ObjGen] = {}
        self.roles = {str(name)[1:]: str(role)[1:] for name, role in self._root.get(Name.RoleMap, Dictionary()).items()}

    @property
    def _root(self) -> Object:
        return self.pdf.Root.StructTreeRoot

    def read(self) -> ReadPack:
        tops = [self._node(kid, self._root.objgen) for kid in _listed(self._root.get(Name.K))]
        if [top.kind for top in tops] != ["Document"]:
            self.faults.append(f"Under the root of the tree stand {[top.kind for top in tops]}, not one Document.")
        papers = [paper for top in tops for paper in top.elements]
        for place, paper in enumerate(papers[1:], start=1):
            if paper.kind != "Document":
                self.faults.append(f"Paper {place} of the tree is no Document but {paper.kind}.")
        self._content()
        self._parent_tree()
        self._id_tree()
        for node in (node for top in tops for node in top.walk()):
            self._sound(node)
        return ReadPack(
            papers=tuple(self._paper(paper) for paper in papers),
            faults=tuple(self.faults),
            destinations=self._destinations(),
            labels=tuple(str(page.label) for page in self.pdf.pages),
            artifacts=tuple("".join(text for piece in page.artifacts for _, text in piece) for page in self.pages),
            first_pages=tuple(self._page(paper) for paper in papers),
        )

    def said(self) -> tuple[Thing, ...]:
        tops = [self._node(kid, self._root.objgen) for kid in _listed(self._root.get(Name.K))]
        return tuple(thing for top in tops for thing in self._things(top))

    # The tree.

    def _node(self, element: Object, parent: ObjGen) -> Node:
        kind = str(element.S)[1:]
        node = Node(self.roles.get(kind, kind) if kind not in _STANDARD else kind)
        mine = element.objgen
        if element.P.objgen != parent:
            self.faults.append(f"A {node.kind} names another element as its parent than the one that holds it.")
        if Name.ID in element:
            node.name = str(element.ID)
            if node.name in self.names:
                self.faults.append(f"The name {node.name} stands twice in the tree.")
            self.names[node.name] = mine
        node.alternative = str(element.get(Name.Alt, ""))
        node.language = str(element.get(Name.Lang, ""))
        for attributes in _listed(element.get(Name.A)):
            node.scope = str(attributes.get(Name.Scope, ""))[1:] or node.scope
            node.headers = tuple(str(each) for each in attributes.get(Name.Headers, ())) or node.headers
            node.colspan = int(attributes.get(Name.ColSpan, node.colspan))
            node.rowspan = int(attributes.get(Name.RowSpan, node.rowspan))
        own = element.get(Name.Pg)
        for kid in _listed(element.get(Name.K)):
            self._kid(kid, node, mine, own)
        return node

    def _kid(self, kid: Any, node: Node, mine: ObjGen, own: Object | None) -> None:
        if isinstance(kid, Dictionary) and Name.S in kid:
            node.kids.append(self._node(kid, mine))
            return
        if isinstance(kid, Dictionary) and kid.get(Name.Type) == Name.OBJR:
            node.targets.append(_target(kid.Obj))
            if kid.Obj.objgen in self.link_holder:
                self.faults.append(f"The link to {node.targets[-1]} stands twice in the tree.")
            self.link_holder[kid.Obj.objgen] = mine
            return
        page, mcid = (own, int(kid)) if not isinstance(kid, Dictionary) else (kid.get(Name.Pg, own), int(kid.MCID))
        if page is None or page.objgen not in self.place:
            self.faults.append(f"Content {mcid} of a {node.kind} stands on no page of the pack.")
            return
        at = (self.place[page.objgen], mcid)
        if at in self.holder:
            self.faults.append(f"Content {mcid} of page {at[0] + 1} stands twice in the tree.")
        self.holder[at] = mine
        node.kids.append(at)

    def _sound(self, node: Node) -> None:
        if node.kind not in _STANDARD:
            self.faults.append(f"{node.kind} is no kind of element that a reader knows.")
        if node.kind in _NEVER_EMPTY and not node.kids:
            self.faults.append(f"A {node.kind} holds nothing.")
        if node.kind == "TH" and node.scope not in ("Column", "Row"):
            self.faults.append(f"The header cell “{_short(self._text(node))}” does not say what it heads.")
        if node.kind == "Figure" and not node.alternative.strip():
            self.faults.append("A figure has no words that stand for it.")
        if node.kind == "Link" and len(node.targets) != 1:
            self.faults.append(f"The link “{_short(self._text(node))}” has {len(node.targets)} areas.")

    def _content(self) -> None:
        """Everything that is painted is held by the tree, or an artifact."""
        held: dict[int, set[int]] = {}
        for place, mcid in self.holder:
            held.setdefault(place, set()).add(mcid)
        for place, page in enumerate(self.pages):
            if page.loose:
                self.faults.append(f"Page {place + 1} paints outside the tree: “{page.loose[0]}”.")
            for mcid in page.pieces.keys() ^ held.get(place, set()):
                self.faults.append(f"Content {mcid} of page {place + 1} stands only in the page or only in the tree.")
            if any(UNREADABLE in text for pieces in page.pieces.values() for _, text in pieces):
                self.faults.append(f"Page {place + 1} has characters that cannot be read out.")

    def _parent_tree(self) -> None:
        """The way back from content to element leads to the element that holds it."""
        entries: dict[int, Any] = dict(NumberTree(self._root.ParentTree).items())
        for place, page in enumerate(self.pdf.pages):
            back = entries.get(int(page.obj.get(Name.StructParents, -1)), ()) if self.pages[place].pieces else ()
            for mcid in self.pages[place].pieces:
                named = back[mcid] if mcid < len(back) else None
                if named is None or named.objgen != self.holder.get((place, mcid)):
                    self.faults.append(f"Content {mcid} of page {place + 1} leads back to another element.")
            for area in page.obj.get(Name.Annots, ()):
                named = entries.get(int(area.get(Name.StructParent, -1)))
                if named is None or named.objgen != self.link_holder.get(area.objgen):
                    self.faults.append(f"A link on page {place + 1} leads back to another element, or to none.")
                if not str(area.get(Name.Contents, "")).strip() or not int(area.get(Name.F, 0)) & 4:
                    self.faults.append(f"A link on page {place + 1} is not described or does not print.")

    def _id_tree(self) -> None:
        """The tree of names holds every name in order, each leading to its element."""
        listed = [(str(name), element.objgen) for name, element in _names(self._root.get(Name.IDTree))]
        if dict(listed) != self.names or len(listed) != len(self.names):
            self.faults.append("The tree of names does not hold just the names of the elements.")
        if listed != sorted(listed, key=lambda each: each[0].encode()):
            self.faults.append("The tree of names is out of order, so that a reader does not find them.")

    def _destinations(self) -> dict[str, int]:
        held = self.pdf.Root.get(Name.Names, Dictionary()).get(Name.Dests)
        if held is None:
            return {}
        found = {}
        for name, target in NameTree(held).items():
            array = target if isinstance(target, Array) else target.D
            found[str(name)] = self.place[array[0].objgen]
        return found

    # What it says.

    def _paper(self, top: Node) -> Paper:
        things = tuple(self._things(top))
        title = next((each.text for each in things if isinstance(each, Words) and each.kind == "H1"), "")
        return Paper(title.replace("\n", " "), top.language, things)

    def _things(self, node: Node) -> Iterator[Thing]:
        for kid in node.kids:
            if isinstance(kid, tuple):
                self.faults.append(f"“{_short(self._text(node))}” stands in a {node.kind} and in no paragraph.")
                continue
            match kid.kind:
                case "Table":
                    yield self._grid(kid)
                case "L":
                    yield self._points(kid)
                case "Figure":
                    yield Picture(kid.alternative, page=self._page(kid))
                case "P" if any(each.kind == "Figure" for each in kid.elements):
                    yield from self._things(kid)
                case kind if kind == "P" or _HEADING.match(kind):
                    yield self._words(kid)
                case "Document" | "Part" | "Art" | "Sect" | "Div" | "BlockQuote":
                    yield from self._things(kid)
                case kind:
                    self.faults.append(f"A {kind}, “{_short(self._text(kid))}”, stands where it does not belong.")

    def _words(self, node: Node) -> Words:
        for each in node.walk():
            if each is not node and each.kind not in _INLINE and each.kind not in ("Lbl", "LBody"):
                self.faults.append(f"In the {node.kind} “{_short(self._text(node))}” stands a {each.kind}.")
        return Words(node.kind, self._text(node), self._links(node), page=self._page(node))

    def _points(self, node: Node) -> Points:
        for item in node.elements:
            if item.kind != "LI":
                self.faults.append(f"In a list stands a {item.kind}, “{_short(self._text(item))}”.")
        return Points(tuple(self._words(item) for item in node.elements), page=self._page(node))

    def _grid(self, node: Node) -> Grid:
        captions = [self._text(each) for each in node.elements if each.kind == "Caption"]
        if len(captions) > 1:
            self.faults.append(f"The table “{captions[0]}” has {len(captions)} captions.")
        rows = list(self._rows(node, is_head=False))
        heads = [is_head for _, is_head in rows]
        if heads != sorted(heads, reverse=True):
            self.faults.append(f"The table {captions} has a head in the midst of its rows.")
        places = _places([row for row, _ in rows])
        lines = tuple(
            Line(is_head, tuple(self._cell(cell, places) for cell in row.elements), page=self._page(row))
            for row, is_head in rows
        )
        return Grid(" ".join(captions), lines, page=self._page(node))

    def _rows(self, node: Node, *, is_head: bool) -> Iterator[tuple[Node, bool]]:
        for kid in node.elements:
            if kid.kind == "TR":
                yield kid, is_head
            elif kid.kind in ("THead", "TBody", "TFoot"):
                yield from self._rows(kid, is_head=kid.kind == "THead")
            elif kid.kind != "Caption":
                self.faults.append(f"In a table stands a {kid.kind}, “{_short(self._text(kid))}”.")

    def _cell(self, cell: Node, places: dict[str, Place]) -> GridCell:
        text = self._text(cell)
        if cell.kind not in ("TH", "TD"):
            self.faults.append(f"In a row stands a {cell.kind}, “{_short(text)}”.")
        lost = [name for name in cell.headers if name not in places]
        if lost:
            self.faults.append(f"The cell “{_short(text)}” names the header {lost[0]}, which its table does not have.")
        if len(set(cell.headers)) < len(cell.headers):
            self.faults.append(f"The cell “{_short(text)}” names a header twice.")
        headers = frozenset(places[name] for name in cell.headers if name in places)
        return GridCell(cell.kind, text, self._links(cell), cell.scope, headers, cell.colspan, cell.rowspan)

    def _links(self, node: Node) -> tuple[Link, ...]:
        return tuple(
            (self._text(each), each.targets[0]) for each in node.walk() if each.kind == "Link" and each.targets
        )

    def _page(self, node: Node) -> int:
        """The page of its first content, -1 where it has none."""
        return next((kid[0] for each in node.walk() for kid in each.kids if isinstance(kid, tuple)), -1)

    def _text(self, node: Node) -> str:
        lines: list[tuple[object, str]] = []
        self._collect(node, lines)
        text = ""
        before: object = None
        for height, piece in lines:
            text += piece if before is None or height == before else f"\n{piece}"
            before = height
        return text

    def _collect(self, node: Node, lines: list[tuple[object, str]]) -> None:
        """Pieces with the line on which they stand, in which blocks begin lines of their own."""
        for kid in node.kids:
            if isinstance(kid, tuple):
                page, mcid = kid
                lines.extend(((page, height), text) for height, text in self.pages[page].pieces.get(mcid, ()))
            elif kid.kind == "Lbl" and node.kind == "LI":
                continue  # a point's bullet
            elif kid.kind in _INLINE or kid.kind in ("Lbl", "LBody"):
                self._collect(kid, lines)
            elif kid.kind != "Figure":
                inner: list[tuple[object, str]] = []
                self._collect(kid, inner)
                lines.extend(((id(kid), line), text) for line, text in inner)


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def _listed(held: Any) -> list[Any]:
    if held is None:
        return []
    return list(held) if isinstance(held, Array) else [held]


def _target(area: Object) -> str:
    if Name.Dest in area:
        return f"#{area.Dest}"
    action = area.A
    return f"#{action.D}" if action.S == Name.GoTo else str(action.URI)


def _names(tree: Object | None) -> Iterator[tuple[str, Object]]:
    """A name tree's entries in the order of the file, so that a wrong order is seen."""
    if tree is None:
        return
    held = tree.get(Name.Names, ())
    for place in range(0, len(held), 2):
        yield str(held[place]), held[place + 1]
    for kid in tree.get(Name.Kids, ()):
        yield from _names(kid)


def _places(rows: list[Node]) -> dict[str, Place]:
    """Row and column of each header cell by its name."""
    taken: set[Place] = set()
    found: dict[str, Place] = {}
    for number, row in enumerate(rows):
        column = 0
        for cell in row.elements:
            while (number, column) in taken:
                column += 1
            if cell.kind == "TH" and cell.name:
                found[cell.name] = (number, column)
            rows_taken, columns_taken = range(number, number + cell.rowspan), range(column, column + cell.colspan)
            taken.update(product(rows_taken, columns_taken))
            column += cell.colspan
    return found


def counted(things: tuple[Thing, ...]) -> Counter[str]:
    """How many of each kind: for a test that asks whether much was compared."""
    counts: Counter[str] = Counter()
    for thing in things:
        counts[thing.kind if isinstance(thing, Words) else type(thing).__name__] += 1
        if isinstance(thing, Grid):
            counts["TR"] += len(thing.lines)
            counts["cells"] += sum(len(line.cells) for line in thing.lines)
    return counts
