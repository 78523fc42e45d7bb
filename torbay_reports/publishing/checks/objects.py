"""The objects of a pack as text, taken from its object streams: thirty thousand elements of a tag tree cost qpdf, which
builds each of them, four times the time and seventy megabytes.
"""

import re
import zlib
from typing import Final

from pikepdf import Name, Pdf

from torbay_reports.publishing.faults import PackFault

_END = re.compile(rb"startxref\n(\d+)\n%%EOF\n\Z")
_TABLE = re.compile(
    rb"\d+ 0 obj\n<</Type/XRef/Size (\d+)/W\[1 5 2\][^>]*?/ID\[<[0-9a-f]*><[0-9a-f]*>\]"
    rb"/Filter/FlateDecode/Length (\d+)>>\nstream\n"
)
_ROW: Final = 8
_IN_STREAM: Final = 2
_TAIL: Final = 64


class Bodies:
    """Objects that are no streams, by number. Raises PackFault for a file or an object of another form."""

    def __init__(self, pdf: Pdf, data: bytes) -> None:
        self._pdf = pdf
        end = _END.search(data, max(0, len(data) - _TAIL))
        table = _TABLE.match(data, int(end.group(1))) if end else None
        if table is None:
            raise PackFault("The pack's file does not end as this program writes it.")
        rows = zlib.decompress(data[table.end() : table.end() + int(table.group(2))])
        if len(rows) != _ROW * int(table.group(1)):
            raise PackFault("The pack's list of objects has not the length that it says.")
        self._rows = rows
        self._streams: dict[int, list[bytes]] = {}

    def __getitem__(self, number: int) -> bytes:
        start = _ROW * number
        row = self._rows[start : start + _ROW]
        if len(row) < _ROW or row[0] != _IN_STREAM:
            raise PackFault(f"Object {number} of the pack is missing.")
        stream = int.from_bytes(row[1:6], "big")
        if stream not in self._streams:
            self._streams[stream] = self._read(stream)
        return self._streams[stream][row[6] << 8 | row[7]]

    def _read(self, number: int) -> list[bytes]:
        stream = self._pdf.get_object(number, 0)
        data = stream.read_bytes()
        first = int(stream[Name.First])
        starts = [first + int(each) for each in data[:first].split()[1::2]]
        return [data[start:end] for start, end in zip(starts, [*starts[1:], len(data)], strict=True)]
