"""The fixture's measures, targets and readings say what the tracker's words say, and no more."""

from datetime import date

from improvement.calculations.flags import MeasureFacts, outcome
from improvement.calculations.tracker import MeasureEntry
from improvement.kinds import Bound, Outcome
from tests.fixtures_text.tracker import figures, needs_published, pairs, plan_file


def latest(measure: MeasureEntry) -> MeasureFacts:
    """The measure with the reading that was dated, then added, last."""
    if not measure.readings:
        return MeasureFacts(measure.direction, measure.target)
    last = sorted(measure.readings, key=lambda reading: reading.dated_on or date.min)[-1]
    return MeasureFacts(measure.direction, measure.target, True, last.value, last.bound, last.judged)


def words(text: str) -> set[str]:
    return {word.strip(".,") for word in text.lower().split()}


def test_every_success_in_words_has_a_measure_in_those_words_and_nothing_else_has() -> None:
    wrong = [
        (f"{action.reference}/{step.number}", step.success)
        for _, _, action, step in plan_file().tracker.steps()
        if bool(step.measures) != (step.success not in ("", "."))
        or any(measure.words not in step.success for measure in step.measures)
    ]
    assert wrong == []


def test_a_target_is_a_number_of_its_measures_words() -> None:
    wrong = [
        (f"{action.reference}/{step.number}", measure.words)
        for _, _, action, step in plan_file().tracker.steps()
        for measure in step.measures
        if measure.target is not None and not {f"{measure.target}", f"{measure.target}%"} & set(figures(measure.words))
    ]
    assert wrong == []


@needs_published
def test_readings_are_what_the_updates_of_the_action_report() -> None:
    wrong = []
    for pair in pairs():
        reported = [update for step in pair.published_action["steps"] for update in step["updates"]]
        for reading in (reading for measure in pair.ours.measures for reading in measure.readings):
            day = reading.dated_on.isoformat() if reading.dated_on else None
            if not any(words(reading.words) <= words(update["text"]) and update["date"] == day for update in reported):
                wrong.append((pair.place, reading.words, day))
            if reading.value is not None and f"{reading.value}" not in {
                figure.rstrip("%") for figure in figures(reading.words)
            }:
                wrong.append((pair.place, reading.words, f"{reading.value}"))
    assert wrong == []


def test_three_completed_steps_are_below_their_target() -> None:
    below = [
        f"{action.reference}/{step.number}"
        for _, _, action, step in plan_file().tracker.steps()
        if step.status.is_done and outcome(latest(measure) for measure in step.measures) is Outcome.BELOW
    ]
    assert below == ["2.1/2", "2.3/3", "9.1/1"]


def test_above_ninety_does_not_tell_whether_ninety_five_is_reached() -> None:
    step = next(
        step for _, _, action, step in plan_file().tracker.steps() if (action.reference, step.number) == ("1.2", 4)
    )
    assert [(each.words, each.bound) for each in step.measures[0].readings] == [("above 90%", Bound.OVER)]
    assert outcome(latest(measure) for measure in step.measures) is Outcome.NOT_READ
