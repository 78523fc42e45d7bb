"""The rules that PostgreSQL itself holds: what is written once, what is there once, and what cannot be."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, models, transaction

from improvement.models import (
    Action,
    Change,
    Commentary,
    Deadline,
    Measure,
    Owner,
    Plan,
    PlanVersion,
    Reading,
    SmallCountDecision,
    Step,
    StepOwner,
    Update,
    UpdateDecision,
)
from tests.access.cast import TODAY, person
from tests.improvement.trackers import with_a_past
from torbay_reports.core import clock
from torbay_reports.core.append_only import AppendOnly, NeverChanged

WRITTEN_ONCE: tuple[type[AppendOnly], ...] = (
    Update,
    UpdateDecision,
    Change,
    Deadline,
    PlanVersion,
    Commentary,
    SmallCountDecision,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> Plan:
    """A plan with a row of everything that is written once."""
    return with_a_past(person())


def refused(write: Callable[[], object], reason: str) -> None:
    with pytest.raises(IntegrityError, match=reason), transaction.atomic():
        write()


def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_list_of_what_is_written_once_is_whole() -> None:
    found = {model for model in apps.get_app_config("improvement").get_models() if issubclass(model, AppendOnly)}
    assert found == set(WRITTEN_ONCE)


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize("model", WRITTEN_ONCE)
def test_history_is_neither_changed_nor_deleted_whoever_tries(model: type[AppendOnly]) -> None:
    row = model._default_manager.all()[0]
    table, before = model._meta.db_table, model._default_manager.count()
    for attempt in (row.save, row.delete):
        with pytest.raises(NeverChanged):
            attempt()
    for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}", f"DELETE FROM {table} WHERE id = 0"):
        with pytest.raises(DatabaseError, match="neither changed nor deleted"), transaction.atomic():
            execute(statement)
    assert model._default_manager.count() == before


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize("model", WRITTEN_ONCE)
def test_not_even_a_plan_that_goes_changes_its_history(model: type[AppendOnly]) -> None:
    execute("SELECT set_config('improvement.plan_goes', 'yes', true)")
    with pytest.raises(DatabaseError, match="neither changed nor deleted"), transaction.atomic():
        execute(f"UPDATE {model._meta.db_table} SET id = id")


def test_updates_have_no_way_around_in_their_manager(plan: Plan) -> None:
    updates = Update.objects.filter(step__action__plan=plan)
    for attempt in (updates.delete, lambda: updates.update(text="b"), lambda: updates.bulk_update([], ["text"])):
        with pytest.raises(NeverChanged):
            attempt()


def test_a_reference_is_there_once_in_a_plan_among_what_is_in_it(plan: Plan) -> None:
    action = Action.objects.get(reference="7.1")
    again: dict[str, Any] = {"plan": plan, "priority": action.priority, "reference": "7.1", "what": "a", "position": 9}
    refused(lambda: Action.objects.create(**again), "improvement_action_reference_once")
    Action.objects.filter(pk=action.pk).update(dropped_on=TODAY)
    Action.objects.create(**again)


def test_a_number_is_there_once_in_an_action_among_what_is_in_it(plan: Plan) -> None:
    step = Step.objects.get(action__reference="7.1", number=1)
    refused(lambda: Step.objects.create(action=step.action, number=1), "improvement_step_number_once")
    Step.objects.filter(pk=step.pk).update(dropped_on=TODAY)
    Step.objects.create(action=step.action, number=1)


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize(
    ("model", "values", "constraint"),
    [
        (Step, {"status": "finished"}, "improvement_step_status_known"),
        (Step, {"status": "in_progress", "completed_on": date(2017, 1, 1)}, "improvement_step_completed_is_done"),
        (Measure, {"direction": "up"}, "improvement_measure_direction_known"),
        (Reading, {"bound": "nearly"}, "improvement_reading_bound_known"),
        (Reading, {"judged": "well"}, "improvement_reading_judged_known"),
    ],
)
def test_what_is_not_on_a_closed_list_is_refused(
    model: type[models.Model], values: dict[str, Any], constraint: str
) -> None:
    refused(lambda: model._default_manager.all().update(**values), constraint)


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"position": 0}, "improvement_update_position_once"),
        ({"position": 1, "proposed_status": "finished"}, "improvement_update_status_known"),
        ({"position": 1, "proposed_status": "done"}, "improvement_update_done_has_evidence"),
        ({"position": 1, "proposed_status": "done_continuing"}, "improvement_update_done_has_evidence"),
    ],
)
def test_an_update_that_cannot_be_is_refused(values: dict[str, Any], constraint: str) -> None:
    step = Step.objects.get(how="Mop")
    values = {"step": step, "text": "b", "recorded_on": TODAY, "written_at": clock.now(), **values}
    refused(lambda: Update.objects.create(**values), constraint)


def test_an_update_is_returned_with_a_reason_and_decided_once(plan: Plan) -> None:
    someone = person("Lead")
    update = Update.objects.create(
        step=Step.objects.get(how="Mop"), text="b", position=1, recorded_on=TODAY, written_at=clock.now()
    )
    values: dict[str, Any] = {"update_decided": update, "decided_at": clock.now(), "decided_by": someone}
    refused(
        lambda: UpdateDecision.objects.create(**values, is_accepted=False), "improvement_decision_returned_with_reason"
    )
    UpdateDecision.objects.create(**values, is_accepted=False, reason="Too short.")
    refused(lambda: UpdateDecision.objects.create(**values, is_accepted=True), "update_decided_id")


def test_an_owner_is_there_once_and_named_once_for_a_step(plan: Plan) -> None:
    refused(lambda: Owner.objects.create(plan=plan, name="Chief Diver"), "improvement_owner_once")
    link = StepOwner.objects.all()[0]
    refused(
        lambda: StepOwner.objects.create(step=link.step, owner=link.owner, position=9), "improvement_step_owner_once"
    )


def test_a_change_names_its_field(plan: Plan) -> None:
    refused(
        lambda: Change.objects.create(plan=plan, about="a", field="", effective_on=TODAY, made_at=clock.now()),
        "improvement_change_names_its_field",
    )


def test_a_step_names_itself_by_its_action_and_its_number(plan: Plan) -> None:
    assert [str(each) for each in Step.objects.filter(action__reference="7.1")] == ["7.1/1", "7.1/2"]
    assert (str(plan), str(plan.themes.all()[0])) == ("Harbour improvement plan", "1 Safe moorings")
