"""The plan's page: what changed, what is late, what is done but below target; then bars, filters and steps."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from improvement.kinds import Status
from improvement.models import Owner, Plan, Step
from tests.access.cast import person_with, sign_in
from tests.access.people.pages import page, sentences, text_of
from tests.improvement.builders import (
    add_measure,
    add_reading,
    add_update,
    brought_in,
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
ADDRESS = "/plans/plan/"


@pytest.fixture
def plan() -> Plan:
    return make_plan()


@pytest.fixture
def reader(client: Client, plan: Plan) -> Client:
    """The browser of the plan's lead."""
    sign_in(client, person_with_plan(Role.IMPROVEMENT_LEAD, plan))
    return client


@pytest.fixture
def steps(plan: Plan) -> dict[str, Step]:
    """One step of each kind that the page tells apart, by what is to be done, in the order of print."""
    action = make_action(plan, "1.1")
    done, below, opened, late = (
        make_step(action, how="done", status=Status.DONE, owners=("Head",), due_on=date(2017, 3, 1)),
        make_step(action, how="below", status=Status.DONE, owners=("Head",), due_on=date(2017, 3, 1)),
        make_step(action, how="open", owners=("Lead",), due_on=date(2017, 9, 20), when="20 Sept 2017"),
        make_step(action, how="late", due_on=date(2017, 3, 1), when="Mar 2017"),
    )
    add_update(done, "Seen.", dated_on=date(2017, 3, 1))
    add_update(below, "Seen too.", dated_on=date(2017, 3, 1))
    add_reading(add_measure(below, target="90"), "81", dated_on=date(2017, 3, 1))
    add_update(opened, "Going on.", dated_on=date(2017, 9, 1), stamp="(1 Sept 2017)")
    return {step.how: step for step in (done, below, opened, late)}


def listed(client: Client, address: str = ADDRESS, **query: str) -> list[str]:
    """What is to be done in each step of the page, in the page's order."""
    tree = page(client, address, **query)
    found = [row[1] for row in table_rows(tree)]
    return found + ([row[1] for row in table_rows(tree, "done-caption")] if tree.cssselect("#done-caption") else [])


def test_it_says_first_what_is_late_and_what_is_done_but_below_target(reader: Client, steps: object) -> None:
    lines = [text_of(each) for each in page(reader, ADDRESS).cssselect(".news li")]
    assert lines[:3] == [
        "No paper of this plan has been published yet. What changes after the first one is told here.",
        "1 step is overdue.",
        "1 step is done but below its target.",
    ]
    assert "1 step has no owner." in lines
    assert "Every step has a due date." in lines


def test_it_says_what_changed_since_the_newest_published_paper(
    reader: Client, plan: Plan, steps: dict[str, Step]
) -> None:
    lead = person_with_plan(Role.IMPROVEMENT_LEAD, plan, "Lea Lead")
    paper_published(plan, date(2017, 9, 4), date(2017, 9, 1), by=lead)
    assert "Since the paper for 4 September 2017: nothing has changed." in sentences(reader, ADDRESS)
    change(steps["open"], "status", "not_started", "in_progress", on=date(2017, 9, 5), by=lead)
    add_update(steps["open"], "Begun.", dated_on=date(2017, 9, 5))
    assert "Since the paper for 4 September 2017: 1 update and 1 change. What changed" in sentences(reader, ADDRESS)


def test_late_ones_stand_first_then_those_below_target_then_open_ones_and_done_ones_are_folded(
    reader: Client, steps: object
) -> None:
    tree = page(reader, ADDRESS)
    assert [row[1] for row in table_rows(tree)] == ["late", "below", "open"]
    folded = tree.cssselect("details#done")[0]
    assert "open" not in folded.attrib
    assert [row[1] for row in table_rows(tree, "done-caption")] == ["done"]


def test_a_step_says_who_by_when_its_status_and_its_latest_update_and_what_is_wrong_in_words(
    reader: Client, steps: object
) -> None:
    first, second, third = table_rows(page(reader, ADDRESS))
    assert first == ["1.1/4", "late", "no owner", "Mar 2017 overdue", "in progress", "no update for 90 days"]
    assert second[4:] == ["done completed below target", "Seen too. (1 March 2017)"]
    assert third == ["1.1/3", "open", "Lead", "20 Sept 2017", "in progress", "Going on. (1 September 2017)"]


