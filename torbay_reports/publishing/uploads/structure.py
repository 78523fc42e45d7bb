"""Reads the tag tree of an uploaded file, as far as it can be believed.

A tree that hangs in itself refuses the file. An element that hangs in two places stays in the first. Elements deeper
than any paper needs are opened: what they hold hangs under the one above.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Union

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from torbay_reports.publishing.uploads import kinds, limits
from torbay_reports.publishing.uploads.findings import Findings
from torbay_reports.publishing.uploads.marks import Key
from torbay_reports.publishing.uploads.refusals import ANEW, RefusedPdf, too_much
from torbay_reports.publishing.uploads.scalars import box_of, plain_number, said, spelt

_LONGEST: Final = 20_000
_MOST_SPAN: Final = 1000
_MOST_HEADERS: Final = 200
_SCOPES: Final = {"Row", "Column", "Both"}
_NUMBERINGS: Final = {
    "None",
    "Disc",
    "Circle",
    "Square",
    "Decimal",
    "UpperRoman",
    "LowerRoman",
    "UpperAlpha",
    "LowerAlpha",
}


@dataclass(frozen=True)
class Piece:
    """Marked content: `page` is its page's place, `key` what the file calls it there."""

    page: int
    key: Key


@dataclass(frozen=True)
class Reference:
    """An annotation, by its object in the file."""

    object: tuple[int, int]


@dataclass
class Node:
    """An element while it is read. `identity` and `headers` are the file's own names."""

    kind: str
    kids: list[Union["Node", Piece, Reference]] = field(default_factory=list)
    page: int = -1
    identity: bytes = b""
    headers: tuple[bytes, ...] = ()
    scope: str = ""
    colspan: int = 1
    rowspan: int = 1
    alternative: str = ""
    actual_text: str = ""
    expansion: str = ""
    numbering: str = ""
    language: str = ""
    box: tuple[float, ...] = ()

    def nodes(self) -> Iterator["Node"]:
        """The elements directly under it."""
        return (kid for kid in self.kids if isinstance(kid, Node))


class TreeReader:
    """Reads one file's tree. `pages` are the places of its pages by their objects."""

    def __init__(self, pages: Mapping[tuple[int, int], int], findings: Findings) -> None:
        self._pages = pages
        self._findings = findings
        self._seen: set[tuple[int, int]] = set()
        self._held: set[tuple[int, Key]] = set()
        self._count = 0
        self._kinds = kinds.Kinds(Dictionary())
        self._classes: Any = None

    def tops(self, pdf: Pdf) -> list[Node]:
        """The elements directly under the file; none where it is not tagged. Raises RefusedPdf for a loop."""
        root = pdf.Root.get("/StructTreeRoot")
        if not isinstance(root, Dictionary) or isinstance(root, Stream):
            return []
        self._kinds = kinds.Kinds(root)
        self._classes = root.get("/ClassMap")
        top = Node("Document")
        self._read(root, top)
        return _wrapped(top)

    def _read(self, root: Object, top: Node) -> None:
        # Each step holds what is left of an element's kids, last first, and where they go.
        path: set[tuple[int, int]] = {root.objgen}
        steps: list[tuple[list[Any], Node, int, int, Any]] = [(_listed(root), top, -1, 0, root)]
        while steps:
            waiting, into, page, depth, owner = steps[-1]
            if not waiting:
                steps.pop()
                path.discard(owner.objgen)
                continue
            kid = waiting.pop()
            self._count += 1
            if self._count > limits.ELEMENTS * 4:
                raise too_much("has too many tags")
            if not isinstance(kid, Dictionary) or isinstance(kid, Stream) or kid.get(Name.S) is None:
                self._content(kid, into, page)
                continue
            if not self._is_new(kid, path):
                continue
            kind = self._kinds.standard(kid.get(Name.S))
            if kind == kinds.LEFT_OUT:
                continue
            own = self._page(kid.get("/Pg"), page)
            node = self._node(kind, kid, own)
            is_opened = _says_nothing(node, depth, is_top=into is top)
            if is_opened:
                node = into
            else:
                into.kids.append(node)
            if kid.is_indirect:
                path.add(kid.objgen)
            steps.append((_listed(kid), node, own, depth + (not is_opened), kid))

    def _is_new(self, kid: Object, path: set[tuple[int, int]]) -> bool:
        if not kid.is_indirect:
            return True
        if kid.objgen in path:
            raise RefusedPdf(f"The tags of this PDF hang in themselves, in a loop. {ANEW}")
        if kid.objgen in self._seen:
            self._findings.add("tags-repaired")
            return False
        self._seen.add(kid.objgen)
        if len(self._seen) > limits.ELEMENTS:
            raise too_much(f"has more than {limits.ELEMENTS:,} tags")
        return True

    def _content(self, kid: Any, into: Node, page: int) -> None:
        if isinstance(kid, int) and not isinstance(kid, bool):
            self._piece(Piece(page, ("mcid", kid)), into)
        elif isinstance(kid, Dictionary) and kid.get(Name.Type) == Name.MCR:
            where = self._page(kid.get("/Pg"), page)
            drawing = kid.get("/Stm")
            number: Any = kid.get("/MCID")
            if isinstance(drawing, Stream):
                self._piece(Piece(where, ("drawing", drawing.objgen)), into)
            elif isinstance(number, int) and not isinstance(number, bool):
                self._piece(Piece(where, ("mcid", number)), into)
        elif isinstance(kid, Dictionary) and kid.get(Name.Type) == Name.OBJR:
            held = kid.get("/Obj")
            if isinstance(held, Dictionary) and held.is_indirect:
                into.kids.append(Reference(held.objgen))

    def _piece(self, piece: Piece, into: Node) -> None:
        if piece.page < 0:
            self._findings.add("tags-repaired")
        elif (piece.page, piece.key) in self._held:
            self._findings.add(
                *(("tags-inside-drawings", piece.page + 1) if piece.key[0] == "drawing" else ("tags-repaired",))
            )
        else:
            self._held.add((piece.page, piece.key))
            into.kids.append(piece)

    def _page(self, held: Any, otherwise: int) -> int:
        return self._pages.get(held.objgen, otherwise) if isinstance(held, Dictionary) else otherwise

    def _node(self, kind: str, held: Object, page: int) -> Node:
        node = Node(
            kind,
            page=page,
            identity=_bytes(held.get("/ID")),
            alternative=_text(held.get("/Alt")),
            actual_text=_text(held.get("/ActualText")),
            expansion=_text(held.get("/E")),
            language=language_of(held.get("/Lang")),
        )
        for attributes in self._attributes(held):
            _take(node, attributes)
        return node

    def _attributes(self, held: Object) -> Iterator[Object]:
        """An element's attribute dictionaries, those of its classes first."""
        if isinstance(self._classes, Dictionary):
            for name in _as_list(held.get("/C")):
                if isinstance(name, Name):
                    yield from (each for each in _as_list(self._classes.get(name)) if isinstance(each, Dictionary))
        yield from (each for each in _as_list(held.get("/A")) if isinstance(each, Dictionary))


