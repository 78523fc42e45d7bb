"""What a newer version changes in one step, and what was said or set here and stays."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from msgspec.structs import replace

from improvement.calculations.tracker import MeasureEntry, StepEntry, UpdateEntry
from improvement.calculations.versions.measure_merging import MergedMeasure, merge_measures

FIELDS: Final = (
    "number",
    "how",
    "who",
    "owners",
    "when",
    "due_on",
    "success",
    "status_printed",
    "status",
    "completed_on",
)
"""What is compared value by value; measures and updates have rules of their own."""


@dataclass(frozen=True, slots=True)
class SetHere:
    """What a person set in a step here: fields for a day after the file's, and targets of measures on any day.

    `decided` are positions among the step's measures.
    """

    later: frozenset[str] = frozenset()
    decided: frozenset[int] = frozenset()


NOTHING_SET: Final = SetHere()

TOGETHER: Final = (
    frozenset({"status", "status_printed", "completed_on"}),
    frozenset({"when", "due_on"}),
    frozenset({"who", "owners"}),
)
"""Fields that say one thing: where one was set here later, the others stay with it."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field from what to what; `is_kept` where the file's value does not count, because a person set one later."""

    field: str
    before: object
    after: object
    is_kept: bool = False


@dataclass(frozen=True, slots=True)
class StepDifference:
    """Everything that is different in one step. `measures` are as they are to be, whether they change or not."""

    changes: tuple[FieldChange, ...]
    updates_added: tuple[UpdateEntry, ...]
    updates_kept: tuple[UpdateEntry, ...]
    measures: tuple[MergedMeasure, ...]
    measures_change: bool

    @property
    def applied(self) -> tuple[FieldChange, ...]:
        """The changes that count."""
        return tuple(each for each in self.changes if not each.is_kept)

    @property
    def changes_something(self) -> bool:
        """Whether anything of the step becomes different."""
        return bool(self.applied or self.updates_added or self.measures_change)


def step_difference(old: StepEntry, new: StepEntry, here: SetHere = NOTHING_SET) -> StepDifference:
    """What the newer version of the step changes in the stored one."""
    settled, later = _settled(old, new), _later(here)
    changes = tuple(
        FieldChange(field, getattr(old, field), getattr(settled, field), is_kept=field in later)
        for field in FIELDS
        if getattr(old, field) != getattr(settled, field)
    )
    added, kept = _updates(old.updates, new.updates)
    measures = merge_measures(old.measures, new.measures, here.decided)
    return StepDifference(changes, added, kept, measures, _is_different(old.measures, measures))


def _settled(old: StepEntry, new: StepEntry) -> StepEntry:
    """The newer step, with what it leaves empty beside unchanged words as it stands here.

    The file gives neither owners, a due date nor a day of completion where nobody could read one; a person may have
    set it since, and nothing in the file speaks against it.
    """
    return replace(
        new,
        owners=old.owners if not new.owners and new.who == old.who else new.owners,
        due_on=old.due_on if new.due_on is None and new.when == old.when else new.due_on,
        completed_on=old.completed_on if new.completed_on is None and new.status.is_done else new.completed_on,
    )


def _later(here: SetHere) -> frozenset[str]:
    """What a person set later, with what stays with it. A number is nobody's own: it goes by its neighbours."""
    return here.later.union(*(fields for fields in TOGETHER if fields & here.later)) - {"number"}


def _is_different(old: Sequence[MeasureEntry], merged: Sequence[MergedMeasure]) -> bool:
    """Whether a measure comes, goes or changes; another order alone is no change."""
    stays = [each for each in merged if each.old is not None and each.entry == old[each.old]]
    return len(stays) != len(merged) or len(stays) != len(old)


def _updates(
    old: Sequence[UpdateEntry], new: Sequence[UpdateEntry]
) -> tuple[tuple[UpdateEntry, ...], tuple[UpdateEntry, ...]]:
    """Those of the newer version that are not stored yet, and those stored that it lacks."""
    stored, added = list(old), []
    for update in _parted(old, new):
        same = next((each for each in stored if _is_same(each, update)), None)
        if same is None:
            added.append(update)
        else:
            stored.remove(same)
    return tuple(added), tuple(stored)


def _parted(old: Sequence[UpdateEntry], new: Sequence[UpdateEntry]) -> Iterator[UpdateEntry]:
    """The updates of the newer version, a stored one without a date parted from what was written round it since.

    A file has nothing between the two: there they read as one.
    """
    undated = [each for each in old if each.dated_on is None and not each.stamp and not each.quarter and each.text]
    for update in new:
        above = next((each for each in undated if _goes_on(each.text, update.text)), None)
        below = next((each for each in undated if not update.stamp and update.text.endswith(f"\n{each.text}")), None)
        if above is not None:
            undated.remove(above)
            yield above
            yield replace(update, text=update.text[len(above.text) :].strip())
        elif below is not None:
            undated.remove(below)
            yield replace(update, text=update.text[: -len(below.text)].strip())
            yield below
        else:
            yield update


def _goes_on(before: str, text: str) -> bool:
    """Whether the text is the other one with more below it, or behind its last sentence."""
    rest = text[len(before) :]
    is_parted = rest.startswith("\n") or (before.endswith((".", "!", "?")) and rest[:1].isspace())
    return text.startswith(before) and is_parted and bool(rest.strip())


def _is_same(one: UpdateEntry, other: UpdateEntry) -> bool:
    """The same note, also where one of the two spells its date otherwise."""
    if one.text.split() != other.text.split():
        return False
    return one.stamp == other.stamp or (one.dated_on is not None and one.dated_on == other.dated_on)
