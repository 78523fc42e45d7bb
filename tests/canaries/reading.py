"""Everything that a response or a file can hold as text, unwrapped until nothing is wrapped in it any more."""

import gzip
import html
import quopri
import re
import zlib
from base64 import urlsafe_b64decode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from io import BytesIO
from pathlib import Path
from typing import Final
from urllib.parse import unquote_to_bytes
from zipfile import BadZipFile, ZipFile

import brotli  # type: ignore[import-untyped]
from django.core.files.storage import Storage
from django.http import HttpResponseBase
from pikepdf import PdfError
from pypdfium2 import PdfiumError

from tests.canaries import pdfs

DEEPEST: Final = 8
"""How often a thing may be wrapped in another."""

_ESCAPES_IN_ESCAPES: Final = 4

_PDF: Final = b"%PDF-"
_ZIP: Final = b"PK\x03\x04"
_GZIP: Final = b"\x1f\x8b\x08"
_ZLIB: Final = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")

_TAG: Final = re.compile(rb"<[^>]*>")
_CODE_IN_HEX: Final = re.compile(rb"\\(?:u00|x)([0-9A-Fa-f]{2})")
_CODE_IN_OCTAL: Final = re.compile(rb"\\([0-3][0-7]{2})")
_QUOTED: Final = re.compile(rb"=[0-9A-F]{2}|=\r?\n")
_BASE64: Final = (re.compile(rb"[A-Za-z0-9+/]{20,}={0,2}"), re.compile(rb"[A-Za-z0-9_-]{20,}={0,2}"))
_HEX: Final = re.compile(rb"(?:[0-9A-Fa-f]{2}){12,}")


class Unreadable(Exception):
    """Something that the reader cannot look into: nothing may be said of it."""


@dataclass(frozen=True)
class Text:
    """What stands at a place, as bytes in any encoding that keeps ASCII's letters."""

    place: str
    data: bytes


def texts_of(data: bytes, place: str, *, is_whole: bool = True, depth: int = 0) -> Iterator[Text]:
    """The bytes as they are and all that is wrapped in them: packed, encoded, escaped, embedded.

    Raises Unreadable for a broken or locked file, where it `is_whole`, and for one in more than DEEPEST wrappings.
    """
    if not _is_packed(data):
        yield from _words(data, place, depth)
        return
    yield Text(place, data)
    if depth > DEEPEST:
        raise Unreadable(f"{place} is wrapped more than {DEEPEST} times.")
    try:
        inner = list(_unpacked(data))
    except (BadZipFile, OSError, EOFError, RuntimeError, zlib.error, PdfError, PdfiumError) as error:
        if is_whole:
            raise Unreadable(f"{place} cannot be read: {error}") from error
        inner = [*pdfs.unreached(data)]
    for name, piece in inner:
        yield from texts_of(piece, f"{place}, {name}" if name else place, is_whole=is_whole, depth=depth + 1)


def head_texts(response: HttpResponseBase) -> Iterator[Text]:
    """A response's status, headers and cookies."""
    yield Text("status", f"{response.status_code} {response.reason_phrase}".encode())
    for name, value in response.headers.items():
        yield from header_texts(name, value)
    for cookie in response.cookies.values():
        yield from texts_of(cookie.OutputString().encode(), f"cookie {cookie.key}")


def header_texts(name: str, value: str) -> Iterator[Text]:
    """A header's value, and what it says where its words are encoded for mail (RFC 2047)."""
    yield from texts_of(f"{name}: {value}".encode(), f"header {name}")
    try:
        yield Text(f"header {name}", str(make_header(decode_header(value))).encode())
    except (HeaderParseError, LookupError, UnicodeError):
        return


def body_of(response: HttpResponseBase) -> bytes:
    """The body, streamed or not, as its reader unpacks it. Raises Unreadable for a coding that is not known here."""
    body: bytes = response.getvalue()
    for coding in reversed(response.headers.get("Content-Encoding", "identity").split(",")):
        try:
            body = _CODINGS[coding.strip().lower()](body) if body else body
        except (KeyError, OSError, EOFError, zlib.error, brotli.error) as error:
            raise Unreadable(f"A body in the coding {coding} cannot be read: {error!r}") from error
    return body