def _says_nothing(node: Node, depth: int, *, is_top: bool) -> bool:
    """Whether what hangs under an element may as well hang under the one above."""
    if depth >= limits.DEPTH or node.kind in kinds.OPENED or (is_top and node.kind in kinds.TOP_WRAPPERS):
        return True
    words = (node.alternative, node.actual_text, node.expansion, node.language, node.identity)
    return node.kind == "Span" and not is_top and not any(words)


def _take(node: Node, attributes: Object) -> None:
    scope = spelt(attributes.get("/Scope"))[1:]
    if node.kind == "TH" and scope in _SCOPES:
        node.scope = scope
    if node.kind in {"TH", "TD"}:
        node.colspan = _span(attributes.get("/ColSpan"), node.colspan)
        node.rowspan = _span(attributes.get("/RowSpan"), node.rowspan)
        headers = attributes.get("/Headers")
        if isinstance(headers, Array):
            node.headers = tuple(bytes(each) for each in list(headers)[:_MOST_HEADERS] if isinstance(each, String))
    numbering = spelt(attributes.get("/ListNumbering"))[1:]
    if node.kind == "L" and numbering in _NUMBERINGS:
        node.numbering = numbering
    box = box_of(attributes.get("/BBox"))
    if box is not None and node.kind in {"Figure", "Formula", "Table", "Form"}:
        node.box = box


def _wrapped(top: Node) -> list[Node]:
    """The elements under the top; content that hangs there by itself becomes paragraphs."""
    tops: list[Node] = []
    loose: Node | None = None
    for kid in top.kids:
        if isinstance(kid, Node):
            tops.append(kid)
            loose = None
        else:
            if loose is None:
                loose = Node("P")
                tops.append(loose)
            loose.kids.append(kid)
    return tops


def _listed(held: Object) -> list[Any]:
    return list(reversed(_as_list(held.get("/K"))))


def _as_list(held: Any) -> list[Any]:
    if held is None:
        return []
    return list(held) if isinstance(held, Array) else [held]


def _span(held: Any, otherwise: int) -> int:
    number = plain_number(held, 0)
    return int(number) if 1 <= number <= _MOST_SPAN else otherwise


def _bytes(held: Any) -> bytes:
    return bytes(held) if isinstance(held, String) else b""


def _text(held: Any) -> str:
    return " ".join("".join(each if each.isprintable() else " " for each in said(held)[:_LONGEST]).split())


def language_of(held: Any) -> str:
    """A language as the file names it ("en-GB"); empty where that is none."""
    name = said(held)
    return name if len(name) <= 35 and name.isascii() and name.replace("-", "").isalnum() and name[:2].isalpha() else ""
