"""Writes a PDF file from the top to its end: objects in compressed object streams, streams as they are.

The same objects give the same bytes: no date and no random number goes in, and the file's ID is a hash of its content.
Bodies of objects are PDF syntax as text whose characters are bytes (Latin-1); `text` and `name` write values that way.
"""

import hashlib
import re
import zlib
from functools import lru_cache
from io import BytesIO
from typing import Final

_HEADER: Final = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_OBJECTS_IN_A_STREAM: Final = 250
_LEVEL: Final = 3
"""Of the compression of objects: higher levels take twice the time for a tenth fewer bytes."""

_PLAIN = re.compile(r"[ -'*-\[\]-~]*")
_PLAIN_NAME = re.compile(r"[A-Za-z0-9._+-]+")
_IN_STREAM: Final = 2
_AT_OFFSET: Final = 1


class UnwrittenObject(Exception):
    """A number was given out and nothing was written under it, or something twice."""


class Writer:
    """A PDF file that is being written. Numbers are given out first and used later, so objects may refer ahead."""

    def __init__(self) -> None:
        self._out = BytesIO()
        self._out.write(_HEADER)
        self._entries: list[tuple[int, int, int] | None] = [(0, 0, 65535)]
        self._waiting: dict[str, list[tuple[int, str]]] = {}

    def number(self) -> int:
        """A new object's number."""
        self._entries.append(None)
        return len(self._entries) - 1

    def numbers(self, count: int) -> int:
        """The first of `count` new numbers in a row."""
        first = len(self._entries)
        self._entries.extend([None] * count)
        return first

    def put(self, number: int, body: str, group: str = "") -> None:
        """An object that is no stream. Those of a group share object streams, so that a reader can leave them unread:
        who shows a page need not unpack the tag tree."""
        waiting = self._waiting.setdefault(group, [])
        waiting.append((number, body))
        if len(waiting) >= _OBJECTS_IN_A_STREAM:
            self._flush(group)

    def add(self, body: str, group: str = "") -> int:
        """An object under a number of its own, which is given back."""
        number = self.number()
        self.put(number, body, group)
        return number

    def put_stream(self, number: int, dictionary: str, data: bytes) -> None:
        """A stream: `dictionary` its entries without brackets and Length, `data` its bytes as they are stored."""
        self._note(number, (_AT_OFFSET, self._out.tell(), 0))
        self._out.write(f"{number} 0 obj\n<<{dictionary}/Length {len(data)}>>\nstream\n".encode("latin-1"))
        self._out.write(data)
        self._out.write(b"\nendstream\nendobj\n")

    def add_stream(self, dictionary: str, data: bytes) -> int:
        """A stream under a number of its own, which is given back."""
        number = self.number()
        self.put_stream(number, dictionary, data)
        return number

    def finish(self, *, root: int, info: int) -> bytes:
        """The whole file. Raises UnwrittenObject when a number was given out for nothing."""
        for group in list(self._waiting):
            self._flush(group)
        own = self.number()
        start = self._out.tell()
        self._note(own, (_AT_OFFSET, start, 0))
        if missing := [number for number, entry in enumerate(self._entries) if entry is None]:
            raise UnwrittenObject(f"Objects of this file were promised and never written: {missing[:5]}.")
        rows = b"".join(
            bytes((kind,)) + place.to_bytes(5, "big") + index.to_bytes(2, "big")
            for kind, place, index in filter(None, self._entries)
        )
        data = zlib.compress(rows, _LEVEL)
        with self._out.getbuffer() as written:
            digest = hashlib.sha256(written)
        digest.update(rows)
        mark = digest.hexdigest()[:32]
        dictionary = (
            f"<</Type/XRef/Size {own + 1}/W[1 5 2]/Root {root} 0 R/Info {info} 0 R/ID[<{mark}><{mark}>]"
            f"/Filter/FlateDecode/Length {len(data)}>>"
        )
        self._out.write(f"{own} 0 obj\n{dictionary}\nstream\n".encode("latin-1"))
        self._out.write(data)
        self._out.write(f"\nendstream\nendobj\nstartxref\n{start}\n%%EOF\n".encode())
        return self._out.getvalue()

    def _note(self, number: int, entry: tuple[int, int, int]) -> None:
        if self._entries[number] is not None:
            raise UnwrittenObject(f"Object {number} of this file was written twice.")
        self._entries[number] = entry

    def _flush(self, group: str) -> None:
        waiting = self._waiting.pop(group)
        own = self.number()
        heads: list[str] = []
        offset = 0
        for index, (number, body) in enumerate(waiting):
            self._note(number, (_IN_STREAM, own, index))
            heads.append(f"{number} {offset}")
            offset += len(body) + 1
        head = " ".join(heads) + "\n"
        bodies = "\n".join([body for _, body in waiting])
        data = zlib.compress((head + bodies).encode("latin-1"), _LEVEL)
        self.put_stream(own, f"/Type/ObjStm/N {len(waiting)}/First {len(head)}/Filter/FlateDecode", data)


def text(value: str) -> str:
    """A string for people: plain ASCII as it is, anything else as UTF-16."""
    if _PLAIN.fullmatch(value):
        return f"({value})"
    if value.isascii() and value.isprintable():
        escaped = value.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        return f"({escaped})"
    return f"<FEFF{value.encode('utf-16-be', 'replace').hex()}>"


def byte_string(value: str) -> str:
    """A name inside the pack (of a place or an element): compared byte by byte, so never as UTF-16."""
    return f"({value})" if _PLAIN.fullmatch(value) else f"<{value.encode().hex()}>"


@lru_cache(maxsize=500)
def name(value: str) -> str:
    """A PDF name with its slash."""
    if _PLAIN_NAME.fullmatch(value):
        return f"/{value}"
    return "/" + "".join(chr(byte) if _PLAIN_NAME.fullmatch(chr(byte)) else f"#{byte:02x}" for byte in value.encode())


def decimal(value: float) -> str:
    """A number as PDF writes it, to a thousandth."""
    if value == int(value):
        return str(int(value))
    shown = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if shown == "-0" else shown
