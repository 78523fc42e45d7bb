"""The words in files that are not text: what their makers wrote beside a picture or a typeface."""

import re
import zlib
from collections.abc import Iterator
from typing import Final

_PRINTABLE = re.compile(
    rb"(?:[\t\n\r -~]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}){6,}"
)
_WIDE = re.compile(rb"(?:[ -~]\x00){6,}|(?:\x00[ -~]){6,}")
_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_LONGEST: Final = 1 << 22


def printable_runs(data: bytes) -> str:
    """All that reads like words in some bytes, in UTF-8 or in UTF-16 of Latin letters, run by run."""
    found = [run[0].decode("utf-8", "replace") for run in _PRINTABLE.finditer(data)]
    found += [run[0].replace(b"\x00", b"").decode("ascii") for run in _WIDE.finditer(data)]
    return "\n".join(found)


def texts_of_png(data: bytes) -> Iterator[str]:
    """The words that a PNG carries beside its picture, compressed ones too. Raises ValueError for a broken one."""
    at = len(_SIGNATURE)
    while at + 8 <= len(data):
        length, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        body = data[at + 8 : at + 8 + length]
        if kind in (b"zTXt", b"iTXt"):
            yield from _compressed(kind, body)
        if kind != b"IDAT":
            yield printable_runs(body)
        at += length + 12
        if kind == b"IEND":
            yield printable_runs(data[at:])
            return
    raise ValueError("a picture without an end")


def _compressed(kind: bytes, body: bytes) -> Iterator[str]:
    keyword = body.find(b"\0")
    start = keyword + 2
    if kind == b"iTXt":
        if body[keyword + 1 : keyword + 2] != b"\1":
            return
        start = body.find(b"\0", body.find(b"\0", keyword + 3) + 1) + 1
    try:
        yield zlib.decompressobj().decompress(body[start:], _LONGEST).decode("utf-8", "replace")
    except zlib.error as error:
        raise ValueError("broken words beside a picture") from error
