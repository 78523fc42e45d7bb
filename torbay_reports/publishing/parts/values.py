"""A part: set pages with their tags, that know nothing of where in a pack they will stand.

Numbers of pages and of elements count from 0 within the part. What depends on the pack (printed page numbers, what a
link says of its target, the numbers of PDF objects) is added when parts are joined.
"""

from collections.abc import Sequence
from typing import Final, TypeVar

import msgspec

ELEMENT: Final = 0
CONTENT: Final = 1
LINK: Final = 2

Kid = tuple[int, int]
"""What hangs under an element: (ELEMENT, its index), (CONTENT, MCID on the element's page), (LINK, its index).

Marked content on another page than the element's is written as (CONTENT + 10 * (page + 1), MCID): see `content`.
"""


def content(page: int, mcid: int) -> Kid:
    """Marked content on a page that is not its element's own."""
    return CONTENT + 10 * (page + 1), mcid


def content_page(kid: Kid, own: int) -> int:
    """The page on which a CONTENT kid stands; `own` is its element's page."""
    return kid[0] // 10 - 1 if kid[0] >= 10 else own


def kid_kind(kid: Kid) -> int:
    """ELEMENT, CONTENT or LINK."""
    return kid[0] % 10


def raised(area: Sequence[float], up: float) -> tuple[float, float, float, float]:
    """An area (left, bottom, right, top) so many points higher on its page."""
    left, bottom, right, top = area
    return left, round(bottom + up, 3), right, round(top + up, 3)


class Element(msgspec.Struct, frozen=True, array_like=True):
    """An element of the tag tree; `kind` without slash ("TR"), `kids` in reading order.

    `name` is unique in every pack ("" for none); `headers` are the names of the header cells of a data cell.
    `actual_text` stands for what is painted, `expansion` for an abbreviation; `numbering` is a list's ListNumbering.
    """

    kind: str
    page: int
    kids: tuple[Kid, ...] = ()
    name: str = ""
    scope: str = ""
    headers: tuple[str, ...] = ()
    colspan: int = 1
    rowspan: int = 1
    alternative: str = ""
    box: tuple[float, ...] = ()
    language: str = ""
    actual_text: str = ""
    expansion: str = ""
    numbering: str = ""


class Link(msgspec.Struct, frozen=True, array_like=True):
    """A link's area on its page in points from the lower left corner.

    `target` is the name of a destination in the pack with "#" before it, or an address (http, https, mailto).
    """

    page: int
    area: tuple[float, float, float, float]
    target: str


class Raw(msgspec.Struct, frozen=True, array_like=True):
    """Any other PDF object: `text` its pieces in order, an integer standing for a reference to that object of the part,
    a negative one for the part's font of that number counted from -1 (-1 is the first).

    `stream` are a stream's bytes as they stand in the file (its dictionary, in `text`, names their filter; the joining
    adds their Length).
    """

    text: tuple[bytes | int, ...]
    stream: bytes | None = None


class Font(msgspec.Struct, frozen=True, array_like=True):
    """A font of the part. `face` names one of the program's own ("400-normal"), which a pack embeds once; `glyphs` are
    then the used ones, each with the text it stands for. Any other font is an object of its own (`raw`)."""

    face: str = ""
    glyphs: tuple[tuple[int, str], ...] = ()
    raw: int = -1


class PartPage(msgspec.Struct, frozen=True, array_like=True):
    """One page. `content` is its deflated content stream, complete in itself (q … Q) and all of it marked.

    `fonts` maps names of resources to the part's fonts; `resources` are the pieces of the other entries of its
    resource dictionary (as in Raw); `owners` the index of the element that holds each MCID, -1 for one not held.
    `going_on` is what its running head says of a table that began on a page before. `group` are the pieces of its
    transparency group, for which whoever draws it asks where things shine through.
    """

    width: float
    height: float
    content: bytes
    fonts: dict[str, int]
    owners: tuple[int, ...]
    resources: tuple[bytes | int, ...] = ()
    rotate: int = 0
    going_on: str = ""
    group: tuple[bytes | int, ...] = ()


class Part(msgspec.Struct, frozen=True, array_like=True):
    """A run of pages.

    `elements` in reading order; `tops` those that hang directly under the paper. With `goes_on` the first of them is
    the rest of the last of the part before: a table whose rows go on. `destinations` are named places: page, and the
    point from the lower left corner.
    """

    pages: tuple[PartPage, ...]
    elements: tuple[Element, ...]
    tops: tuple[int, ...]
    destinations: dict[str, tuple[int, float, float]]
    links: tuple[Link, ...] = ()
    fonts: tuple[Font, ...] = ()
    objects: tuple[Raw, ...] = ()
    goes_on: bool = False


class Room(msgspec.Struct, frozen=True, array_like=True):
    """How much of a page a set piece takes, in points: its height on each page (of which it has one, unless it was
    broken), and the margins that it keeps above and below, which collapse with its neighbours' (CSS 2, 8.3.1)."""

    heights: tuple[float, ...]
    above: float = 0.0
    below: float = 0.0


class Strip(msgspec.Struct, frozen=True, array_like=True):
    """A set piece of a paper: a heading, a paragraph, a row. Each page of its part is as high as the piece there and as
    wide as the paper; the piece stands where it stands on the paper from left to right.

    `entries` are each page's resources but for fonts: by kind and name, in pieces as in Raw. Those of the part's own
    pages are empty, since strips that are stacked on one page share its resources.
    """

    room: Room
    part: Part
    entries: tuple[dict[str, dict[str, tuple[bytes | int, ...]]], ...] = ()


class DamagedPart(Exception):
    """Stored bytes that are not a part of this program."""


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Part)
_strip_decoder = msgspec.msgpack.Decoder(Strip)
Read = TypeVar("Read")


def to_bytes(part: Part) -> bytes:
    """The part as it is stored."""
    return _encoder.encode(part)


def from_bytes(data: bytes | memoryview) -> Part:
    """A part read back. Raises DamagedPart."""
    return _read(_decoder, data)


def strip_to_bytes(strip: Strip) -> bytes:
    """The strip as it is stored."""
    return _encoder.encode(strip)


def strip_from_bytes(data: bytes | memoryview) -> Strip:
    """A strip read back. Raises DamagedPart."""
    return _read(_strip_decoder, data)


def _read(decoder: msgspec.msgpack.Decoder[Read], data: bytes | memoryview) -> Read:
    try:
        return decoder.decode(data)
    except msgspec.MsgspecError as error:
        raise DamagedPart(f"A stored part cannot be read: {error}") from error
