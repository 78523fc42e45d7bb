"""The tag tree of a pack: one Document for the pack, in it one for the letter and for each paper, in these the parts'.

A table whose rows go on from part to part becomes one table: its last body stays open until a part does not go on.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.joining.elements import ElementWriting, PartAt
from torbay_reports.publishing.joining.writer import Writer, byte_string, text
from torbay_reports.publishing.parts.values import ELEMENT, LINK, Part

GROUP: Final = "tags"
"""The tag tree's objects share object streams, apart from those that show pages."""


class _Open:
    """An element that is not written yet, because later parts may go on with it."""

    def __init__(self, number: int, page: int, around: tuple[str, str], kids: list[str]) -> None:
        self.number = number
        self.page = page
        self.before, self.after = around
        self.kids = kids

    def write(self, writer: Writer) -> None:
        writer.put(self.number, f"<<{self.before}/K[{' '.join(self.kids)}]{self.after}>>", GROUP)


class Tree:
    """A tag tree that is being written. `pages` are the objects of all pages of the pack."""

    def __init__(self, writer: Writer, pages: Sequence[int], *, language: str, title: str) -> None:
        self.root = writer.number()
        self._writer = writer
        self._pages = pages
        self._top = writer.number()
        self._top_tail = _document(language, self.root, title)
        self._papers: list[int] = []
        self._paper = 0
        self._paper_tail = ""
        self._tops: list[int] = []
        self._table: _Open | None = None
        self._body: _Open | None = None
        # Rows of the parent tree: one for each page, then one for each link.
        self._parents: list[str] = []
        self._link_parents: list[int] = []
        self._names: list[tuple[str, int]] = []
        self._writing = ElementWriting()

    def begin(self, *, title: str, language: str) -> None:
        """Go on with the next paper."""
        self._end()
        self._paper = self._writer.number()
        self._papers.append(self._paper)
        self._paper_tail = _document(language, self._top, title)

    def add(self, part: Part, first_page: int, annotations: Sequence[int], descriptions: Sequence[str]) -> None:
        """Append a part whose first page is that place in the pack; `annotations` are the objects of its links, which
        `descriptions` tell in words.

        Raises PackFault when it goes on with a table that is not there.
        """
        merged = self._merged(part)
        numbers = self._numbers(len(part.elements), merged)
        pages = self._pages[first_page : first_page + len(part.pages)]
        self._add_elements(PartAt(part, numbers, pages, annotations, descriptions), merged)
        for page in part.pages:
            owners = [f"{numbers[owner]} 0 R" if owner >= 0 else "null" for owner in page.owners]
            self._parents.append(f"[{' '.join(owners)}]")

    def _add_elements(self, at: PartAt, merged: Mapping[int, _Open]) -> None:
        part, numbers = at.part, at.numbers
        holders = [self._paper] * len(part.elements)
        link_holders: dict[int, int] = {}
        for number, element in zip(numbers, part.elements, strict=True):
            for kind, place in element.kids:
                if kind == ELEMENT:
                    holders[place] = number
                elif kind == LINK:
                    link_holders[place] = number
        kept = self._last_open(part)
        opened: dict[int, _Open] = {}
        for place, element in enumerate(part.elements):
            if place in merged:
                merged[place].kids.extend(at.kids(element, merged[place].page, without=merged))
                continue
            page = at.pages[element.page]
            around = self._writing.around_kids(element, at.words(element), holders[place], page)
            kids = at.kids(element, page)
            if place in kept:
                opened[place] = _Open(numbers[place], page, around, kids)
            else:
                body = f"<<{around[0]}/K[{' '.join(kids)}]{around[1]}>>"
                self._writer.put(numbers[place], body, GROUP)
            if element.name:
                self._names.append((element.name, numbers[place]))
        self._tops.extend(numbers[top] for top in part.tops if top not in merged)
        self._keep_open(kept, {**opened, **merged})
        self._link_parents.extend(link_holders.get(place, 0) for place in range(len(part.links)))

    def finish(self) -> int:
        """Write all that is open, and the tree's own tables. Gives back the tree's root."""
        self._end()
        writer = self._writer
        papers = " ".join(f"{number} 0 R" for number in self._papers)
        writer.put(self._top, f"<</K[{papers}]{self._top_tail}>>", GROUP)
        rows = [f"{place} {writer.add(parents, GROUP)} 0 R" for place, parents in enumerate(self._parents)]
        rows.extend(
            f"{len(self._parents) + place} {parent} 0 R" for place, parent in enumerate(self._link_parents) if parent
        )
        parents = writer.add(f"<</Nums[{' '.join(rows)}]>>", GROUP)
        listed = " ".join(f"{byte_string(each)}{number} 0 R" for each, number in sorted(self._names))
        names = writer.add(f"<</Names[{listed}]>>", GROUP)
        following = len(self._parents) + len(self._link_parents)
        writer.put(
            self.root,
            f"<</Type/StructTreeRoot/K[{self._top} 0 R]/ParentTree {parents} 0 R/ParentTreeNextKey {following}"
            f"/IDTree {names} 0 R>>",
            GROUP,
        )
        return self.root

    def _merged(self, part: Part) -> dict[int, _Open]:
        """The elements of a part that add to open ones: its first table, and that one's first body."""
        if not part.goes_on:
            self._close_table()
            return {}
        first = part.elements[part.tops[0]] if part.tops else None
        if self._table is None or first is None or first.kind != "Table":
            raise PackFault("A stored part goes on with a table that does not come before it: build the pack anew.")
        merged = {part.tops[0]: self._table}
        inner = next((place for kind, place in first.kids if kind == ELEMENT), None)
        if inner is not None and self._body is not None and part.elements[inner].kind == "TBody":
            merged[inner] = self._body
        return merged

    def _numbers(self, count: int, merged: dict[int, _Open]) -> list[int]:
        first = self._writer.numbers(count - len(merged))
        if not merged:
            return list(range(first, first + count))
        numbers = []
        for place in range(count):
            if place in merged:
                numbers.append(merged[place].number)
            else:
                numbers.append(first)
                first += 1
        return numbers

    @staticmethod
    def _last_open(part: Part) -> tuple[int, ...]:
        """The table at the end of a part and its last body, which the next part may go on with."""
        if not part.tops or part.elements[part.tops[-1]].kind != "Table":
            return ()
        table = part.tops[-1]
        inner = [place for kind, place in part.elements[table].kids if kind == ELEMENT]
        if inner and part.elements[inner[-1]].kind == "TBody":
            return table, inner[-1]
        return (table,)

    def _keep_open(self, kept: tuple[int, ...], opened: Mapping[int, _Open]) -> None:
        table = opened[kept[0]] if kept else None
        body = opened[kept[1]] if len(kept) > 1 else None
        if self._body is not None and self._body is not body:
            self._body.write(self._writer)
        if self._table is not None and self._table is not table:
            self._table.write(self._writer)
        self._table, self._body = table, body

    def _close_table(self) -> None:
        for each in (self._body, self._table):
            if each is not None:
                each.write(self._writer)
        self._table = self._body = None

    def _end(self) -> None:
        self._close_table()
        if self._paper:
            tops = " ".join(f"{number} 0 R" for number in self._tops)
            self._writer.put(self._paper, f"<</K[{tops}]{self._paper_tail}>>", GROUP)
        self._tops = []


def _document(language: str, parent: int, title: str) -> str:
    said = f"/Lang{text(language)}" if language else ""
    return f"{said}/P {parent} 0 R/S/Document/T{text(title)}/Type/StructElem"
