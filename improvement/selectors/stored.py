"""A plan's rows, level by level in the order of print, with the entry that a file would hold for each step."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from improvement.calculations.tracker import MeasureEntry, ReadingEntry, StepEntry, UpdateEntry
from improvement.kinds import Bound, Direction, Judged, Status
from improvement.models import Action, Measure, Plan, Priority, Reading, Step, StepOwner, Theme, Update
from improvement.selectors.standing import IN_PRINT

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class StoredPlan:
    """All rows of a plan, dropped ones included. `measures` are by step, `readings` by measure, both as numbered."""

    plan: Plan
    themes: Sequence[Theme]
    priorities: Sequence[Priority]
    actions: Sequence[Action]
    steps: Sequence[Step]
    measures: Mapping[int, Sequence[Measure]]
    readings: Mapping[int, Sequence[Reading]]
    entries: Mapping[int, StepEntry]
    """By step: what a file would hold for it; of its updates those that were accepted."""

    def decided(self, step: int) -> frozenset[int]:
        """The places, among the step's measures, of those whose target a person set."""
        return frozenset(at for at, each in enumerate(self.measures.get(step, ())) if each.decided_by_id is not None)


def stored_plan(plan: Plan) -> StoredPlan:
    """Everything that is stored of the plan; nine queries, however large it is."""
    steps = list(Step.objects.filter(action__plan=plan).order_by(*IN_PRINT).defer("search"))
    measures = _grouped(
        (each.step_id, each)
        for each in Measure.objects.filter(step__action__plan=plan).order_by("step", "position", "pk")
    )
    readings = _grouped(
        (each.measure_id, each)
        for each in Reading.objects.filter(measure__step__action__plan=plan).order_by("measure", "pk")
    )
    owners = _grouped(
        StepOwner.objects.filter(step__action__plan=plan)
        .order_by("step", "position", "pk")
        .values_list("step_id", "owner__name")
    )
    updates = _grouped(
        (each.step_id, _update(each))
        for each in Update.objects.accepted().filter(step__action__plan=plan).order_by("step", "position")
    )
    return StoredPlan(
        plan=plan,
        themes=list(Theme.objects.filter(plan=plan).order_by("position", "pk")),
        priorities=list(Priority.objects.filter(theme__plan=plan).order_by("theme__position", "position", "pk")),
        actions=list(
            Action.objects.filter(plan=plan).order_by(
                "priority__theme__position", "priority__position", "position", "pk"
            )
        ),
        steps=steps,
        measures=measures,
        readings=readings,
        entries={
            each.pk: _step(each, owners[each.pk], updates[each.pk], _measures(measures[each.pk], readings))
            for each in steps
        },
    )


def _grouped(pairs: Iterable[tuple[int, Row]]) -> defaultdict[int, list[Row]]:
    grouped: defaultdict[int, list[Row]] = defaultdict(list)
    for key, row in pairs:
        grouped[key].append(row)
    return grouped


def _step(
    step: Step, owners: Iterable[str], updates: Iterable[UpdateEntry], measures: Iterable[MeasureEntry]
) -> StepEntry:
    return StepEntry(
        number=step.number,
        how=step.how,
        who=step.who,
        owners=tuple(owners),
        when=step.when,
        due_on=step.due_on,
        success=step.success,
        status_printed=step.status_printed,
        status=Status(step.status),
        completed_on=step.completed_on,
        updates=tuple(updates),
        measures=tuple(measures),
    )


def _update(update: Update) -> UpdateEntry:
    return UpdateEntry(text=update.text, stamp=update.stamp, dated_on=update.dated_on, quarter=update.quarter)


def _measures(measures: Iterable[Measure], readings: Mapping[int, Sequence[Reading]]) -> Iterable[MeasureEntry]:
    for each in measures:
        yield measure_entry(each, readings.get(each.pk, ()))


def measure_entry(measure: Measure, readings: Iterable[Reading]) -> MeasureEntry:
    """The measure with these readings as a file would hold it."""
    return MeasureEntry(
        words=measure.words,
        direction=Direction(measure.direction),
        target=_plain(measure.target),
        unit=measure.unit,
        readings=tuple(_reading(each) for each in readings),
    )


def _reading(reading: Reading) -> ReadingEntry:
    return ReadingEntry(
        words=reading.words,
        dated_on=reading.dated_on,
        value=_plain(reading.value),
        bound=Bound(reading.bound),
        judged=Judged(reading.judged),
    )


def _plain(value: Decimal | None) -> Decimal | None:
    """The figure without the noughts that the column adds: 90, not 90.00."""
    if value is None:
        return None
    whole = value.to_integral_value()
    return whole if whole == value else value.normalize()
