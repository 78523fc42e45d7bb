"""Everything that a PDF can hold as text, whether or not a reader would show it."""

import re
import zlib
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from itertools import chain
from typing import Final

import pikepdf
from pypdfium2 import PdfDocument

Piece = tuple[str, bytes]
"""A place in the file and what stands there, still with whatever is wrapped in it."""

_STREAM: Final = re.compile(rb"stream\r?\n")
_STRING: Final = re.compile(rb"\(((?:\\.|[^\\()])*)\)|<([0-9A-Fa-f\s]+)>", re.DOTALL)


def pieces(data: bytes) -> Iterator[Piece]:
    """The words of each page; the strings, names and streams of every object, the tag tree's, the outline's and the
    embedded files' among them; streams that no object reaches any more. Raises PdfError for a file that does not open.
    """
    yield from _pages(data)
    read = set()
    for place, piece in _objects(data):
        read.add(hash(piece))
        yield place, piece
    for place, piece in unreached(data):
        if hash(piece) not in read:
            yield place, piece


def unreached(data: bytes) -> Iterator[Piece]:
    """The streams of the bare file, whatever its table of objects says: earlier revisions, a file that was cut off."""
    view = memoryview(data)
    for found in _STREAM.finditer(data):
        unpacker = zlib.decompressobj()
        try:
            yield "a bare stream", unpacker.decompress(view[found.end() :])
        except zlib.error:
            continue


def _pages(data: bytes) -> Iterator[Piece]:
    with closing(PdfDocument(data)) as opened:
        for number, page in enumerate(opened, start=1):
            yield f"page {number}", page.get_textpage().get_text_range().encode("utf-8", "ignore")


def _objects(data: bytes) -> Iterator[Piece]:
    with pikepdf.open(BytesIO(data)) as opened:
        yield "the trailer", b" ".join(chain.from_iterable(_strings(opened.trailer, "").values()))
        info = opened.trailer.get("/Info")
        for each in opened.objects:
            own = "Info" if info is not None and each.objgen == info.objgen else _kind(each)
            for place, strings in _strings(each, own).items():
                yield place, b" ".join(strings)
            if isinstance(each, pikepdf.Stream):
                stream = _unpacked(each)
                yield own, stream
                yield own, b"".join(_shown(stream))


def _kind(each: pikepdf.Object) -> str:
    """What the object is, in one word."""
    if not isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
        return "object"
    if "/Title" in each and "/Parent" in each:
        return "outline"
    return str(each.get("/Type", each.get("/S", "object"))).strip("/")


def _strings(each: pikepdf.Object, place: str) -> dict[str, list[bytes]]:
    """The strings and names below the object, but for other objects', by the keys under which they stand."""
    found: dict[str, list[bytes]] = defaultdict(list)
    waiting: list[tuple[str, pikepdf.Object | pikepdf.ObjectHelper]] = [(place, each)]
    while waiting:
        where, value = waiting.pop()
        if isinstance(value, pikepdf.String):
            found[where] += [bytes(value), str(value).encode("utf-8", "surrogatepass")]
        elif isinstance(value, pikepdf.Name):
            found[where].append(str(value).encode("utf-8", "surrogatepass"))
        elif isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
            for key, inner in value.items():
                found[where].append(key.encode())
                waiting += [(f"{where} {key}", inner)] if _is_direct(inner) else []
        elif isinstance(value, pikepdf.Array):
            waiting += [(where, inner) for inner in value if _is_direct(inner)]
    return found


def _is_direct(value: object) -> bool:
    return isinstance(value, pikepdf.Object) and not value.is_indirect


def _unpacked(stream: pikepdf.Stream) -> bytes:
    """The stream's bytes; of pictures, whose filters are no text's, as they stand."""
    try:
        return stream.read_bytes()
    except pikepdf.PdfError:
        return stream.read_raw_bytes()


def _shown(stream: bytes) -> Iterator[bytes]:
    """The strings of a content stream without the numbers that set them apart."""
    for literal, digits in _STRING.findall(stream):
        even = b"".join(digits.split()) + b"0" * (len(b"".join(digits.split())) % 2)
        yield literal or bytes.fromhex(even.decode())
