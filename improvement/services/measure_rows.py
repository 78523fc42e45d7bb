"""Stores the measures of a version's steps with their readings; what was found or decided here stays."""

from collections.abc import Sequence

from improvement.calculations.tracker import MeasureEntry, ReadingEntry
from improvement.calculations.versions.measure_merging import MergedMeasure, MergedReading, merge_measures
from improvement.models import Measure, Reading, Step
from improvement.services.arrivals import BATCH, Arrival, write_again
from improvement.services.step_details import placed


class MeasureRows:
    """What has to be written, gathered over all steps."""

    def __init__(self, arrival: Arrival) -> None:
        self.arrival = arrival
        self.measures: list[Measure] = []
        self.readings: list[Reading] = []
        self.changed_measures: list[Measure] = []
        self.changed_readings: list[Reading] = []
        self.lost: list[int] = []


def store_measures(arrival: Arrival) -> None:
    """Store the measures and readings of every step, once the steps are stored."""
    rows = MeasureRows(arrival)
    for step, entry, found in placed(arrival):
        if found is None:
            _gather(rows, step, merge_measures((), entry.measures))
        elif found.measures_change:
            _gather(rows, step, found.measures)
    Measure.objects.filter(pk__in=rows.lost).delete()
    write_again(Measure, rows.changed_measures, ["words", "direction", "target", "unit", "position"])
    write_again(Reading, rows.changed_readings, ["value", "bound", "judged"])
    Measure.objects.bulk_create(rows.measures, batch_size=BATCH)
    Reading.objects.bulk_create(rows.readings, batch_size=BATCH)


def _gather(rows: MeasureRows, step: Step, merged: Sequence[MergedMeasure]) -> None:
    stored = rows.arrival.stored.measures.get(step.pk, ())
    kept = {each.old for each in merged}
    rows.lost += [each.pk for at, each in enumerate(stored) if at not in kept]
    for position, each in enumerate(merged):
        if each.old is None:
            measure = Measure(step=step)
            rows.measures.append(measure)
        else:
            measure = stored[each.old]
            rows.changed_measures.append(measure)
        _set_measure(measure, each.entry, position)
        _gather_readings(rows, measure, each.readings)


def _gather_readings(rows: MeasureRows, measure: Measure, merged: Sequence[MergedReading]) -> None:
    stored = rows.arrival.stored.readings.get(measure.pk, ()) if measure.pk else ()
    for each in merged:
        if each.old is None:
            reading = Reading(
                measure=measure,
                words=each.entry.words,
                dated_on=each.entry.dated_on,
                recorded_on=rows.arrival.as_at,
            )
            rows.readings.append(reading)
        else:
            reading = stored[each.old]
            rows.changed_readings.append(reading)
        _set_reading(reading, each.entry)


def _set_measure(measure: Measure, entry: MeasureEntry, position: int) -> None:
    measure.words, measure.direction, measure.target = entry.words, entry.direction, entry.target
    measure.unit, measure.position = entry.unit, position


def _set_reading(reading: Reading, entry: ReadingEntry) -> None:
    reading.value, reading.bound, reading.judged = entry.value, entry.bound, entry.judged
