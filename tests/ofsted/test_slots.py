"""What a step's page and a plan's page say of Ofsted's findings."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from improvement.kinds import Status
from improvement.models import InspectionReference, Step
from ofsted.kinds import Relation
from ofsted.models import StepLink, Visit
from tests.access.people.pages import page, sentences, text_of
from tests.improvement.builders import change, make_action, make_step, person_with_plan
from tests.ofsted.builders import FEW_HOMES, PLANS_LATE, a_finding
from tests.ofsted.readers import CANARY, Letters, browser_of, reads_recorded
from torbay_reports.access.roles import Role

pytestmark = pytest.mark.django_db
STEP = "/plans/plan-of-services-2016/steps/2.3/1/"
PLAN = "/plans/plan-of-services-2016/"
OTHERWISE = "Completed. The finding of 24 August 2017 says otherwise."


@pytest.fixture
def letters() -> Letters:
    return Letters()


@pytest.fixture
def step(letters: Letters) -> Step:
    """A completed step that a finding of either letter contradicts, and that cites two visits."""
    found = make_step(make_action(letters.inspection.plan, "2.3"), how="Write every plan", status=Status.DONE)
    for month in (date(2016, 12, 1), date(2017, 7, 1)):
        InspectionReference.objects.create(action=found.action, step=found, words=f"Ofsted {month:%B %Y}", month=month)
    for letter in (letters.published, letters.held_back):
        StepLink.objects.create(
            finding=a_finding(letter, 1), step=found, relation=Relation.CONTRADICTED, why="They are late."
        )
    return found


@pytest.fixture
def lead(letters: Letters) -> Client:
    return browser_of(letters.lead)


class TestTheStep:
    def test_it_says_what_ofsted_found_and_the_contradiction_stands_out(self, lead: Client, step: Step) -> None:
        tree = page(lead, STEP)
        words = text_of(tree.cssselect("main")[0])
        assert "What Ofsted found" in words
        assert f"“{PLANS_LATE}”" in words
        assert [text_of(each) for each in tree.cssselect("strong.flag") if "finding" in text_of(each)] == [OTHERWISE]
        (link,) = [each for each in tree.cssselect("main a") if "Letter of 24 August 2017" in text_of(each)]
        assert link.get("href").startswith("/ofsted/services-2016/visits/2017-07/#paragraph-")

    def test_it_says_which_cited_visit_has_no_letter_at_hand(self, lead: Client, step: Step) -> None:
        words = sentences(lead, STEP)
        assert "This step cites the visit of December 2016; its letter is not at hand." in words
        assert "cites the visit of 25" not in words

    def test_a_step_of_which_nothing_was_found_says_nothing(self, lead: Client, letters: Letters) -> None:
        make_step(make_action(letters.inspection.plan, "2.3"))
        assert "Ofsted" not in sentences(lead, STEP)

    def test_the_status_is_that_of_the_day_that_is_shown(self, lead: Client, step: Step) -> None:
        change(step, "status", "in_progress", "done", on=date(2017, 9, 5))
        assert OTHERWISE not in sentences(lead, f"{STEP}?as-at=4/9/2017")
        assert OTHERWISE in sentences(lead, STEP)
        assert "What Ofsted found" in sentences(lead, f"{STEP}?as-at=1/8/2017")
        assert PLANS_LATE not in sentences(lead, f"{STEP}?as-at=1/8/2017")

    def test_a_letter_held_back_is_shown_to_who_may_read_it_marked_and_recorded(
        self, lead: Client, step: Step, letters: Letters
    ) -> None:
        words = sentences(lead, f"{STEP}?as-at=1/12/2017")
        assert CANARY in words
        assert "NOT FOR PUBLICATION" in words
        assert [each.person for each in reads_recorded()] == [letters.lead]

    def test_nobody_else_sees_that_there_is_one(self, step: Step, letters: Letters) -> None:
        owner = browser_of(person_with_plan(Role.ACTION_OWNER, letters.inspection.plan, "Olive Owner"))
        words = owner.get(f"{STEP}?as-at=1/12/2017").content.decode()
        assert PLANS_LATE in words
        assert CANARY not in words
        assert "November 2017" not in words
        assert "NOT FOR PUBLICATION" not in words
        assert not reads_recorded()

    def test_a_public_visit_whose_letter_is_held_back_has_none_at_hand_for_who_may_not_read_it(
        self, step: Step, letters: Letters, lead: Client
    ) -> None:
        InspectionReference.objects.create(
            action=step.action, step=step, words="Ofsted November 2017", month=date(2017, 11, 1)
        )
        sentence = "This step cites the visit of 7 and 8 November 2017; its letter is not at hand."
        owner = browser_of(person_with_plan(Role.ACTION_OWNER, letters.inspection.plan, "Olive Owner"))
        assert sentence not in sentences(owner, f"{STEP}?as-at=1/12/2017")
        Visit.objects.filter(letter=letters.held_back).update(is_public=True)
        assert sentence in sentences(owner, f"{STEP}?as-at=1/12/2017")
        assert sentence not in sentences(lead, f"{STEP}?as-at=1/12/2017")

    def test_who_signed_in_long_ago_is_told_that_it_is_left_out(self, step: Step, letters: Letters) -> None:
        late = browser_of(letters.lead, ago=timedelta(hours=5))
        words = sentences(late, f"{STEP}?as-at=1/12/2017")
        assert "What the letters held back say of it is left out" in words
        assert CANARY not in words
        assert not reads_recorded()

    def test_it_costs_a_query_and_one_for_cited_visits_however_many_findings_there_are(
        self, lead: Client, step: Step, letters: Letters
    ) -> None:
        StepLink.objects.filter(finding=a_finding(letters.held_back, 1)).delete()
        bare = make_step(step.action)

        def queries(of: Step) -> int:
            with CaptureQueriesContext(connection) as captured:
                assert lead.get(f"{PLAN}steps/2.3/{of.number}/").status_code == 200
            return len([each for each in captured if "ofsted_" in each["sql"]])

        queries(bare)
        assert (queries(step), queries(bare)) == (2, 1)
        for number in (2, 3):
            StepLink.objects.create(finding=a_finding(letters.published, number), step=step)
        assert queries(step) == 2
        assert FEW_HOMES in sentences(lead, STEP)


class TestThePlan:
    def test_one_sentence_leads_to_the_findings_against_steps(self, lead: Client, letters: Letters) -> None:
        tree = page(lead, PLAN)
        (link,) = [each for each in tree.cssselect("main a") if text_of(each).startswith("findings against steps")]
        assert link.get("href") == "/ofsted/services-2016/answers/"
        assert "Ofsted has published 3 findings: findings against steps" in text_of(tree.cssselect("main")[0])

    def test_a_plan_without_an_inspection_says_nothing(self, letters: Letters, lead: Client) -> None:
        letters.inspection.delete()
        assert "Ofsted" not in sentences(lead, PLAN)
