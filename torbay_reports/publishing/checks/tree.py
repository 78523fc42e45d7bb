"""Reads a finished pack's tag tree in one pass and holds it against itself, its pages and its parent tree.

An element is read as one text in the one form in which the joining writes it; what has another form is a fault.
"""

import re
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, field
from typing import Final

from torbay_reports.publishing.checks.objects import Bodies
from torbay_reports.publishing.faults import PackFault

STRING: Final = rb"(?:\((?:[^\\)]|\\.)*\)|<[0-9a-fA-F]*>)"
_TABLE: Final = (
    rb"<<\s*(?:/ColSpan \d+\s*)?(?:/Headers\s*\[\s*((?:" + STRING + rb"\s*)*)\]\s*)?/O\s*/Table\s*"
    rb"(?:/RowSpan \d+\s*)?(?:/Scope\s*/(\w+)\s*)?>>"
)
_LAYOUT: Final = rb"<<\s*/BBox\s*\[[-.\d ]+\]\s*/O\s*/Layout\s*>>"
_LIST: Final = rb"<<\s*/ListNumbering\s*/\w+\s*/O\s*/List\s*>>"
_ELEMENT = re.compile(
    rb"<<\s*(?:/A\s*\[?\s*(?:(?:" + _TABLE + rb"|" + _LIST + rb"|" + _LAYOUT + rb")\s*)+\]?\s*)?"
    rb"(?:/ActualText\s*" + STRING + rb"\s*)?(?:/Alt\s*(" + STRING + rb")\s*)?(?:/E\s*" + STRING + rb"\s*)?"
    rb"(?:/ID\s*(" + STRING + rb")\s*)?/K\s*\[([^\]]*)\]\s*"
    rb"(?:/Lang\s*" + STRING + rb"\s*)?/P (\d+) 0 R\s*(?:/Pg (\d+) 0 R\s*)?/S\s*/(\w+)\s*"
    rb"(?:/T\s*" + STRING + rb"\s*)?/Type\s*/StructElem\s*>>\s*",
    re.DOTALL,
)
_KID = re.compile(
    rb"(\d+) 0 R"
    rb"|<<\s*/MCID (\d+)\s*/Pg (\d+) 0 R\s*/Type\s*/MCR\s*>>"
    rb"|<<\s*/Obj (\d+) 0 R\s*/Pg \d+ 0 R\s*/Type\s*/OBJR\s*>>"
    rb"|(\d+)"
)
_HEADER = re.compile(STRING, re.DOTALL)
_ROW = re.compile(rb"(\d+) (\d+) 0 R")
_HOLDER = re.compile(rb"(\d+) 0 R|null")
_NAMED = re.compile(rb"(" + STRING + rb")\s*(\d+) 0 R", re.DOTALL)
_ROOT = re.compile(rb"/(K|IDTree|ParentTree)\s*\[?\s*(\d+) 0 R")

_KINDS: Final = {b"Table", b"TH", b"Figure", b"TR", b"THead"}
"""Elements that have rules of their own."""

Where = Callable[[int], str]
"""A page object's number as a person knows that page."""


@dataclass
class _TableFound:
    """A table while the tree is walked."""

    page: int
    heads: set[bytes] = field(default_factory=set)
    references: list[tuple[int, bytes]] = field(default_factory=list)
    rows: int = 0
    head_groups: int = 0


