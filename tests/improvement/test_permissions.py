"""Who reads a plan as it is kept, who keeps it, and who writes on a step: by role, by plan and by day."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from improvement.models import Owner, Plan, Step
from tests.access.cast import SINCE, TODAY, person, person_with
from tests.improvement.builders import person_with_plan
from tests.improvement.trackers import invented, one_action, step, store
from torbay_reports.access.decisions import answers, may
from torbay_reports.access.models import RoleAssignment, User
from torbay_reports.access.permissions import Permission
from torbay_reports.access.roles import Role

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
READ, KEEP, WRITE = Permission.READ_PLAN, Permission.KEEP_PLAN, Permission.UPDATE_STEP


@pytest.fixture
def plan() -> Plan:
    """The harbour's plan; beside it stands another one, "bridge-plan"."""
    store(one_action(step(1, "Paint the bridge", owners=("Painter",)), title="Bridge plan"), slug="bridge-plan")
    return store(invented().tracker).plan


@pytest.fixture
def bridge(plan: Plan) -> Plan:
    return Plan.objects.get(slug="bridge-plan")


@pytest.fixture
def sweep(plan: Plan) -> Step:
    """A step that the Clerk of the Quay owns."""
    return Step.objects.get(how="Sweep")


def owner(someone: User, name: str = "Clerk of the Quay") -> User:
    Owner.objects.get(name=name).people.add(someone)
    return someone


def test_each_role_reads_keeps_and_writes_what_it_should(plan: Plan, sweep: Step) -> None:
    found = {role: person_with(role) for role in Role}
    assert {role for role in Role if may(found[role], READ, plan)} == {
        Role.IMPROVEMENT_LEAD,
        Role.ACTION_OWNER,
        Role.MONITORING_OFFICER,
    }
    assert {role for role in Role if may(found[role], KEEP, plan)} == {Role.IMPROVEMENT_LEAD}
    assert {role for role in Role if may(found[role], WRITE, sweep)} == {Role.IMPROVEMENT_LEAD}
    nobody = person("Nobody")
    for permission, thing in ((READ, plan), (KEEP, plan), (WRITE, sweep)):
        assert not may(nobody, permission, thing)
        assert may(AnonymousUser(), permission, thing).reason == "you are not signed in"
        person_of = found[Role.IMPROVEMENT_LEAD]
        assert may(person_of, permission, thing).reason == "you are improvement lead since 9 May 2017"


def test_the_administrator_neither_reads_nor_keeps_a_plan(plan: Plan) -> None:
    assert not may(person_with(Role.ADMINISTRATOR), READ, plan)


def test_a_role_counts_from_its_first_to_its_last_day(plan: Plan, sweep: Step) -> None:
    lead = person_with(Role.IMPROVEMENT_LEAD, starts_on=TODAY, ends_on=TODAY)
    for permission, thing in ((READ, plan), (KEEP, plan), (WRITE, sweep)):
        assert [bool(may(lead, permission, thing, on=TODAY + each * DAY)) for each in (-1, 0, 1)] == [
            False,
            True,
            False,
        ]


def test_a_lead_of_one_plan_keeps_that_one_alone(plan: Plan, bridge: Plan, sweep: Step) -> None:
    lead = person_with_plan(Role.IMPROVEMENT_LEAD, plan)
    paint = Step.objects.get(how="Paint the bridge")
    for permission in (READ, KEEP):
        assert may(lead, permission, plan)
        assert not may(lead, permission, bridge)
        assert may(lead, permission), "of some plan"
    assert may(lead, WRITE, sweep)
    assert not may(lead, WRITE, paint)


def test_an_action_owner_reads_the_plan_and_writes_on_the_steps_that_they_answer_for(plan: Plan, sweep: Step) -> None:
    someone = owner(person_with_plan(Role.ACTION_OWNER, plan))
    assert may(someone, READ, plan)
    assert not may(someone, KEEP, plan)
    assert may(someone, WRITE, sweep)
    other = Step.objects.get(how="Train the divers")
    assert may(someone, WRITE, other).reason == "this step has other owners"


def test_answering_for_an_owner_without_the_role_opens_nothing(plan: Plan, bridge: Plan, sweep: Step) -> None:
    for someone in (owner(person("No role")), owner(person_with_plan(Role.ACTION_OWNER, bridge))):
        assert not may(someone, WRITE, sweep)
        assert not may(someone, READ, plan)


def test_an_owner_of_the_same_name_in_another_plan_is_somebody_else(plan: Plan, bridge: Plan) -> None:
    someone = person_with(Role.ACTION_OWNER)
    Owner.objects.create(plan=plan, name="Painter").people.add(someone)
    assert not may(someone, WRITE, Step.objects.get(how="Paint the bridge"))


def test_an_update_of_nothing_is_refused(plan: Plan) -> None:
    assert may(person_with(Role.IMPROVEMENT_LEAD), WRITE, None).reason == "there is no such step"
    assert not may(person("Another"), WRITE, plan)


def test_the_administrator_is_shown_each_plan_by_its_title(plan: Plan, bridge: Plan) -> None:
    shown = {
        (each.permission, each.thing): each.decision.allowed
        for each in answers(person_with_plan(Role.IMPROVEMENT_LEAD, plan), TODAY)
        if each.permission in (READ, KEEP, WRITE)
    }
    assert shown == {
        (READ, "Bridge plan"): False,
        (READ, "Harbour improvement plan"): True,
        (KEEP, "Bridge plan"): False,
        (KEEP, "Harbour improvement plan"): True,
    }


def test_the_reason_names_the_plan(plan: Plan, bridge: Plan) -> None:
    lead = person_with_plan(Role.IMPROVEMENT_LEAD, plan)
    assert "Harbour improvement plan" in may(lead, KEEP, plan).reason


def test_the_answers_take_as_many_queries_for_twenty_plans_as_for_one(plan: Plan) -> None:
    counted = []
    for number in (0, 20):
        for at in range(number):
            Plan.objects.create(slug=f"plan-{at}", title=f"Plan {at:02}")
        someone = person_with_plan(Role.IMPROVEMENT_LEAD, plan, f"Limited {number}")
        for at in range(number):
            RoleAssignment.objects.create(
                person=someone, role=Role.ACTION_OWNER, starts_on=SINCE, scope_kind="plan", scope_slug=f"plan-{at}"
            )
        with CaptureQueriesContext(connection) as queries:
            found = answers(someone, TODAY)
        assert sum(each.permission is READ for each in found) == Plan.objects.count()
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_many_questions_about_one_person_read_their_roles_once(
    plan: Plan, bridge: Plan, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    someone = person_with_plan(Role.ACTION_OWNER, plan)
    with django_assert_num_queries(1):
        for _ in range(20):
            assert may(someone, READ, plan)
            assert not may(someone, KEEP, bridge)
