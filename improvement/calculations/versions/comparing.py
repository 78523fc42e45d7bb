"""What a newer version of a tracker changes in the one that is stored."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from improvement.calculations.tracker import StepEntry, TrackerEntry, UpdateEntry
from improvement.calculations.versions.change_words import in_words
from improvement.calculations.versions.level_views import View, action_views, priority_views, theme_views
from improvement.calculations.versions.levels import levels
from improvement.calculations.versions.matching import Pair
from improvement.calculations.versions.pairing import SideBySide, side_by_side
from improvement.calculations.versions.step_differences import NOTHING_SET, SetHere, StepDifference, step_difference


class DifferenceKind(StrEnum):
    """What becomes of a thing. An update that the file lacks and a value that was set here later are kept."""

    ADDED = "added"
    DROPPED = "dropped"
    CHANGED = "changed"
    UPDATE_ADDED = "update_added"
    UPDATE_KEPT = "update_kept"
    VALUE_KEPT = "value_kept"


KEPT: Final = (DifferenceKind.UPDATE_KEPT, DifferenceKind.VALUE_KEPT)

NOBODY_SET: Final[Mapping[int, SetHere]] = MappingProxyType({})


class Level(StrEnum):
    """What a difference is about."""

    PLAN = "plan"
    THEME = "theme"
    PRIORITY = "priority"
    ACTION = "action"
    STEP = "step"


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: `about` names the thing ("2.3/3", "Priority 6"), `field` what of it.

    `at` is the thing's place in the `levels` of the newer version; of the older one for what is dropped.
    """

    kind: DifferenceKind
    level: Level
    at: int
    about: str
    field: str
    was: object = None
    becomes: object = None

    @property
    def before(self) -> str:
        """What it was, as a person reads it."""
        return in_words(self.was)

    @property
    def after(self) -> str:
        """What the newer version says, as a person reads it."""
        return in_words(self.becomes)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions of a tracker, what goes on from what, and what is different.

    `step_differences` are by the step's place in the newer version, for those that the older one has too.
    """

    differences: tuple[Difference, ...]
    sides: SideBySide
    step_differences: Mapping[int, StepDifference]

    @property
    def changes_something(self) -> bool:
        """Whether bringing the newer version in changes what is stored."""
        return any(each.kind not in KEPT for each in self.differences)

    def count(self, kind: DifferenceKind) -> int:
        """How many differences are of that kind."""
        return sum(each.kind is kind for each in self.differences)


def compare(old: TrackerEntry, new: TrackerEntry, here: Mapping[int, SetHere] = NOBODY_SET) -> Comparison:
    """The differences, level by level, in the order of the newer version; what it drops comes after what it has.

    `here` says what persons set in the stored steps, by the step's place in the older version. A file need not have
    the plan's title.
    """
    sides = side_by_side(levels(old), levels(new))
    by_step = {
        after: step_difference(sides.old.steps[before], sides.new.steps[after], here.get(before, NOTHING_SET))
        for before, after in sides.steps
        if before is not None and after is not None
    }
    found = [
        *_of_values(Level.PLAN, 0, "The plan", {"title": old.title}, {"title": new.title or old.title}),
        *_of_level(Level.THEME, sides.themes, theme_views(sides)),
        *_of_level(Level.PRIORITY, sides.priorities, priority_views(sides)),
        *_of_level(Level.ACTION, sides.actions, action_views(sides)),
        *_of_order(sides),
        *_of_steps(sides, by_step),
    ]
    return Comparison(tuple(found), sides, by_step)


def _of_level(level: Level, pairs: Iterable[Pair], seen: tuple[Sequence[View], Sequence[View]]) -> Iterator[Difference]:
    old, new = seen
    for before, after in pairs:
        if before is not None and after is not None:
            yield from _of_values(level, after, new[after].about, old[before].fields, new[after].fields)
        elif after is not None:
            yield Difference(DifferenceKind.ADDED, level, after, new[after].about, "added", None, new[after].words)
        elif before is not None:
            yield Difference(DifferenceKind.DROPPED, level, before, old[before].about, "dropped", old[before].words)


def _of_values(
    level: Level, at: int, about: str, old: Mapping[str, object], new: Mapping[str, object]
) -> Iterator[Difference]:
    for field, value in old.items():
        if value != new[field]:
            yield Difference(DifferenceKind.CHANGED, level, at, about, field, value, new[field])


def _of_order(sides: SideBySide) -> Iterator[Difference]:
    """That themes, priorities or actions stand in another order, whatever their numbers say."""
    for level, pairs in (("themes", sides.themes), ("priorities", sides.priorities), ("actions", sides.actions)):
        places = [before for before, after in pairs if before is not None and after is not None]
        if places != sorted(places):
            yield Difference(DifferenceKind.CHANGED, Level.PLAN, 0, f"The order of the {level}", "position")


def _of_steps(sides: SideBySide, by_step: Mapping[int, StepDifference]) -> Iterator[Difference]:
    for before, after in sides.steps:
        if before is not None and after is not None:
            yield from of_step(after, sides.new.step_reference(after), sides.old.steps[before], by_step[after])
        elif after is not None:
            about, how = sides.new.step_reference(after), sides.new.steps[after].how
            yield Difference(DifferenceKind.ADDED, Level.STEP, after, about, "added", None, how)
        elif before is not None:
            about, how = sides.old.step_reference(before), sides.old.steps[before].how
            yield Difference(DifferenceKind.DROPPED, Level.STEP, before, about, "dropped", how)


def of_step(at: int, about: str, old: StepEntry, found: StepDifference) -> Iterator[Difference]:
    """The differences of one step at that place of the newer version."""
    for change in found.changes:
        kind = DifferenceKind.VALUE_KEPT if change.is_kept else DifferenceKind.CHANGED
        yield Difference(kind, Level.STEP, at, about, change.field, change.before, change.after)
    if found.measures_change:
        measures = tuple(each.entry for each in found.measures)
        yield Difference(DifferenceKind.CHANGED, Level.STEP, at, about, "measures", old.measures, measures)
    for update in found.updates_added:
        yield Difference(DifferenceKind.UPDATE_ADDED, Level.STEP, at, about, "updates", None, _note(update))
    for update in found.updates_kept:
        yield Difference(DifferenceKind.UPDATE_KEPT, Level.STEP, at, about, "updates", _note(update))


def _note(update: UpdateEntry) -> str:
    return f"{update.text} {update.stamp}".strip()
