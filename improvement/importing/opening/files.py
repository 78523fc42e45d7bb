"""What a tracker's file may be, by its content, its name and its size: `core.opening` asked about a tracker."""

from typing import Final

from torbay_reports.core.opening import files
from torbay_reports.core.opening.files import LARGEST_FILE, FileKind, Wanted
from torbay_reports.core.reading import UnreadableFile

__all__ = ["LARGEST_FILE", "TRACKER", "FileKind", "UnreadableTracker", "kind_of", "require_size"]

TRACKER: Final = Wanted(subject="the tracker", kinds=(FileKind.WORKBOOK, FileKind.DOCUMENT, FileKind.TEXT))

UnreadableTracker = UnreadableFile
"""The file cannot be taken in; the message says what, where and the cure, and nothing of the file counts."""


def require_size(size: int, file_name: str) -> None:
    """Refuse a file by its size in bytes, before anything of it is read. Raises UnreadableTracker."""
    files.require_size(size, file_name, TRACKER)


def kind_of(data: bytes, file_name: str) -> FileKind:
    """What the file is, where its content agrees with its name. Raises UnreadableTracker with the cure."""
    return files.kind_of(data, file_name, TRACKER)
