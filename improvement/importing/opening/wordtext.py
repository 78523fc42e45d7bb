"""The words inside an element of a Word document."""

from collections.abc import Iterator
from typing import Final

from docx.oxml.ns import qn
from lxml import etree

_ENDS_A_LINE: Final = (qn("w:p"), qn("w:tc"))
_BREAKS: Final = frozenset(map(qn, ("w:br", "w:cr")))
_GONE: Final = frozenset(
    [
        *map(qn, ("w:del", "w:moveFrom", "w:pPr", "w:rPr", "w:tcPr", "w:tblPr", "w:sdtPr")),
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    ]
)


def words_in(element: etree._Element) -> Iterator[str]:
    """The words as they read with every tracked change accepted, in pieces; a paragraph or cell ends its line."""
    for child in element:
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in _BREAKS:
            yield "\n"
        elif child.tag == qn("w:tab"):
            yield " "
        elif child.tag == qn("w:noBreakHyphen"):
            yield "-"
        elif child.tag not in _GONE:
            yield from words_in(child)
    if element.tag in _ENDS_A_LINE:
        yield "\n"
