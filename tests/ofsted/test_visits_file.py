"""The fixture of the visits keeps the published letter's dates, names, posts and figures; a wrong file is refused."""

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from improvement.kinds import Direction
from improvement.references import step_reference
from ofsted.importing.visits_file import InspectionFile, LetterEntry, MarkEntry, read_visits
from ofsted.kinds import ParagraphKind, Polarity, Relation, SinceLast
from tests.fixtures_text.prose import CHECKOUT, FIXTURES
from tests.fixtures_text.tracker import plan_file
from torbay_reports.core.reading import UnreadableFile

FIXTURE = FIXTURES / "ofsted.json"
PUBLISHED = CHECKOUT.parent / "shared" / "seeds" / "ofsted.json"
OVERVIEW, FINDINGS = "Overview", "Findings and evaluation of progress"

needs_published = pytest.mark.skipif(
    not PUBLISHED.is_file(), reason="The published letter is not at hand: ../shared/seeds is absent."
)


def content() -> InspectionFile:
    return read_visits(FIXTURE)


def letter() -> LetterEntry:
    (only,) = content().letters
    return only


def published() -> dict[str, Any]:
    told: dict[str, Any] = json.loads(PUBLISHED.read_text(encoding="utf-8"))
    return told


def marks() -> dict[tuple[str, int], MarkEntry]:
    return {each.place: each for each in letter().findings}


def figures(text: str) -> list[str]:
    return re.findall(r"\d+%?", text)


@needs_published
def test_title_dates_addressee_people_and_stamp_are_as_published() -> None:
    text, told = letter().text, published()
    assert {
        "title": text.title,
        "letter_date_iso": text.dated.isoformat(),
        "visit_number": text.visit_number,
        "visit_dates_as_printed": text.visit.printed,
        "visit_dates": [text.visit.first.isoformat(), text.visit.last.isoformat()],
        "to": [*text.addressee],
        "salutation": text.salutation,
        "inspectors": [*text.inspectors],
        "accompanied_by": [*text.companions],
        "signed_by": text.signed_by,
        "status_stamp": text.stamp,
    }.items() <= told.items()
    assert told["judged"] == f"{content().judgement.label} in {content().judged_in:%B %Y}"
    assert text.copied_to == ("Department for Education",)


@needs_published
def test_its_sections_have_the_published_headings_and_as_many_paragraphs() -> None:
    ours = [(each.heading or "Opening", len(each.paragraphs)) for each in letter().text.sections]
    assert ours == [(heading, len(paragraphs)) for heading, paragraphs in published()["sections"].items()]


@needs_published
def test_every_figure_stands_in_the_paragraph_that_it_is_published_in() -> None:
    ours = [[figures(each.words) for each in section.paragraphs] for section in letter().text.sections]
    theirs = [[figures(each) for each in paragraphs] for paragraphs in published()["sections"].values()]
    assert [[sorted(each) for each in section] for section in ours] == [
        [sorted(each) for each in section] for section in theirs
    ]


@needs_published
def test_every_name_stands_in_the_paragraph_that_it_is_published_in() -> None:
    names = (
        "Torbay",
        "Emmy Tomsett HMI",
        "Margaret Burke HMI",
        "Shirley Bailey, senior HMI",
        "Fiona Mongredien from the Department for Education",
        "Children in Care Council",
        "Integrated youth support service after care handbook",
        "NEET",
        "Department for Education",
    )
    theirs = [paragraph for paragraphs in published()["sections"].values() for paragraph in paragraphs]
    ours = [each.words for section in letter().text.sections for each in section.paragraphs]
    for name in names:
        assert any(name in each for each in theirs), name
        assert [name in each for each in ours] == [name in each for each in theirs], name


def test_it_has_six_areas_and_fifteen_findings_and_marks_each() -> None:
    text = letter().text
    assert len(text.areas) == 6
    assert [
        (section.heading, [each.kind for each in section.paragraphs].count(ParagraphKind.FINDING))
        for section in text.sections
    ] == [("", 1), ("Areas covered by the visit", 0), (OVERVIEW, 3), (FINDINGS, 11)]
    assert [*marks()] == [("", 1), *((OVERVIEW, n) for n in range(1, 4)), *((FINDINGS, n) for n in range(1, 12))]


