"""What the filter finds can be taken away, and imports back."""

from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from improvement.calculations.taking_away import tracker_with
from improvement.importing.reading import read_tracker
from improvement.kinds import Status
from improvement.models import Action, Plan, Priority
from improvement.selectors.position import plan_position
from improvement.selectors.standing import usual_day
from improvement.selectors.trackers import tracker_of
from tests.access.cast import sign_in
from tests.access.people.pages import page, sentences
from tests.improvement.builders import (
    add_measure,
    add_reading,
    add_update,
    change,
    make_action,
    make_plan,
    make_step,
    person_with_plan,
)
from tests.improvement.trackers import SLUG, invented, store
from torbay_reports.access.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> Plan:
    plan = make_plan()
    action = make_action(plan, "1.1")
    first = make_step(action, how="=1+1", who="Head", owners=("Head",), when="Mar 2017", due_on=date(2017, 3, 31))
    add_update(first, "Begun.", dated_on=date(2017, 3, 1), stamp="(1 March 2017)")
    add_reading(add_measure(first, "In time", target="90"), "81", dated_on=date(2017, 3, 1))
    make_step(make_action(plan, "2.1"), how="second", status=Status.DONE, status_printed="COMPLETED")
    return plan


@pytest.fixture
def reader(client: Client, plan: Plan) -> Client:
    sign_in(client, person_with_plan(Role.ACTION_OWNER, plan))
    return client


def hows(data: bytes, name: str) -> list[str]:
    """What is to be done in each step that the file holds, read as an import reads it."""
    return [step.how for _, _, _, step in read_tracker(data, name).tracker.steps()]


@pytest.mark.parametrize("fmt", ["csv", "xlsx"])
def test_the_whole_plan_is_taken_away_and_read_back_as_it_is_stored(reader: Client, plan: Plan, fmt: str) -> None:
    response = reader.get(f"/plans/plan/file/?as={fmt}")
    assert response["Content-Disposition"] == f'attachment; filename="plan-2017-09-05.{fmt}"'
    assert "no-store" in response["Cache-Control"]
    assert read_tracker(response.content, f"plan.{fmt}").tracker == tracker_of(plan)


@pytest.mark.parametrize("fmt", ["csv", "xlsx"])
def test_what_is_filtered_is_all_that_is_taken_away(reader: Client, fmt: str) -> None:
    response = reader.get(f"/plans/plan/file/?status=done&as={fmt}")
    assert response["Content-Disposition"] == f'attachment; filename="plan-2017-09-05-1-of-2-steps.{fmt}"'
    assert hows(response.content, f"plan.{fmt}") == ["second"]


def test_the_page_offers_what_it_shows(reader: Client) -> None:
    links = page(reader, "/plans/plan/", status="done", sort="-when").cssselect("a[href*='/file/']")
    assert len(links) == 2
    for link, fmt in zip(links, ("csv", "xlsx"), strict=True):
        assert hows(reader.get(link.get("href")).content, f"plan.{fmt}") == ["second"]


def test_no_cell_is_a_formula_to_a_spreadsheet(reader: Client) -> None:
    content = reader.get("/plans/plan/file/?as=csv").content.decode("utf-8-sig")
    assert ",=1+1" not in content
    assert "'=1+1" in content
    workbook = load_workbook(BytesIO(reader.get("/plans/plan/file/?as=xlsx").content))
    kinds = {cell.data_type for sheet in workbook for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds


def test_a_file_of_an_earlier_day_holds_what_stood_then(reader: Client, plan: Plan) -> None:
    second = plan.actions.get(reference="2.1").steps.get()
    change(second, "status", "in_progress", "done", on=date(2017, 6, 1))
    response = reader.get("/plans/plan/file/?as-at=31/5/2017&as=csv")
    assert 'filename="plan-2017-05-31.csv"' in response["Content-Disposition"]
    statuses = [step.status for _, _, _, step in read_tracker(response.content, "plan.csv").tracker.steps()]
    assert statuses == [Status.IN_PROGRESS, Status.IN_PROGRESS]


def test_a_filter_that_cannot_be_read_leads_to_the_page_that_says_why(reader: Client) -> None:
    response = reader.get("/plans/plan/file/?status=finished&as=csv")
    assert response.status_code == 302
    assert "There is no such status. Choose one from the list." in sentences(reader, response["Location"])


@pytest.mark.parametrize("query", ["", "?as=pdf", "?as=csv%00"])
def test_no_other_format_is_offered(reader: Client, query: str) -> None:
    assert reader.get(f"/plans/plan/file/{query}").status_code == 404


def test_a_plan_that_was_brought_in_comes_away_as_it_is_stored() -> None:
    """The position as at its usual day is what `tracker_of` gives: two ways to the same value."""
    store(invented().tracker)
    plan = Plan.objects.get(slug=SLUG)
    assert tracker_with(plan_position(plan, usual_day(plan))) == tracker_of(plan)


def test_some_steps_come_with_what_they_stand_under_and_nothing_else(plan: Plan) -> None:
    Action.objects.create(plan=plan, priority=Priority.objects.all()[0], reference="1.9", what="Empty", position=9)
    position = plan_position(plan, date(2017, 9, 5))
    assert [action.reference for _, _, action, _ in tracker_with(position).steps()] == ["1.1", "2.1"]
    assert [len(theme.priorities[0].actions) for theme in tracker_with(position).themes] == [2, 1]
    (second,) = [step.pk for step in position.steps() if step.how == "second"]
    (theme,) = tracker_with(position, {second}).themes
    assert [action.reference for action in theme.priorities[0].actions] == ["2.1"]