def test_bars_tell_done_from_achieved_in_words_and_leave_out_what_nobody_measures(
    reader: Client, steps: object
) -> None:
    tree = page(reader, ADDRESS)
    theme, priority = table_rows(tree, "themes-caption")
    assert theme == ["1. Theme 1", "2 of 4", "0 of 1 with a target", "3 without a measure"]
    assert priority[1:] == theme[1:]
    widths = [each.get("width") for each in tree.cssselect(".bars .priority svg rect")]
    assert widths == ["50", "0"]
    assert {each.get("aria-hidden") for each in tree.cssselect(".bars svg")} == {"true"}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"words": "late"}, ["late"]),
        ({"status": "done"}, ["done", "below"]),
        ({"status": "open"}, ["late", "open"]),
        ({"due": "30"}, ["open"]),
        ({"due": "overdue"}, ["late"]),
        ({"due-from": "1/9/2017", "due-to": "30/9/2017"}, ["open"]),
        ({"due-to": "1/3/2017", "status": "open"}, ["late"]),
        ({"due": "90", "due-from": "21/9/2017"}, []),
        ({"flag": "no_owner"}, ["late"]),
        ({"flag": "no_owner", "words": "open"}, []),
    ],
)
def test_a_filter_finds(reader: Client, steps: object, query: dict[str, str], expected: list[str]) -> None:
    if not expected:
        assert "No step is like that." in text_of(page(reader, ADDRESS, **query).cssselect("main")[0])
        return
    assert sorted(listed(reader, **query)) == sorted(expected)


def test_owner_theme_and_priority_are_chosen_from_what_the_plan_has(reader: Client, plan: Plan, steps: object) -> None:
    make_step(make_action(plan, "2.1"), how="elsewhere")
    tree = page(reader, ADDRESS)
    owners = {text_of(each): each.get("value") for each in tree.cssselect("#id_owner option")}
    assert owners == {"Everybody": "", **{each.name: str(each.pk) for each in Owner.objects.all()}}
    assert sorted(listed(reader, owner=owners["Head"])) == ["below", "done"]
    places = {text_of(each): each.get("value") for each in tree.cssselect("#id_place option")}
    assert list(places) == [
        "Every theme",
        "Theme 1: Theme 1",
        "Priority 1: Be better",
        "Theme 2: Theme 2",
        "Priority 2: Be better",
    ]
    assert listed(reader, place=places["Theme 2: Theme 2"]) == ["elsewhere"]
    assert listed(reader, place=places["Priority 2: Be better"]) == ["elsewhere"]


def test_the_form_keeps_what_was_asked(reader: Client, steps: object) -> None:
    tree = page(reader, ADDRESS, status="done", words="<b>")
    assert [each.get("value") for each in tree.cssselect("#id_status option[selected]")] == ["done"]
    assert tree.get_element_by_id("id_words").get("value") == "<b>"


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"place": "theme-x"}, "The plan has no such theme or priority. Choose one from the list."),
        ({"owner": "10000000000"}, "The plan names no such owner. Choose one from the list."),
        ({"status": "finished"}, "There is no such status. Choose one from the list."),
        ({"due-from": "soon"}, "“Due from” is no day that can be read. Type one like 5/9/2017 or 5 September 2017."),
        (
            {"due-from": "2/9/2017", "due-to": "1/9/2017"},
            "The last day, 1 September 2017, is before the first, 2 September 2017. Type a later one.",
        ),
        ({"words": "x" * 201}, "That is too much to look for. Type at most 200 characters."),
        ({"as-at": "31/2/2017"}, "“As at” is no day that can be read. Type one like 5/9/2017 or 5 September 2017."),
    ],
)
def test_what_cannot_be_asked_is_said_and_shows_no_steps(
    reader: Client, steps: object, query: dict[str, str], sentence: str
) -> None:
    tree = page(reader, ADDRESS, **query)
    assert [text_of(each) for each in tree.cssselect(".govuk-error-summary li")] == [sentence]
    assert tree.findtext(".//title").startswith("Error: ")
    assert not tree.cssselect("#steps-caption")


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("reference", ["done", "below", "open", "late"]),
        ("-reference", ["late", "open", "below", "done"]),
        ("-when", ["open", "done", "below", "late"]),
        ("status", ["done", "below", "open", "late"]),
        ("latest_update", ["done", "below", "open", "late"]),
        ("-latest_update", ["open", "done", "below", "late"]),
    ],
)
def test_a_column_orders_all_steps_and_folds_none(
    reader: Client, steps: object, sort: str, expected: list[str]
) -> None:
    tree = page(reader, ADDRESS, sort=sort)
    assert [row[1] for row in table_rows(tree)] == expected
    assert not tree.cssselect("details#done")


def test_steps_come_fifty_a_page_and_a_page_that_is_not_there_is_the_last(reader: Client, plan: Plan) -> None:
    action = make_action(plan)
    for _ in range(51):
        make_step(action)
    assert len(table_rows(page(reader, ADDRESS))) == 50
    assert len(table_rows(page(reader, ADDRESS, page="2"))) == 1
    assert len(table_rows(page(reader, ADDRESS, page="99"))) == 1


def test_another_day_shows_the_plan_as_it_stood(reader: Client, plan: Plan) -> None:
    step = make_step(make_action(plan), how="now done", status=Status.DONE, due_on=date(2017, 3, 1), owners=("Head",))
    change(step, "status", "in_progress", "done", on=date(2017, 6, 30))
    words = sentences(reader, f"{ADDRESS}?as-at=31/5/2017")
    assert "As at Wednesday 31 May 2017. Show the plan as it stands. 1 step: 1 in progress." in words
    assert "1 step is overdue." in words
    assert "1 step: 1 done." in sentences(reader, ADDRESS)


