"""Parts made by hand, as a run of WeasyPrint would give them: one page each, tables broken between rows."""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from torbay_reports.documents.blocks import (
    BulletList,
    CallOut,
    Chart,
    Facts,
    Heading,
    Paragraph,
    ParagraphLink,
    Prose,
    Table,
    WebLink,
)
from torbay_reports.publishing import pagemaps
from torbay_reports.publishing.joining.fonts import face
from torbay_reports.publishing.joining.pack import PaperParts, join
from torbay_reports.publishing.layout import LETTER_ID, PlacedPaper, cover_lines, placed_papers
from torbay_reports.publishing.markup import element_id
from torbay_reports.publishing.packplan import PackPlan, PageMap, PageRange, RenderedPack
from torbay_reports.publishing.parts.values import CONTENT, ELEMENT, LINK, Element, Font, Kid, Link, Part, PartPage

FACES = ("400-normal", "700-normal")
PORTRAIT = (595.275591, 841.889764)
LANDSCAPE = (841.889764, 595.275591)


@dataclass
class Node:
    """An element while its part is made."""

    kind: str
    kids: list["Node | Kid"] = field(default_factory=list)
    attributes: dict[str, Any] = field(default_factory=dict)


class PageMaker:
    """Makes one part of one page."""

    def __init__(self, size: tuple[float, float] = PORTRAIT) -> None:
        self.size = size
        self.tops: list[Node] = []
        self.links: list[Link] = []
        self.destinations: dict[str, tuple[int, float, float]] = {}
        self.goes_on = False
        self._content = ["q", "/Artifact BMC", "0 0 1 1 re f", "EMC"]
        self._glyphs: dict[str, dict[int, str]] = {key: {} for key in FACES}
        self._marks = 0
        self.y = size[1] - 80

    def line(self, text: str, bold: bool = False) -> Kid:
        """A line of marked text; gives back what stands for it in the tree."""
        key = FACES[bold]
        glyphs = [face(key).glyphs[character] for character in text]
        self._glyphs[key].update(zip(glyphs, text, strict=True))
        codes = "".join(f"<{glyph:04x}>0" for glyph in glyphs)
        self._content.append(f"/Span <</MCID {self._marks}>> BDC\nBT\n/{key} 9 Tf\n1 0 0 1 60 {self.y:.2f} Tm")
        self._content.append(f"[{codes}] TJ\nET\nEMC")
        self._marks += 1
        self.y -= 9
        return CONTENT, self._marks - 1

    def picture(self) -> Kid:
        """Something drawn."""
        self._content.append(f"/Figure <</MCID {self._marks}>> BDC\n60 300 100 100 re f\nEMC")
        self._marks += 1
        return CONTENT, self._marks - 1

    def prose(self, content: Prose, paper: str = "") -> list[Node | Kid]:
        """A run of prose with its links."""
        kids: list[Node | Kid] = []
        for each in content:
            if isinstance(each, ParagraphLink):
                kids.append(self.linked(each.text, "#" + element_id(paper, each.anchor)))
            elif isinstance(each, WebLink):
                kids.append(self.linked(each.text, each.address))
            else:
                kids.append(self.line(each.text.replace("\n", " ")))
        return kids

    def linked(self, text: str, target: str) -> Node:
        """A link over a line."""
        self.links.append(Link(0, (60, self.y + 9, 160, self.y), target))
        return Node("Link", [self.line(text), (LINK, len(self.links) - 1)])

    def here(self, name: str) -> None:
        """Name this place."""
        self.destinations[name] = (0, 60.0, self.y + 9)

    def part(self) -> Part:
        """The part as it stands."""
        elements: list[Element] = []
        owners = [-1] * self._marks

        def put(node: Node) -> int:
            place = len(elements)
            elements.append(Element("", 0))
            kids: list[Kid] = []
            for kid in node.kids:
                if isinstance(kid, Node):
                    kids.append((ELEMENT, put(kid)))
                    continue
                if kid[0] == CONTENT:
                    owners[kid[1]] = place
                kids.append(kid)
            elements[place] = Element(node.kind, 0, tuple(kids), **node.attributes)
            return place

        tops = tuple(put(top) for top in self.tops)
        page = PartPage(
            *self.size,
            content=zlib.compress("\n".join([*self._content, "Q"]).encode()),
            fonts=dict(zip(FACES, range(len(FACES)), strict=True)),
            owners=tuple(owners),
        )
        return Part(
            pages=(page,),
            elements=tuple(elements),
            tops=tops,
            destinations=self.destinations,
            links=tuple(self.links),
            fonts=tuple(Font(key, tuple(sorted(self._glyphs[key].items()))) for key in FACES),
            goes_on=self.goes_on,
        )


