"""What the fixtures say of findings against steps, equal to a set written by hand from `domain.md`; and its cost."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from improvement.kinds import Status
from improvement.models import Step
from ofsted.calculations.answering import (
    FindingPosition,
    Rank,
    by_rank,
    contradicted_steps,
    worst_first,
)
from ofsted.calculations.citing import CitedVisit, without_finding
from ofsted.kinds import Polarity, Relation
from ofsted.models import Finding, FindingTheme, Inspection, Letter, StepLink
from ofsted.selectors.answering import citations, finding_positions, published_letters, visit_positions
from tests.improvement.builders import change, make_action, make_step
from tests.ofsted.builders import a_letter, a_visit, again, an_inspection
from tests.ofsted.demonstration import MEETING, Loaded

pytestmark = pytest.mark.django_db

# Written by hand from domain.md, "Ofsted".
CONTRADICTED = {"13.2/1", "13.3/1", "14.1/1"}
CONFIRMED_ACTION = "12.1"
UNANSWERED = {
    "Visits to care leavers",
    "Housing",
    "Apprenticeships and employment",
    "Performance information and NEET",
}


@pytest.fixture
def loaded() -> Loaded:
    return Loaded()


def positions(of: Loaded, as_at: date = MEETING) -> list[FindingPosition]:
    return finding_positions(of.inspection, as_at, of.letters())


def contradicted(of: Loaded, as_at: date = MEETING) -> set[str]:
    return {each.step.reference for each in contradicted_steps(positions(of, as_at))}


def unanswered(of: Loaded) -> set[str]:
    return {each.theme for each in positions(of) if each.rank is Rank.UNANSWERED}


def cited(of: Loaded) -> tuple[CitedVisit, ...]:
    visits = visit_positions(of.inspection, of.letters())
    return without_finding(citations(of.inspection, MEETING), visits, positions(of))


class TestTheFixtures:
    def test_these_completed_steps_are_contradicted_and_no_others(self, loaded: Loaded) -> None:
        assert contradicted(loaded) == CONTRADICTED

    def test_no_step_answers_these_findings_and_no_others(self, loaded: Loaded) -> None:
        assert unanswered(loaded) == UNANSWERED
        assert sum(each.rank is Rank.UNANSWERED for each in positions(loaded)) == len(UNANSWERED)

    def test_entitlements_are_praised(self, loaded: Loaded) -> None:
        confirmed = {
            link.step.action_reference
            for each in positions(loaded)
            for link in each.links
            if each.polarity is Polarity.STRENGTH and link.relation is Relation.CONFIRMED
        }
        assert confirmed == {CONFIRMED_ACTION}

    def test_the_opening_judgement_three_of_the_overview_and_eleven_more_are_findings(self, loaded: Loaded) -> None:
        sections = [each.section for each in positions(loaded)]
        assert [sections.count(each) for each in dict.fromkeys(sections)] == [1, 3, 11]

    def test_the_worst_stand_first(self, loaded: Loaded) -> None:
        ranks = [each.rank for each in worst_first(positions(loaded))]
        assert ranks[:3] == [Rank.CONTRADICTED] * 3
        assert ranks[3:7] == [Rank.UNANSWERED] * 4
        assert ranks == sorted(ranks)
        assert ranks[-1] is Rank.STRENGTH

    def test_the_ceiling_of_those_without_education_work_or_training_is_missed(self, loaded: Loaded) -> None:
        (finding,) = [each for each in positions(loaded) if each.theme == "Performance information and NEET"]
        (measure,) = finding.measures
        assert (str(measure.value), str(measure.target), measure.is_met) == ("52.00", "40.00", False)

    def test_thirteen_references_are_to_the_visit_of_december_2016_which_has_no_letter(self, loaded: Loaded) -> None:
        (group,) = cited(loaded)
        assert group.visit is not None
        assert (group.visit.printed, group.visit.letter) == ("December 2016", None)
        assert len(group.citations) == 13


class TestWhatIsKeptChangesIt:
    def test_taking_a_link_away(self, loaded: Loaded) -> None:
        for each in loaded.links("13.2/1"):
            each.delete()
        assert contradicted(loaded) == CONTRADICTED - {"13.2/1"}
        assert unanswered(loaded) == UNANSWERED | {"Audits"}

    def test_adding_a_link_to_housing(self, loaded: Loaded) -> None:
        StepLink.objects.create(finding=loaded.finding("Housing"), step=loaded.step("14.2/3"))
        assert unanswered(loaded) == UNANSWERED - {"Housing"}

    def test_setting_a_step_back_to_open(self, loaded: Loaded) -> None:
        Step.objects.filter(pk=loaded.step("13.3/1").pk).update(status=Status.IN_PROGRESS)
        assert contradicted(loaded) == CONTRADICTED - {"13.3/1"}
        assert unanswered(loaded) == UNANSWERED

    def test_completing_a_step_after_the_visit_and_a_visit_that_is_later_still(self, loaded: Loaded) -> None:
        step = loaded.step("13.3/1")
        Step.objects.filter(pk=step.pk).update(completed_on=date(2017, 7, 26))
        assert contradicted(loaded) == CONTRADICTED
        Step.objects.filter(pk=step.pk).update(completed_on=date(2017, 7, 27))
        assert contradicted(loaded) == CONTRADICTED - {"13.3/1"}
        fourth = a_letter(
            loaded.inspection,
            published=True,
            visit_number=4,
            dated=date(2017, 9, 1),
            first=date(2017, 8, 28),
            last=date(2017, 8, 29),
            printed="28 and 29 August 2017",
        )
        finding = Finding.objects.filter(paragraph__letter=fourth)[0]
        Finding.objects.filter(pk=finding.pk).update(polarity=Polarity.WEAKNESS)
        StepLink.objects.create(finding=finding, step=step, relation=Relation.CONTRADICTED)
        assert contradicted(loaded) == CONTRADICTED

    def test_a_step_that_leaves_the_plan_answers_nothing_from_that_day_on(self, loaded: Loaded) -> None:
        gone = MEETING - timedelta(days=1)
        Step.objects.filter(pk=loaded.step("13.2/1").pk).update(dropped_on=gone)
        assert contradicted(loaded) == CONTRADICTED - {"13.2/1"}
        assert unanswered(loaded) == UNANSWERED | {"Audits"}
        assert contradicted(loaded, gone - timedelta(days=1)) == CONTRADICTED
        (audits,) = [each for each in positions(loaded) if each.theme == "Audits"]
        assert [each.left_on for each in audits.links] == [gone]

    def test_a_link_from_the_letter_of_that_month_stands_behind_a_reference(self, loaded: Loaded) -> None:
        a_letter(
            loaded.inspection,
            published=True,
            visit_number=1,
            dated=date(2017, 1, 20),
            first=date(2016, 12, 6),
            last=date(2016, 12, 7),
            printed="6 and 7 December 2016",
        )
        assert sum(len(each.citations) for each in cited(loaded)) == 13
        finding = Finding.objects.filter(paragraph__letter__visit__month=date(2016, 12, 1))[0]
        StepLink.objects.create(finding=finding, step=loaded.step("1.4/2"))
        StepLink.objects.create(finding=finding, step=loaded.step("9.2/4"))
        StepLink.objects.create(finding=finding, step=loaded.step("9.3/1"))
        (group,) = cited(loaded)
        assert group.visit is not None
        assert group.visit.letter is not None
        left = {(each.action_reference, each.steps[0][0] if each.step else "") for each in group.citations}
        assert len(group.citations) == 11
        assert not left & {("1.4", ""), ("9.2", "9.2/4")}
        assert ("9.3", "9.3/3") in left


class TestAsAtADay:
    def test_a_letter_that_is_dated_later_does_not_count(self, loaded: Loaded) -> None:
        assert not positions(loaded, date(2017, 8, 23))
        assert not published_letters(loaded.inspection, date(2017, 8, 23))
        assert len(positions(loaded, date(2017, 8, 24))) == 15

    def test_the_status_is_that_of_the_day(self, loaded: Loaded) -> None:
        step = loaded.step("13.2/1")
        change(step, "status", "in_progress", "done", on=date(2017, 9, 5))
        assert contradicted(loaded, date(2017, 9, 4)) == CONTRADICTED - {"13.2/1"}
        assert contradicted(loaded) == CONTRADICTED

    def test_a_step_that_came_later_answers_nothing_yet(self, loaded: Loaded) -> None:
        step = make_step(make_action(loaded.plan, "99.1"), begun_on=MEETING)
        StepLink.objects.create(finding=loaded.finding("Housing"), step=step)
        before = finding_positions(loaded.inspection, MEETING - timedelta(days=1), loaded.letters())
        assert [each.links for each in before if each.theme == "Housing"] == [()]
        assert unanswered(loaded) == UNANSWERED - {"Housing"}


def test_a_letter_held_back_is_not_among_the_published_ones(loaded: Loaded) -> None:
    Letter.objects.update(published_on=None, published_at_address="")
    assert published_letters(loaded.inspection, MEETING) == []


def test_letters_of_another_inspection_have_no_findings_here() -> None:
    mine, other = an_inspection("mine"), a_letter(an_inspection("other"), published=True)
    assert finding_positions(mine, MEETING, [other]) == []


def test_a_visit_of_which_nobody_knows_publicly_is_shown_with_its_letter_only() -> None:
    inspection = an_inspection()
    a_visit(inspection, is_public=True)
    letter = again(a_letter(inspection))
    assert [each.printed for each in visit_positions(inspection, [])] == ["December 2016"]
    assert len(visit_positions(inspection, [letter])) == 2


def many(inspection: Inspection, number: int) -> Letter:
    """A letter with so many findings, each with a theme and three steps."""
    letter = again(a_letter(inspection, published=True, findings=tuple(f"Finding {n} is poor." for n in range(number))))
    action = make_action(inspection.plan, "1.1", what="Act (Ofsted December 2016)")
    steps = [make_step(action, owners=(f"Owner {n}",), status=Status.DONE) for n in range(3 * number)]
    theme = FindingTheme.objects.create(inspection=inspection, slug="theme", name="Theme")
    for place, finding in enumerate(Finding.objects.filter(paragraph__letter=letter)):
        Finding.objects.filter(pk=finding.pk).update(theme=theme, polarity=Polarity.WEAKNESS)
        for step in steps[3 * place : 3 * place + 3]:
            StepLink.objects.create(finding=finding, step=step, relation=Relation.CONTRADICTED)
    return letter


def test_it_costs_the_same_number_of_queries_however_many_findings_and_steps_there_are() -> None:
    few, lots = an_inspection("few"), an_inspection("lots")
    of = {few: many(few, 1), lots: many(lots, 12)}

    def queries(inspection: Inspection) -> int:
        with CaptureQueriesContext(connection) as captured:
            found = finding_positions(inspection, MEETING, [of[inspection]])
            citations(inspection, MEETING)
        assert all(each.rank is Rank.CONTRADICTED for each in found)
        return len(captured)

    assert queries(lots) == queries(few) <= 12
    assert len(by_rank(finding_positions(lots, MEETING, [of[lots]]))[Rank.CONTRADICTED]) == 12