def test_a_day_before_the_first_version_is_refused(reader: Client, plan: Plan, steps: object) -> None:
    brought_in(plan, date(2017, 9, 4))
    brought_in(plan, date(2017, 9, 5))
    tree = page(reader, ADDRESS, **{"as-at": "3/9/2017"})
    sentence = "This plan is known here from 4 September 2017 on. Ask for that day or a later one."
    assert [text_of(each) for each in tree.cssselect(".govuk-error-summary a[href='#id_as-at']")] == [sentence]
    assert "As at Tuesday 5 September 2017." in text_of(tree)
    assert not page(reader, ADDRESS, **{"as-at": "4/9/2017"}).cssselect(".govuk-error-summary")


def test_the_day_of_a_paper_to_come_is_the_one_that_is_shown(reader: Client, plan: Plan, steps: object) -> None:
    brought_in(plan, date(2017, 9, 6))
    assert "As at Wednesday 6 September 2017. 4 steps" in sentences(reader, ADDRESS)


def test_every_status_and_list_is_printed_with_its_definition(reader: Client, steps: object) -> None:
    words = sentences(reader, ADDRESS)
    assert all(status.definition in words for status in Status)


def test_a_filter_an_order_and_a_further_page_show_the_steps_alone(reader: Client, steps: object) -> None:
    for query in ({"status": "open"}, {"sort": "when"}, {"page": "1"}):
        tree = page(reader, ADDRESS, **query)
        assert not tree.cssselect(".news, .bars"), query
        assert [text_of(each) for each in tree.cssselect(".govuk-back-link")] == ["The whole plan"]


def test_an_empty_plan_says_what_will_stand_there(reader: Client) -> None:
    assert "Here will stand the plan's themes and steps" in sentences(reader, ADDRESS)


def test_only_the_lead_is_offered_what_keeps_the_plan(plan: Plan, steps: object, reader: Client) -> None:
    other = Client()
    sign_in(other, person_with_plan(Role.ACTION_OWNER, plan))
    assert "Ask for updates" in sentences(reader, ADDRESS)
    assert "Ask for updates" not in sentences(other, ADDRESS)


def test_who_keeps_another_plan_does_not_learn_that_this_one_exists(client: Client, plan: Plan) -> None:
    sign_in(client, person_with_plan(Role.IMPROVEMENT_LEAD, make_plan("other"), "Other Lead"))
    answers = [client.get(address) for address in (ADDRESS, "/plans/no-such-plan/")]
    assert [answer.status_code for answer in answers] == [404, 404]
    mains = [text_of(html.fromstring(answer.content.decode()).cssselect("main")[0]) for answer in answers]
    assert mains[0] == mains[1]


def test_nobody_keeps_the_page_in_a_cache(reader: Client) -> None:
    assert "no-store" in reader.get(ADDRESS)["Cache-Control"]


class TestPlans:
    """The list of plans, and the way there."""

    def test_who_may_read_a_plan_is_led_to_it(self, reader: Client, plan: Plan) -> None:
        make_plan("secret", "Secret plan")
        tree = page(reader, "/plans/")
        assert [text_of(each) for each in tree.cssselect("main .govuk-list a")] == ["Improvement plan"]
        assert "Improvement plan" in text_of(tree.cssselect("nav")[0])

    def test_who_may_read_none_is_told_why_and_not_led_there(self, client: Client, plan: Plan) -> None:
        sign_in(client, person_with(Role.CLERK))
        response = client.get("/plans/")
        assert response.status_code == 404
        assert "improvement lead" in response.content.decode()
        assert "Improvement plan" not in text_of(page(client, "/meetings/").cssselect("nav")[0])

    def test_a_role_that_is_limited_to_something_else_opens_no_list(self, client: Client, plan: Plan) -> None:
        officer = person_with(Role.MONITORING_OFFICER)
        RoleAssignment.objects.update(scope_kind="committee", scope_slug="council")
        sign_in(client, officer)
        assert client.get("/plans/").status_code == 404

    def test_without_a_plan_it_says_how_one_gets_there(self, client: Client) -> None:
        sign_in(client, person_with(Role.IMPROVEMENT_LEAD))
        words = sentences(client, "/plans/")
        assert "There is none yet: the improvement lead brings one in" in words
        assert "Bring in a plan from a file" in words


@pytest.mark.parametrize(
    "query", ["", "words=workshop", "status=open&due=overdue", "flag=stale&sort=-when", "as-at=1/6/2017"]
)
def test_the_page_costs_the_same_number_of_queries_at_any_size(reader: Client, plan: Plan, query: str) -> None:
    make_step(make_action(plan), how="Hold a workshop", owners=("Head",), due_on=date(2017, 3, 1))
    large = large_plan("large", 3)
    RoleAssignment.objects.update(scope_kind="", scope_slug="")

    def queries(of: Plan) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert reader.get(f"/plans/{of.slug}/?{query}").status_code == 200
        return len(captured)

    queries(plan)
    assert queries(large) == queries(plan) <= 24
