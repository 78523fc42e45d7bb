"""A step's measures after a newer version: what the file says, and what was found or decided here and stays."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from improvement.calculations.tracker import MeasureEntry, ReadingEntry
from improvement.kinds import Judged


@dataclass(frozen=True, slots=True)
class MergedReading:
    """A reading as it is to be; `old` is its position among the stored ones, None for a new one."""

    old: int | None
    entry: ReadingEntry


@dataclass(frozen=True, slots=True)
class MergedMeasure:
    """A measure as it is to be; `old` is its position among the stored ones, None for a new one."""

    old: int | None
    entry: MeasureEntry
    readings: tuple[MergedReading, ...]


def merge_measures(
    old: Sequence[MeasureEntry], new: Sequence[MeasureEntry], decided: Collection[int] = ()
) -> tuple[MergedMeasure, ...]:
    """The measures in the order of the newer version, then those that only the older one has and that stay.

    Measures go together by their words, then by their place. `decided` are the positions in `old` whose target a
    person set: these keep their words and target. What the newer version lacks goes, unless it was decided or read.
    """
    partner = _partners(old, new)
    merged = [_merged(old, new[at], partner.get(at), decided) for at in range(len(new))]
    taken = set(partner.values())
    merged += [
        MergedMeasure(at, measure, _readings(measure.readings, ()))
        for at, measure in enumerate(old)
        if at not in taken and (at in decided or measure.readings)
    ]
    return tuple(merged)


def _partners(old: Sequence[MeasureEntry], new: Sequence[MeasureEntry]) -> dict[int, int]:
    """The position in `old` by the one in `new`."""
    left = list(range(len(old)))
    partner: dict[int, int] = {}
    for at, measure in enumerate(new):
        same = next((place for place in left if old[place].words == measure.words), None)
        if same is not None:
            partner[at] = same
            left.remove(same)
    for at in range(len(new)):
        if at not in partner and at in left:
            partner[at] = at
            left.remove(at)
    return partner


def _merged(
    old: Sequence[MeasureEntry], new: MeasureEntry, before: int | None, decided: Collection[int]
) -> MergedMeasure:
    if before is None:
        return MergedMeasure(None, new, _readings((), new.readings))
    readings = _readings(old[before].readings, new.readings)
    kept = old[before] if before in decided else new
    return MergedMeasure(before, replace(kept, readings=tuple(each.entry for each in readings)), readings)


def _readings(old: Sequence[ReadingEntry], new: Sequence[ReadingEntry]) -> tuple[MergedReading, ...]:
    """Every stored reading in its order, put right where the newer version has it too, then those that are new."""
    waiting = list(new)
    found = []
    for at, reading in enumerate(old):
        same = next((each for each in waiting if _is_same(each, reading)), None)
        if same is not None:
            waiting.remove(same)
            judged = reading.judged if same.judged is Judged.NOT else same.judged
            found.append(MergedReading(at, replace(same, judged=judged)))
        else:
            found.append(MergedReading(at, reading))
    return (*found, *(MergedReading(None, each) for each in waiting))


def _is_same(one: ReadingEntry, other: ReadingEntry) -> bool:
    return (one.words, one.dated_on) == (other.words, other.dated_on)