class TagTree:
    """The tag tree of one pack, whose root is the object `root`; `where` names a page by its object.

    On the pages `brought` with PDFs of others, header cells and pictures may lack what a person has let pass.
    """

    def __init__(self, bodies: Bodies, root: int, where: Where, brought: Container[int] = ()) -> None:
        self._bodies = bodies
        self._root = root
        self._where = where
        self._brought = brought
        self._named: dict[bytes, int] = {}
        self._held: dict[int, dict[int, int]] = {}
        self._links: dict[int, int] = {}
        self._tables: list[_TableFound] = []
        self._tops = {key: int(number) for key, number in _ROOT.findall(bodies[root])}
        self.papers = 0

    def check(self) -> None:
        """Raise PackFault for the first thing that is wrong with the elements and their names."""
        if self._tops.keys() != {b"K", b"IDTree", b"ParentTree"}:
            raise PackFault("The pack's tag tree lacks its top, its list of names or its list of pages.")
        self._walk()
        for table in self._tables:
            if table.page not in self._brought:
                self._check_table(table)
        listed = _NAMED.findall(self._bodies[self._tops[b"IDTree"]])
        if listed != [(name, b"%d" % number) for name, number in sorted(self._named.items())]:
            raise PackFault("The tag tree's list of names is not that of its elements.")

    def check_pages(self, page_numbers: Sequence[int], links: Sequence[tuple[int, int, int]]) -> None:
        """Raise PackFault where the parent tree and the elements disagree.

        `page_numbers` are the objects of the pages in order; `links` each link's page object, annotation and row.
        """
        found = _ROW.findall(self._bodies[self._tops[b"ParentTree"]])
        rows = {int(key): int(number) for key, number in found}
        for place, page in enumerate(page_numbers):
            held = self._held.get(page, {})
            holders = _HOLDER.findall(self._bodies[rows[place]]) if place in rows else []
            listed = {mcid: int(holder) for mcid, holder in enumerate(holders) if holder}
            if listed.keys() - held.keys():
                raise PackFault(f"The {self._where(page)} has text that the tag tree does not hold.")
            if listed != held:
                raise PackFault(f"The {self._where(page)} and the tag tree disagree on what holds its text.")
        if extra := self._held.keys() - set(page_numbers):
            raise PackFault(f"The tag tree holds text of {len(extra)} pages that the pack does not have.")
        for page, annotation, row in links:
            if row not in rows or self._links.get(annotation) != rows[row]:
                raise PackFault(f"A link on the {self._where(page)} is not in the tag tree where it should be.")

    def _walk(self) -> None:
        reached: set[int] = set()
        top = self._tops[b"K"]
        waiting: list[tuple[int, int, _TableFound | None]] = [(top, self._root, None)]
        while waiting:
            number, parent, table = waiting.pop()
            if number in reached:
                raise PackFault("An element hangs in the tag tree twice.")
            reached.add(number)
            found = _ELEMENT.fullmatch(self._bodies[number])
            if found is None:
                raise PackFault(f"Element {number} of the tag tree is not as this program writes it.")
            headers, scope, alternative, name, kids, above, page_number, kind = found.groups()
            page = int(page_number or 0)
            if int(above) != parent:
                raise PackFault(f"An element on the {self._where(page)} hangs under another than it says.")
            self.papers += parent == top and kind == b"Document"
            if name:
                self._name(name, number, page)
            if kind in _KINDS:
                table = self._special(kind, page, table, name, scope, alternative)
            if table is not None and headers:
                table.references.extend([(page, each) for each in _HEADER.findall(headers)])
            waiting.extend([(kid, number, table) for kid in self._kids(kids, number, page)])

    def _special(
        self, kind: bytes, page: int, table: _TableFound | None, name: bytes, scope: bytes, alternative: bytes
    ) -> _TableFound | None:
        """Check an element of a kind that has rules, and give back the table in which its kids stand."""
        if kind == b"Table":
            self._tables.append(_TableFound(page))
            return self._tables[-1]
        if kind == b"TH":
            if not scope and page not in self._brought:
                raise PackFault(f"A header cell on the {self._where(page)} does not say what it heads.")
            if table is not None and name:
                table.heads.add(name)
        elif kind == b"Figure":
            if not (alternative or b"").strip(b"()<> ") and page not in self._brought:
                raise PackFault(f"A picture on the {self._where(page)} has no words beside it.")
        elif table is not None:
            table.rows += kind == b"TR"
            table.head_groups += kind == b"THead"
        return table

    def _kids(self, kids: bytes, number: int, own: int) -> list[int]:
        """Note what an element holds, and give back the elements under it, the last first."""
        tokens = kids.split()
        if b"R" not in kids:
            self._hold(own, [int(token) for token in tokens], number)
            return []
        if b"<" not in kids and len(tokens) == 3 * kids.count(b"R"):
            return [int(token) for token in reversed(tokens[::3])]
        inner = []
        for element, mcid, page, annotation, own_mcid in _KID.findall(kids):
            if element:
                inner.append(int(element))
            elif annotation:
                self._links[int(annotation)] = number
            elif own_mcid:
                self._hold(own, [int(own_mcid)], number)
            else:
                self._hold(int(page), [int(mcid)], number)
        inner.reverse()
        return inner

    def _hold(self, page: int, marks: list[int], number: int) -> None:
        held = self._held.setdefault(page, {})
        before = len(held)
        held.update(dict.fromkeys(marks, number))
        if len(held) != before + len(marks):
            raise PackFault(f"The {self._where(page)} has one piece of text twice in the tag tree.")

    def _name(self, name: bytes, number: int, page: int) -> None:
        if name in self._named:
            shown = name.decode("latin-1").strip("()")
            raise PackFault(f"The name {shown} stands twice in the tag tree, on the {self._where(page)}.")
        self._named[name] = number

    def _check_table(self, table: _TableFound) -> None:
        if not table.rows:
            raise PackFault(f"A table on the {self._where(table.page)} has no rows.")
        if table.head_groups > 1:
            raise PackFault(f"A table on the {self._where(table.page)} has its head twice.")
        for page, name in table.references:
            if name not in table.heads:
                raise PackFault(f"A cell on the {self._where(page)} names a header that its table does not have.")
