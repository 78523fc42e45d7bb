"""Targets and readings, set by the lead; what was set before stays in the history."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from improvement.kinds import Bound, Direction, Judged, Outcome
from improvement.models import Change, Measure, Reading
from improvement.selectors.meanwhile import seen_of
from improvement.selectors.steps import steps_in_full
from improvement.services.freshness import StepHasMoved
from improvement.services.measures import Found, MeasureWords, add_measure, add_reading, set_target
from tests.access.cast import TODAY
from tests.improvement.keeping import Kept

pytestmark = pytest.mark.django_db
NINETY = MeasureWords(words="Children visited in time", direction=Direction.AT_LEAST, target=Decimal(90))


@pytest.fixture
def measure(kept: Kept) -> Measure:
    return add_measure(step=kept.step, words=NINETY, seen=seen_of(kept.step), by=kept.lead)


def found(kept: Kept, measure: Measure, value: str, **more: object) -> Reading:
    words = Found(words=f"{value}%", dated_on=date(2017, 8, 31), value=Decimal(value))
    return add_reading(measure=measure, found=replace(words, **more), seen=seen_of(kept.step), by=kept.lead)  # type: ignore[arg-type]


def outcome(kept: Kept) -> Outcome:
    return steps_in_full([kept.step.pk], TODAY)[kept.step.pk].outcome


def test_a_measure_is_added_with_who_decided_on_it(kept: Kept, measure: Measure) -> None:
    assert (measure.target, measure.decided_by, measure.position) == (Decimal(90), kept.lead, 0)
    assert outcome(kept) is Outcome.NOT_READ
    (change,) = Change.objects.all()
    assert (change.field, change.before) == ("measures", "")
    assert "90" in change.after


def test_a_reading_tells_whether_the_target_is_met(kept: Kept, measure: Measure) -> None:
    found(kept, measure, "81")
    assert outcome(kept) is Outcome.BELOW
    found(kept, measure, "92", dated_on=TODAY)
    assert outcome(kept) is Outcome.AT_TARGET


def test_words_that_do_not_tell_are_judged_by_a_person(kept: Kept, measure: Measure) -> None:
    found(kept, measure, "80", words="over 80%", bound=Bound.OVER)
    assert outcome(kept) is Outcome.NOT_READ
    found(kept, measure, "80", words="over 80%", bound=Bound.OVER, judged=Judged.BELOW)
    assert outcome(kept) is Outcome.BELOW


def test_another_target_keeps_the_readings_and_the_target_before(kept: Kept, measure: Measure) -> None:
    found(kept, measure, "81")
    set_target(measure=measure, words=replace(NINETY, target=Decimal(80)), seen=seen_of(kept.step), by=kept.lead)
    assert outcome(kept) is Outcome.AT_TARGET
    before, after = Change.objects.order_by("-pk").values_list("before", "after")[0]
    assert ("90" in before, "80" in after) == (True, True)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (replace(NINETY, words=" "), "Say in words what is measured"),
        (replace(NINETY, target=None), "Type the number that is to be reached"),
        (replace(NINETY, direction=Direction.UNKNOWN), "Say whether the target is"),
    ],
)
def test_a_measure_that_cannot_be_says_what_to_do(kept: Kept, words: MeasureWords, sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        add_measure(step=kept.step, words=words, seen=seen_of(kept.step), by=kept.lead)
    assert not Measure.objects.exists()


def test_a_reading_of_a_day_to_come_and_one_without_words_are_refused(kept: Kept, measure: Measure) -> None:
    with pytest.raises(ValidationError, match="6 September 2017 is still to come"):
        found(kept, measure, "90", dated_on=date(2017, 9, 6))
    with pytest.raises(ValidationError, match="Say what was found"):
        found(kept, measure, "90", words="")
    assert not Reading.objects.exists()


def test_words_that_give_another_number_than_the_number_are_refused(kept: Kept, measure: Measure) -> None:
    with pytest.raises(ValidationError, match="The words say 86.5, the number 12. Give the same in both."):
        found(kept, measure, "12", words="86.5%")
    assert not Reading.objects.exists()
    found(kept, measure, "86.50", words="86.5%")
    found(kept, measure, "12", words="86% of one team, 12% of the other")
    add_reading(measure=measure, found=Found(words="86%", dated_on=TODAY), seen=seen_of(kept.step), by=kept.lead)
    assert Reading.objects.count() == 3


def test_words_in_per_cent_tell_nothing_of_a_measure_in_days(kept: Kept) -> None:
    days = replace(NINETY, unit="days")
    measure = add_measure(step=kept.step, words=days, seen=seen_of(kept.step), by=kept.lead)
    assert found(kept, measure, "12", words="12 days in 86% of cases").value == Decimal(12)


def test_a_measure_of_a_step_that_has_moved_on_is_not_stored(kept: Kept, measure: Measure) -> None:
    seen = seen_of(kept.step)
    kept.write(kept.owner)
    for act in (
        lambda: add_measure(step=kept.step, words=NINETY, seen=seen, by=kept.lead),
        lambda: set_target(measure=measure, words=replace(NINETY, words="Mine"), seen=seen, by=kept.lead),
        lambda: add_reading(measure=measure, found=Found(words="81%", dated_on=TODAY), seen=seen, by=kept.lead),
    ):
        with pytest.raises(StepHasMoved):
            act()
    assert (Measure.objects.get().words, Reading.objects.count()) == (NINETY.words, 0)
