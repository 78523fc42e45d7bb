"""A plan as at a day holds what was known by then and nothing that came later."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from improvement.calculations.position import (
    DoneBasis,
    MeasurePosition,
    ReadingPosition,
    StepPosition,
    assessed,
)
from improvement.calculations.tracker import MeasureEntry
from improvement.calculations.undoing import Changed, undone
from improvement.calculations.words.measures import measures_in_words
from improvement.kinds import Bound, Direction, Flag, Judged, Outcome, Status
from improvement.models import Action, Deadline, Plan, Priority, Step, Theme
from improvement.selectors.position import plan_position
from improvement.selectors.standing import usual_day
from improvement.selectors.steps import find_step, steps_in_full
from tests.access.cast import TODAY
from tests.improvement.builders import (
    add_measure,
    add_reading,
    add_update,
    brought_in,
    change,
    decide,
    large_plan,
    make_action,
    make_plan,
    make_step,
    person_with_plan,
)
from tests.improvement.papers import a_done_step, an_update
from torbay_reports.access.roles import Role

MAY, JUNE = date(2017, 5, 31), date(2017, 6, 30)


class TestUndoing:
    """Pure: what a step was before it was changed."""

    def test_a_field_is_what_the_oldest_later_change_found(self) -> None:
        later = [Changed("status", "not_started"), Changed("status", "in_progress")]
        assert undone(a_done_step(), later, JUNE).status is Status.NOT_STARTED

    def test_every_field_comes_back_in_its_own_kind(self) -> None:
        later = [
            Changed("due_on", "2016-11-30"),
            Changed("completed_on", ""),
            Changed("owners", "Head of Service; Lead Member"),
            Changed("how", "Call"),
            Changed("when", "Nov 2016"),
        ]
        earlier = undone(a_done_step(completed_on=JUNE), later, MAY)
        assert earlier.due_on == date(2016, 11, 30)
        assert earlier.completed_on is None
        assert earlier.owners == ("Head of Service", "Lead Member")
        assert (earlier.how, earlier.when) == ("Call", "Nov 2016")

    def test_nobody_owned_a_step_whose_owners_were_none(self) -> None:
        assert undone(a_done_step(), [Changed("owners", "")], MAY).owners == ()

    def test_measures_come_back_from_their_words_with_the_readings_that_are_still_theirs(self) -> None:
        reading = ReadingPosition("81%", MAY, Decimal(81), Bound.EXACT, Judged.NOT, MAY)
        now = MeasurePosition(7, "Visits in time", Direction.AT_LEAST, Decimal(95), "%", (reading,))
        before = measures_in_words([MeasureEntry("Visits in time", Direction.AT_LEAST, Decimal(90))])
        earlier = undone(a_done_step(measures=(now,)), [Changed("measures", before)], JUNE)
        assert [(each.pk, each.target, each.latest) for each in earlier.measures] == [(7, Decimal(90), reading)]

    def test_measures_in_words_that_nothing_reads_any_more_stay_as_they_are(self) -> None:
        now = MeasurePosition(7, "Visits", Direction.AT_LEAST, Decimal(95), "%")
        assert undone(a_done_step(measures=(now,)), [Changed("measures", "{[(")], JUNE).measures == (now,)

    def test_what_no_reader_sees_leaves_the_step_as_it_is(self) -> None:
        step = a_done_step()
        assert undone(step, [Changed("dropped", "x"), Changed("added", "")], MAY) == step


class TestDoneOn:
    """Since when a step is done, and by what that is known."""

    def test_a_recorded_day_counts_before_all_others(self) -> None:
        step = a_done_step(completed_on=JUNE, updates=(an_update(dated_on=MAY),))
        assert step.done_on(TODAY) == (JUNE, DoneBasis.STATED)

    def test_without_one_it_is_the_earliest_dated_evidence(self) -> None:
        step = a_done_step(updates=(an_update(), an_update(dated_on=JUNE), an_update(dated_on=MAY)))
        assert step.done_on(TODAY) == (MAY, DoneBasis.EVIDENCE)

    def test_without_a_date_at_all_it_is_the_papers(self) -> None:
        assert a_done_step(updates=(an_update(),)).done_on(TODAY) == (TODAY, DoneBasis.PAPER)

    def test_a_step_that_is_not_done_has_no_such_day(self) -> None:
        assert a_done_step(status=Status.IN_PROGRESS, updates=(an_update(dated_on=MAY),)).done_on(TODAY) is None


def test_the_latest_update_is_the_one_with_the_newest_date_else_the_last() -> None:
    assert a_done_step().latest_update is None
    newest = an_update("newest", dated_on=JUNE)
    assert a_done_step(updates=(newest, an_update(dated_on=MAY), an_update())).latest_update == newest
    last = an_update("last")
    assert a_done_step(updates=(an_update(), last)).latest_update == last


def test_an_assessed_step_has_the_flags_and_the_outcome_of_the_one_definition() -> None:
    measure = MeasurePosition(
        1,
        "In time",
        Direction.AT_LEAST,
        Decimal(90),
        "%",
        (ReadingPosition("81%", MAY, Decimal(81), Bound.EXACT, Judged.NOT, MAY),),
    )
    step = assessed(a_done_step(measures=(measure,), due_on=None, owners=()), JUNE)
    assert step.outcome is Outcome.BELOW
    assert step.flags == {Flag.DONE_BELOW_TARGET, Flag.DONE_WITHOUT_EVIDENCE, Flag.NO_OWNER, Flag.NO_DUE_DATE}
    assert step.flags_in_order == tuple(flag for flag in Flag if flag in step.flags)


@pytest.fixture
def plan(db: None) -> Plan:
    return make_plan()


@pytest.fixture
def action(plan: Plan) -> Action:
    return make_action(plan, "2.3")


def only_step(plan: Plan, as_at: date) -> StepPosition:
    (step,) = plan_position(plan, as_at).steps()
    return step


def test_changes_that_count_from_a_later_day_are_undone(plan: Plan, action: Action) -> None:
    step = make_step(action, status=Status.DONE, due_on=date(2017, 9, 1), owners=("New head",))
    change(step, "status", "in_progress", "done", on=JUNE)
    change(step, "due_on", "2017-04-30", "2017-09-01", on=JUNE)
    change(step, "owners", "Old head", "New head", on=JUNE)
    before, after = only_step(plan, JUNE - timedelta(days=1)), only_step(plan, JUNE)
    assert (before.status, before.due_on, before.owners) == (Status.IN_PROGRESS, date(2017, 4, 30), ("Old head",))
    assert (after.status, after.due_on, after.owners) == (Status.DONE, date(2017, 9, 1), ("New head",))
    assert Flag.OVERDUE in before.flags
    assert Flag.OVERDUE not in after.flags


def test_updates_count_from_the_day_they_were_recorded_and_accepted(plan: Plan, action: Action) -> None:
    step, lead = make_step(action), person_with_plan(Role.IMPROVEMENT_LEAD, plan)
    add_update(step, "From the file", dated_on=date(2017, 1, 1), recorded_on=MAY)
    decide(add_update(step, "Accepted", dated_on=MAY, written_by=lead), by=lead, on=JUNE)
    decide(add_update(step, "Returned", dated_on=MAY, written_by=lead), by=lead, on=JUNE, is_accepted=False)
    add_update(step, "Draft", dated_on=MAY, written_by=lead)

    def texts(as_at: date) -> list[str]:
        return [each.text for each in only_step(plan, as_at).updates]

    assert texts(MAY - timedelta(days=1)) == []
    assert texts(JUNE - timedelta(days=1)) == ["From the file"]
    assert texts(JUNE) == ["From the file", "Accepted"]


def test_readings_and_deadlines_of_a_later_day_are_left_out(plan: Plan, action: Action) -> None:
    step = make_step(action, status=Status.DONE)
    measure = add_measure(step, target="90")
    add_reading(measure, "81", dated_on=MAY)
    add_reading(measure, "95", dated_on=JUNE)
    for day in (MAY, JUNE):
        Deadline.objects.create(step=step, when=f"by {day}", due_on=day, set_on=day)
    before, after = only_step(plan, MAY), only_step(plan, JUNE)
    assert (before.outcome, len(before.deadlines)) == (Outcome.BELOW, 1)
    assert (after.outcome, len(after.deadlines)) == (Outcome.AT_TARGET, 2)


def test_the_latest_reading_is_the_last_dated_one_however_they_were_added(plan: Plan, action: Action) -> None:
    measure = add_measure(make_step(action, status=Status.DONE), target="90")
    add_reading(measure, "95", dated_on=JUNE)
    add_reading(measure, "81", dated_on=MAY, recorded_on=JUNE)
    add_reading(measure, "20", dated_on=None, recorded_on=JUNE)
    assert only_step(plan, JUNE).outcome is Outcome.AT_TARGET


def test_steps_stand_in_the_plan_from_their_beginning_until_they_are_dropped(plan: Plan, action: Action) -> None:
    make_step(action, how="always")
    make_step(action, how="begun", begun_on=JUNE)
    make_step(action, how="dropped", dropped_on=JUNE)

    def hows(as_at: date) -> list[str]:
        return [each.how for each in plan_position(plan, as_at).steps()]

    assert hows(JUNE - timedelta(days=1)) == ["always", "dropped"]
    assert hows(JUNE) == ["always", "begun"]


def test_levels_come_in_the_order_of_print_and_empty_ones_stay(plan: Plan) -> None:
    theme = Theme.objects.create(plan=plan, number="1", title="Safety", position=0)
    second = Priority.objects.create(theme=theme, number="6", title="Second", position=1, is_inferred=True)
    first = Priority.objects.create(theme=theme, number="6", title="First", position=0)
    make_step(make_action(plan, "17.5", priority=second))
    make_step(make_action(plan, "17.3", priority=second))
    Action.objects.create(plan=plan, priority=first, reference="6.1", what="Nothing yet", position=9)
    (found,) = plan_position(plan, TODAY).themes
    assert [(each.title, each.is_inferred) for each in found.priorities] == [("First", False), ("Second", True)]
    assert [[each.reference for each in priority.actions] for priority in found.priorities] == [
        ["6.1"],
        ["17.5", "17.3"],
    ]


def test_a_level_goes_with_the_last_of_its_steps(plan: Plan, action: Action) -> None:
    make_step(action, dropped_on=JUNE)
    assert [theme.priorities for theme in plan_position(plan, MAY).themes] != [()]
    assert plan_position(plan, JUNE).themes == ()


def test_the_usual_day_is_today_or_that_of_a_paper_to_come(plan: Plan) -> None:
    assert usual_day(plan) == TODAY
    brought_in(plan, date(2017, 3, 1))
    assert usual_day(plan) == TODAY
    brought_in(plan, date(2017, 9, 6))
    assert usual_day(plan) == date(2017, 9, 6)


def test_a_reference_finds_the_step_that_is_still_there(plan: Plan, action: Action) -> None:
    gone = make_step(action, dropped_on=JUNE)
    assert find_step(plan, "2.3", 1) == gone
    there = Step.objects.create(action=action, number=1, how="again")
    assert find_step(plan, "2.3", 1) == there
    assert find_step(plan, "2.3", 2) is None


def test_steps_come_in_the_order_asked_for_without_those_that_are_not_there(action: Action) -> None:
    one, two = make_step(action), make_step(action)
    assert list(steps_in_full([two.pk, 10**9, one.pk], TODAY)) == [two.pk, one.pk]


@pytest.mark.django_db
def test_a_plan_of_any_size_is_read_in_the_same_number_of_queries() -> None:
    def queries(plan: Plan) -> int:
        with CaptureQueriesContext(connection) as captured:
            plan_position(plan, TODAY)
        return len(captured)

    small = make_plan("small")
    make_step(make_action(small))
    assert queries(large_plan("large", 2)) == queries(small) == 10
