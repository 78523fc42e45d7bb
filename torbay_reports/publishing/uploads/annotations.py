"""What lies over a page: links that may stay, filled-in fields that become part of it, and all else, which goes."""

import re
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from pikepdf import Array, Dictionary, Name, Object, Stream

from torbay_reports.publishing.parts.values import Link
from torbay_reports.publishing.uploads.destinations import Destinations
from torbay_reports.publishing.uploads.findings import Findings
from torbay_reports.publishing.uploads.layers import Layers
from torbay_reports.publishing.uploads.opening import SourcePage
from torbay_reports.publishing.uploads.scalars import box_of, plain_number, said, spelt

_MOST: Final = 10_000
"""Links and fields of one page that stay."""
_LONGEST_ADDRESS: Final = 2000
_ADDRESS = re.compile(r"[!#-;=?-\[\]_a-z~]+")
"""Printable ASCII without blanks, quotes, brackets that are not part of addresses, backslash, caret, backquote."""

_MAIL = re.compile(r"mailto:[^@?/:]+@[^@?/:]+(\?.*)?")
_MEDIA: Final = {"/Sound", "/Movie", "/Screen", "/3D", "/RichMedia"}
_WORDLESS: Final = {"/Popup", "/PrinterMark", "/TrapNet"}
_NOT_SHOWN: Final = 2 | 32
"""Flags Hidden and NoView."""

_PUSH_BUTTON: Final = 1 << 16
_FIELD_DEPTH: Final = 20

Matrix = tuple[float, float, float, float, float, float]

Place = tuple[int, int]
"""An object of the file."""


@dataclass(frozen=True)
class FoundLink:
    """A link to keep, and the file's object that the tag tree knows it by."""

    key: Place
    link: Link


@dataclass(frozen=True)
class FilledField:
    """A field's look, to be drawn into the page (in the page's own units)."""

    key: Place
    look: Object
    matrix: Matrix


@dataclass(frozen=True)
class Overlay:
    """What of a page's annotations stays."""

    links: tuple[FoundLink, ...]
    fields: tuple[FilledField, ...]


class Sorter:
    """Sorts the annotations of one file's pages."""

    def __init__(self, destinations: Destinations, layers: Layers, findings: Findings) -> None:
        self._destinations = destinations
        self._layers = layers
        self._findings = findings
        self._seen: set[Place] = set()

    def overlay(self, page: SourcePage) -> Overlay:
        """What of a page's annotations stays. One that several pages list stays on the first."""
        held = page.obj.get("/Annots")
        links: list[FoundLink] = []
        fields: list[FilledField] = []
        for number, annotation in enumerate(held if isinstance(held, Array) else ()):
            if not isinstance(annotation, Dictionary) or isinstance(annotation, Stream):
                continue
            # One that is no object of its own is known by where it stands: no object's number is negative.
            key = annotation.objgen if annotation.is_indirect else (-page.number, number)
            if key in self._seen:
                continue
            self._seen.add(key)
            kind = spelt(annotation.get(Name.Subtype))
            if kind == "/Link":
                link = self._link(annotation, page) if len(links) < _MOST else None
                if link is not None:
                    links.append(FoundLink(key, link))
            elif kind == "/Widget":
                field = self._field(annotation, key, page) if len(fields) < _MOST else None
                self._findings.add("forms-removed")
                if field is not None:
                    fields.append(field)
            elif kind not in _WORDLESS:
                _note(kind, page.number, self._findings)
        return Overlay(tuple(links), tuple(fields))

    def _shows(self, held: Object, page: SourcePage) -> bool:
        """Whether it belongs to no layer, or to one that shows."""
        layer = held.get("/OC")
        if layer is None or self._layers.shows(layer):
            return True
        self._findings.add("hidden-layers", page.number)
        return False

    def _link(self, annotation: Object, page: SourcePage) -> Link | None:
        if not self._shows(annotation, page):
            return None
        area = box_of(annotation.get(Name.Rect))
        target, words = _target(annotation, self._destinations)
        if not target:
            self._findings.add("links-removed", page.number, words)
            return None
        if area is None:
            return None
        left, bottom = page.point(area[0], area[1])
        right, top = page.point(area[2], area[3])
        left, bottom = max(left, 0.0), max(bottom, 0.0)
        right, top = min(right, page.width), min(top, page.height)
        if left >= right or bottom >= top:
            return None
        return Link(page.number - 1, (round(left, 3), round(bottom, 3), round(right, 3), round(top, 3)), target)

    def _field(self, annotation: Object, key: Place, page: SourcePage) -> FilledField | None:
        flags = plain_number(annotation.get("/F"), 0)
        if int(flags) & _NOT_SHOWN:
            return None
        kind = _inherited(annotation, "/FT")
        if kind == Name.Btn and int(plain_number(_inherited(annotation, "/Ff"), 0)) & _PUSH_BUTTON:
            return None
        looks = annotation.get("/AP")
        look = looks.get("/N") if isinstance(looks, Dictionary) else None
        if isinstance(look, Dictionary) and not isinstance(look, Stream):
            state = annotation.get("/AS")
            look = look.get(state) if isinstance(state, Name) else None
        area = box_of(annotation.get(Name.Rect))
        if not isinstance(look, Stream) or area is None:
            return None
        if not (self._shows(annotation, page) and self._shows(look, page)):
            return None
        matrix = _fitted(look, area)
        return None if matrix is None else FilledField(key, look, matrix)


