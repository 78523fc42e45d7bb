"""Room for a pack's stamps on brought pages: head and foot as their reader sees them, whatever way they are turned.

A page that has something there is set a little smaller within its own frame; one that is too small to bear the words
gets a larger frame. Links and the places of pictures move along.
"""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from msgspec.structs import replace

from torbay_reports.publishing.parts.values import Element, Link, Part, PartPage

FOOT: Final = 36.0
HEAD: Final = 36.0
"""How much of a page its number and notice, and its marking, may take in points."""

_LEAST_WIDTH: Final = 300.0
_LEAST_HEIGHT: Final = 150.0
_LEVEL: Final = 6

Edges = tuple[float, float, float, float]
"""Left, bottom, right and top of a page as it is stored."""


class Inked(Protocol):
    """What is known of a page's head and foot."""

    @property
    def has_ink_at_foot(self) -> bool:
        """Whether something is printed within FOOT."""

    @property
    def has_ink_at_head(self) -> bool:
        """Whether something is printed within HEAD."""


@dataclass(frozen=True)
class _Move:
    """How what stands on a page comes to stand on its new one."""

    width: float
    height: float
    scale: float
    x: float
    y: float

    def box(self, box: tuple[float, ...]) -> tuple[float, ...]:
        places = (self.x, self.y, self.x, self.y)
        return tuple(round(each * self.scale + place, 3) for each, place in zip(box, places, strict=True))


def edges_of(rotate: int, *, foot: float, head: float) -> tuple[Edges, Edges]:
    """Where foot and head lie on a page that its reader sees turned clockwise by so many degrees."""
    none = 0.0
    match rotate % 360:
        case 90:
            return (none, none, foot, none), (head, none, none, none)
        case 180:
            return (none, none, none, foot), (none, head, none, none)
        case 270:
            return (foot, none, none, none), (none, none, head, none)
        case _:
            return (none, foot, none, none), (none, none, none, head)


def with_room(part: Part, looks: Mapping[int, Inked]) -> Part:
    """The part with room for stamps on every page. A page of which nothing is known is taken for full."""
    moves = {place: move for place, page in enumerate(part.pages) if (move := _move(page, looks.get(place)))}
    if not moves:
        return part
    return replace(
        part,
        pages=tuple(_moved(page, moves[place]) if place in moves else page for place, page in enumerate(part.pages)),
        elements=tuple(_with_box(each, moves) for each in part.elements),
        links=tuple(_with_area(each, moves) for each in part.links),
        destinations={
            name: (page, x, moves[page].height if page in moves else y)
            for name, (page, x, y) in part.destinations.items()
        },
    )


def _move(page: PartPage, seen: Inked | None) -> _Move | None:
    is_turned = page.rotate % 180 == 90
    least = (_LEAST_HEIGHT, _LEAST_WIDTH) if is_turned else (_LEAST_WIDTH, _LEAST_HEIGHT)
    width, height = max(page.width, least[0]), max(page.height, least[1])
    is_small = (width, height) != (page.width, page.height)
    foot, head = edges_of(
        page.rotate,
        foot=FOOT if seen is None or seen.has_ink_at_foot or is_small else 0.0,
        head=HEAD if seen is None or seen.has_ink_at_head or is_small else 0.0,
    )
    left, bottom, right, top = (max(pair) for pair in zip(foot, head, strict=True))
    if not any((left, bottom, right, top)):
        return None
    across, up = width - left - right, height - bottom - top
    scale = round(min(1.0, across / page.width, up / page.height), 6)
    x, y = left + (across - page.width * scale) / 2, bottom + (up - page.height * scale) / 2
    return _Move(width, height, scale, round(x, 3), round(y, 3))


def _moved(page: PartPage, move: _Move) -> PartPage:
    frame = (
        f"q\n{move.scale:f} 0 0 {move.scale:f} {move.x:f} {move.y:f} cm\n0 0 {page.width:f} {page.height:f} re W n\n"
    )
    content = frame.encode() + zlib.decompress(page.content) + b"\nQ\n"
    return replace(page, width=move.width, height=move.height, content=zlib.compress(content, _LEVEL))


def _with_box(element: Element, moves: Mapping[int, _Move]) -> Element:
    if not element.box or element.page not in moves:
        return element
    return replace(element, box=moves[element.page].box(element.box))


def _with_area(link: Link, moves: Mapping[int, _Move]) -> Link:
    if link.page not in moves:
        return link
    left, bottom, right, top = moves[link.page].box(link.area)
    return replace(link, area=(left, bottom, right, top))
