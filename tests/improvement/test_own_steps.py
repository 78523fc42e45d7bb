"""One's own steps: what was asked, what is late, and the one next thing to do."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from improvement.kinds import Status
from improvement.models import AskedPerson, Owner, Plan, UpdateRequest
from improvement.services.updates import decide_update
from tests.access.cast import TODAY, person_with, sign_in
from tests.access.people.pages import page, sentences, text_of
from tests.improvement.builders import add_update, at, large_plan, make_action, make_plan, make_step, person_with_plan
from tests.improvement.keeping import HEAD, Kept, browser_of
from torbay_reports.access.models import RoleAssignment, User
from torbay_reports.access.roles import Role

pytestmark = pytest.mark.django_db
ADDRESS = "/plans/mine/"


def ask(plan: Plan, person: User, by: User, message: str = "") -> UpdateRequest:
    """A round in which the person was asked yesterday."""
    request = UpdateRequest.objects.create(
        plan=plan,
        answer_by=TODAY + timedelta(days=7),
        message=message,
        asked_at=at(TODAY - timedelta(days=1)),
        asked_by=by,
    )
    AskedPerson.objects.create(request=request, person=person, is_mailed=True)
    return request


def button(client: Client) -> list[tuple[str, str]]:
    return [(text_of(each), each.get("href")) for each in page(client, ADDRESS).cssselect("main .govuk-button")]


def test_without_a_step_it_says_how_one_gets_there(kept: Kept) -> None:
    other = browser_of(person_with_plan(Role.ACTION_OWNER, kept.plan))
    assert "Here will stand the steps that you answer for." in sentences(other, ADDRESS)
    assert button(other) == []


def test_open_steps_stand_first_what_wants_something_before_the_rest_and_done_ones_are_folded(
    kept: Kept, owner: Client
) -> None:
    add_update(kept.step, dated_on=TODAY)
    make_step(kept.action, how="done", status=Status.DONE, owners=(HEAD,))
    make_step(kept.action, how="late", owners=(HEAD,), due_on=date(2017, 3, 1))
    make_step(kept.action, how="others'", owners=("Somebody else",))
    tree = page(owner, ADDRESS)
    assert [text_of(each) for each in tree.cssselect(".card__head")] == ["2.3/3 late", "2.3/1 Plan every visit"]
    assert [text_of(each) for each in tree.cssselect("details li")] == ["2.3/2 done: done"]
    assert "2 of your 3 steps are open" in text_of(tree)
    assert "others'" not in text_of(tree)


def test_the_one_button_leads_to_the_first_step_that_wants_something(kept: Kept, owner: Client) -> None:
    assert button(owner) == [("Write an update on 2.3/1", "/plans/plan/steps/2.3/1/update/")]
    make_step(kept.action, owners=(HEAD,), due_on=date(2017, 3, 1))
    assert button(owner) == [("Write an update on 2.3/2", "/plans/plan/steps/2.3/2/update/")]


def test_when_nothing_is_wanted_it_says_so(kept: Kept, owner: Client) -> None:
    add_update(kept.step, dated_on=TODAY)
    assert button(owner) == []
    assert "No step of yours wants anything today." in sentences(owner, ADDRESS)


def test_what_was_asked_stands_with_the_day_to_answer_by_until_it_is_answered(kept: Kept, owner: Client) -> None:
    add_update(kept.step, dated_on=TODAY)
    ask(kept.plan, kept.owner, by=kept.lead, message="Please be short.")
    words = sentences(owner, ADDRESS)
    expected = "You were asked on 4 September 2017 for an update on 1 of them, by Tuesday 12 September 2017."
    assert expected in words
    assert "Please be short." in words
    assert button(owner) != []
    kept.write(kept.owner)
    words = sentences(owner, ADDRESS)
    assert "You have answered what you were asked on 4 September 2017." in words
    assert "Your update waits for the lead's decision." in words
    assert button(owner) == []


def test_somebody_elses_asking_and_answer_are_not_ones_own(kept: Kept, owner: Client) -> None:
    other = kept.second_owner()
    ask(kept.plan, other, by=kept.lead)
    assert "You were asked" not in sentences(owner, ADDRESS)
    ask(kept.plan, kept.owner, by=kept.lead)
    kept.write(other)
    assert "You were asked" in sentences(owner, ADDRESS)


def test_a_returned_update_wants_another_and_says_so_until_it_is_written(kept: Kept, owner: Client) -> None:
    add_update(kept.step, dated_on=TODAY)
    decide_update(update=kept.write(kept.owner), is_accepted=False, by=kept.lead, reason="Which visits?")

    def marks() -> list[str]:
        return [text_of(each) for each in page(owner, ADDRESS).cssselect(".card .flag")]

    assert "returned" in marks()
    assert button(owner) == [("Write an update on 2.3/1", "/plans/plan/steps/2.3/1/update/")]
    kept.write(kept.owner, text="Those of March.")
    assert "returned" not in marks()
    assert button(owner) == []


def test_steps_that_left_the_plan_are_gone(kept: Kept, owner: Client) -> None:
    kept.step.dropped_on = date(2017, 6, 1)
    kept.step.save()
    assert "Here will stand the steps" in sentences(owner, ADDRESS)


def test_a_step_that_one_owns_under_two_names_stands_once(kept: Kept, owner: Client) -> None:
    step = make_step(kept.action, how="twice", owners=(HEAD, "Deputy"))
    Owner.objects.get(name="Deputy").people.add(kept.owner)
    assert [text_of(each) for each in page(owner, ADDRESS).cssselect(".card__head")].count(f"{step} twice") == 1


def test_the_steps_of_a_plan_that_one_may_no_longer_read_are_left_out(kept: Kept, owner: Client) -> None:
    Owner.objects.create(plan=make_plan("other"), name=HEAD).people.add(kept.owner)
    make_step(make_action(Plan.objects.get(slug="other"), "9.9"), how="hidden", owners=(HEAD,))
    assert "hidden" not in sentences(owner, ADDRESS)


def test_who_reads_no_plan_is_told_why(client: Client) -> None:
    sign_in(client, person_with(Role.CLERK))
    assert client.get(ADDRESS).status_code == 404


def test_the_page_costs_the_same_number_of_queries_at_any_number_of_steps(kept: Kept, owner: Client) -> None:
    RoleAssignment.objects.update(scope_kind="", scope_slug="")
    large = large_plan("large", 1)
    ask(kept.plan, kept.owner, by=kept.lead)
    ask(large, kept.owner, by=kept.lead)
    names = list(Owner.objects.filter(plan=large))

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert owner.get(ADDRESS).status_code == 200
        return len(captured)

    names[0].people.add(kept.owner)
    few = queries()
    for name in names[1:]:
        name.people.add(kept.owner)
    assert "open, as at" in sentences(owner, ADDRESS)
    assert queries() == few
