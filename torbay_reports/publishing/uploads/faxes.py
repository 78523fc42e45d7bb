"""Cuts what stands behind the end of pictures in black and white: CCITT fax, and JBIG2 (ISO 14492), with its notes."""

import re
from typing import Final

from torbay_reports.publishing.uploads.photographs import UnknownPicture

_LINE: Final = "000000000001"
_ENDS: Final = (_LINE + _LINE, f"{_LINE}1{_LINE}")
"""Two line ends without a line between them, which end a fax; in the second way in which group 3 writes them too."""

_MADE_OF: Final = frozenset({0, 4, 6, 7, 16, 20, 22, 23, 36, 38, 39, 40, 42, 43, 48, 50, 53})
"""Kinds of segments without comments, profiles, and ends of pages and files, which pictures in a PDF have not."""

_LONG_LIST: Final = 7
_MOST_REFERENCES: Final = 100_000


def _pattern(bits: str, shift: int) -> bytes:
    """These bits as they stand in bytes when so many others come before them in the first."""
    pattern = b""
    for place in range(-shift, len(bits), 8):
        wanted = "".join(bits[at] if 0 <= at < len(bits) else "." for at in range(place, place + 8))
        fitting = [each for each in range(256) if re.fullmatch(wanted, f"{each:08b}")]
        pattern += b"[" + b"".join(b"\\x%02x" % each for each in fitting) + b"]"
    return pattern


_END = re.compile(b"|".join(_pattern(bits, shift) for shift in range(8) for bits in _ENDS))


def fax(data: bytes) -> bytes:
    """A fax up to its end. Raises UnknownPicture for one that does not say where that is."""
    found = _END.search(data)
    if found is None:
        raise UnknownPicture
    return data[: found.end()]


def jbig2(data: bytes) -> bytes:
    """The segments of which a picture is made, up to what is none. Raises UnknownPicture where there are none."""
    kept: list[bytes] = []
    place = 0
    while place < len(data):
        try:
            kind, body, length = _head(data, place)
        except IndexError:
            break
        if body + length > len(data):
            break
        if kind in _MADE_OF:
            kept.append(data[place : body + length])
        place = body + length
    if not kept:
        raise UnknownPicture
    return b"".join(kept)


def _head(data: bytes, place: int) -> tuple[int, int, int]:
    """A segment's kind, where its data begins, and how long they are. Raises IndexError beyond the end."""
    number, flags = int.from_bytes(data[place : place + 4], "big"), data[place + 4]
    count, at = data[place + 5] >> 5, place + 6
    if count == _LONG_LIST:
        count = int.from_bytes(data[place + 5 : place + 9], "big") & 0x1FFFFFFF
        at = place + 9 + (count + 8) // 8
    if count > _MOST_REFERENCES:
        raise IndexError
    at += count * (1 if number <= 256 else 2 if number <= 65536 else 4)
    at += 4 if flags & 0x40 else 1
    if at + 4 > len(data):
        raise IndexError
    return flags & 0x3F, at + 4, int.from_bytes(data[at : at + 4], "big")
