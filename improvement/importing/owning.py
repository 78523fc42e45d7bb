"""Who owns each step of an action: the name in its row, else the nearest above it inside the action."""

from collections.abc import Iterable, Set

from improvement.calculations.words.owners import OwnersReading, known_owners, split_owners
from improvement.importing.own import owners as own_owners
from improvement.importing.report import Notes
from improvement.importing.table.columns import Column
from improvement.importing.texts import shortened
from improvement.importing.tree.drafts import DraftAction, DraftStep


def plan_owners(steps: Iterable[DraftStep]) -> frozenset[str]:
    """The names that stand alone in some cell of the tracker."""
    return known_owners(dict.fromkeys(step.cells[Column.WHO] for step in steps if step.cells[Column.WHO]))


def owners_of(action: DraftAction, known: Set[str], notes: Notes) -> list[tuple[str, ...]]:
    """The owners of each of the action's steps, in their order."""
    found: list[tuple[str, ...]] = []
    above: DraftStep | None = None
    names: tuple[str, ...] = ()
    reading: OwnersReading | None = None
    is_noted = False
    for step in action.steps:
        if step.cells[Column.WHO]:
            above, is_noted = step, False
            reading = split_owners(step.cells[Column.WHO], known)
            names = _names(step, reading, notes)
        stated = own_owners(step, reading if above is step else None, notes)
        found.append(names if stated is None else stated)
        if stated is None and not step.cells[Column.WHO] and not is_noted:
            _note_blank(action, step, above, notes)
            is_noted = True
    return found


def _names(step: DraftStep, reading: OwnersReading, notes: Notes) -> tuple[str, ...]:
    cell = step.cells[Column.WHO]
    if not reading.is_sure and not step.is_marked:
        names = "; ".join(f"“{name}”" for name in reading.names) or "nobody"
        notes.decide(
            "owner unclear",
            step.place,
            f"“{shortened(cell)}” may be one owner or several; it was read as {names}. Say who they are.",
        )
    return reading.names


def _note_blank(action: DraftAction, step: DraftStep, above: DraftStep | None, notes: Notes) -> None:
    """Name the first of the steps without an owner of their own."""
    if above is None:
        notes.decide("owner missing", step.place, f"Action {action.reference} names no owner. Say who answers for it.")
        return
    owner = shortened(above.cells[Column.WHO])
    sentence = f"No owner is printed from this row on; “{owner}” of row {above.place.row} was carried down."
    others = {each.cells[Column.WHO] for each in action.steps} - {"", above.cells[Column.WHO]}
    if others:
        notes.decide(
            "owner carried down",
            step.place,
            f"{sentence} Action {action.reference} names others too; say whose step this is.",
        )
    else:
        notes.repaired("owner carried down", step.place, sentence)
