"""Copies what pages use out of an untrusted file into a part, entry by entry as the schema allows."""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any, Final, Protocol

from pikepdf import Array, Dictionary, Name, Object, Stream, String

from torbay_reports.publishing.parts.values import Raw
from torbay_reports.publishing.uploads import limits, schema
from torbay_reports.publishing.uploads.refusals import too_much
from torbay_reports.publishing.uploads.scalars import name_bytes, plain_number, spelt
from torbay_reports.publishing.uploads.streams import Streams, UnreadableStream

Pieces = list[bytes | int]

_PLAIN_DEPTH: Final = 8
_DRAWN: Final = frozenset({"drawing", "font", "pattern"})


class Drawings(Protocol):
    """Who copies what has instructions of its own."""

    def copied(self, held: Object, kind: str) -> int | None:
        """The place in the part of a drawing, font or pattern; nothing when it cannot be kept."""


class Copier:
    """The part's objects as they come together. What hangs in itself, or too deep, is left out."""

    def __init__(self, streams: Streams) -> None:
        self.raws: list[Raw] = []
        self.drawings: Drawings | None = None
        self.streams = streams
        self._places: dict[tuple[tuple[int, int], str], int | None] = {}
        self._open: set[tuple[int, int]] = set()
        self._depth = 0
        self._values_left = limits.VALUES

    def add(self, text: Pieces, stream: bytes | None = None) -> int:
        """A new object of the part; its place."""
        self.raws.append(Raw(tuple(joined(text)), stream))
        return len(self.raws) - 1

    @contextmanager
    def inside(self, held: Object) -> Iterator[bool]:
        """Go into an object; False when that is where we are already, or too deep."""
        key = held.objgen if held.is_indirect else None
        if (key is not None and key in self._open) or self._depth >= limits.DEPTH:
            yield False
            return
        self._depth += 1
        if key is not None:
            self._open.add(key)
        try:
            yield True
        finally:
            self._depth -= 1
            if key is not None:
                self._open.discard(key)

    def place(self, held: Any, kind: str) -> int | None:
        """The place of a dictionary or stream in the part; nothing when it cannot be kept."""
        if not isinstance(held, (Dictionary, Stream)):
            return None
        key = (held.objgen, kind)
        if held.is_indirect and key in self._places:
            return self._places[key]
        with self.inside(held) as is_new:
            place = self._copied(held, kind) if is_new else None
        if held.is_indirect and (is_new or key in self._places):
            self._places[key] = place
        return place

    def _copied(self, held: Object, kind: str) -> int | None:
        if kind in _DRAWN:
            return self.drawings.copied(held, kind) if self.drawings else None
        if not isinstance(held, Stream):
            return None if kind in schema.STREAMS else self.add([b"<<", *self.entries(held, kind), b">>"])
        if kind == "picture" and not _is_bearable(held):
            return None
        try:
            filters, parameters, data = self.streams.kept(held)
        except UnreadableStream:
            return None
        packing = self._packing(filters, parameters)
        return self.add([b"<<", *self.entries(held, kind), *packing, b">>"], data)

    def _packing(self, filters: list[str], parameters: list[Any]) -> Pieces:
        if not filters:
            return []
        pieces: Pieces = [b"/Filter[" + b"".join(each.encode() for each in filters) + b"]"]
        if any(parameters):
            pieces.append(b"/DecodeParms[")
            for each in parameters:
                pieces += [b" null"] if each is None else [b"<<", *self.entries(each, "decoding"), b">>"]
            pieces.append(b"]")
        return pieces

    def entries(self, held: Object, kind: str) -> Pieces:
        """The allowed entries of a dictionary or stream, without brackets."""
        allowed = schema.ENTRIES[kind]
        pieces: Pieces = []
        for key in allowed:
            value = held.get(key)
            if value is None or (key in schema.SAYS_WHAT and spelt(value) not in schema.TYPES):
                continue
            written = self.value(value, allowed[key])
            if written is not None:
                pieces += [key.encode() + b" ", *written]
        return pieces

    def value(self, value: Any, kind: str) -> Pieces | None:
        """A value as it stands in the part; nothing when it is not what the schema says."""
        if kind == schema.PLAIN:
            written = self._plain(value, 0)
            return None if written is None else [written]
        if kind == "colours":
            return self.colours(value)
        if kind == "mask":
            return self.value(value, "picture" if isinstance(value, Stream) else schema.PLAIN)
        if kind == "sized font":
            return self._sized_font(value)
        if isinstance(value, Name):
            return [name_bytes(value)] if kind in schema.NAMES_TOO else None
        if isinstance(value, Array):
            return self._listed(value, kind) if kind in schema.LISTS else None
        place = self.place(value, kind)
        return None if place is None else [place, b" "]

    def _listed(self, value: Object, kind: str) -> Pieces | None:
        pieces: Pieces = [b"["]
        for each in list(value):
            self._spend(1)
            written = None if isinstance(each, Array) else self.value(each, kind)
            if written is None:
                return None
            pieces += [*written, b" "]
        return [*pieces, b"]"]

    def _sized_font(self, value: Any) -> Pieces | None:
        if not isinstance(value, Array) or len(value) != 2:
            return None
        font = self.place(value[0], "font")
        return None if font is None else [b"[", font, b" %f]" % plain_number(value[1], 1.0)]

    def colours(self, value: Any) -> Pieces | None:
        """A colour space."""
        if isinstance(value, Name):
            return [name_bytes(value)]
        if not isinstance(value, Array) or not len(value) or not isinstance(value[0], Name):
            return None
        with self.inside(value) as is_new:
            return self._colour_list(spelt(value[0]), list(value)[1:]) if is_new else None

    def _colour_list(self, family: str, rest: list[Any]) -> Pieces | None:
        kinds: list[str]
        match family, len(rest):
            case (("/DeviceGray" | "/DeviceRGB" | "/DeviceCMYK" | "/Pattern"), 0):
                kinds = []
            case (("/CalGray" | "/CalRGB" | "/Lab"), 1):
                kinds = ["calibration"]
            case "/ICCBased", 1:
                kinds = ["profile"]
            case (("/Indexed" | "/I"), 3):
                kinds = ["colours", schema.PLAIN, "data" if isinstance(rest[2], Stream) else schema.PLAIN]
            case "/Pattern", 1:
                kinds = ["colours"]
            case "/Separation", 3:
                kinds = [schema.PLAIN, "colours", "function"]
            case "/DeviceN", (3 | 4):
                kinds = [schema.PLAIN, "colours", "function"]
            case _:
                return None
        pieces: Pieces = [b"[" + family.encode() + b" "]
        for kind, each in zip(kinds, rest[: len(kinds)], strict=True):
            written = self.value(each, kind)
            if written is None:
                return None
            pieces += [*written, b" "]
        return [*pieces, b"]"]

    def _plain(self, value: Any, depth: int) -> bytes | None:
        self._spend(1)
        match value:
            case bool():
                return b"true " if value else b"false "
            case int():
                return b"%d " % value
            case Decimal() | float():
                return number(float(value))
        if isinstance(value, Name):
            return name_bytes(value)
        if isinstance(value, String):
            data = bytes(value)
            self._spend(len(data) // 8)
            return b"<" + data.hex().encode() + b">"
        if isinstance(value, Array) and depth < _PLAIN_DEPTH:
            written = [self._plain(each, depth + 1) for each in list(value)]
            return b"[" + b"".join(b"null " if each is None else each for each in written) + b"]"
        return None

    def _spend(self, count: int) -> None:
        self._values_left -= count
        if self._values_left < 0:
            raise too_much(f"uses more than {limits.VALUES:,} values")


def number(value: float) -> bytes:
    """A number as PDF writes it."""
    if value == int(value):
        return b"%d " % int(value)
    return f"{value:.6f}".rstrip("0").encode() + b" "


def joined(pieces: Pieces) -> Pieces:
    """Pieces with neighbouring bytes put together."""
    flat: Pieces = []
    waiting: list[bytes] = []
    for each in pieces:
        if isinstance(each, int):
            if waiting:
                flat.append(b"".join(waiting))
                waiting = []
            flat.append(each)
        else:
            waiting.append(each)
    if waiting:
        flat.append(b"".join(waiting))
    return flat


def _is_bearable(picture: Object) -> bool:
    width, height = (plain_number(picture.get(key), 0) for key in ("/Width", "/Height"))
    return picture.get(Name.Subtype) == Name.Image and 0 < width * height <= limits.PICTURE_POINTS
