"""A step's page: the words as printed beside what they are read as, and how it came about."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from improvement.kinds import Status
from improvement.models import Deadline, InspectionReference, Plan, Step
from improvement.services.updates import decide_update
from tests.access.cast import sign_in
from tests.access.people.pages import page, sentences, text_of
from tests.improvement.builders import (
    add_measure,
    add_reading,
    add_update,
    brought_in,
    change,
    make_action,
    make_plan,
    make_step,
    person_with_plan,
)
from tests.improvement.keeping import Kept, browser_of
from torbay_reports.access.roles import Role

pytestmark = pytest.mark.django_db
ADDRESS = "/plans/plan/steps/2.3/1/"


@pytest.fixture
def plan() -> Plan:
    return make_plan()


@pytest.fixture
def reader(client: Client, plan: Plan) -> Client:
    """The browser of somebody who reads the plan and keeps nothing of it."""
    sign_in(client, person_with_plan(Role.MONITORING_OFFICER, plan))
    return client


@pytest.fixture
def step(plan: Plan) -> Step:
    return make_step(
        make_action(plan, "2.3", what="Visit children"),
        how="Plan every visit",
        who="Head / Lead",
        owners=("Head", "Lead"),
        when="Phase 2 Mar 2017",
        due_on=date(2017, 3, 31),
        success="90% in time",
        status=Status.DONE,
        status_printed="COMPLETED",
    )


def test_what_is_printed_stands_beside_what_it_is_read_as(reader: Client, step: Step) -> None:
    words = sentences(reader, ADDRESS)
    assert "Step 2.3/1 Plan every visit" in words
    assert "Theme 1: Theme 1 Priority 1: Be better Action 2.3: Visit children" in words
    assert "Who Head, Lead Printed: “Head / Lead”" in words
    assert "By when 31 March 2017 Printed: “Phase 2 Mar 2017”" in words
    assert f"Status Done. {Status.DONE.definition}" in words
    assert "Printed: “COMPLETED”" in words
    assert "Printed: “90% in time”" in words


def test_a_blank_owner_says_whose_it_is(reader: Client, plan: Plan) -> None:
    action = make_action(plan, "2.3")
    make_step(action, owners=("Head",), who="")
    make_step(action)
    assert "Who Head Nothing is printed here; the owners are those of the step above." in sentences(reader, ADDRESS)
    assert "Who Nobody is named By when No date" in sentences(reader, "/plans/plan/steps/2.3/2/")


def test_a_done_step_says_since_when_and_by_what_that_is_known(reader: Client, step: Step) -> None:
    assert "Since 5 September 2017: the paper's date, because nothing is dated." in sentences(reader, ADDRESS)
    add_update(step, dated_on=date(2017, 3, 1))
    assert "Since 1 March 2017: the day of the earliest dated evidence." in sentences(reader, ADDRESS)
    Step.objects.filter(pk=step.pk).update(completed_on=date(2017, 2, 1))
    assert "Since 1 February 2017: as recorded." in sentences(reader, ADDRESS)


def test_measures_say_what_is_known_with_every_reading(reader: Client, step: Step) -> None:
    measure = add_measure(step, "In time", target="90")
    add_reading(measure, "75", dated_on=None)
    add_reading(measure, "81", dated_on=date(2017, 3, 31))
    words = sentences(reader, ADDRESS)
    assert "Whether it worked Below target" in words
    assert "In time 81% against at least 90%: below target Readings: 75% (undated); 81% (31 March 2017)" in words
    assert "completed below target The step is done and the latest reading of a measure misses its target." in words


def test_updates_stand_newest_first_with_the_date_as_printed(reader: Client, step: Step) -> None:
    add_update(step, "First.", dated_on=date(2016, 12, 9), stamp="(9.12.16)")
    add_update(step, "Second.", dated_on=None)
    assert "Updates Second. (undated) First. (9.12.16)" in sentences(reader, ADDRESS)


def test_the_evidence_of_an_update_stands_with_it(reader: Client, step: Step) -> None:
    add_update(step, "All seen.", dated_on=None, evidence="Audit of May")
    assert "Updates All seen. (undated) Evidence: Audit of May" in sentences(reader, ADDRESS)


def test_a_step_without_updates_or_changes_says_so(reader: Client, step: Step) -> None:
    words = sentences(reader, ADDRESS)
    assert "Nobody has said yet what came of this step." in words
    assert "Nothing of this step has been changed since it came into the plan." in words


def test_a_moved_deadline_keeps_the_earlier_ones_with_the_reason(reader: Client, step: Step) -> None:
    for when, due_on, set_on, reason in (
        ("Dec 2016", date(2016, 12, 31), date(2016, 6, 1), ""),
        ("Phase 2 Mar 2017", date(2017, 3, 31), date(2017, 1, 10), "Staff were ill."),
    ):
        Deadline.objects.create(step=step, when=when, due_on=due_on, set_on=set_on, reason=reason)
    expected = "Until 10 January 2017: “Dec 2016”, 31 December 2016. Moved because: Staff were ill."
    assert expected in sentences(reader, ADDRESS)


def test_changes_say_who_when_and_from_what_to_what(reader: Client, plan: Plan, step: Step) -> None:
    lead = person_with_plan(Role.IMPROVEMENT_LEAD, plan, "Lee Lead")
    change(step, "due_on", "2016-12-31", "2017-03-31", on=date(2017, 1, 10))
    change(step, "status", "in_progress", "done", on=date(2017, 4, 1), by=lead)
    history = [text_of(each) for each in page(reader, ADDRESS).cssselect("main h2:last-of-type + ul li")]
    assert history == [
        "1 April 2017, Lee Lead: status: from in progress to done",
        "10 January 2017, with a file: due date: from 31 December 2016 to 31 March 2017",
    ]


def test_it_can_be_read_as_at_another_day(reader: Client, step: Step) -> None:
    change(step, "status", "in_progress", "done", on=date(2017, 4, 1))
    words = sentences(reader, f"{ADDRESS}?as-at=2017-03-31")
    assert "As at Friday 31 March 2017. Show the step as it stands." in words
    assert "Status In progress." in words


def test_the_inspections_that_its_words_or_its_actions_name_are_listed_once(reader: Client, step: Step) -> None:
    for of in (None, step):
        InspectionReference.objects.create(
            action=step.action, step=of, words="Ofsted December 2016", month=date(2016, 12, 1)
        )
    other = make_step(step.action)
    InspectionReference.objects.create(action=step.action, step=other, words="Ofsted May 2017", month=date(2017, 5, 1))
    assert [text_of(each) for each in page(reader, ADDRESS).cssselect("dd")][-1] == "Ofsted December 2016"


def test_a_day_before_the_plan_is_known_shows_the_step_as_it_stands(reader: Client, plan: Plan, step: Step) -> None:
    brought_in(plan, date(2017, 9, 4))
    assert "As at Tuesday 5 September 2017." in sentences(reader, f"{ADDRESS}?as-at=3/9/2017")
    assert "As at Monday 4 September 2017." in sentences(reader, f"{ADDRESS}?as-at=4/9/2017")


def test_a_step_that_left_the_plan_says_so_and_offers_nothing(plan: Plan, step: Step) -> None:
    Step.objects.filter(pk=step.pk).update(dropped_on=date(2017, 6, 1))
    lead = browser_of(person_with_plan(Role.IMPROVEMENT_LEAD, plan))
    assert "This step left the plan on 1 June 2017. Its history stays." in sentences(lead, ADDRESS)
    assert not page(lead, ADDRESS).cssselect("main .govuk-button, main .actions")


@pytest.mark.parametrize(
    "address", ["/plans/plan/steps/2.3/2/", "/plans/plan/steps/2.4/1/", "/plans/other/steps/2.3/1/"]
)
def test_what_is_not_there_is_not_found(reader: Client, step: Step, address: str) -> None:
    make_plan("other")
    assert reader.get(address).status_code == 404


def test_a_reference_with_a_slash_has_its_page_too(reader: Client, plan: Plan) -> None:
    make_step(make_action(plan, "2/3"), how="Slashed")
    assert "Slashed" in sentences(reader, "/plans/plan/steps/2/3/1/")
    assert "Slashed" in sentences(reader, "/plans/plan/")


class TestWaiting:
    """A draft is shown to the lead and its writer, and to nobody else."""

    @pytest.fixture
    def kept(self) -> Kept:
        kept = Kept()
        kept.write(kept.owner, "Every visit is planned.")
        return kept

    def test_the_lead_may_decide_from_here(self, kept: Kept) -> None:
        tree = page(browser_of(kept.lead), ADDRESS)
        assert "Waiting for the lead's decision Every visit is planned. Olive Owner plan" in text_of(tree)
        assert [text_of(each) for each in tree.cssselect("a[href*='/updates/']")] == ["Decide"]

    def test_its_writer_reads_it(self, kept: Kept) -> None:
        words = sentences(browser_of(kept.owner), ADDRESS)
        assert "Every visit is planned." in words
        assert "Decide" not in words

    def test_nobody_else_does(self, kept: Kept) -> None:
        other = browser_of(kept.second_owner())
        assert "Every visit is planned." not in sentences(other, ADDRESS)

    def test_who_answers_for_the_step_is_offered_an_update_and_who_keeps_it_all_else(self, kept: Kept) -> None:
        def offered(client: Client) -> list[str]:
            return [text_of(each) for each in page(client, ADDRESS).cssselect("main .govuk-button, main .actions a")]

        assert offered(browser_of(kept.owner)) == ["Write an update"]
        assert offered(browser_of(kept.lead))[:2] == ["Write an update", "Change this step"]
        stranger = person_with_plan(Role.ACTION_OWNER, kept.plan, "Una Other")
        assert offered(browser_of(stranger)) == []


class TestReturned:
    """What the lead returned is shown to the lead and its writer until the writer has written another."""

    SENTENCE = "Returned on 5 September 2017: Which visits?"

    @pytest.fixture
    def kept(self) -> Kept:
        kept = Kept()
        decide_update(update=kept.write(kept.owner), is_accepted=False, by=kept.lead, reason="Which visits?")
        return kept

    def test_the_lead_and_its_writer_read_it_with_the_reason(self, kept: Kept) -> None:
        for person in (kept.lead, kept.owner):
            words = sentences(browser_of(person), ADDRESS)
            assert "Every visit is planned. Olive Owner plan, 5 September 2017" in words
            assert self.SENTENCE in words
        assert self.SENTENCE not in sentences(browser_of(kept.second_owner()), ADDRESS)

    def test_it_goes_once_its_writer_has_written_another(self, kept: Kept) -> None:
        kept.write(kept.second_owner())
        assert self.SENTENCE in sentences(browser_of(kept.owner), ADDRESS)
        kept.write(kept.owner, text="Those of March.")
        assert self.SENTENCE not in sentences(browser_of(kept.owner), ADDRESS)


def test_the_page_costs_the_same_number_of_queries_whatever_hangs_on_the_step(reader: Client, step: Step) -> None:
    bare = make_step(step.action)
    for number in range(5):
        add_update(step, dated_on=date(2017, 3, 1))
        add_reading(add_measure(step, f"measure {number}", target="90"), "81")
        change(step, "how", "a", "b", on=date(2017, 3, number + 1))

    def queries(of: Step) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert reader.get(f"/plans/plan/steps/2.3/{of.number}/").status_code == 200
        return len(captured)

    queries(bare)
    assert queries(step) == queries(bare) <= 18
