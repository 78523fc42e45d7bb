"""The updates in an outcome cell, also where every date stands before its update, and what has to be said of them."""

import re
from typing import Final

from msgspec.structs import replace

from improvement.calculations.tracker import UpdateEntry
from improvement.calculations.words.stamps import split_updates
from improvement.importing.report import Notes
from improvement.importing.table.columns import Column
from improvement.importing.texts import shortened
from improvement.importing.tree.drafts import DraftStep
from torbay_reports.core.formatting import count, long_date

TYPING_SLIP: Final = re.compile(r"[A-Za-z]{3}\d{2,4}(?!\d)|\d[.,][A-Za-z]{3}|\d\s*[.,/-]{2,}\s*\d")
"""A month without a space before its year, a point before its name, two points in a row."""


def updates_of(draft: DraftStep, reference: str, notes: Notes) -> tuple[UpdateEntry, ...]:
    """The step's updates. In a row of our own export there is nothing to ask."""
    updates = split_updates(draft.cells[Column.OUTCOME])
    if draft.is_marked:
        return updates
    if updates and updates[0].stamp and not updates[0].text:
        updates = _dated_in_front(updates, draft, reference, notes)
    _note_slips(updates, draft, notes)
    _note_undated(updates, draft, reference, notes)
    return updates


def _dated_in_front(
    updates: tuple[UpdateEntry, ...], draft: DraftStep, reference: str, notes: Notes
) -> tuple[UpdateEntry, ...]:
    """Each update with the date before it, where the cell begins with a date and ends without one."""
    dates, texts = updates[:-1], [each.text for each in updates[1:]]
    if not dates or updates[-1].stamp or not all(texts):
        notes.decide(
            "date before its update",
            draft.place,
            f"The outcome of step {reference} begins with a date, “{updates[0].stamp}”, with no update before it. "
            "A date is read as that of the update before it. Write each date behind its update.",
        )
        return updates
    found = tuple(replace(each, text=text) for each, text in zip(dates, texts, strict=True))
    notes.decide(
        "date before its update",
        draft.place,
        f"The outcome of step {reference} begins with a date, so each date was taken for the update behind it: "
        f"“{shortened(found[0].text)}” is of {found[0].stamp.strip('()')}. Write the dates behind if that is wrong.",
    )
    return found


def _note_slips(updates: tuple[UpdateEntry, ...], draft: DraftStep, notes: Notes) -> None:
    for update in updates:
        if update.dated_on is not None and TYPING_SLIP.search(update.stamp):
            notes.repaired(
                "typing slip in a date", draft.place, f"“{update.stamp}” was read as {long_date(update.dated_on)}."
            )


def _note_undated(updates: tuple[UpdateEntry, ...], draft: DraftStep, reference: str, notes: Notes) -> None:
    undated = [update for update in updates if update.dated_on is None]
    if undated:
        words = count(len(undated), "update", "updates")
        notes.decide(
            "update without a date",
            draft.place,
            f"{words} of step {reference} without a date, beginning “{shortened(undated[0].text)}”. Say when it was.",
        )
