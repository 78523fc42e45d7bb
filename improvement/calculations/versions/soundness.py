"""What of a tracker cannot be stored, and where: before the first row is written."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from improvement.calculations.tracker import MeasureEntry, StepEntry, TrackerEntry, UpdateEntry
from improvement.calculations.versions.levels import Levels, levels
from torbay_reports.core.reading import unstorable

LONGEST_LABEL: Final = 20
LONGEST_TITLE: Final = 300
LONGEST_THEME: Final = 500
LONGEST_OWNER: Final = 300
LONGEST_STAMP: Final = 100
LONGEST_UNIT: Final = 40
LARGEST_NUMBER: Final = 9999
LARGEST_FIGURE: Final = 10**12
"""What the columns hold; `tests/improvement/test_soundness.py` compares them."""


def problems(tracker: TrackerEntry) -> Iterator[str]:
    """A sentence for each thing that cannot be stored, with its place and the cure; none for a sound tracker."""
    broken = [f"The file{place}: {problem}" for place, problem in unstorable(tracker)]
    if broken:
        yield from broken
        return
    yield from _too_long("The plan", "title", tracker.title, LONGEST_TITLE)
    parts = levels(tracker)
    if not parts.steps:
        yield "The file holds no step. Bring in the file that has the plan."
    for theme in parts.themes:
        yield from _too_long(f"Theme {theme.number[:LONGEST_LABEL]}", "number", theme.number, LONGEST_LABEL)
        yield from _too_long(f"Theme {theme.number[:LONGEST_LABEL]}", "title", theme.title, LONGEST_THEME)
    for priority in parts.priorities:
        about = f"Priority {priority.number[:LONGEST_LABEL]}"
        yield from _too_long(about, "number", priority.number, LONGEST_LABEL)
    yield from _of_actions(parts)
    for at, step in enumerate(parts.steps):
        yield from _of_step(f"Step {parts.step_reference(at)[:40]}", step)


def _of_actions(parts: Levels) -> Iterator[str]:
    seen: set[str] = set()
    for action in parts.actions:
        about = f"Action {action.reference[:LONGEST_LABEL]}"
        yield from _too_long(about, "reference", action.reference, LONGEST_LABEL)
        yield from _too_long(about, "reference as printed", action.printed, LONGEST_LABEL)
        if not action.reference.strip():
            yield "An action has no reference. Give it one that no other action has."
        elif action.reference in seen:
            yield f"{about} is there twice. Give one of the two another reference."
        seen.add(action.reference)
        counted = Counter(step.number for step in action.steps)
        for number in (each for each, times in counted.items() if times > 1):
            yield f"{about} has two steps with the number {number}. Give one of the two another number."


def _of_step(about: str, step: StepEntry) -> Iterator[str]:
    if not 1 <= step.number <= LARGEST_NUMBER:
        yield f"{about}: the number is not one from 1 to {LARGEST_NUMBER:,}. Correct it."
    if step.completed_on is not None and not step.status.is_done:
        yield f"{about} has a day of completion and is not done. Correct its status, or take the day out."
    for name in step.owners:
        yield from _too_long(about, "name of an owner", name, LONGEST_OWNER)
        if not name.strip():
            yield f"{about}: the name of an owner is empty. Take it out, or write the name."
    for update in step.updates:
        yield from _of_update(about, update)
    yield from _of_measures(about, step.measures)


def _of_update(about: str, update: UpdateEntry) -> Iterator[str]:
    yield from _too_long(about, "stamp of an update", update.stamp, LONGEST_STAMP)
    yield from _too_long(about, "quarter of an update", update.quarter, LONGEST_LABEL)


def _of_measures(about: str, measures: Iterable[MeasureEntry]) -> Iterator[str]:
    for measure in measures:
        yield from _too_long(about, "unit of a measure", measure.unit, LONGEST_UNIT)
        figures = [measure.target, *(reading.value for reading in measure.readings)]
        if any(figure is not None and abs(figure) >= LARGEST_FIGURE for figure in figures):
            yield f"{about}: a figure of a measure is too large. Write one below {LARGEST_FIGURE:,}."


def _too_long(about: str, what: str, text: str, longest: int) -> Iterator[str]:
    if len(text) > longest:
        yield f"{about}: the {what} is longer than {longest} characters. Shorten it."