def test_findings_are_marked_as_the_letter_judges() -> None:
    polarities = {place: mark.polarity for place, mark in marks().items()}
    assert {place for place, each in polarities.items() if each is Polarity.STRENGTH} == {(FINDINGS, 3), (FINDINGS, 5)}
    assert {place for place, each in polarities.items() if each is Polarity.PROGRESS} == {(OVERVIEW, 2), (FINDINGS, 4)}
    assert [*polarities.values()].count(Polarity.WEAKNESS) == 11
    assert [place for place, each in marks().items() if each.since_last is not SinceLast.NOT_STATED] == [(OVERVIEW, 2)]


def test_the_only_weaknesses_without_a_step_are_visits_housing_apprenticeships_and_neet() -> None:
    alone = [each.theme for each in marks().values() if each.polarity is Polarity.WEAKNESS and not each.links]
    assert alone == [
        "Visits to care leavers",
        "Housing",
        "Apprenticeships and employment",
        "Performance information and NEET",
    ]


def test_three_completed_steps_are_contradicted_and_the_entitlements_borne_out() -> None:
    links = [(link.step, link.relation) for mark in marks().values() for link in mark.links]
    contradicted = {step for step, relation in links if relation is Relation.CONTRADICTED}
    assert contradicted == {"13.2/1", "13.3/1", "14.1/1"}
    steps = {step_reference(action.reference, step.number): step for _, _, action, step in plan_file().tracker.steps()}
    assert {step for step, _ in links} <= set(steps)
    assert all(steps[each].status.is_done for each in contradicted)
    assert {link.step for link in marks()[FINDINGS, 5].links} == {"12.1/1", "12.1/2", "12.1/3"}
    assert {relation for step, relation in links if step.startswith("12.1")} == {Relation.CONFIRMED}


def test_its_measures_are_the_audits_and_the_young_people_without_work_and_no_other() -> None:
    measures = {mark.theme: mark.measures for mark in marks().values() if mark.measures}
    assert [*measures] == ["Audits", "Performance information and NEET"]
    ((audits,), (neet,)) = measures.values()
    assert (audits.value, audits.out_of, audits.unit, audits.target) == (Decimal(4), 6, "audits", None)
    assert (neet.value, neet.unit, neet.population) == (Decimal(52), "%", "care leavers")
    assert (neet.direction, neet.target) == (Direction.AT_MOST, Decimal(40))


def test_the_letter_is_published_and_december_2016_is_a_visit_without_one() -> None:
    entry = letter().published
    assert entry is not None
    assert (entry.on.isoformat(), entry.address) == ("2017-09-04", "https://reports.ofsted.gov.uk/provider/44/880")
    (visit,) = content().visits
    assert (visit.printed, visit.month.isoformat(), visit.is_public) == ("December 2016", "2016-12-01", True)


def test_the_notice_is_that_of_the_other_fixtures() -> None:
    assert content().notice == json.loads((FIXTURES / "improvement.json").read_text("utf-8"))["notice"]
    assert letter().notice.startswith(content().notice)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('"judged_in": "2016-01-01"', '"judged_in": "2016-01-15"', "judged_in: 2016-01-15 stands for its month."),
        ('"month": "2016-12-01"', '"month": "2016-12-09"', "visit of December 2016: 2016-12-09 stands for its month."),
        (
            '"month": "2016-12-01"',
            '"month": "2017-07-01"',
            "visits: 2017-07 stands there twice. Keep one visit a month.",
        ),
        ('"number": 11,', '"number": 12,', "Findings and evaluation of progress, paragraph 12: the letter has no such"),
        ('"number": 11,', '"number": 10,', "Findings and evaluation of progress, paragraph 10 stands there twice."),
        ('"section": "",', '"section": "Overview",', "findings: Overview, paragraph 1 stands there twice."),
        ('"judgement": "inadequate"', '"judgement": "poor"', "ofsted.json, judgement: Invalid enum value 'poor'."),
        ('"polarity": "strength"', '"polarity": "fine"', "polarity: Invalid enum value 'fine'."),
        ('"step": "14.1/1"', '"step": "14.1"', "links entry 1, step: "),
        ('"step": "14.1/1"', '"step": "14.1\\u0000/1"', "step: a character is none that can be stored."),
        ('"value": 52', '"value": 52.125', "52.125 has more than two decimals"),
        ('"address": "https:', '"address": "javascript:', "published, address: "),
        ('"stamp"', '"stump"', "text: Object contains unknown field stump."),
    ],
)
def test_a_wrong_file_is_refused_with_its_place(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    text = FIXTURE.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "ofsted.json"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(UnreadableFile) as refused:
        read_visits(path)
    assert str(refused.value).startswith("ofsted.json, ")
    assert sentence in str(refused.value)
