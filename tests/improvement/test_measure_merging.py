"""Measures after a newer version: what was found or decided here stays."""

from datetime import date
from decimal import Decimal

from improvement.calculations.tracker import MeasureEntry, ReadingEntry
from improvement.calculations.versions.measure_merging import merge_measures
from improvement.kinds import Direction, Judged

MARCH, APRIL = date(2017, 3, 31), date(2017, 4, 11)
EIGHTY = ReadingEntry("80%", MARCH, Decimal(80))


def measure(words: str, target: int | None = None, *readings: ReadingEntry) -> MeasureEntry:
    direction = Direction.UNKNOWN if target is None else Direction.AT_LEAST
    return MeasureEntry(words, direction, None if target is None else Decimal(target), readings=readings)


def entries(old: list[MeasureEntry], new: list[MeasureEntry], decided: set[int] | None = None) -> list[MeasureEntry]:
    return [each.entry for each in merge_measures(old, new, decided or set())]


def test_a_measure_is_known_by_its_words_then_by_its_place() -> None:
    old = [measure("in time", 90), measure("well", 80)]
    merged = merge_measures(old, [measure("well", 85), measure("in good time", 95)])
    assert [(each.old, each.entry.words) for each in merged] == [(1, "well"), (None, "in good time")]
    merged = merge_measures(old, [measure("in good time", 95), measure("well", 80)])
    assert [(each.old, each.entry.words) for each in merged] == [(0, "in good time"), (1, "well")]


def test_readings_stay_and_new_ones_come_after_them() -> None:
    later = ReadingEntry("85%", APRIL, Decimal(85))
    assert entries([measure("in time", 90, EIGHTY)], [measure("in time", 90, later)]) == [
        measure("in time", 90, EIGHTY, later)
    ]


def test_a_reading_keeps_what_somebody_judged() -> None:
    judged = ReadingEntry("most", MARCH, judged=Judged.AT_TARGET)
    old = [measure("in time", 90, judged)]
    assert entries(old, [measure("in time", 90, ReadingEntry("most", MARCH))]) == old
    other = ReadingEntry("most", MARCH, judged=Judged.BELOW)
    assert entries(old, [measure("in time", 90, other)]) == [measure("in time", 90, other)]


def test_a_target_that_somebody_decided_stays() -> None:
    assert entries([measure("all of them", 100)], [measure("all of them")], {0}) == [measure("all of them", 100)]
    assert entries([measure("all of them", 100)], [], {0}) == [measure("all of them", 100)]


def test_a_measure_that_the_file_lacks_goes_unless_it_was_read() -> None:
    assert entries([measure("in time", 90), measure("well", 80, EIGHTY)], []) == [measure("well", 80, EIGHTY)]
