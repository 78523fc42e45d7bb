"""Where an action begins, and what reference it has."""

from collections.abc import Sequence, Set

from improvement.importing.report import Notes
from improvement.importing.table.columns import Column
from improvement.importing.table.rows import TrackerRow
from improvement.importing.texts import on_one_line, shortened
from improvement.importing.tree.drafts import DraftAction
from improvement.importing.tree.joining import Joint
from improvement.importing.tree.outline import Outline
from improvement.importing.tree.references import (
    LONGEST,
    Placed,
    cleaned,
    count_of,
    is_reference,
    place,
    priority_of,
    split_reference,
)

_TO_DECIDE = {
    "missing": "No reference is printed for “{what}”; {reference} was taken from its place.",
    "unknown": "“{printed}” is no reference; {reference} was taken from the place of “{what}”.",
    "doubled": "The reference {printed} is also that of {other}; “{what}” is kept as {reference}. Say which is right.",
    "elsewhere": "The reference {printed} is not one of priority {number}, under which it stands. It was kept.",
    "gap": "The reference {printed} comes after {before}, so one at least is left out.",
    "back": "The reference {printed} comes after {before}, out of order.",
}
_CODES = {
    "missing": "reference missing",
    "unknown": "reference unknown",
    "doubled": "reference doubled",
    "elsewhere": "reference out of order",
    "gap": "reference out of order",
    "back": "reference out of order",
}


def find_reference(row: TrackerRow, notes: Notes) -> None:
    """Bring a reference that stands at the beginning of another text into its own cell."""
    cells = row.cells
    column = Column.NOS if cells[Column.NOS] else Column.WHAT
    if column is Column.NOS and cells[Column.WHAT]:
        return
    reference, rest = split_reference(cells[column])
    if not reference:
        return
    cells[Column.NOS], cells[Column.WHAT] = reference, rest
    notes.repaired(
        "reference inside What",
        row.place,
        f"The reference {reference} stood in one cell with “{shortened(rest)}” and was parted from it.",
    )


def printed_references(rows: Sequence[TrackerRow]) -> frozenset[str]:
    """Every whole reference that the file prints."""
    return frozenset(filter(is_reference, (cleaned(row.cells[Column.NOS]) for row in rows)))


def begins_action(row: TrackerRow, how: Joint, action: DraftAction | None) -> bool:
    """Whether a new action begins with the row, and not only a step of the one above."""
    nos, what = row.cells[Column.NOS], row.cells[Column.WHAT]
    if action is None:
        return True
    if not nos:
        return bool(what) and how is Joint.NONE
    is_same = cleaned(nos) in (action.reference, cleaned(action.printed))
    return not (is_same and (not what or on_one_line(what) == on_one_line(action.what)))


def place_action(row: TrackerRow, outline: Outline, all_printed: Set[str], notes: Notes) -> None:
    """Open the action that begins with the row, under a reference that no other has."""
    assert outline.priority is not None
    number = outline.priority.number
    printed = row.cells[Column.NOS]
    last = outline.counts[number]
    found = place(cleaned(printed), number, last, outline.used, all_printed)
    before = outline.action.reference if outline.action else "the beginning"
    outline.add_action(DraftAction(row.place, found.reference, _kept(printed), row.cells[Column.WHAT]))
    if priority_of(found.reference) == number:
        outline.counts[number] = count_of(found.reference)
    _note(row, found, number, before, outline, notes)


def _kept(printed: str) -> str:
    return printed if len(printed) <= LONGEST else ""


def _note(row: TrackerRow, found: Placed, number: str, before: str, outline: Outline, notes: Notes) -> None:
    printed, what = on_one_line(row.cells[Column.NOS]), shortened(row.cells[Column.WHAT] or row.cells[Column.HOW])
    if found.how == "cut":
        notes.repaired("reference cut", row.place, f"“{printed}” is printed; read as {found.reference} from its place.")
    elif found.how in _TO_DECIDE:
        other = outline.used.get(cleaned(printed), row.place)
        sentence = _TO_DECIDE[found.how].format(
            what=what, printed=printed, reference=found.reference, number=number, before=before, other=other
        )
        notes.decide(_CODES[found.how], row.place, sentence)
