"""The tracker as a value, from its draft: what the words of each step say, and what somebody has to decide there."""

import re
from collections.abc import Set
from typing import Final

from improvement.calculations.tracker import (
    ActionEntry,
    PriorityEntry,
    StepEntry,
    ThemeEntry,
    TrackerEntry,
)
from improvement.calculations.words.dues import DueKind, DueReading, read_due
from improvement.calculations.words.statuses import StatusReading, read_status
from improvement.importing import own
from improvement.importing.lengths import require_storable
from improvement.importing.owning import owners_of, plan_owners
from improvement.importing.report import Notes
from improvement.importing.table.columns import Column
from improvement.importing.texts import shortened
from improvement.importing.tree.drafts import DraftAction, DraftPriority, DraftStep, DraftTheme
from improvement.importing.tree.outcomes import TYPING_SLIP, updates_of
from torbay_reports.core.formatting import long_date

_STATUS_WORD: Final = re.compile(r"[A-Z]{4,}(?: [A-Z]{3,})*")


def tracker_entry(title: str, themes: list[DraftTheme], notes: Notes) -> TrackerEntry:
    """The tracker with everything that its words say."""
    steps = [
        step
        for theme in themes
        for priority in theme.priorities
        for action in priority.actions
        for step in action.steps
    ]
    known = plan_owners(steps)
    return TrackerEntry(title=title, themes=tuple(_theme(theme, known, notes) for theme in themes))


def _theme(draft: DraftTheme, known: Set[str], notes: Notes) -> ThemeEntry:
    priorities = tuple(_priority(priority, known, notes) for priority in draft.priorities)
    return ThemeEntry(number=draft.number, title=draft.title, priorities=priorities)


def _priority(draft: DraftPriority, known: Set[str], notes: Notes) -> PriorityEntry:
    actions = tuple(_action(action, known, notes) for action in draft.actions)
    return PriorityEntry(number=draft.number, title=draft.title, is_inferred=draft.is_inferred, actions=actions)


def _action(draft: DraftAction, known: Set[str], notes: Notes) -> ActionEntry:
    owners = owners_of(draft, known, notes)
    steps = tuple(
        _step(step, names, f"{draft.reference}/{step.number}", notes)
        for step, names in zip(draft.steps, owners, strict=True)
    )
    return ActionEntry(reference=draft.reference, printed=draft.printed, what=draft.what, steps=steps)


def _step(draft: DraftStep, owners: tuple[str, ...], reference: str, notes: Notes) -> StepEntry:
    cells = draft.cells
    due, status = read_due(cells[Column.WHEN]), read_status(cells[Column.STATUS])
    stated = own.status(draft, status, notes)
    if not draft.is_marked:
        _note_due(draft, due, reference, notes)
        _note_status(draft, status, reference, notes)
    updates = updates_of(draft, reference, notes)
    entry = StepEntry(
        number=draft.number,
        how=cells[Column.HOW],
        who=cells[Column.WHO],
        owners=owners,
        when=cells[Column.WHEN],
        due_on=own.due_on(draft, due, notes),
        success=cells[Column.SUCCESS],
        status_printed=cells[Column.STATUS],
        status=stated,
        completed_on=own.completed_on(draft, stated),
        updates=updates,
        measures=own.measures(draft, cells[Column.SUCCESS]),
    )
    require_storable(entry, draft.place)
    return entry


def _note_due(draft: DraftStep, due: DueReading, reference: str, notes: Notes) -> None:
    words = shortened(draft.cells[Column.WHEN])
    if due.kind is DueKind.UNCLEAR:
        notes.decide(
            "due date unclear", draft.place, f"“{words}” gives no date for step {reference}. Say when it is due."
        )
    elif due.kind is DueKind.SEVERAL and due.due_on is not None:
        notes.decide(
            "due date unclear",
            draft.place,
            f"“{words}” gives several dates for step {reference}; {long_date(due.due_on)} was taken.",
        )
    elif due.due_on is not None and TYPING_SLIP.search(words):
        notes.repaired("typing slip in a date", draft.place, f"“{words}” was read as {long_date(due.due_on)}.")


def _note_status(draft: DraftStep, status: StatusReading, reference: str, notes: Notes) -> None:
    if not status.is_known:
        notes.decide(
            "status unknown",
            draft.place,
            f"“{shortened(draft.cells[Column.STATUS])}” is no status; step {reference} counts as not stated.",
        )
    word = _STATUS_WORD.match(draft.cells[Column.SUCCESS])
    if word and read_status(word[0]).status.is_done:
        notes.decide(
            "status word in success measures",
            draft.place,
            f"The success measure of step {reference} begins with “{word[0]}”, which looks like a status. It was left.",
        )
