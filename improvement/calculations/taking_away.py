"""A plan as at a day, or some of its steps, as the tracker that a file holds."""

from collections.abc import Collection, Iterator

from improvement.calculations.position import (
    ActionPosition,
    MeasurePosition,
    PlanPosition,
    PriorityPosition,
    StepPosition,
    ThemePosition,
)
from improvement.calculations.tracker import (
    ActionEntry,
    MeasureEntry,
    PriorityEntry,
    ReadingEntry,
    StepEntry,
    ThemeEntry,
    TrackerEntry,
    UpdateEntry,
)


def tracker_with(plan: PlanPosition, steps: Collection[int] | None = None) -> TrackerEntry:
    """The plan as a file holds it; with `steps`, only those of these numbers and what they stand under."""
    return TrackerEntry(plan.title, tuple(each for theme in plan.themes for each in _theme(theme, steps)))


def _theme(theme: ThemePosition, steps: Collection[int] | None) -> Iterator[ThemeEntry]:
    priorities = tuple(each for priority in theme.priorities for each in _priority(priority, steps))
    if priorities or steps is None:
        yield ThemeEntry(theme.number, theme.title, priorities)


def _priority(priority: PriorityPosition, steps: Collection[int] | None) -> Iterator[PriorityEntry]:
    actions = tuple(each for action in priority.actions for each in _action(action, steps))
    if actions or steps is None:
        yield PriorityEntry(priority.number, priority.title, priority.is_inferred, actions)


def _action(action: ActionPosition, steps: Collection[int] | None) -> Iterator[ActionEntry]:
    kept = tuple(_step(each) for each in action.steps if steps is None or each.pk in steps)
    if kept or steps is None:
        yield ActionEntry(action.reference, action.what, action.printed, kept)


def _step(step: StepPosition) -> StepEntry:
    return StepEntry(
        number=step.number,
        how=step.how,
        who=step.who,
        owners=step.owners,
        when=step.when,
        due_on=step.due_on,
        success=step.success,
        status_printed=step.status_printed,
        status=step.status,
        completed_on=step.completed_on,
        updates=tuple(UpdateEntry(each.text, each.stamp, each.dated_on, each.quarter) for each in step.updates),
        measures=tuple(_measure(each) for each in step.measures),
    )


def _measure(measure: MeasurePosition) -> MeasureEntry:
    """A file has the readings as they were added, not by date."""
    added = sorted(measure.readings, key=lambda each: each.pk)
    readings = tuple(ReadingEntry(each.words, each.dated_on, each.value, each.bound, each.judged) for each in added)
    return MeasureEntry(measure.words, measure.direction, measure.target, measure.unit, readings)
