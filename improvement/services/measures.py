"""Sets how a step's success is measured, and adds what was found."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction

from improvement.calculations.updating import tidy
from improvement.calculations.wording import amount_words
from improvement.calculations.words.measures import measures_in_words
from improvement.calculations.words.targets import read_figure
from improvement.kinds import Bound, Direction, Judged
from improvement.models import Measure, Reading, Step
from improvement.selectors.meanwhile import Seen
from improvement.selectors.standing import usual_day
from improvement.selectors.stored import measure_entry
from improvement.services.freshness import locked_as_seen
from improvement.services.writing import record_change
from torbay_reports.access.models import User
from torbay_reports.core import clock
from torbay_reports.core.formatting import long_date

TARGET_MISSING: Final = "Type the number that is to be reached, or choose “not stated”."
SIDE_MISSING: Final = "Say whether the target is “at least” or “at most”, or take the number away."


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureWords:
    """How success is measured: in words and, where it can be, by a target in `unit` and the way to it."""

    words: str
    direction: Direction = Direction.UNKNOWN
    target: Decimal | None = None
    unit: str = "%"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a measure was found to be on a day; `judged` is for words that do not tell whether the target is met."""

    words: str
    dated_on: date
    value: Decimal | None = None
    bound: Bound = Bound.EXACT
    judged: Judged = Judged.NOT


@transaction.atomic
def add_measure(*, step: Step, words: MeasureWords, seen: Seen, by: User) -> Measure:
    """Adds a measure to the step. Raises StepHasMoved, and ValidationError where the words cannot be."""
    stored = locked_as_seen(step, seen)
    _check(words)
    before = _in_words(stored)
    measure = Measure.objects.create(
        step=stored,
        words=tidy(words.words),
        direction=words.direction,
        target=words.target,
        unit=words.unit,
        position=Measure.objects.filter(step=stored).count(),
        decided_by=by,
    )
    _record(stored, before, by)
    return measure


@transaction.atomic
def set_target(*, measure: Measure, words: MeasureWords, seen: Seen, by: User) -> Measure:
    """Sets the measure's words, direction and target. Raises StepHasMoved, and ValidationError where they cannot be."""
    stored = locked_as_seen(measure.step, seen)
    _check(words)
    before = _in_words(stored)
    kept = Measure.objects.get(pk=measure.pk)
    kept.words, kept.direction, kept.target = tidy(words.words), words.direction, words.target
    kept.unit, kept.decided_by = words.unit, by
    kept.save()
    _record(stored, before, by)
    return kept


@transaction.atomic
def add_reading(*, measure: Measure, found: Found, seen: Seen, by: User) -> Reading:
    """Adds what the measure was found to be.

    Raises StepHasMoved, and ValidationError for a day that is to come and for words that give another number.
    """
    stored = locked_as_seen(measure.step, seen)
    if not tidy(found.words):
        raise ValidationError("Say what was found, such as “81%” or “over 80%”.")
    if found.dated_on > clock.today():
        raise ValidationError(f"{long_date(found.dated_on)} is still to come. Type the day of the reading.")
    _check_number(measure, found)
    before = _in_words(stored)
    reading = Reading.objects.create(
        measure=measure,
        words=tidy(found.words),
        dated_on=found.dated_on,
        value=found.value,
        bound=found.bound,
        judged=found.judged,
        recorded_on=clock.today(),
        recorded_by=by,
    )
    _record(stored, before, by)
    return reading


def _check(words: MeasureWords) -> None:
    if not tidy(words.words):
        raise ValidationError("Say in words what is measured.")
    if words.target is None and words.direction in (Direction.AT_LEAST, Direction.AT_MOST):
        raise ValidationError(TARGET_MISSING)
    if words.target is not None and words.direction is Direction.UNKNOWN:
        raise ValidationError(SIDE_MISSING)


def _check_number(measure: Measure, found: Found) -> None:
    """The words and the number say the same; words in per cent tell nothing of a measure in days."""
    said, _ = read_figure(found.words)
    if measure.unit == "%" and said is not None and found.value is not None and said != found.value:
        both = f"The words say {amount_words(said, '')}, the number {amount_words(found.value, '')}."
        raise ValidationError({"value": f"{both} Give the same in both."})


def _record(step: Step, before: str, by: User) -> None:
    record_change(
        plan=step.action.plan,
        step=step,
        about=step.reference,
        field="measures",
        before=before,
        after=_in_words(step),
        effective_on=usual_day(step.action.plan),
        by=by,
    )


def _in_words(step: Step) -> str:
    """The step's measures as the history keeps them."""
    measures = Measure.objects.filter(step=step).prefetch_related("readings").order_by("position", "pk")
    return measures_in_words(measure_entry(each, each.readings.all()) for each in measures)