def folder_texts(folder: Path) -> Iterator[Text]:
    """Every file below the folder: its path and what it holds. A link is read as the file that it leads to."""
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        yield from texts_of(name.encode(), f"name of {name}")
        if path.is_file():
            yield from texts_of(path.read_bytes(), name)


def storage_texts(storage: Storage, folder: str = "") -> Iterator[Text]:
    """Every file of a Django storage: its name and what it holds."""
    folders, files = storage.listdir(folder)
    for name in sorted(folders):
        below = f"{folder}/{name}".lstrip("/")
        yield from texts_of(below.encode(), f"name of {below}")
        yield from storage_texts(storage, below)
    for name in sorted(files):
        path = f"{folder}/{name}".lstrip("/")
        yield from texts_of(path.encode(), f"name of {path}")
        with storage.open(path) as opened:
            yield from texts_of(opened.read(), path)


def _is_packed(data: bytes) -> bool:
    """Whether it is a file with others, or other bytes, in it."""
    if _PDF in data[:1024] or data.startswith((_ZIP, _GZIP)):
        return True
    try:
        return data.startswith(_ZLIB) and bool(zlib.decompressobj().decompress(data))
    except zlib.error:
        return False


def _unpacked(data: bytes) -> Iterator[pdfs.Piece]:
    """What a file holds, one wrapping less."""
    if _PDF in data[:1024]:
        yield from pdfs.pieces(data)
    elif data.startswith(_ZIP):
        with ZipFile(BytesIO(data)) as archive:
            yield "", archive.comment
            for name in archive.namelist():
                yield name, archive.read(name)
    elif data.startswith(_GZIP):
        yield "", gzip.decompress(data)
    else:
        yield "", zlib.decompressobj().decompress(data)


def _words(data: bytes, place: str, depth: int) -> Iterator[Text]:
    """The text as it is, without its escapes, without its markup; and what long words of it are the code of."""
    plain = _without_escapes(data)
    texts = dict.fromkeys((data, plain, _TAG.sub(b"", plain), _without_escapes(_TAG.sub(b"", data))))
    yield from (Text(place, each) for each in texts)
    if depth > DEEPEST:
        return
    words = {word for text in (data, plain) for pattern in _BASE64 for word in pattern.findall(text)}
    codes = [_from_base64(word) for word in words]
    codes += [bytes.fromhex(word.decode()) for word in set(_HEX.findall(plain))]
    for code in (*filter(_is_packed, codes), b" ".join(codes)):
        if code:
            yield from texts_of(code, place, is_whole=False, depth=depth + 1)


def _from_base64(word: bytes) -> bytes:
    bare = word.rstrip(b"=").replace(b"+", b"-").replace(b"/", b"_")
    return urlsafe_b64decode(bare[: len(bare) - (len(bare) % 4 == 1)] + b"==")


def _without_escapes(data: bytes) -> bytes:
    """Without the codes of HTML, JSON, addresses, mails and PDF's strings, however they stand in one another."""
    for _ in range(_ESCAPES_IN_ESCAPES):
        before = data
        if b"&" in data:
            data = html.unescape(data.decode("latin-1")).encode("latin-1", "ignore")
        if b"\\" in data:
            data = _CODE_IN_HEX.sub(lambda found: bytes([int(found[1], 16)]), data)
            data = _CODE_IN_OCTAL.sub(lambda found: bytes([int(found[1], 8)]), data)
        if b"%" in data:
            data = unquote_to_bytes(data)
        if _QUOTED.search(data):
            data = quopri.decodestring(data)
        if data == before:
            break
    return data


_CODINGS: Final[dict[str, Callable[[bytes], bytes]]] = {
    "identity": lambda body: body,
    "gzip": gzip.decompress,
    "deflate": zlib.decompress,
    "br": brotli.decompress,
}
