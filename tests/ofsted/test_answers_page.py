"""The page of findings against steps: what it says first, each finding with its steps, the filter, and who reads it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from improvement.kinds import Status
from improvement.models import Step
from ofsted.kinds import Polarity, Relation
from ofsted.models import Finding, Inspection, NamedReader, StepLink
from tests.access.cast import person, person_with
from tests.access.people.pages import page, sentences, text_of
from tests.improvement.builders import at, make_action, make_plan, make_step, person_with_plan
from tests.ofsted.builders import a_finding, a_letter, an_inspection
from tests.ofsted.demonstration import Loaded
from tests.ofsted.readers import CANARY, Letters, browser_of, reads_recorded
from torbay_reports.access.roles import Role

pytestmark = pytest.mark.django_db
ADDRESS = "/ofsted/services-2016/answers/"
LATER = {"as-at": "1/12/2017"}


@pytest.fixture
def letters() -> Letters:
    """A published letter and one that is held back, both with a step that is done and contradicted."""
    kept = Letters()
    action = make_action(kept.inspection.plan, "2.3", what="Find homes (Ofsted December 2016)")
    step = make_step(action, owners=("Head of Homes",), how="Buy houses", status=Status.DONE)
    for letter in (kept.published, kept.held_back):
        StepLink.objects.create(
            finding=a_finding(letter, 1), step=step, relation=Relation.CONTRADICTED, why=f"Why of {letter.pk}."
        )
    return kept


@pytest.fixture
def lead(letters: Letters) -> Client:
    return browser_of(letters.lead)


def cards(tree: Any) -> list[str]:
    return [text_of(each) for each in tree.cssselect("ol.cards > .card")]


class TestTheDemonstration:
    @pytest.fixture
    def tree(self) -> Any:
        loaded = Loaded()
        return page(browser_of(loaded.lead), f"/ofsted/{loaded.inspection.slug}/answers/")

    def test_it_says_first_what_is_contradicted_and_what_no_step_answers(self, tree: Any) -> None:
        lines = [text_of(each) for each in tree.cssselect(".news")[0].cssselect("li")]
        assert lines[:2] == [
            "3 completed steps are contradicted by a later finding.",
            "No step answers 4 weaknesses.",
        ]
        assert lines[-1] == "The plan cites visits without a finding in 13 places."

    def test_under_a_finding_stand_its_steps_with_owners_status_and_what_the_finding_says(self, tree: Any) -> None:
        (audits,) = [each for each in cards(tree) if "four of six audits were over-optimistic" in each.casefold()]
        assert "Findings and evaluation of progress, paragraph 9" in audits
        assert "Theme: Audits" in audits
        assert "Completed. The finding of 24 August 2017 says otherwise." in audits
        assert "Step 13.2/1: Set up a QA framework" in audits
        assert "YOT Manager. Status: done." in audits

    def test_what_no_step_answers_says_so_and_its_figure_is_a_sentence(self, tree: Any) -> None:
        (neet,) = [each for each in cards(tree) if "Performance information and NEET" in each]
        assert "No step answers this finding." in neet
        assert "52% of care leavers; at most 40% was the target: missed." in neet
        assert sum("No step answers this finding." in each for each in cards(tree)) == 4

    def test_the_headings_number_their_findings(self, tree: Any) -> None:
        headings = [text_of(each) for each in tree.cssselect("h3")]
        assert headings[:2] == [
            "Weaknesses that contradict a completed step (3)",
            "Weaknesses that no step answers (4)",
        ]
        assert headings[-1] == "Strengths (2)"
        assert len(cards(tree)) == 15

    def test_contradicted_steps_and_cited_visits_have_lists_of_their_own(self, tree: Any) -> None:
        words = text_of(tree.cssselect("main")[0])
        listed = [text_of(each.cssselect("a")[0]) for each in tree.cssselect("ul.cards > .card")]
        assert sorted(listed) == ["Step 13.2/1", "Step 13.3/1", "Step 14.1/1"]
        assert "Visit of December 2016: its letter is not at hand. 13 places of the plan cite it." in words

    def test_every_finding_leads_to_its_paragraph_and_every_theme_to_its_page(self, tree: Any) -> None:
        addresses = [each.get("href") for each in tree.cssselect("main a")]
        assert any(each.startswith("/ofsted/childrens-services-2016/visits/2017-07/#paragraph-") for each in addresses)
        assert "/ofsted/childrens-services-2016/themes/housing/" in addresses
        assert "/plans/childrens-services/steps/13.2/1/" in addresses


class TestTheFilter:
    @pytest.mark.parametrize(
        ("query", "number"),
        [
            ({"words": "private landlords"}, 1),
            ({"words": "buy houses"}, 1),
            ({"theme": "entitlements"}, 1),
            ({"polarity": "strength"}, 1),
            ({"polarity": "not-marked"}, 1),
            ({"visit": "2017-07"}, 3),
            ({"shown": "contradicted"}, 1),
            ({"order": "letter"}, 3),
            ({"order": "theme"}, 3),
            ({"theme": "homes", "words": "nothing like it"}, 0),
        ],
    )
    def test_it_finds(self, lead: Client, query: dict[str, str], number: int) -> None:
        tree = page(lead, ADDRESS, **query)
        assert len(cards(tree)) == number
        if not number:
            assert "No finding is like that. Show all of them." in text_of(tree.cssselect("main")[0])

    @pytest.mark.parametrize(
        ("query", "sentence"),
        [
            ({"theme": "\x00"}, "Null characters are not allowed."),
            ({"theme": "songs"}, "There is no such theme. Choose one from the list."),
            ({"polarity": "bad"}, "A finding is not marked like that. Choose one from the list."),
            ({"visit": "2017-11"}, "There is no such letter. Choose one from the list."),
            ({"shown": "all"}, "There is no such list. Choose one from the list."),
            ({"order": "random"}, "There is no such order. Choose one from the list."),
            ({"words": "x" * 201}, "That is too much to look for. Type at most 200 characters."),
            ({"as-at": "soon"}, "“As at” is no day that can be read. Type one like 5/9/2017 or 5 September 2017."),
        ],
    )
    def test_what_cannot_be_asked_is_said_and_shows_no_findings(
        self, lead: Client, query: dict[str, str], sentence: str
    ) -> None:
        tree = page(lead, ADDRESS, **query)
        assert [text_of(each) for each in tree.cssselect(".govuk-error-summary li")] == [sentence]
        assert not cards(tree)

    def test_it_does_not_offer_what_only_a_letter_held_back_speaks_of(self, letters: Letters) -> None:
        owner = person_with_plan(Role.ACTION_OWNER, letters.inspection.plan, "Olive Owner")
        tree = page(browser_of(owner), ADDRESS, **LATER)
        assert [text_of(each) for each in tree.cssselect("#id_theme option")] == [
            "Every theme",
            "Entitlements",
            "Homes",
        ]
        assert len(tree.cssselect("#id_visit option")) == 2


class TestHeldBack:
    def test_who_may_not_read_the_letter_sees_nothing_of_it(self, letters: Letters) -> None:
        owner = person_with_plan(Role.ACTION_OWNER, letters.inspection.plan, "Olive Owner")
        response = browser_of(owner).get(ADDRESS, LATER)
        assert response.status_code == 200
        words = response.content.decode()
        assert CANARY not in words
        assert "NOT FOR PUBLICATION" not in words
        assert "November" not in words
        assert not reads_recorded()

    def test_who_may_sees_it_marked_and_the_read_is_recorded_before(self, letters: Letters, lead: Client) -> None:
        response = lead.get(ADDRESS, LATER)
        words = response.content.decode()
        assert "no-store" in response["Cache-Control"]
        assert CANARY in words
        assert "NOT FOR PUBLICATION: confidential information" in words
        (read,) = reads_recorded()
        assert (read.person, read.about) == (letters.lead, "Held-back letter of the visit of November 2017")
        assert CANARY not in f"{read.about}{read.key}{read.reason}"

    def test_a_named_reader_sees_it_where_they_may_read_the_plan(self, letters: Letters) -> None:
        owner = person_with_plan(Role.ACTION_OWNER, letters.inspection.plan, "Olive Owner")
        NamedReader.objects.create(
            letter=letters.held_back,
            person=owner,
            reason="They answer.",
            named_at=at(date(2017, 9, 5)),
            named_by=letters.lead,
        )
        assert CANARY in browser_of(owner).get(ADDRESS, LATER).content.decode()
        assert len(reads_recorded()) == 1

    def test_who_signed_in_long_ago_proves_it_anew_first(self, letters: Letters) -> None:
        response = browser_of(letters.lead, ago=timedelta(hours=5)).get(ADDRESS, LATER)
        assert response.status_code == 302
        assert not reads_recorded()

    def test_a_letter_dated_after_the_day_is_not_read(self, letters: Letters, lead: Client) -> None:
        assert CANARY not in lead.get(ADDRESS).content.decode()
        assert not reads_recorded()


class TestWhoReadsIt:
    @pytest.mark.parametrize("role", [Role.IMPROVEMENT_LEAD, Role.ACTION_OWNER, Role.MONITORING_OFFICER])
    def test_who_may_read_the_plan_does(self, letters: Letters, role: Role) -> None:
        reader = person_with_plan(role, letters.inspection.plan, "Rae Reader")
        for address in (ADDRESS, f"{ADDRESS}file/?as=csv", f"{ADDRESS}paper/"):
            assert browser_of(reader).get(address).status_code == 200, address

    def test_everybody_else_does_not(self, letters: Letters, client: Client) -> None:
        nobody = browser_of(person("No Role"))
        for address in (ADDRESS, f"{ADDRESS}file/?as=csv", f"{ADDRESS}paper/"):
            assert client.get(address).status_code == 302
            assert nobody.get(address).status_code == 404

    def test_a_lead_of_another_plan_and_a_clerk_do_not(self, letters: Letters) -> None:
        other = person_with_plan(Role.IMPROVEMENT_LEAD, make_plan("other"), "Otto Other")
        assert browser_of(other).get(ADDRESS).status_code == 404
        assert browser_of(person_with(Role.CLERK)).get(ADDRESS).status_code == 404

    def test_an_inspection_that_is_not_there_is_not_found(self, lead: Client) -> None:
        for part in ("", "file/", "paper/"):
            assert lead.get(f"/ofsted/nothing/answers/{part}").status_code == 404


def test_an_empty_list_says_what_will_stand_there() -> None:
    inspection = an_inspection()
    reader = browser_of(person_with_plan(Role.IMPROVEMENT_LEAD, inspection.plan, "Lee Lead"))
    assert "No letter of Ofsted with findings is here yet as at this day." in sentences(reader, ADDRESS)


def test_the_draft_of_the_paper_is_shown_as_at_a_day(letters: Letters, lead: Client) -> None:
    words = sentences(lead, f"{ADDRESS}paper/?as-at=1/12/2017")
    assert "As at Friday 1 December 2017, from published letters only." in words
    assert CANARY not in words
    assert "1 completed step is contradicted by a later finding." in words


def filled(inspection: Inspection, number: int) -> None:
    """So many findings, each with its step that cites a visit."""
    letter = a_letter(inspection, published=True, findings=tuple(f"Finding {n} is poor." for n in range(number)))
    action = make_action(inspection.plan, "1.1", what="Act (Ofsted December 2016)")
    for finding in Finding.objects.filter(paragraph__letter=letter):
        step = make_step(action, owners=("Head",), status=Status.DONE)
        StepLink.objects.create(finding=finding, step=step, relation=Relation.CONTRADICTED)
    Finding.objects.filter(paragraph__letter=letter).update(polarity=Polarity.WEAKNESS)


@pytest.mark.parametrize("part", ["", "?words=poor&order=theme", "?as-at=1/12/2017", "file/?as=xlsx", "paper/"])
def test_it_costs_the_same_number_of_queries_at_any_size(part: str) -> None:
    few, lots = an_inspection("few"), an_inspection("lots")
    filled(few, 1)
    filled(lots, 15)
    assert Step.objects.count() == 16
    reader = browser_of(person_with(Role.IMPROVEMENT_LEAD))

    def queries(of: Inspection) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert reader.get(f"/ofsted/{of.slug}/answers/{part}").status_code == 200
        return len(captured)

    queries(few)
    assert queries(lots) == queries(few) <= 24
