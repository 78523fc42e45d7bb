"""The paper from the rows: what changed since the last one, what still stands against it, what it costs."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from improvement.kinds import Status
from improvement.models import Action, Commentary, Plan, Step
from improvement.reports.paper import SOURCE, obstacles, tracker_paper
from improvement.selectors.papers import last_paper
from tests.access.cast import person
from tests.improvement.builders import (
    add_update,
    at,
    change,
    decide,
    large_plan,
    make_action,
    make_plan,
    make_step,
    paper_published,
)
from torbay_reports.access.models import User
from torbay_reports.documents import registry
from torbay_reports.documents.blocks import Document, Paragraph, Table, plain
from torbay_reports.documents.subjects import subject_of

pytestmark = pytest.mark.django_db

LAST, MEETING = date(2017, 6, 7), date(2017, 9, 6)
FROZEN = date(2017, 5, 30)


@pytest.fixture
def plan() -> Plan:
    return make_plan("plan", "Improvement plan")


@pytest.fixture
def action(plan: Plan) -> Action:
    return make_action(plan)


@pytest.fixture
def lead() -> User:
    return person("Robin Lead")


def paper(day: date = MEETING) -> Document:
    return tracker_paper(subject_of("plan", day))


def changed(of: Document) -> list[list[str]]:
    """The rows of what changed; none where nothing did."""
    tables = [block for block in of.blocks if isinstance(block, Table) and block.anchor == "changed-rows"]
    return [[cell.text for cell in row.cells] for table in tables for row in table.rows]


def said(of: Document, anchor: str) -> str:
    found = next(block for block in of.blocks if block.anchor == anchor)
    assert isinstance(found, Paragraph)
    return plain(found.content)


def test_it_is_registered_for_home_and_packs() -> None:
    assert registry.source("improvement.tracker") is SOURCE
    assert SOURCE.on_home == "sentence"


def test_it_is_a_landscape_draft_with_the_plans_notice(plan: Plan, action: Action) -> None:
    Plan.objects.filter(pk=plan.pk).update(notice="Invented.")
    make_step(action)
    of = paper()
    assert (of.source, of.subject, of.title) == ("improvement.tracker", "plan/2017-09-06", "Improvement plan")
    assert (of.orientation, of.draft, of.notice) == ("landscape", True, "Invented.")


@pytest.mark.parametrize("subject", ["plan", "plan/6 September", "plan/2017-02-30", "plan/20170906", "", "/"])
def test_a_subject_without_a_day_is_refused_with_an_example(plan: Plan, subject: str) -> None:
    for asked in (tracker_paper, obstacles):
        with pytest.raises(LookupError, match="like childrens-services/2017-09-06"):
            asked(subject)


def test_an_unknown_plan_is_named() -> None:
    with pytest.raises(LookupError, match="There is no plan 'nobody'"):
        tracker_paper("nobody/2017-09-06")


def test_what_was_written_after_the_last_paper_was_frozen_is_told_even_before_its_meeting(
    plan: Plan, action: Action, lead: User
) -> None:
    first, second = make_step(action, how="Train staff", due_on=date(2017, 6, 30)), make_step(action)
    paper_published(plan, LAST, FROZEN, lead)
    add_update(first, "In the last paper.", written_at=at(FROZEN - timedelta(days=1)), recorded_on=FROZEN)
    add_update(first, "Said between paper\nand meeting.", written_at=at(date(2017, 6, 1)), recorded_on=date(2017, 6, 1))
    change(second, "status", "in_progress", "not_started", date(2017, 5, 29))
    change(second, "status", "not_started", "in_progress", date(2017, 6, 8))
    change(second, "status", "in_progress", "done", date(2017, 8, 1))
    change(second, "how", "Do it", "Do it well", date(2017, 8, 1))
    of = paper()
    assert changed(of) == [
        ["1.1/1", "Train staff", "New update: Said between paper and meeting."],
        ["1.1/2", "Do 1.1/2", "Status: from not started to done\nHow: from “Do it” to “Do it well”"],
    ]
    assert said(of, "changed-summary") == (
        "Since the tracker for the meeting of 7 June 2017 1 update was added and 2 other changes were made; "
        "1 open step passed its due date."
    )


def test_what_was_changed_and_changed_back_is_not_told(plan: Plan, action: Action, lead: User) -> None:
    step = make_step(action)
    paper_published(plan, LAST, FROZEN, lead)
    change(step, "when", "Dec 2017", "Mar 2018", date(2017, 7, 1))
    change(step, "when", "Mar 2018", "Dec 2017", date(2017, 7, 2))
    assert changed(paper()) == []


def test_what_counts_from_a_later_day_than_the_meeting_is_not_told(plan: Plan, action: Action, lead: User) -> None:
    step = make_step(action)
    paper_published(plan, LAST, FROZEN, lead)
    change(step, "when", "Dec 2017", "Mar 2018", date(2017, 9, 7), made_on=date(2017, 9, 5))
    add_update(step, "Later.", written_at=at(date(2017, 9, 5)), recorded_on=date(2017, 9, 7))
    assert changed(paper()) == []


def test_an_update_that_was_accepted_since_is_new_and_a_draft_is_not(plan: Plan, action: Action, lead: User) -> None:
    step = make_step(action)
    paper_published(plan, LAST, FROZEN, lead)
    written = {"written_by": lead, "written_at": at(date(2017, 5, 1)), "recorded_on": date(2017, 5, 1)}
    decide(add_update(step, "Accepted in June.", **written), by=lead, on=date(2017, 6, 20))
    add_update(step, "Never decided.", **written)
    assert [row[2] for row in changed(paper())] == ["New update: Accepted in June."]


def test_a_step_that_left_the_plan_is_told_of_by_its_reference(plan: Plan, action: Action, lead: User) -> None:
    step = make_step(action, how="Train staff")
    make_step(action)
    paper_published(plan, LAST, FROZEN, lead)
    Step.objects.filter(pk=step.pk).update(dropped_on=date(2017, 7, 1))
    change(step, "dropped", "Train staff", "Merged.", date(2017, 7, 1))
    assert changed(paper()) == [["1.1/1", "", "Left the plan: Merged."]]


def test_the_last_paper_is_the_newest_version_of_the_latest_earlier_day(plan: Plan, lead: User) -> None:
    other = make_plan("plan-two")
    paper_published(plan, date(2017, 3, 1), date(2017, 2, 20), lead)
    first = paper_published(plan, LAST, FROZEN, lead)
    paper_published(plan, MEETING, date(2017, 8, 30), lead)
    paper_published(other, date(2017, 8, 1), date(2017, 7, 20), lead)
    found = last_paper(plan, MEETING)
    assert found is not None
    assert (found.as_at, found.frozen_at) == (LAST, first.frozen_at)
    type(first)._base_manager.create(
        **{
            field.attname: getattr(first, field.attname)
            for field in first._meta.concrete_fields
            if field.name not in ("id", "version", "frozen_at")
        },
        version=2,
        frozen_at=at(date(2017, 6, 2)),
    )
    newest = last_paper(plan, MEETING)
    assert newest is not None
    assert newest.frozen_at == at(date(2017, 6, 2))
    assert last_paper(plan, date(2017, 3, 1)) is None


def test_the_commentary_is_the_newest_that_is_not_of_a_later_day(plan: Plan, action: Action) -> None:
    for day, text in ((date(2017, 8, 1), "Old."), (date(2017, 9, 1), "New."), (date(2017, 9, 7), "Too late.")):
        Commentary.objects.create(plan=plan, text=text, written_on=day, written_at=at(day))
    assert said(paper(), "lead-1") == "New."


def test_an_undecided_small_count_stands_against_publication_and_says_where(plan: Plan, action: Action) -> None:
    make_step(action, how="Three children were placed.")
    assert obstacles("plan/2017-09-06") == (
        "1 sentence counts one to four children, and the lead has not decided whether it may be published.",
        "The first stands under 1.1/1 in how: “Three children were placed.” Decide on the plan's page of small counts.",
    )
    Step.objects.update(how="Children were placed.")
    assert obstacles("plan/2017-09-06") == ()


def test_a_later_change_alters_the_draft_and_the_day_that_is_asked_for_decides(plan: Plan, action: Action) -> None:
    step = make_step(action, due_on=date(2017, 9, 6))
    assert said(paper(), "overdue-count") == "No step is overdue."
    assert said(paper(date(2017, 9, 7)), "overdue-count").startswith("1 step is overdue")
    Step.objects.filter(pk=step.pk).update(status=Status.STOPPED)
    assert said(paper(date(2017, 9, 7)), "overdue-count") == "No step is overdue."


def test_a_paper_of_ten_times_the_steps_asks_the_database_as_often(lead: User) -> None:
    counted = []
    for slug, copies in (("one", 1), ("ten", 10)):
        plan = large_plan(slug, copies)
        paper_published(plan, LAST, FROZEN, lead)
        add_update(Step.objects.filter(action__plan=plan).first() or Step(), written_at=at(date(2017, 7, 1)))
        with CaptureQueriesContext(connection) as captured:
            of = tracker_paper(f"{slug}/2017-09-06")
        counted.append(len(captured))
        rows = sum(len(each.rows) for each in of.tables() if each.anchor.startswith("theme-"))
        assert rows == copies * 172
    assert counted[0] == counted[1] <= 25
