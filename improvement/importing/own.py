"""What the columns that our own export adds say of a step. A cell there counts for more than what the words say."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime
from typing import Final

from improvement.calculations.tracker import MeasureEntry
from improvement.calculations.words.dues import DueKind, DueReading
from improvement.calculations.words.measures import parse_measures, read_measures
from improvement.calculations.words.owners import OwnersReading
from improvement.calculations.words.statuses import StatusReading
from improvement.importing.opening.files import UnreadableTracker
from improvement.importing.report import Notes
from improvement.importing.table.columns import OwnColumn
from improvement.importing.texts import shortened, tidy
from improvement.importing.tree.drafts import DraftStep
from improvement.kinds import STATUS_LABELS, Status
from torbay_reports.core.formatting import listed, long_date

_DAY_FORMATS: Final = ("%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%d/%m/%Y", "%d-%b-%Y", "%d-%b-%y", "%d/%m/%y")
_STATUSES: Final = {label: status for status, label in STATUS_LABELS.items()}


def due_on(step: DraftStep, reading: DueReading, notes: Notes) -> date | None:
    """The step's due date: from its own column where there is one, else as read from the words."""
    text = _stated(step, OwnColumn.DUE_ON)
    if text is None:
        return reading.due_on
    with _at(step, OwnColumn.DUE_ON):
        stated = _day(text) if text else None
    if stated != reading.due_on and reading.kind is DueKind.DATED and reading.due_on is not None:
        _note_differing(
            step, OwnColumn.DUE_ON, long_date(stated) if stated else "no date", long_date(reading.due_on), notes
        )
    return stated


def status(step: DraftStep, reading: StatusReading, notes: Notes) -> Status:
    """The step's status: from its own column where there is one, else as read from the printed words."""
    text = _stated(step, OwnColumn.STATUS)
    if not text:
        return reading.status
    with _at(step, OwnColumn.STATUS):
        stated = _status(text)
    if stated is not reading.status and reading.is_known and reading.status is not Status.NOT_STATED:
        _note_differing(step, OwnColumn.STATUS, stated.label, reading.status.label, notes)
    return stated


def completed_on(step: DraftStep, stated: Status) -> date | None:
    """The day on which the step was completed, which only its own column says."""
    text = _stated(step, OwnColumn.COMPLETED_ON)
    if not text:
        return None
    with _at(step, OwnColumn.COMPLETED_ON):
        if not stated.is_done:
            raise ValueError(f"the step is {stated.label}. Empty the cell, or say that the step is done.")
        return _day(text)


def owners(step: DraftStep, reading: OwnersReading | None, notes: Notes) -> tuple[str, ...] | None:
    """The step's owners, a line of its own column each; None where only the words tell.

    `reading` is what the step's own cell says, None where it is blank.
    """
    text = _stated(step, OwnColumn.OWNERS)
    if text is None:
        return None
    stated = tuple(dict.fromkeys(filter(None, text.split("\n"))))
    if reading is not None and reading.is_sure and _words(reading.names) != _words(stated):
        said, read = (listed([*names]) or "nobody" for names in (stated, reading.names))
        _note_differing(step, OwnColumn.OWNERS, shortened(said), shortened(read), notes)
    return stated


def _words(names: Iterable[str]) -> set[str]:
    """The words of all names: where the cut between two names alone differs, nobody has to be asked."""
    return {word for name in names for word in name.split()}


def measures(step: DraftStep, success: str) -> tuple[MeasureEntry, ...]:
    """The step's measures with their readings: from its own column where there is one, else as read from the words."""
    text = _stated(step, OwnColumn.MEASURES)
    if text is None:
        return read_measures(success)
    with _at(step, OwnColumn.MEASURES):
        return parse_measures(text) if text else ()


def _stated(step: DraftStep, column: OwnColumn) -> str | None:
    """What the column says of the step; None where it says nothing. In a row of our own export, empty means nothing."""
    text = step.own.get(column, "").strip()
    return text if text or step.is_marked else None


@contextmanager
def _at(step: DraftStep, column: OwnColumn) -> Iterator[None]:
    """Say of what is wrong with the cell where it stands. Raises UnreadableTracker."""
    try:
        yield
    except ValueError as error:
        raise UnreadableTracker(f"{step.place}, column “{column}”: {error}") from error


def _note_differing(step: DraftStep, column: OwnColumn, stated: str, read: str, notes: Notes) -> None:
    notes.decide(
        "columns differ",
        step.place,
        f"The column “{column}” says {stated}, the printed words say {read}. The column counts; say which is right.",
    )


def _day(text: str) -> date:
    words = tidy(text)
    for pattern in _DAY_FORMATS:
        with suppress(ValueError):
            return datetime.strptime(words, pattern).date()
    raise ValueError(f"“{shortened(words)}” is no day. Write one such as 31 March 2017.")


def _status(text: str) -> Status:
    words = " ".join(text.split()).casefold()
    if words not in _STATUSES:
        raise ValueError(f"“{shortened(text)}” is no status. Write one of {listed([*_STATUSES], 'or')}.")
    return _STATUSES[words]
