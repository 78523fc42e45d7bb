"""The record as a CSV file, a line at a time, so that its length costs no memory."""

import codecs
import csv
from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils import timezone

from torbay_reports.access.models import AccessRecord
from torbay_reports.access.record import wording
from torbay_reports.access.record.kinds import RecordKind
from torbay_reports.core.spreadsheets import harmless

HEADS = ("When", "What", "Who", "E-mail address", "About", "Key", "Why they might")
ROWS_AT_ONCE = 2000


class _Passing:
    """A file that hands each line on instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def csv_lines(found: QuerySet[AccessRecord]) -> Iterator[bytes]:
    """The file's lines, heads first; moments in ISO 8601, text that a spreadsheet would run made harmless."""
    writer = csv.writer(_Passing())
    yield codecs.BOM_UTF8 + _line(writer.writerow(HEADS))
    for entry in found.iterator(chunk_size=ROWS_AT_ONCE):
        cells = (
            timezone.localtime(entry.at).isoformat(timespec="seconds"),
            RecordKind(entry.kind).label,
            wording.who(entry),
            wording.address(entry),
            entry.about,
            entry.key,
            entry.reason,
        )
        yield _line(writer.writerow([harmless(cell) for cell in cells]))


def _line(written: object) -> bytes:
    return str(written).encode()
