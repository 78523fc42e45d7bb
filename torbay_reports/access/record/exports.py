"""The record as a CSV file."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils import timezone

from torbay_reports.access.models import AccessRecord
from torbay_reports.access.record import wording
from torbay_reports.access.record.kinds import RecordKind
from torbay_reports.core import spreadsheets

HEADS = ("When", "What", "Who", "E-mail address", "About", "Key", "Why they might")
ROWS_AT_ONCE = 2000


def csv_lines(found: QuerySet[AccessRecord]) -> Iterator[bytes]:
    """The file's lines, heads first; moments in ISO 8601."""
    return spreadsheets.csv_lines(HEADS, map(_cells, found.iterator(chunk_size=ROWS_AT_ONCE)))


def _cells(entry: AccessRecord) -> tuple[str, ...]:
    return (
        timezone.localtime(entry.at).isoformat(timespec="seconds"),
        RecordKind(entry.kind).label,
        wording.who(entry),
        wording.address(entry),
        entry.about,
        entry.key,
        entry.reason,
    )
