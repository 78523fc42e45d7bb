"""The check of a tracker's archive, before any library opens it: `core.opening` asked about a tracker."""

from typing import Final

from improvement.importing.opening.files import TRACKER
from torbay_reports.core.opening import archives
from torbay_reports.core.opening.archives import LARGEST_UNPACKED, MOST_MEMBERS, MOST_ORNAMENTS, damaged
from torbay_reports.core.opening.files import FileKind

__all__ = ["LARGEST_UNPACKED", "MOST_CELLS", "MOST_MEMBERS", "MOST_ORNAMENTS", "damaged", "require_harmless"]

MOST_CELLS: Final = TRACKER.most_cells


def require_harmless(data: bytes, kind: FileKind, file_name: str) -> None:
    """Unpack every member within limits, then read the XML of all. Raises UnreadableTracker."""
    archives.require_harmless(data, kind, file_name, TRACKER)
