"""A tracker read from a file that somebody hands in."""

from dataclasses import dataclass
from pathlib import PurePath

from improvement.calculations.tracker import TrackerEntry
from improvement.importing.entries import tracker_entry
from improvement.importing.lengths import require_lengths
from improvement.importing.opening.archives import damaged, require_harmless
from improvement.importing.opening.delimited import read_delimited
from improvement.importing.opening.files import FileKind, UnreadableTracker, kind_of
from improvement.importing.opening.grid import Sheet
from improvement.importing.opening.word import read_document
from improvement.importing.opening.workbook import read_workbook
from improvement.importing.report import ImportReport, Notes
from improvement.importing.table.sheets import tracker_rows
from improvement.importing.tree.structure import grown

__all__ = ["ReadTracker", "UnreadableTracker", "read_tracker"]


@dataclass(frozen=True, slots=True)
class ReadTracker:
    """What a file holds, and what has to be said about it."""

    tracker: TrackerEntry
    report: ImportReport


def read_tracker(data: bytes, file_name: str) -> ReadTracker:
    """The tracker that the file holds, by its content and its name. Raises UnreadableTracker, and nothing else."""
    notes = Notes()
    source = tracker_rows(_sheets(data, file_name, notes), file_name, notes)
    outline = grown(source, notes)
    if not outline.themes:
        raise UnreadableTracker(
            f"{file_name}, {source.begins_at}: nothing stands below the header row. Choose the file with the tracker."
        )
    title = source.title
    if not title:
        title = PurePath(file_name).stem
        notes.decide(
            "title missing", source.begins_at, f"No title stands above the header row; “{title}” was taken instead."
        )
    require_lengths(title, outline.themes)
    tracker = tracker_entry(title, outline.themes, notes)
    return ReadTracker(tracker, ImportReport.of(tracker, notes.in_order()))


def _sheets(data: bytes, file_name: str, notes: Notes) -> tuple[Sheet, ...]:
    kind = kind_of(data, file_name)
    if kind is FileKind.TEXT:
        return read_delimited(data, file_name, notes)
    require_harmless(data, kind, file_name)
    read = read_workbook if kind is FileKind.WORKBOOK else read_document
    try:
        return read(data, file_name, notes)
    except UnreadableTracker:
        raise
    except Exception as error:
        # The libraries answer a damaged file with errors of any kind, from KeyError to what lxml raises.
        raise damaged(file_name) from error
