"""Rows whose cells stand one column too far to the left or to the right."""

from improvement.calculations.words.dues import DueKind, read_due
from improvement.calculations.words.statuses import read_status
from improvement.importing.report import Notes
from improvement.importing.table.columns import COLUMNS, Column
from improvement.importing.table.rows import TrackerRow
from improvement.importing.texts import on_one_line, shortened
from improvement.importing.tree.references import is_reference
from improvement.kinds import Status

_LONGEST_RECURRING = 40


def put_back(row: TrackerRow, notes: Notes) -> None:
    """Move a shifted row back; what stands beyond the last column of any other row is left out, and named."""
    texts = [row.cells[column] for column in COLUMNS]
    if _is_too_far_right(row):
        moved = [*texts[1:], row.overflow]
        row.overflow = ""
        _move(row, moved, "right", notes)
    elif _is_too_far_left(row):
        _move(row, ["", *texts[:-1]], "left", notes)
    if row.overflow:
        notes.decide(
            "left out",
            row.place,
            f"This stands beside the last column and is left out: “{on_one_line(row.overflow)}”.",
        )


def _move(row: TrackerRow, texts: list[str], direction: str, notes: Notes) -> None:
    row.cells = dict(zip(COLUMNS, texts, strict=True))
    lost = " Its outcome may be lost." if direction == "right" and not texts[-1] else ""
    notes.repaired(
        "shifted row",
        row.place,
        f"The row stands one column too far to the {direction} and was moved back; "
        f"“{shortened(row.cells[Column.HOW])}” is its “{Column.HOW}”.{lost}",
    )


def _is_too_far_right(row: TrackerRow) -> bool:
    cells = row.cells
    if cells[Column.NOS] or not cells[Column.WHO]:
        return False
    if is_reference(cells[Column.WHAT]):
        return True
    return (
        not cells[Column.WHAT]
        and _is_status(cells[Column.OUTCOME])
        and not _is_status(cells[Column.STATUS])
        and not _is_due(cells[Column.WHEN])
        and (not cells[Column.SUCCESS] or _is_due(cells[Column.SUCCESS]))
    )


def _is_too_far_left(row: TrackerRow) -> bool:
    cells = row.cells
    if cells[Column.NOS] or cells[Column.OUTCOME] or not cells[Column.WHO]:
        return False
    return (
        _is_status(cells[Column.SUCCESS])
        and not _is_status(cells[Column.STATUS])
        and not _is_due(cells[Column.WHEN])
        and (not cells[Column.HOW] or _is_due(cells[Column.HOW]))
    )


def _is_status(words: str) -> bool:
    reading = read_status(words)
    return reading.is_known and reading.status is not Status.NOT_STATED


def _is_due(words: str) -> bool:
    """Whether the cell is a due date; a long one in which only "daily" or "monthly" occurs says something else."""
    kind = read_due(words).kind
    return kind in (DueKind.DATED, DueKind.SEVERAL) or (kind is DueKind.RECURRING and len(words) <= _LONGEST_RECURRING)
