"""A stored plan as the value that a file holds."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from improvement.models import Measure, Plan, Step
from improvement.selectors.trackers import differences, tracker_of
from tests.access.cast import TODAY, person
from tests.improvement.builders import add_update, decide
from tests.improvement.trackers import NEXT_PAPER, invented, large, store, the_step

pytestmark = pytest.mark.django_db


def test_it_is_the_tracker_that_was_brought_in() -> None:
    """Empty actions and priorities, two priorities of one number, owners in their order, figures and stamps."""
    tracker = invented().tracker
    assert tracker_of(store(tracker).plan) == tracker


def test_another_plan_does_not_mix_in() -> None:
    tracker = invented().tracker
    plan = store(tracker).plan
    store(large(2, 2), slug="another")
    assert tracker_of(plan) == tracker


def test_a_plan_without_anything_is_an_empty_tracker() -> None:
    assert tracker_of(Plan.objects.create(slug="empty", title="Nothing yet")).themes == ()


def test_an_update_counts_once_it_is_accepted() -> None:
    plan = store(invented().tracker).plan
    step, owner, lead = the_step("Sweep"), person("Owner"), person("Lead")
    add_update(step, "A draft", written_by=owner)
    decide(add_update(step, "Returned", written_by=owner), by=lead, on=TODAY, is_accepted=False)
    decide(add_update(step, "Accepted", written_by=owner), by=lead, on=TODAY)
    found = [entry for _, _, _, entry in tracker_of(plan).steps() if entry.how == "Sweep"]
    assert [update.text for update in found[0].updates] == ["Accepted"]


def test_what_was_dropped_is_left_out() -> None:
    plan = store(invented().tracker).plan
    Step.objects.filter(how="Sweep").update(dropped_on=NEXT_PAPER)
    assert "Sweep" not in [entry.how for _, _, _, entry in tracker_of(plan).steps()]


def test_figures_read_without_the_noughts_of_the_column() -> None:
    plan = store(invented().tracker).plan
    for stored, read in ((Decimal("90.00"), "90"), (Decimal("1200"), "1200"), (Decimal("12.50"), "12.5")):
        Measure.objects.update(target=stored)
        targets = [measure.target for _, _, _, step in tracker_of(plan).steps() for measure in step.measures]
        assert [str(target) for target in targets] == [read]


def test_it_takes_as_many_queries_for_many_steps_as_for_one() -> None:
    counted = []
    for actions, steps in ((1, 1), (20, 10)):
        tracker = large(actions, steps)
        plan = store(tracker, slug=f"plan-{steps}").plan
        with CaptureQueriesContext(connection) as queries:
            assert tracker_of(plan) == tracker
        with CaptureQueriesContext(connection) as compared:
            assert differences(plan, tracker, NEXT_PAPER).differences == ()
        counted.append((len(queries), len(compared)))
    assert counted == [(8, 9), (8, 9)]
