"""Findings against steps as a paper: what it says as at the meeting's day, and how it is set."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from improvement.kinds import Status
from ofsted.calculations.answering import contradicted_steps
from ofsted.kinds import Polarity, Relation
from ofsted.models import Finding, Inspection, Letter, StepLink
from ofsted.reports.findings import SOURCE, findings_paper
from ofsted.reports.findings_tables import COLUMNS
from ofsted.selectors.answering import finding_positions
from tests.access.cast import person
from tests.improvement.builders import make_action, make_step
from tests.ofsted.builders import a_letter, an_inspection
from tests.ofsted.demonstration import INSPECTION, MEETING, Loaded
from tests.ofsted.readers import CANARY, Letters
from tests.printed.pdf import page_texts
from tests.publishing import packs
from torbay_reports.documents import registry, soundness
from torbay_reports.documents.blocks import Document, Figure, Heading, Paragraph, plain
from torbay_reports.documents.subjects import subject_of
from torbay_reports.publishing.packplan import PlannedPaper, Restriction
from torbay_reports.publishing.parts.store import MemoryStore
from torbay_reports.publishing.printing import render_pack
from torbay_reports.publishing.selectors import document_of
from torbay_reports.publishing.services import publish

pytestmark = pytest.mark.django_db
SUBJECT = subject_of(INSPECTION, MEETING)


@pytest.fixture
def loaded() -> Loaded:
    return Loaded()


def said(of: Document, anchor: str) -> str:
    found = next(block for block in of.blocks if block.anchor == anchor)
    assert isinstance(found, Paragraph)
    return plain(found.content)


def table(of: Document, anchor: str) -> list[list[str]]:
    found = next(block for block in of.tables() if block.anchor == anchor)
    return [[cell.text for cell in row.cells] for row in found.rows]


class TestTheDemonstration:
    def test_it_opens_with_what_is_contradicted_and_what_no_step_answers(self, loaded: Loaded) -> None:
        of = findings_paper(SUBJECT)
        assert said(of, "in-short-summary") == (
            "3 completed steps are contradicted by a later finding. No step answers 4 weaknesses."
        )
        assert plain(of.highlight("summary")) == said(of, "in-short-summary")
        assert said(of, "in-short-letters") == (
            "Inspection of Torbay children's services, as at 6 September 2017. Published letters dated by then: "
            "24 August 2017 (visit of 25 and 26 July 2017). 15 findings of 1 letter: 11 weaknesses, 2 signs of "
            "progress and 2 strengths."
        )

    def test_every_count_is_a_figure_that_agrees_with_its_list(self, loaded: Loaded) -> None:
        of = findings_paper(SUBJECT)
        figures = {
            part.ref: part.value
            for block in of.blocks
            if isinstance(block, Paragraph)
            for part in block.content
            if isinstance(part, Figure)
        }
        assert figures["findings.contradicted"] == len(table(of, "contradicted-list")) == 3
        assert figures["findings.unanswered"] == figures["findings.listed_2"] == len(table(of, "rank-2-list")) == 4
        assert figures["findings.cited"] == len(table(of, "cited-1-list")) == 13
        assert {"findings.rank_4"} <= figures.keys()

    def test_contradicted_steps_stand_first_then_findings_worst_first_then_cited_visits(self, loaded: Loaded) -> None:
        headings = [each for each in findings_paper(SUBJECT).blocks if isinstance(each, Heading)]
        assert [(each.level, each.text) for each in headings] == [
            (2, "In short"),
            (3, "Completed steps that a later finding contradicts"),
            (2, "Findings and the steps that answer them, worst first"),
            (3, "Weaknesses that contradict a completed step"),
            (3, "Weaknesses that no step answers"),
            (3, "Weaknesses with no step left open"),
            (3, "Weaknesses with open steps"),
            (3, "Progress that Ofsted saw"),
            (3, "Strengths"),
            (2, "Steps that cite a visit without a finding"),
        ]

    def test_a_contradiction_tells_both_and_what_is_unanswered_says_so(self, loaded: Loaded) -> None:
        of = findings_paper(SUBJECT)
        assert all(
            "Completed. The finding of 24 August 2017 says otherwise." in row[3]
            for row in table(of, "contradicted-list")
        )
        assert [row[2] for row in table(of, "rank-2-list")] == ["No step answers this finding."] * 4

    def test_it_can_be_frozen_and_is_set_in_landscape_with_every_finding(self, loaded: Loaded, tmp_path: Path) -> None:
        of = findings_paper(SUBJECT)
        assert soundness.fault(of, of.title) == ""
        frozen = document_of(publish(document=of, restriction=Restriction.OPEN, by=person("Cleo Clerk")))
        whole = packs.plan()
        item = replace(whole.items[0], papers=(PlannedPaper("item-6-findings", of.title, frozen),))
        pack = render_pack(replace(whole, items=(item,)), store=MemoryStore())
        pages = " ".join(" ".join(page_texts(pack.pdf)).split())
        assert pages.count("No step answers this finding.") == 4
        assert "3 completed steps are contradicted by a later finding." in pages
        assert not frozen.draft


class TestTheDay:
    def test_a_letter_that_is_dated_later_does_not_count(self, loaded: Loaded) -> None:
        of = findings_paper(f"{INSPECTION}/2017-08-23")
        assert said(of, "in-short-none") == (
            "Inspection of Torbay children's services: no letter of Ofsted that is dated by 23 August 2017 has been "
            "published. Its findings will stand here."
        )
        assert not [each for each in of.tables() if each.anchor.startswith("rank")]
        assert of.highlights == ()

    def test_a_letter_held_back_is_left_out_whoever_builds_the_paper(self) -> None:
        kept = Letters()
        of = findings_paper(f"{kept.inspection.slug}/2017-12-01")
        assert CANARY not in str(of)
        assert "30 November" not in str(of)
        Letter.objects.filter(pk=kept.held_back.pk).update(
            published_on=date(2017, 12, 1), published_at_address="https://reports.ofsted.gov.uk/x"
        )
        assert CANARY in str(findings_paper(f"{kept.inspection.slug}/2017-12-01"))


def test_it_is_registered_and_is_a_landscape_draft_with_the_notice() -> None:
    inspection = an_inspection(notice="Invented.")
    of = findings_paper(f"{inspection.slug}/2017-09-06")
    assert registry.source("ofsted.findings") is SOURCE
    assert (SOURCE.title, SOURCE.confidence("x/2017-09-06")) == ("Findings of Ofsted against steps", None)
    assert (of.source, of.orientation, of.draft, of.notice) == ("ofsted.findings", "landscape", True, "Invented.")


def test_the_columns_fill_the_line() -> None:
    assert sum(column.width for column in COLUMNS) == 267


@pytest.mark.parametrize(
    "subject", ["services", "services/6 September", "services/2017-02-30", "services/20170906", ""]
)
def test_a_subject_without_a_day_is_refused_with_an_example(subject: str) -> None:
    with pytest.raises(LookupError, match="like childrens-services-2016/2017-09-06"):
        findings_paper(subject)


def test_an_unknown_inspection_is_named_with_those_there_are() -> None:
    an_inspection("services-2016")
    with pytest.raises(LookupError, match="There is no inspection 'nothing'. Inspections are: services-2016."):
        findings_paper("nothing/2017-09-06")


def test_further_steps_of_a_finding_have_rows_of_their_own_and_one_that_left_the_plan_says_so() -> None:
    inspection = an_inspection()
    letter = a_letter(inspection, published=True, findings=("Homes are few.",))
    Finding.objects.filter(paragraph__letter=letter).update(polarity=Polarity.WEAKNESS)
    finding = Finding.objects.get(paragraph__letter=letter)
    action = make_action(inspection.plan)
    kept, gone = make_step(action), make_step(action, dropped_on=date(2017, 9, 1))
    for step in (kept, gone):
        StepLink.objects.create(finding=finding, step=step)
    left = "It left the plan on 1 September 2017 and answers nothing any more."
    rows = table(findings_paper(f"{inspection.slug}/2017-09-06"), "rank-4-list")
    assert [row[1] for row in rows] == ["Homes are few.", "the same finding"]
    assert [row[4] for row in rows] == ["The step is meant to put it right.", left]
    StepLink.objects.filter(step=kept).delete()
    rows = table(findings_paper(f"{inspection.slug}/2017-09-06"), "rank-2-list")
    assert [row[2].splitlines()[0] for row in rows] == ["No step answers this finding.", "1.1/2 Do 1.1/2"]
    assert rows[1][4] == left


def test_it_costs_the_same_number_of_queries_at_any_size() -> None:
    def filled(slug: str, number: int) -> Inspection:
        inspection = an_inspection(slug)
        letter = a_letter(inspection, published=True, findings=tuple(f"Poor {n}." for n in range(number)))
        Finding.objects.filter(paragraph__letter=letter).update(polarity=Polarity.WEAKNESS)
        action = make_action(inspection.plan, what="Act (Ofsted December 2016)")
        for finding in Finding.objects.filter(paragraph__letter=letter):
            step = make_step(action, status=Status.DONE)
            StepLink.objects.create(finding=finding, step=step, relation=Relation.CONTRADICTED)
        assert len(contradicted_steps(finding_positions(inspection, MEETING, [letter]))) == number
        return inspection

    def queries(of: Inspection) -> int:
        with CaptureQueriesContext(connection) as captured:
            findings_paper(subject_of(of.slug, MEETING))
        return len(captured)

    few, lots = filled("few", 1), filled("lots", 12)
    assert queries(lots) == queries(few) <= 16
