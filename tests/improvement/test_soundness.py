"""What cannot be stored is named with its place before anything is written."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import Model
from msgspec.structs import replace

from improvement.calculations.tracker import ActionEntry, MeasureEntry, ReadingEntry, TrackerEntry, UpdateEntry
from improvement.calculations.versions import soundness
from improvement.models import Action, Measure, Owner, Plan, Priority, Theme, Update
from tests.improvement.trackers import actions, invented, one_action, step

LONG = "x" * 501


def test_a_sound_tracker_has_no_problem() -> None:
    assert list(soundness.problems(invented().tracker)) == []


@pytest.mark.parametrize(
    ("tracker", "sentence"),
    [
        (replace(one_action(step(1, "a")), title=LONG), "The plan: the title is longer than 300 characters."),
        (TrackerEntry("A plan", ()), "The file holds no step."),
        (one_action(step(1, "a\x00")), "steps entry 1, how: a character is none that can be stored."),
        (one_action(step(1, "a"), step(1, "b")), "Action 1.1 has two steps with the number 1."),
        (one_action(step(0, "a")), "Step 1.1/0: the number is not one from 1 to 9,999."),
        (one_action(step(1, "a", owners=(LONG,))), "Step 1.1/1: the name of an owner is longer than 300"),
        (one_action(step(1, "a", owners=(" ",))), "Step 1.1/1: the name of an owner is empty."),
        (
            one_action(step(1, "a", completed_on=date(2017, 1, 1))),
            "Step 1.1/1 has a day of completion and is not done.",
        ),
        (one_action(step(1, "a", updates=(UpdateEntry("a", LONG),))), "Step 1.1/1: the stamp of an update is longer"),
        (one_action(step(1, "a", updates=(UpdateEntry("a", quarter=LONG),))), "the quarter of an update is longer"),
        (one_action(step(1, "a", measures=(MeasureEntry("a", unit=LONG),))), "the unit of a measure is longer"),
        (
            one_action(
                step(1, "a", measures=(MeasureEntry("a", readings=(ReadingEntry("b", value=Decimal(10**12)),)),))
            ),
            "Step 1.1/1: a figure of a measure is too large.",
        ),
        (one_action(step(1, "a", measures=(MeasureEntry("a", target=Decimal("NaN")),))), "target: NaN is no sum."),
        (one_action(step(1, "a"), reference=LONG), "the reference is longer than 20 characters."),
        (one_action(step(1, "a"), reference=" "), "An action has no reference."),
        (
            actions(ActionEntry("1.1", "a", steps=(step(1, "a"),)), ActionEntry("1.1", "b")),
            "Action 1.1 is there twice.",
        ),
    ],
)
def test_each_problem_is_named_with_its_place_and_the_cure(tracker: TrackerEntry, sentence: str) -> None:
    assert any(sentence in each for each in soundness.problems(tracker))


@pytest.mark.parametrize(
    ("model", "column", "longest"),
    [
        (Plan, "title", soundness.LONGEST_TITLE),
        (Theme, "number", soundness.LONGEST_LABEL),
        (Theme, "title", soundness.LONGEST_THEME),
        (Priority, "number", soundness.LONGEST_LABEL),
        (Action, "reference", soundness.LONGEST_LABEL),
        (Action, "printed", soundness.LONGEST_LABEL),
        (Owner, "name", soundness.LONGEST_OWNER),
        (Update, "stamp", soundness.LONGEST_STAMP),
        (Update, "quarter", soundness.LONGEST_LABEL),
        (Measure, "unit", soundness.LONGEST_UNIT),
    ],
)
def test_the_limits_are_those_of_the_columns(model: type[Model], column: str, longest: int) -> None:
    field: Any = model._meta.get_field(column)
    assert field.max_length == longest
