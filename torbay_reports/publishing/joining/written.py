"""A file of this program's own read back object by object, as `writer.Writer` wrote it."""

import re
import zlib
from functools import cached_property
from itertools import pairwise
from typing import Final

from torbay_reports.publishing.faults import PackFault

STRING: Final = r"\([^\\()]*(?:\\.[^\\()]*)*\)|<[0-9a-fA-F]*>"
"""A string as PDF syntax."""

_END = re.compile(rb"startxref\n(\d+)\n%%EOF\n\Z")
_TABLE = re.compile(
    rb"\d+ 0 obj\n<</Type/XRef/Size (\d+)/W\[1 5 2\]/Root (\d+) 0 R/Info (\d+) 0 R/ID\[<[0-9a-f]*><[0-9a-f]*>\]"
    rb"/Filter/FlateDecode/Length (\d+)>>\nstream\n"
)
_HEAD = re.compile(rb"\d+ 0 obj\n<<")
_LENGTH = re.compile(rb"/Length (\d+)>>\nstream\n")
_FOOT: Final = b"\nendstream\nendobj\n"
_OBJECTS: Final = "/Type/ObjStm/"
_FIRST = re.compile(r"/First (\d+)")
_ROW: Final = 8
_AT_OFFSET: Final = 1
_TAIL: Final = 64


class WrittenFile:
    """Its objects by number: `bodies` those that are no streams, `streams` dictionary and stored bytes of the others;
    `root` and `info` are the numbers of its catalogue and of what it says
    of itself the older way.

    Raises PackFault for a file of another form.
    """

    def __init__(self, data: bytes) -> None:
        end = _END.search(data, max(0, len(data) - _TAIL))
        start = int(end[1]) if end else 0
        table = _TABLE.match(data, start) if end else None
        if table is None:
            raise PackFault("A file does not end as this program writes it.")
        self.root, self.info = int(table[2]), int(table[3])
        self.bodies: dict[int, str] = {}
        self.streams: dict[int, tuple[str, bytes]] = {}
        rows = zlib.decompress(data[table.end() : table.end() + int(table[4])])
        offsets = sorted(
            (int.from_bytes(rows[place + 1 : place + 6], "big"), place // _ROW)
            for place in range(0, len(rows), _ROW)
            if rows[place] == _AT_OFFSET
        )
        for (offset, number), (following, _) in pairwise(offsets):
            dictionary, stream = _parted(data, offset, following)
            if dictionary.startswith(_OBJECTS):
                self._unpack(dictionary, stream)
            else:
                self.streams[number] = dictionary, stream

    def _unpack(self, dictionary: str, stream: bytes) -> None:
        held = zlib.decompress(stream).decode("latin-1")
        found = _FIRST.search(dictionary)
        first = int(found[1]) if found else 0
        heads = [int(each) for each in held[:first].split()]
        starts = [first + each for each in heads[1::2]]
        for number, begin, following in zip(heads[::2], starts, [*starts[1:], len(held) + 1], strict=True):
            # A line's end stands between two of them.
            self.bodies[number] = held[begin : following - 1]

    @cached_property
    def catalogue(self) -> str:
        """What the file says of itself."""
        return self.bodies[self.root]

    def top(self, key: str, inside: int | None = None) -> int:
        """The object that the catalogue, or another object, names under a key. Raises PackFault."""
        body = self.catalogue if inside is None else self.bodies.get(inside, "")
        found = re.search(rf"/{key}\s*\[?\s*(\d+) 0 R", body)
        if found is None:
            raise PackFault(f"A file of this program does not name its {key}.")
        return int(found[1])


def _parted(data: bytes, start: int, end: int) -> tuple[str, bytes]:
    head = _HEAD.match(data, start)
    for length in _LENGTH.finditer(data, start, end):
        if head and length.end() + int(length[1]) + len(_FOOT) == end:
            stream = data[length.end() : length.end() + int(length[1])]
            return data[head.end() : length.start()].decode("latin-1"), stream
    raise PackFault("A stream of a file is not as this program writes it.")
