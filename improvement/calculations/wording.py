"""How measures, readings and changes read: the same words on page, paper and form."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from improvement.calculations.position import MeasurePosition, ReadingPosition
from improvement.kinds import Direction, Judged, Status
from torbay_reports.core.formatting import long_date

NOTHING: Final = "nothing"
"""What an empty value reads as in "from nothing to 31 March 2017"."""

FIELD_LABELS: Final[Mapping[str, str]] = {
    "how": "how",
    "who": "owner as printed",
    "owners": "owners",
    "when": "due date as printed",
    "due_on": "due date",
    "success": "success measures",
    "measures": "measures",
    "status": "status",
    "status_printed": "status as printed",
    "completed_on": "completed on",
    "what": "what",
    "title": "title",
    "number": "number",
    "printed": "reference as printed",
    "reference": "reference",
    "notice": "notice",
    "people": "people who answer for it",
    "owner_added": "owner added",
}


def change_words(field: str, before: str, after: str) -> str:
    """A change in a few words: "due date: from 31 December 2016 to 31 March 2017", "left the plan"."""
    if field == "added":
        return "added"
    if field == "dropped":
        return f"left the plan: {after}" if after else "left the plan"
    return f"{FIELD_LABELS.get(field, field)}: from {_value(field, before)} to {_value(field, after)}"


def _value(field: str, text: str) -> str:
    if not text:
        return NOTHING
    if field == "status" and text in STATUS_WORDS:
        return STATUS_WORDS[text]
    if field.endswith("_on"):
        return long_date(date.fromisoformat(text))
    return f"“{text}”" if field in _QUOTED else text


STATUS_WORDS: Final = {each.value: each.label for each in Status}
_QUOTED: Final = frozenset({"how", "who", "when", "success", "status_printed", "what", "title", "notice"})
JUDGED: Final = ", as a person has judged"
"""Said of a reading whose words alone do not tell whether the target is reached."""

_SIDES: Final = {Direction.AT_LEAST: "at least ", Direction.AT_MOST: "at most "}


def amount_words(value: Decimal, unit: str) -> str:
    """A figure in its unit, without noughts that say nothing: 90%, 12.5 days."""
    text = f"{value.normalize():,f}"
    return f"{text}{unit}" if unit == "%" else f"{text} {unit}".rstrip()


def target_words(measure: MeasurePosition) -> str:
    """What the measure has to reach: "at least 90%"; nothing where no target is stated."""
    if measure.target is None:
        return "better than a baseline" if measure.direction is Direction.BASELINE else ""
    return f"{_SIDES.get(measure.direction, '')}{amount_words(measure.target, measure.unit)}"


def reading_words(reading: ReadingPosition, unit: str) -> str:
    """What was found, as printed where it was printed: "over 80%"."""
    if reading.words or reading.value is None:
        return reading.words
    return f"{reading.bound.value} {amount_words(reading.value, unit)}".strip()


def measure_words(measure: MeasurePosition) -> str:
    """What is known of the measure: "81% against at least 90%: below target"."""
    target, latest = target_words(measure), measure.latest
    if latest is None:
        return f"No reading yet against {target}" if target else "No target stated and no reading yet"
    found = reading_words(latest, measure.unit)
    if not target and latest.judged is Judged.NOT:
        return f"{found}; no target is stated"
    against = f"{found} against {target}" if target else found
    verdict = {True: "at target", False: "below target", None: "cannot be told"}[measure.is_met]
    return f"{against}: {verdict}{JUDGED if latest.judged is not Judged.NOT else ''}"