def _note(kind: str, page: int, findings: Findings) -> None:
    if kind == "/Redact":
        findings.add("redaction-not-applied", page)
    elif kind == "/FileAttachment":
        findings.add("files-removed")
    elif kind in _MEDIA:
        findings.add("media-removed", page, kind[1:])
    else:
        findings.add("comments-removed", page, kind[1:] or "nameless")


def _target(annotation: Object, destinations: Destinations) -> tuple[str, str]:
    """The target, or nothing and what to say of the one that cannot stay."""
    action = annotation.get(Name.A)
    if isinstance(action, Dictionary) and action.get(Name.S) == Name.URI:
        address = action.get(Name.URI)
        scheme, colon, rest = said(address).partition(":")
        written = scheme.lower() + colon + rest
        return (written, "") if is_safe_address(written) else ("", written or "an empty address")
    if isinstance(action, Dictionary) and action.get(Name.S) != Name.GoTo:
        return "", spelt(action.get(Name.S), "/an action")[1:]
    named = action.get(Name.D) if isinstance(action, Dictionary) else annotation.get(Name.Dest)
    place = destinations.page(named)
    return ("", "a place that is not there") if place is None else (f"#page-{place + 1}", "")


def is_safe_address(address: str) -> bool:
    """Whether a link may lead there: a web or mail address, whole and plainly written."""
    if not _ADDRESS.fullmatch(address) or len(address) > _LONGEST_ADDRESS:
        return False
    if _MAIL.fullmatch(address):
        return True
    try:
        parts = urlsplit(address)
        return address.startswith(("http://", "https://")) and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return False


def _inherited(field: Object, key: str) -> Any:
    held: Any = field
    for _ in range(_FIELD_DEPTH):
        if not isinstance(held, Dictionary):
            return None
        if held.get(key) is not None:
            return held[key]
        held = held.get("/Parent")
    return None


def _fitted(look: Object, area: tuple[float, float, float, float]) -> Matrix | None:
    """The matrix that lays a look into its area (ISO 32000-1 12.5.5, algorithm 8.1)."""
    box = box_of(look.get("/BBox"))
    if box is None:
        return None
    held = look.get("/Matrix")
    turn = (
        [plain_number(each, 0.0) for each in held] if isinstance(held, Array) and len(held) == 6 else [1, 0, 0, 1, 0, 0]
    )
    corners = [(x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
    across = [turn[0] * x + turn[2] * y + turn[4] for x, y in corners]
    up = [turn[1] * x + turn[3] * y + turn[5] for x, y in corners]
    width, height = max(across) - min(across), max(up) - min(up)
    if width <= 0 or height <= 0:
        return None
    wide, high = (area[2] - area[0]) / width, (area[3] - area[1]) / height
    return wide, 0.0, 0.0, high, area[0] - min(across) * wide, area[1] - min(up) * high
