"""Rows of our own export, which say themselves what they are: taken as they stand, without a guess."""

from improvement.importing.lengths import require_length
from improvement.importing.marks import PRIORITY, THEME, Marked, read_mark
from improvement.importing.opening.files import UnreadableTracker
from improvement.importing.table.columns import Column, OwnColumn
from improvement.importing.table.rows import TrackerRow
from improvement.importing.texts import shortened
from improvement.importing.tree.drafts import DraftAction, DraftPriority, DraftTheme
from improvement.importing.tree.outline import Outline
from improvement.importing.tree.references import priority_of


def take_marked(row: TrackerRow, outline: Outline) -> None:
    """Put the row where its mark says. Raises UnreadableTracker with the row where that cannot be."""
    mark = read_mark(row.own[OwnColumn.STEP])
    if mark is None:
        raise _wrong(row, "is no step of a tracker. Write a reference such as 1.5/3, or leave the cell empty.")
    nos, what = row.cells[Column.NOS], row.cells[Column.WHAT]
    if mark.level == THEME:
        outline.add_theme(DraftTheme(row.place, nos, what))
    elif mark.level == PRIORITY:
        number = mark.number if mark.is_inferred else nos
        outline.add_priority(DraftPriority(row.place, number, what, mark.is_inferred))
    else:
        _take_action(row, mark, outline)
        if mark.level == "step":
            _take_step(row, mark, outline)


def _take_action(row: TrackerRow, mark: Marked, outline: Outline) -> None:
    if outline.action is not None and outline.action.reference == mark.reference:
        return
    if mark.reference in outline.used:
        raise _wrong(
            row, f"comes a second time, after {outline.used[mark.reference]}. Put the steps of an action together."
        )
    if outline.priority is None:
        outline.add_nameless_priority(row.place, priority_of(mark.reference))
    cells = row.cells
    outline.add_action(DraftAction(row.place, mark.reference, cells[Column.NOS], cells[Column.WHAT]))


def _take_step(row: TrackerRow, mark: Marked, outline: Outline) -> None:
    assert outline.action is not None
    steps = outline.action.steps
    number = int(mark.number)
    if mark.is_continued and steps and steps[-1].number == number:
        for column in row.filled:
            require_length(len(outline.action.what) + len(steps[-1].cells[column]), row.place)
            if column is Column.WHAT:
                outline.action.what += row.cells[column]
            elif column is not Column.NOS:
                steps[-1].cells[column] += row.cells[column]
        for own in row.own:
            if own is not OwnColumn.STEP:
                steps[-1].own[own] = steps[-1].own.get(own, "") + row.own[own]
    elif number in outline.action.numbers:
        raise _wrong(row, "stands in two rows. Give one of them another number.")
    else:
        outline.add_step(row, number)


def _wrong(row: TrackerRow, problem: str) -> UnreadableTracker:
    mark = shortened(row.own[OwnColumn.STEP])
    return UnreadableTracker(f"{row.place}, column “{OwnColumn.STEP}”: “{mark}” {problem}")
