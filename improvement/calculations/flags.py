"""What is overdue, stale, below target or without evidence, as at a day: one definition for page, paper and export."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from improvement.kinds import Bound, Direction, Flag, Judged, Outcome, Status

STALE_AFTER: Final = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class MeasureFacts:
    """One measure with its latest reading, as far as it bears on whether the target is met."""

    direction: Direction
    target: Decimal | None
    is_read: bool = False
    value: Decimal | None = None
    bound: Bound = Bound.EXACT
    judged: Judged = Judged.NOT


@dataclass(frozen=True, slots=True)
class StepFacts:
    """What the flags of one step depend on. `begun_on` is when it came into the plan here; None where nobody knows.

    `latest_update_on` is the newest date of an accepted update, `has_evidence` whether there is any, dated or not.
    """

    status: Status
    due_on: date | None
    latest_update_on: date | None
    has_evidence: bool
    has_owner: bool
    outcome: Outcome
    begun_on: date | None = None


def outcome(measures: Iterable[MeasureFacts]) -> Outcome:
    """Whether a step worked: below target where any measure is, at target where every measure with a target is."""
    known = list(measures)
    if not known:
        return Outcome.NO_MEASURE
    with_target = [each for each in known if each.target is not None or each.judged is not Judged.NOT]
    if not with_target:
        return Outcome.NOT_MEASURABLE
    met = [is_met(each) for each in with_target]
    if False in met:
        return Outcome.BELOW
    return Outcome.AT_TARGET if all(met) else Outcome.NOT_READ


def is_met(measure: MeasureFacts) -> bool | None:
    """Whether the latest reading meets the target; None where that cannot be told.

    What a person has said of a reading counts first: "over 80%" alone does not tell whether 85% is reached.
    """
    if not measure.is_read:
        return None
    if measure.judged is not Judged.NOT:
        return measure.judged is Judged.AT_TARGET
    if measure.value is None or measure.target is None or measure.bound is Bound.ABOUT:
        return None
    if measure.direction is Direction.AT_LEAST:
        distance, surely_more, surely_less = measure.value - measure.target, Bound.OVER, Bound.UNDER
    elif measure.direction is Direction.AT_MOST:
        distance, surely_more, surely_less = measure.target - measure.value, Bound.UNDER, Bound.OVER
    else:
        return None
    if measure.bound is surely_more:
        return True if distance >= 0 else None
    if measure.bound is surely_less:
        return False if distance <= 0 else None
    return distance >= 0


def flags(step: StepFacts, as_at: date) -> frozenset[Flag]:
    """The lists that the step stands on as at that day."""
    found = set()
    if step.status.is_open:
        if step.due_on is not None and step.due_on < as_at:
            found.add(Flag.OVERDUE)
        if is_stale(step, as_at):
            found.add(Flag.STALE)
    if step.status.is_done:
        if step.outcome is Outcome.BELOW:
            found.add(Flag.DONE_BELOW_TARGET)
        if not step.has_evidence:
            found.add(Flag.DONE_WITHOUT_EVIDENCE)
    if not step.has_owner:
        found.add(Flag.NO_OWNER)
    if step.due_on is None:
        found.add(Flag.NO_DUE_DATE)
    return frozenset(found)


def is_stale(step: StepFacts, as_at: date) -> bool:
    """Whether nobody has said anything dated for more than 90 days; without any that counts from the beginning."""
    since = step.latest_update_on or step.begun_on
    return since is None or as_at - since > STALE_AFTER
