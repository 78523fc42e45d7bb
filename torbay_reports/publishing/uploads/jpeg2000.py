"""Takes out of JPEG 2000 pictures (ISO 15444-1) all but the picture: notes, comments, what stands behind it."""

from collections.abc import Iterator
from typing import Final

from torbay_reports.publishing.uploads.photographs import UnknownPicture

_SIGNATURE: Final = b"\0\0\0\x0cjP  \r\n\x87\n"
_KEPT: Final = frozenset({b"jP  ", b"ftyp", b"jp2h"})
_IN_HEAD: Final = frozenset({b"ihdr", b"bpcc", b"colr", b"pclr", b"cmap", b"cdef"})
_STREAM: Final = b"jp2c"

_START: Final = b"\xff\x4f"
_END: Final = b"\xff\xd9"
_COMMENT: Final = 0x64
_TILE: Final = 0x90
_DATA: Final = 0x93
_TILE_HEAD: Final = 12


def bare(data: bytes) -> bytes:
    """The picture alone, the same to look at. Raises UnknownPicture."""
    if data.startswith(_START):
        return _stream(data)
    if not data.startswith(_SIGNATURE):
        raise UnknownPicture
    kept: list[bytes] = []
    for kind, body in _boxes(data):
        if kind == _STREAM:
            return b"".join(kept) + _box(kind, _stream(body))
        if kind == b"jp2h":
            body = b"".join(_box(inner, held) for inner, held in _boxes(body) if inner in _IN_HEAD)
        if kind in _KEPT:
            kept.append(_box(kind, body))
    raise UnknownPicture


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = 0
    while place < len(data):
        length, kind, head = int.from_bytes(data[place : place + 4], "big"), data[place + 4 : place + 8], 8
        if length == 1:
            length, head = int.from_bytes(data[place + 8 : place + 16], "big"), 16
        elif length == 0:
            length = len(data) - place
        if len(kind) < 4 or length < head or place + length > len(data):
            raise UnknownPicture
        yield kind, data[place + head : place + length]
        place += length


def _box(kind: bytes, body: bytes) -> bytes:
    return (len(body) + 8).to_bytes(4, "big") + kind + body


def _stream(data: bytes) -> bytes:
    """A code stream up to its end, its comments blank: tables in it count the bytes of its tiles."""
    if not data.startswith(_START):
        raise UnknownPicture
    out = bytearray(data)
    place = _blank(out, len(_START), _TILE)
    while data[place : place + 2] == bytes([0xFF, _TILE]):
        length = int.from_bytes(data[place + 6 : place + 10], "big")
        start = _blank(out, place + _TILE_HEAD, _DATA)
        # A tile of no length is the last; nothing that is compressed looks like the end.
        place = place + length if length else data.find(_END, start)
        if place < start:
            raise UnknownPicture
    if data[place : place + 2] != _END:
        raise UnknownPicture
    return bytes(out[: place + 2])


def _blank(out: bytearray, place: int, until: int) -> int:
    """Blank the comments from here to this marker; gives back where that stands."""
    while out[place : place + 2] != bytes([0xFF, until]):
        length = int.from_bytes(out[place + 2 : place + 4], "big")
        if place + 4 > len(out) or out[place] != 0xFF or length < 2:
            raise UnknownPicture
        if out[place + 1] == _COMMENT:
            size = length - 4
            out[place + 6 : place + 6 + size] = bytes(max(size, 0))
        place += 2 + length
    return place
