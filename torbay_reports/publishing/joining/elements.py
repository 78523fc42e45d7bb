"""Elements of a part as PDF writes them.

Keys stand in the order of the alphabet, as other programs write them, so that the check reads one form.
"""

from collections.abc import Container, Sequence
from dataclasses import dataclass

from torbay_reports.publishing.joining.writer import byte_string, decimal, name, text
from torbay_reports.publishing.parts.values import CONTENT, ELEMENT, LINK, Element, Part


@dataclass(frozen=True)
class PartAt:
    """A part with the objects of its elements, pages and links in the pack."""

    part: Part
    numbers: Sequence[int]
    pages: Sequence[int]
    annotations: Sequence[int]
    descriptions: Sequence[str]

    def words(self, element: Element) -> str:
        """What is read in an element's stead. A link over a page that has no tags holds no text: its description."""
        if element.kind == "Link" and not element.alternative:
            links = [place for kind, place in element.kids if kind == LINK]
            if links and len(links) == len(element.kids):
                return self.descriptions[links[0]]
        return element.alternative

    def kids(self, element: Element, holder: int, without: Container[int] = ()) -> list[str]:
        """An element's kids as PDF, under a holder whose own page is the object `holder`; some elements left out."""
        own = self.pages[element.page]
        kids = []
        for kind, place in element.kids:
            if kind == ELEMENT:
                if place not in without:
                    kids.append(f"{self.numbers[place]} 0 R")
            elif kind == CONTENT and own == holder:
                kids.append(str(place))
            elif kind == LINK:
                kids.append(f"<</Obj {self.annotations[place]} 0 R/Pg {own} 0 R/Type/OBJR>>")
            else:
                page = self.pages[kind // 10 - 1] if kind >= 10 else own
                kids.append(f"<</MCID {place}/Pg {page} 0 R/Type/MCR>>")
        return kids


class ElementWriting:
    """Writes the elements of one pack. Names of cells come again and again in their column, so they are kept."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    def around_kids(self, element: Element, words: str, parent: int, page: int) -> tuple[str, str]:
        """What stands before and after its kids, in brackets. `words` are read in its stead; `parent` and `page` are
        objects of the pack."""
        before = self._attributes(element)
        if element.actual_text:
            before += f"/ActualText{text(element.actual_text)}"
        if words:
            before += f"/Alt{text(words)}"
        if element.expansion:
            before += f"/E{text(element.expansion)}"
        if element.name:
            before += f"/ID{self._name(element.name)}"
        said = f"/Lang{text(element.language)}" if element.language else ""
        return before, f"{said}/P {parent} 0 R/Pg {page} 0 R/S{name(element.kind)}/Type/StructElem"

    def _attributes(self, element: Element) -> str:
        attributes = []
        if element.headers or element.scope or element.colspan != 1 or element.rowspan != 1:
            columns = f"/ColSpan {element.colspan}" if element.colspan != 1 else ""
            headers = f"/Headers[{''.join([self._name(each) for each in element.headers])}]" if element.headers else ""
            rows = f"/RowSpan {element.rowspan}" if element.rowspan != 1 else ""
            scope = f"/Scope{name(element.scope)}" if element.scope else ""
            attributes.append(f"<<{columns}{headers}/O/Table{rows}{scope}>>")
        if element.numbering:
            attributes.append(f"<</ListNumbering{name(element.numbering)}/O/List>>")
        if element.box:
            attributes.append(f"<</BBox[{' '.join(map(decimal, element.box))}]/O/Layout>>")
        if len(attributes) > 1:
            return f"/A[{''.join(attributes)}]"
        return f"/A{attributes[0]}" if attributes else ""

    def _name(self, value: str) -> str:
        written = self._names.get(value)
        if written is None:
            written = self._names[value] = byte_string(value)
        return written
