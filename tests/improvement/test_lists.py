"""The lists that a reader wants, each with its sentence first; and what changed since the last paper."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from improvement.kinds import Flag, Status
from improvement.models import Change, Plan
from tests.access.cast import TODAY, sign_in
from tests.access.people.pages import page, sentences, text_of
from tests.improvement.builders import (
    add_measure,
    add_reading,
    add_update,
    at,
    change,
    large_plan,
    make_action,
    make_plan,
    make_step,
    paper_published,
    person_with_plan,
)
from tests.improvement.keeping import table_rows
from torbay_reports.access.models import RoleAssignment
from torbay_reports.access.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> Plan:
    """A plan with one step on each list."""
    plan = make_plan()
    action = make_action(plan, "1.1")
    fine: dict[str, Any] = {"owners": ("Head",), "due_on": date(2017, 12, 1)}
    late = make_step(action, how=Flag.OVERDUE.value, owners=("Head",), due_on=date(2017, 9, 4))
    add_update(late, dated_on=TODAY)
    make_step(action, how=Flag.STALE.value, **fine)
    below = make_step(action, how=Flag.DONE_BELOW_TARGET.value, status=Status.DONE, **fine)
    add_update(below, dated_on=TODAY)
    add_reading(add_measure(below, target="90"), "81", dated_on=TODAY)
    make_step(action, how=Flag.DONE_WITHOUT_EVIDENCE.value, status=Status.DONE, **fine)
    unowned = make_step(action, how=Flag.NO_OWNER.value, due_on=date(2017, 12, 1))
    add_update(unowned, dated_on=TODAY)
    undated = make_step(action, how=Flag.NO_DUE_DATE.value, owners=("Head",))
    add_update(undated, dated_on=TODAY)
    return plan


@pytest.fixture
def reader(client: Client, plan: Plan) -> Client:
    sign_in(client, person_with_plan(Role.ACTION_OWNER, plan))
    return client


@pytest.mark.parametrize(
    ("flag", "sentence"),
    [
        (Flag.OVERDUE, "1 step is overdue"),
        (Flag.STALE, "1 open step has had no update for 90 days"),
        (Flag.DONE_BELOW_TARGET, "1 step is done but below its target"),
        (Flag.DONE_WITHOUT_EVIDENCE, "1 step is done without evidence"),
        (Flag.NO_OWNER, "1 step has no owner"),
        (Flag.NO_DUE_DATE, "1 step has no due date"),
    ],
)
def test_a_list_says_how_many_then_what_puts_a_step_on_it_then_which(reader: Client, flag: Flag, sentence: str) -> None:
    tree = page(reader, f"/plans/plan/lists/{flag}/")
    assert text_of(tree.cssselect("h1")[0]) == sentence
    assert f"{flag.definition} As at Tuesday 5 September 2017." in text_of(tree)
    assert [row[1] for row in table_rows(tree)] == [flag.value]


def test_a_list_can_be_filtered_further_and_taken_away(reader: Client) -> None:
    tree = page(reader, "/plans/plan/lists/overdue/", **{"as-at": "1/9/2018"})
    links = {text_of(each): each.get("href") for each in tree.cssselect("main p a")}
    assert links["CSV"] == "/plans/plan/file/?flag=overdue&as-at=2018-09-01&as=csv"
    assert links["XLSX"] == "/plans/plan/file/?flag=overdue&as-at=2018-09-01&as=xlsx"
    further = page(reader, links["Filter these further"].removesuffix("#steps"))
    assert {row[1] for row in table_rows(further)} == {row[1] for row in table_rows(tree)}
    assert reader.get(links["CSV"]).status_code == 200


@pytest.mark.parametrize("flag", list(Flag))
def test_an_empty_list_says_so(client: Client, flag: Flag) -> None:
    sign_in(client, person_with_plan(Role.IMPROVEMENT_LEAD, make_plan("empty"), "Empty Lead"))
    words = sentences(client, f"/plans/empty/lists/{flag}/")
    assert words.startswith(("No step", "Every"))
    assert "Steps stand here as soon as this is true of one." in words


def test_there_is_no_other_list(reader: Client) -> None:
    assert reader.get("/plans/plan/lists/late/").status_code == 404


def test_a_list_costs_the_same_number_of_queries_at_any_size(reader: Client, plan: Plan) -> None:
    RoleAssignment.objects.update(scope_kind="", scope_slug="")
    large_plan("large", 2)

    def queries(slug: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert reader.get(f"/plans/{slug}/lists/stale/").status_code == 200
        return len(captured)

    queries("plan")
    assert queries("large") == queries("plan") <= 20


class TestChanges:
    """What changed since the last paper."""

    ADDRESS = "/plans/plan/changes/"

    def test_before_the_first_paper_it_says_what_will_stand_here(self, reader: Client) -> None:
        assert "No paper of this plan has been published yet." in sentences(reader, self.ADDRESS)

    def test_it_lists_what_was_written_since_by_step(self, reader: Client, plan: Plan) -> None:
        lead = person_with_plan(Role.IMPROVEMENT_LEAD, plan)
        first = make_step(make_action(plan, "17.10"), how="ten")
        second = make_step(make_action(plan, "17.5"), how="five")
        change(first, "status", "not_started", "in_progress", on=date(2017, 8, 1), by=lead)
        paper_published(plan, date(2017, 9, 1), date(2017, 8, 30), by=lead)
        assert "Nothing has changed since the paper for 1 September 2017" not in sentences(reader, self.ADDRESS)
        change(first, "status", "in_progress", "stopped", on=TODAY, by=lead)
        change(second, "due_on", "", "2017-12-01", on=TODAY, by=lead)
        add_update(second, "Begun.", dated_on=TODAY)
        Change.objects.create(
            plan=plan, about="Priority 1", field="title", before="A", after="B", effective_on=TODAY, made_at=at(TODAY)
        )
        tree = page(reader, self.ADDRESS)
        assert "4 updates" not in text_of(tree)
        lines = [text_of(each) for each in tree.cssselect("main .govuk-list li")]
        assert [line for line in lines if not line.startswith("1.1/")] == [
            "Priority 1: title: from “A” to “B”",
            "17.5/1: due date: from nothing to 1 December 2017",
            "17.5/1: update: Begun.",
            "17.10/1: status: from in progress to stopped",
        ]
        links = [each.get("href") for each in tree.cssselect("main .govuk-list a")]
        assert reader.get(links[-1]).status_code == 200

    def test_nothing_since_says_so(self, client: Client) -> None:
        quiet = make_plan("quiet")
        lead = person_with_plan(Role.IMPROVEMENT_LEAD, quiet, "Quiet Lead")
        sign_in(client, lead)
        paper_published(quiet, TODAY - timedelta(days=1), TODAY, by=lead)
        assert "Nothing has changed since the paper for 4 September 2017" in sentences(client, "/plans/quiet/changes/")

    def test_a_paper_for_a_meeting_to_come_is_the_newest_from_today_on(self, client: Client) -> None:
        ahead = make_plan("ahead")
        lead = person_with_plan(Role.IMPROVEMENT_LEAD, ahead, "Lou Lead")
        sign_in(client, lead)
        paper_published(ahead, TODAY + timedelta(days=1), TODAY, by=lead)
        assert "Nothing has changed since the paper for 6 September 2017" in sentences(client, "/plans/ahead/changes/")
        assert "No paper of this plan" in sentences(client, "/plans/ahead/changes/?as-at=2017-09-04")
