"""The plan at a glance says the same of every step as the step read in full, in a constant number of queries."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from improvement.kinds import Flag, Judged, Status
from improvement.models import Action, Owner, Plan
from improvement.selectors.finding import Wanted, found
from improvement.selectors.outline import levels, outlines
from improvement.selectors.steps import steps_in_full
from tests.access.cast import TODAY
from tests.improvement.builders import (
    add_measure,
    add_reading,
    add_update,
    change,
    decide,
    large_plan,
    make_action,
    make_plan,
    make_step,
    person_with_plan,
)
from torbay_reports.access.roles import Role

pytestmark = pytest.mark.django_db
MAY, JUNE = date(2017, 5, 31), date(2017, 6, 30)


@pytest.fixture
def plan() -> Plan:
    """A plan with a step for everything that a flag or an outcome can depend on."""
    plan = make_plan()
    action, lead = make_action(plan, "1.1"), person_with_plan(Role.IMPROVEMENT_LEAD, plan)
    make_step(action)
    make_step(action, owners=("Head", "Lead"), due_on=MAY)
    make_step(action, begun_on=date(2017, 6, 15))
    make_step(action, dropped_on=date(2017, 6, 15))
    for status in Status:
        step = make_step(make_action(plan, f"2.{status}"), status=status, owners=("Head",), due_on=date(2017, 4, 1))
        add_update(step, dated_on=MAY)
        add_update(step, dated_on=None, recorded_on=MAY)
    drafted = make_step(action, status=Status.DONE)
    decide(add_update(drafted, dated_on=MAY, written_by=lead), by=lead, on=JUNE)
    add_update(drafted, dated_on=MAY, written_by=lead)
    below = make_step(action, status=Status.DONE)
    add_measure(below, "in words")
    measure = add_measure(below, target="90")
    add_reading(measure, "95", dated_on=MAY)
    add_reading(measure, "81", dated_on=JUNE)
    add_reading(measure, "99", dated_on=None, recorded_on=MAY)
    add_measure(make_step(action), "in words only")
    judged = add_measure(make_step(action, status=Status.DONE), "in words, but judged")
    add_reading(judged, "7", judged=Judged.BELOW, dated_on=MAY)
    add_measure(make_step(action), target="90")
    changed = make_step(action, status=Status.DONE, due_on=date(2018, 1, 1), owners=("New",))
    change(changed, "status", "in_progress", "done", on=JUNE)
    change(changed, "due_on", "2017-04-01", "2018-01-01", on=JUNE)
    change(changed, "owners", "", "New", on=JUNE)
    return plan


@pytest.mark.parametrize("as_at", [date(2017, 5, 1), MAY, JUNE - timedelta(days=1), JUNE, TODAY, date(2019, 1, 1)])
def test_the_outline_says_what_the_whole_step_says(plan: Plan, as_at: date) -> None:
    steps = outlines(plan, as_at)
    whole = steps_in_full([each.pk for each in steps], as_at)
    assert len(steps) > 12
    for each in steps:
        step = whole[each.pk]
        assert (each.status, each.due_on, each.latest_update_on, each.outcome, each.flags) == (
            step.status,
            step.due_on,
            step.latest_dated_on,
            step.outcome,
            step.flags,
        ), step.reference


def test_the_plan_here_has_a_step_on_every_list(plan: Plan) -> None:
    """Else the comparison above would compare too little."""
    assert {flag for each in outlines(plan, JUNE) for flag in each.flags} == set(Flag)


def test_steps_come_in_the_order_of_print() -> None:
    plan = make_plan()
    first, second = make_action(plan, "9.1"), make_action(plan, "1.1")
    steps = [make_step(first), make_step(first), make_step(second)]
    assert [each.pk for each in outlines(plan, TODAY)] == [each.pk for each in steps]
    assert [theme.number for theme in levels(plan, TODAY)] == ["1", "2"]


def test_a_glance_costs_the_same_number_of_queries_at_any_size() -> None:
    def queries(plan: Plan) -> int:
        with CaptureQueriesContext(connection) as captured:
            outlines(plan, TODAY)
        return len(captured)

    small = make_plan("small")
    make_step(make_action(small))
    assert queries(large_plan("large", 2)) == queries(small) == 4


@pytest.mark.parametrize("as_at", [MAY, JUNE, TODAY])
@pytest.mark.parametrize("flag", list(Flag))
def test_a_list_is_what_the_flag_says_of_every_step(plan: Plan, flag: Flag, as_at: date) -> None:
    expected = [each for each in outlines(plan, as_at) if flag in each.flags]
    assert found(plan, as_at, Wanted(flags=frozenset([flag]))) == expected


class TestFinding:
    """What is asked for is found, one by one and together."""

    @pytest.fixture
    def action(self) -> Action:
        return make_action(make_plan("finding"), "1.1")

    def hows(self, action: Action, wanted: Wanted) -> list[str]:
        steps = found(action.plan, TODAY, wanted)
        return [each.how for each in steps_in_full([each.pk for each in steps], TODAY).values()]

    def test_nothing_asked_for_finds_everything(self, action: Action) -> None:
        make_step(action, how="one")
        assert self.hows(action, Wanted()) == ["one"]

    def test_what_a_step_was_is_found_and_not_what_it_is_now(self, action: Action) -> None:
        step = make_step(action, how="was open", status=Status.DONE, due_on=date(2018, 1, 1))
        change(step, "status", "in_progress", "done", on=JUNE)
        change(step, "due_on", "2017-05-31", "2018-01-01", on=JUNE)
        wanted = Wanted(statuses=frozenset([Status.IN_PROGRESS]), due_from=MAY, due_to=MAY)
        assert [each.pk for each in found(action.plan, MAY, wanted)] == [step.pk]
        assert found(action.plan, JUNE, wanted) == []
        assert found(action.plan, MAY, Wanted(statuses=frozenset([Status.DONE]))) == []

    def test_words_are_found_in_any_form_and_left_out_with_a_minus(self, action: Action) -> None:
        make_step(action, how="Visits are planned")
        make_step(action, how="A visit with training")
        make_step(action, how="Something else")
        assert self.hows(action, Wanted(words="visiting")) == ["Visits are planned", "A visit with training"]
        assert self.hows(action, Wanted(words="visit -training")) == ["Visits are planned"]
        assert self.hows(action, Wanted(words="“")) == []

    def test_the_words_of_another_plan_are_not_found(self, action: Action) -> None:
        make_step(make_action(make_plan("other"), "1.1"), how="Visit")
        assert self.hows(action, Wanted(words="visit")) == []

    def test_an_owner_finds_what_they_own_with_others_too(self, action: Action) -> None:
        make_step(action, how="both", owners=("Head", "Lead"))
        make_step(action, how="lead", owners=("Lead",))
        assert self.hows(action, Wanted(owner=Owner.objects.get(name="Head").pk)) == ["both"]

    def test_theme_and_priority(self, action: Action) -> None:
        make_step(action, how="first theme")
        other = make_action(action.plan, "2.1")
        make_step(other, how="second theme")
        assert self.hows(action, Wanted(theme=other.priority.theme_id)) == ["second theme"]
        assert self.hows(action, Wanted(priority=action.priority_id)) == ["first theme"]
        assert self.hows(action, Wanted(theme=other.priority.theme_id, priority=action.priority_id)) == []
        assert self.hows(action, Wanted(theme=10**9)) == []

    def test_both_days_of_a_time_are_included_and_what_has_no_date_is_not(self, action: Action) -> None:
        make_step(action, how="no date")
        for day in (MAY - timedelta(days=1), MAY, JUNE, JUNE + timedelta(days=1)):
            make_step(action, how=str(day), due_on=day)
        assert self.hows(action, Wanted(due_from=MAY, due_to=JUNE)) == [str(MAY), str(JUNE)]
        assert len(self.hows(action, Wanted(due_to=MAY))) == 2

    def test_status_and_list_together_narrow_down(self, action: Action) -> None:
        make_step(action, how="open", due_on=MAY)
        make_step(action, how="done", status=Status.DONE)
        make_step(action, how="not started", status=Status.NOT_STARTED)
        assert self.hows(action, Wanted(statuses=frozenset([Status.IN_PROGRESS, Status.DONE]))) == ["open", "done"]
        overdue = Wanted(flags=frozenset([Flag.OVERDUE, Flag.NO_OWNER]))
        assert self.hows(action, overdue) == ["open"]
