"""What of a tracker is longer or larger than can be stored."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

from improvement.calculations.tracker import MeasureEntry, StepEntry
from improvement.importing.opening.files import UnreadableTracker
from improvement.importing.report import Place
from improvement.importing.texts import shortened
from improvement.importing.tree.drafts import DraftTheme

LONGEST_TITLE: Final = 300
LONGEST_THEME: Final = 500
LONGEST_LABEL: Final = 20
LONGEST_NAME: Final = 300
LONGEST_STAMP: Final = 100
LONGEST_UNIT: Final = 40
HIGHEST_STEP: Final = 9_999
LONGEST_TEXT: Final = 500_000
LARGEST_VALUE: Final = Decimal(10) ** 12


def require_length(length: int, place: Place) -> None:
    """Refuse a text that rows joined together make too long. Raises UnreadableTracker with the row."""
    if length > LONGEST_TEXT:
        raise UnreadableTracker(
            f"{place}: with this row a text has more than {LONGEST_TEXT:,} characters. Say in each row whose it is."
        )


def require_lengths(title: str, themes: Iterable[DraftTheme]) -> None:
    """Refuse titles, numbers and references that no column holds. Raises UnreadableTracker with the row."""
    if len(title) > LONGEST_TITLE:
        raise UnreadableTracker(
            f"The tracker's title has {len(title):,} characters. Shorten it to {LONGEST_TITLE} at most."
        )
    for theme in themes:
        _require(theme.place, "theme's title", theme.title, LONGEST_THEME)
        _require(theme.place, "theme's number", theme.number, LONGEST_LABEL)
        for priority in theme.priorities:
            _require(priority.place, "priority's number", priority.number, LONGEST_LABEL)
            for action in priority.actions:
                _require(action.place, "reference", action.reference, LONGEST_LABEL)
                _require(action.place, "reference", action.printed, LONGEST_LABEL)
                for step in action.steps:
                    if step.number > HIGHEST_STEP:
                        raise UnreadableTracker(
                            f"{step.place}: action {action.reference} has more than {HIGHEST_STEP:,} steps. "
                            "Give the action below it a reference."
                        )


def require_storable(step: StepEntry, place: Place) -> None:
    """Refuse what was read from a step's words and no column holds. Raises UnreadableTracker with the row."""
    for name in step.owners:
        _require(place, "owner's name", name, LONGEST_NAME)
    for update in step.updates:
        _require(place, "date of an update", update.stamp, LONGEST_STAMP)
    for measure in step.measures:
        _require(place, "unit of a measure", measure.unit, LONGEST_UNIT)
        for value in _values(measure):
            if not value.is_finite() or abs(value) >= LARGEST_VALUE or value != round(value, 2):
                raise UnreadableTracker(
                    f"{place}: the figure {shortened(str(value))} of a measure is too large or too fine to be kept. "
                    f"Write one below {LARGEST_VALUE:,} with two decimals at most."
                )


def _values(measure: MeasureEntry) -> Iterator[Decimal]:
    readings = (reading.value for reading in measure.readings)
    return (value for value in (measure.target, *readings) if value is not None)


def _require(place: Place, what: str, text: str, most: int) -> None:
    if len(text) > most:
        raise UnreadableTracker(
            f"{place}: the {what} “{shortened(text)}” has {len(text):,} characters. Shorten it to {most} at most."
        )
