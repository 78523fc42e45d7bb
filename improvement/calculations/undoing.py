"""A step as it was before what was changed later: its history read backwards."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from improvement.calculations.position import MeasurePosition, ReadingPosition, StepPosition
from improvement.calculations.tracker import MeasureEntry, ReadingEntry
from improvement.calculations.versions.change_words import NAMES_APART
from improvement.calculations.words.measures import parse_measures
from improvement.kinds import Status


@dataclass(frozen=True, slots=True)
class Changed:
    """One change, as far as undoing it goes: the field and what it held before, as the history keeps it."""

    field: str
    before: str


def undone(step: StepPosition, changes: Iterable[Changed], as_at: date) -> StepPosition:
    """The step as it was on that day; `changes` are those that count from a later day, the oldest first.

    What a field was is what the oldest of these changes found. A field that no reader of a plan sees stays.
    """
    found: dict[str, str] = {}
    for each in changes:
        found.setdefault(each.field, each.before)
    values: dict[str, Any] = {field: _READ[field](before) for field, before in found.items() if field in _READ}
    if "measures" in found:
        values["measures"] = _measures(found["measures"], step.measures, as_at)
    return replace(step, **values) if values else step


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _owners(text: str) -> tuple[str, ...]:
    return tuple(name for name in text.split(NAMES_APART) if name)


_READ: Final[Mapping[str, Callable[[str], Any]]] = {
    "how": str,
    "who": str,
    "when": str,
    "success": str,
    "status_printed": str,
    "status": Status,
    "due_on": _day,
    "completed_on": _day,
    "owners": _owners,
}


def _measures(text: str, now: tuple[MeasurePosition, ...], as_at: date) -> tuple[MeasurePosition, ...]:
    """The measures that the history has in words; those that are there still keep their own readings.

    Words that a later program no longer reads leave the measures as they are, rather than keep the page from readers.
    """
    try:
        entries = parse_measures(text)
    except ValueError:
        return now
    known = {each.words: each for each in now}
    return tuple(_measure(entry, known.get(entry.words), as_at) for entry in entries)


def _measure(entry: MeasureEntry, now: MeasurePosition | None, as_at: date) -> MeasurePosition:
    readings = now.readings if now else tuple(_reading(each, as_at) for each in entry.readings)
    known = tuple(each for each in readings if each.dated_on is None or each.dated_on <= as_at)
    return MeasurePosition(now.pk if now else 0, entry.words, entry.direction, entry.target, entry.unit, known)


def _reading(entry: ReadingEntry, as_at: date) -> ReadingPosition:
    return ReadingPosition(
        entry.words, entry.dated_on, entry.value, entry.bound, entry.judged, recorded_on=entry.dated_on or as_at
    )
