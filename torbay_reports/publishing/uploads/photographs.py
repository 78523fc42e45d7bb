"""Takes out of JPEG pictures what cameras and programs note in them: place, owner, a preview that was never cropped.

Only segments that a picture is made of are kept, and nothing behind its end. What the compressed picture itself says,
nobody can tell from the picture.
"""

from typing import Final

_START: Final = b"\xff\xd8"
_END: Final = b"\xff\xd9"
_SCAN: Final = 0xDA
_RESTARTS: Final = range(0xD0, 0xD8)
_ALONE: Final = frozenset({0x00, 0x01, *_RESTARTS})
"""Markers, or none, without a length behind them."""
_JFIF: Final = 0xE0
_PROFILE: Final = 0xE2
_ADOBE: Final = 0xEE
_MADE_OF: Final = frozenset({*range(0xC0, 0xC8), *range(0xC9, 0xD0), 0xDB, 0xDC, 0xDD, 0xDE, _SCAN})
"""Frames, tables, restarts and scans."""

_HEADS: Final = {_JFIF: b"JFIF\0", _PROFILE: b"ICC_PROFILE\0", _ADOBE: b"Adobe"}
"""The notes without which colours would change, by what they begin with."""

_LENGTHS: Final = {_JFIF: 14, _ADOBE: 12}
"""Of these notes without a preview or anything else behind them."""


class UnknownPicture(ValueError):
    """Bytes that are not written as they should be, so that nobody can tell the picture from what comes with it."""


def without_notes(data: bytes) -> bytes:
    """The picture without its notes, the same to look at. Raises UnknownPicture."""
    place = data.find(_START)
    if place < 0:
        raise UnknownPicture
    place += len(_START)
    kept = [_START]
    has_scan = False
    # Readers pass over bytes that stand between two segments.
    while 0 <= (place := data.find(b"\xff", place)) < len(data) - 1:
        marker = data[place + 1]
        if marker == 0xFF:
            place += 1
            continue
        if marker in _ALONE:
            place += 2
            continue
        if marker == _END[1]:
            break
        end = place + 2 + int.from_bytes(data[place + 2 : place + 4], "big")
        if end > len(data) or end < place + 4:
            raise UnknownPicture
        kept.append(_kept(marker, data[place + 4 : end]))
        place = end
        if marker == _SCAN:
            has_scan = True
            place = _scan_end(data, end)
            kept.append(data[end:place])
    if not has_scan:
        raise UnknownPicture
    return b"".join(kept) + _END


def _kept(marker: int, body: bytes) -> bytes:
    """A segment as it stays; empty where it goes."""
    if marker not in _MADE_OF:
        if marker not in _HEADS or not body.startswith(_HEADS[marker]):
            return b""
        body = body[: _LENGTHS.get(marker, len(body))]
        if marker == _JFIF:
            # No dots across and none down: it has no preview.
            body = body[:12].ljust(14, b"\0")
    return bytes([0xFF, marker]) + (len(body) + 2).to_bytes(2, "big") + body


def _scan_end(data: bytes, place: int) -> int:
    """Where a scan's compressed dots end: before the next marker that is no restart."""
    while True:
        place = data.find(b"\xff", place)
        if place < 0 or place + 1 >= len(data):
            return len(data)
        if data[place + 1] != 0 and data[place + 1] not in _RESTARTS:
            return place
        place += 2