class PaperMaker:
    """Makes the parts of one paper, a new one whenever a page is full."""

    def __init__(self, placed: PlacedPaper, lowest: float = 80) -> None:
        self.key = placed.paper.key
        self.lowest = lowest
        self.parts: list[Part] = []
        document = placed.paper.document
        assert document is not None
        self.size = LANDSCAPE if document.orientation == "landscape" else PORTRAIT
        self.page = PageMaker(self.size)
        self.page.here(self.key)
        self.page.tops.append(Node("H1", [self.page.line(document.title, bold=True)]))
        for block in document.blocks:
            self.add(block)
        self.parts.append(self.page.part())

    def room(self) -> bool:
        """Begin a page where this one is full, and say whether it was."""
        if self.page.y > self.lowest:
            return False
        self.parts.append(self.page.part())
        self.page = PageMaker(self.size)
        return True

    def add(self, block: Any) -> None:
        """One block of a Document."""
        self.room()
        self.page.here(element_id(self.key, block.anchor))
        page = self.page
        match block:
            case Heading():
                page.tops.append(Node(f"H{block.level}", [page.line(f"{block.number} {block.text}".strip(), True)]))
            case Paragraph() | CallOut():
                page.tops.append(Node("P", page.prose(block.content, self.key)))
            case BulletList():
                items = [Node("LI", [Node("LBody", page.prose(item, self.key))]) for item in block.items]
                page.tops.append(Node("L", list(items)))
            case Facts():
                for label, lines in block.rows:
                    page.tops.append(Node("P", [page.line(f"{label}: {', '.join(lines)}")]))
            case Table():
                self.table(block)
            case Chart():
                box = {"alternative": block.title, "box": (60.0, 300.0, 160.0, 400.0)}
                page.tops.append(Node("Figure", [page.picture()], box))
                self.table(block.table)

    def table(self, table: Table) -> None:
        """A table, its rows over as many pages as they need."""
        name = element_id(self.key, table.anchor)
        page = self.page
        caption = Node("Caption", [page.line(table.caption)])
        heads = [f"{name}-h{place}" for place in range(len(table.columns))]
        head = [
            Node("TH", [page.line(column.label, True)], {"name": heads[place], "scope": "Column"})
            for place, column in enumerate(table.columns)
        ]
        body = Node("TBody")
        self.page.tops.append(Node("Table", [caption, Node("THead", [Node("TR", list(head))]), body]))
        for row in table.rows:
            if self.room():
                body = Node("TBody")
                self.page.goes_on = True
                self.page.tops.append(Node("Table", [body]))
            self.page.here(element_id(self.key, row.anchor))
            mine = f"{name}-{row.anchor}"
            cells = [Node("TH", self.page.prose(row.cells[0].content), {"name": mine, "scope": "Row"})]
            for place, cell in enumerate(row.cells[1:], start=1):
                cells.append(Node("TD", self.page.prose(cell.content), {"headers": (mine, heads[place])}))
            body.kids.append(Node("TR", list(cells)))


def letter(plan: PackPlan, ranges: dict[str, PageRange]) -> Part:
    """A cover letter of one page with its table of items."""
    page = PageMaker()
    page.here(LETTER_ID)
    page.tops.append(Node("P", [page.linked("clerk@council.invalid", "mailto:clerk@council.invalid")]))
    page.tops.append(Node("H1", [page.line(plan.letter.heading, bold=True)]))
    heads = ("letter-item", "letter-pages")
    head = [
        Node("TH", [page.line(label, True)], {"name": name, "scope": "Column"})
        for label, name in zip(("Item", "Page"), heads, strict=True)
    ]
    rows = []
    for title, pages, target in cover_lines(plan, ranges):
        named = page.line(title)
        where: Node | Kid = page.linked(pages, f"#{target}") if target else page.line(pages)
        cells = [Node("TD", [named], {"headers": heads[:1]}), Node("TD", [where], {"headers": heads[1:]})]
        rows.append(Node("TR", list(cells)))
    page.tops.append(Node("Table", [Node("THead", [Node("TR", list(head))]), Node("TBody", list(rows))]))
    return page.part()


def made(plan: PackPlan, *, brought: dict[str, tuple[Part, ...]] | None = None) -> tuple[list[PaperParts], PageMap]:
    """The parts of all papers of a plan, and its page map."""
    papers = [
        PaperParts(placed, (brought or {}).get(placed.paper.key) or tuple(PaperMaker(placed).parts))
        for placed in placed_papers(plan)
    ]
    return papers, pagemaps.read(1, papers)


def pack(plan: PackPlan, *, brought: dict[str, tuple[Part, ...]] | None = None) -> RenderedPack:
    """A whole pack, joined."""
    papers, pages = made(plan, brought=brought)
    return RenderedPack(join(plan, [letter(plan, pages.papers)], papers, pages), pages)


def sheet_of_words(lines: Iterable[str], size: tuple[float, float] = PORTRAIT) -> PageMaker:
    """A page of paragraphs."""
    page = PageMaker(size)
    for line in lines:
        page.tops.append(Node("P", [page.line(line)]))
    return page
