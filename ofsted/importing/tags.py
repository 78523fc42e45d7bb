"""What the tags of a PDF say that its words are: headings, paragraphs, points."""

from collections.abc import Sequence
from typing import Final

from torbay_reports.publishing.parts.values import ELEMENT, Element

HEADINGS: Final = frozenset(("H", "Title", *(f"H{level}" for level in range(1, 7))))
_BLOCKS: Final = HEADINGS | {"P", "LI", "TD", "TH", "Caption", "BlockQuote", "Note"}


class Tags:
    """What element of the tag tree a paragraph is."""

    def __init__(self, elements: Sequence[Element]) -> None:
        self._elements = elements
        self._parents = {
            index: parent for parent, element in enumerate(elements) for kind, index in element.kids if kind == ELEMENT
        }

    def block(self, owner: int) -> tuple[int, str]:
        """The paragraph, heading or point that an element belongs to, with its kind; (-1, "") for none."""
        seen = 0
        while 0 <= owner < len(self._elements) and seen < len(self._elements):
            kind = self._elements[owner].kind
            if kind == "P" and (above := self._point_above(owner)) >= 0:
                return above, "LI"
            if kind in _BLOCKS:
                return owner, kind
            owner = self._parents.get(owner, -1)
            seen += 1
        return -1, ""

    def _point_above(self, owner: int) -> int:
        """The point of a list whose only words a paragraph is."""
        body = self._parents.get(owner, -1)
        if body < 0 or self._elements[body].kind != "LBody" or len(self._elements[body].kids) > 1:
            return -1
        point = self._parents.get(body, -1)
        return point if point >= 0 and self._elements[point].kind == "LI" else -1
