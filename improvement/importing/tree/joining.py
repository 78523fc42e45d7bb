"""Which rows are the rest of the row before, cut off by the end of a page."""

from enum import StrEnum
from typing import Final

from improvement.importing.lengths import require_length
from improvement.importing.table.columns import COLUMNS, Column
from improvement.importing.table.rows import TrackerRow
from improvement.importing.tree.drafts import DraftAction, DraftStep

_ENDS: Final = tuple(".!?:;)”\"'")
_OF_STEP: Final = tuple(column for column in COLUMNS if column not in (Column.NOS, Column.WHAT))


class Joint(StrEnum):
    """How a row without a reference goes on with what stands above it."""

    WHOLE = "the whole row"
    DOUBTFUL = "the whole row, though it may be a step"
    WHAT_ALONE = "what alone"
    NONE = "not at all"


def joint(row: TrackerRow, action: DraftAction | None) -> Joint:
    """How the row goes on with the action's last step. A row with a reference of its own never does."""
    if action is None or row.cells[Column.NOS]:
        return Joint.NONE
    what = row.cells[Column.WHAT]
    goes_on = (
        not what
        or (what[:1].islower() and (row.after_break or not row.cells[Column.WHO]))
        or (row.after_break and not row.cells[Column.HOW])
    )
    if not goes_on:
        return Joint.NONE
    before = action.steps[-1] if action.steps else None
    if before is not None:
        if not row.cells[Column.HOW]:
            if _is_rest(row, before):
                return Joint.WHOLE
        elif _names_owner_only(before) and not what:
            return Joint.WHOLE
        elif _may_be_rest(row, before):
            return Joint.DOUBTFUL
    return Joint.WHAT_ALONE if what else Joint.NONE


def join(row: TrackerRow, action: DraftAction, columns: tuple[Column, ...]) -> None:
    """Put the row's cells behind those of the action's last step."""
    for column in columns:
        text = row.cells[column]
        if column is Column.WHAT:
            action.what = _joined(action.what, text, row)
        elif column in _OF_STEP:
            before = action.steps[-1].cells
            before[column] = _joined(before[column], text, row)


def _joined(before: str, text: str, row: TrackerRow) -> str:
    require_length(len(before) + len(text), row.place)
    return f"{before} {text}" if before and text else before or text


def _is_rest(row: TrackerRow, before: DraftStep) -> bool:
    """Whether a row without a "how" belongs to the step before: it does unless it has a status of its own."""
    if not row.cells[Column.STATUS]:
        return True
    return row.after_break and not before.cells[Column.STATUS]


def _may_be_rest(row: TrackerRow, before: DraftStep) -> bool:
    """Whether a row with a "how" looks like a rest all the same: on a new page, with neither status nor measure.

    And what it goes on with broke off without an end: the outcome, or a "how" that goes on in small letters.
    """
    cells = row.cells
    if not row.after_break or cells[Column.STATUS] or cells[Column.SUCCESS] or cells[Column.WHO]:
        return False
    if not _is_unfinished(before.cells[Column.HOW]):
        return False
    if cells[Column.OUTCOME]:
        outcome = before.cells[Column.OUTCOME]
        return _is_unfinished(outcome) and not outcome[-1:].isdigit()
    return cells[Column.HOW][:1].islower() and not cells[Column.WHEN]


def _is_unfinished(text: str) -> bool:
    return bool(text) and not text.endswith(_ENDS)


def _names_owner_only(step: DraftStep) -> bool:
    return [column for column in _OF_STEP if step.cells[column]] == [Column.WHO]
