"""Values and files that leave for a spreadsheet."""

import codecs
import csv
from collections.abc import Iterable, Iterator

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def harmless(value: object) -> object:
    """The value, or its text behind an apostrophe where a spreadsheet would take that text for a formula."""
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return f"'{value}"
    return value


def csv_lines(heads: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[bytes]:
    """A CSV file a line at a time, so that its length costs no memory: the heads, then each row made harmless."""
    writer = csv.writer(_Passing())
    yield codecs.BOM_UTF8 + _line(writer.writerow(heads))
    for cells in rows:
        yield _line(writer.writerow([harmless(cell) for cell in cells]))


class _Passing:
    """A file that hands each line on instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def _line(written: object) -> bytes:
    return str(written).encode()
