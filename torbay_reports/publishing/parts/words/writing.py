"""A strip while it is written: the content of its pages, its tags and its links."""

import re
from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from torbay_reports.documents.blocks import ParagraphLink
from torbay_reports.publishing.frames import POINTS_IN_A_PIXEL
from torbay_reports.publishing.markup import element_id
from torbay_reports.publishing.parts.graphics import deflated
from torbay_reports.publishing.parts.values import CONTENT, ELEMENT, LINK, Element, Kid, Link, Part, PartPage, content
from torbay_reports.publishing.parts.words.letters import NotPlain
from torbay_reports.publishing.parts.words.lines import Line, Piece
from torbay_reports.publishing.parts.words.looks import Lane
from torbay_reports.publishing.parts.words.painting import Fonts, Painter
from torbay_reports.publishing.parts.words.runs import Target

_LANGUAGES: Final = {"en", "cy"}
"""Those that our faces shape alike: some others have forms of letters, and breaks of lines, of their own."""
_SAFE_ANCHOR: Final = re.compile(r"[A-Za-z0-9._/~-]+")
_SAFE_ADDRESS: Final = re.compile(r"(?:https?://[a-z0-9.-]+(?::\d+)?/[A-Za-z0-9._/~?=&#-]*|mailto:[A-Za-z0-9._+@-]+)")
"""What WeasyPrint writes as it stands."""


def is_known(language: str) -> bool:
    """Whether words of a language are set here."""
    return language.split("-")[0] in _LANGUAGES


def points(pixels: float) -> float:
    """CSS pixels as points of a part."""
    return round(pixels * POINTS_IN_A_PIXEL, 3)


class Writing:
    """Pages of a strip of the paper of that key; each is written to its end before the next is turned to."""

    def __init__(self, paper: str) -> None:
        self._paper = paper
        self._fonts = Fonts()
        self._elements: list[Element] = []
        self._kids: list[list[Kid]] = []
        self._links: list[Link] = []
        self._painters: list[Painter] = []
        self._owners: list[list[int]] = []

    def turn(self, height: float) -> Painter:
        """Begin a page of that height in CSS pixels."""
        self._painters.append(Painter(height, self._fonts))
        self._owners.append([])
        return self._painters[-1]

    def element(self, element: Element, under: int | None = None) -> int:
        """Add an element that begins on this page, under another. Returns its number."""
        number = len(self._elements)
        self._elements.append(replace(element, page=len(self._painters) - 1))
        self._kids.append([])
        if under is not None:
            self._kids[under].append((ELEMENT, number))
        return number

    def lines(self, own: int, lines: Sequence[Line], lane: Lane, top: float, *, goes_on: bool = False) -> None:
        """The lines of the element of that number, from so many CSS pixels below the page's upper edge on; with
        `goes_on` more of them stand on the next page. The words of a link on a line are one piece of content, all
        others between two. Raises NotPlain for a link that WeasyPrint would not have lead where it says."""
        painter, owners = self._painters[-1], self._owners[-1]
        is_open = False
        last = len(lines) - (not goes_on)
        for number, line in enumerate(lines):
            upper = top + number * lane.line_height
            ends = line.pieces[-1] if line.pieces and line.is_spaced and number < last else None
            for piece in line.pieces:
                is_link = piece.run.target is not None
                if is_open and is_link:
                    painter.close()
                    is_open = False
                if not is_open:
                    painter.open(len(owners))
                    owner = self._link(piece, upper, own) if is_link else own
                    self._kids[owner].append(self._content(owner, len(owners)))
                    owners.append(owner)
                    is_open = True
                painter.words(piece, upper + lane.baseline, with_space=piece is ends)
                if is_link:
                    painter.close()
                    is_open = False
        if is_open:
            painter.close()

    def _content(self, owner: int, mcid: int) -> Kid:
        page = len(self._painters) - 1
        return (CONTENT, mcid) if self._elements[owner].page == page else content(page, mcid)

    def _link(self, piece: Piece, top: float, under: int) -> int:
        """The element of a link's words on one line. Returns its number."""
        ink = piece.run.ink
        upper = self._painters[-1].height - top - ink.link_top
        left, bottom, right, above = map(points, (piece.x, upper - ink.link_height, piece.x + piece.width, upper))
        number = self.element(Element("Link", 0), under)
        self._kids[number].append((LINK, len(self._links)))
        page = len(self._painters) - 1
        self._links.append(Link(page, (left, bottom, right, above), self._address(piece.run.target)))
        return number

    def _address(self, target: Target) -> str:
        if isinstance(target, ParagraphLink) and _SAFE_ANCHOR.fullmatch(target.anchor):
            return f"#{element_id(self._paper, target.anchor)}"
        if target is None or isinstance(target, ParagraphLink) or not _SAFE_ADDRESS.fullmatch(target.address):
            raise NotPlain
        return target.address

    def part(self, *, width: float, heights: Sequence[float], name: str, left: float, goes_on: bool = False) -> Part:
        """All that was written, on pages of that width and these heights in points; what has the name begins at the
        top of the first one, so many CSS pixels from its left edge."""
        pages = (
            PartPage(
                width=width,
                height=height,
                content=deflated(painter.content()),
                fonts=painter.fonts,
                owners=tuple(owners),
            )
            for height, painter, owners in zip(heights, self._painters, self._owners, strict=True)
        )
        return Part(
            pages=tuple(pages),
            elements=tuple(
                replace(element, kids=tuple(kids)) for element, kids in zip(self._elements, self._kids, strict=True)
            ),
            tops=(0,),
            destinations={name: (0, points(left), heights[0])},
            links=tuple(self._links),
            fonts=self._fonts.finished(),
            goes_on=goes_on,
        )
