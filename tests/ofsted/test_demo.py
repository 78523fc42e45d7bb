"""The demonstration's inspection: brought in once, replaced when its file or its plan changes, and no other touched."""

import shutil
from pathlib import Path

import pytest
from django.core.management.base import CommandError
from django.db import transaction
from django.db.models import Q
from pytest_django import Settings

from improvement import demo as improvement
from improvement.models import Plan
from ofsted import demo as ofsted
from ofsted.demo import load_visits
from ofsted.kinds import ParagraphKind, Polarity
from ofsted.models import (
    Finding,
    FindingMeasure,
    FindingTheme,
    Inspection,
    Letter,
    LetterEntry,
    LetterParagraph,
    StepLink,
    Visit,
)
from ofsted.services.history import note
from tests.ofsted.builders import a_letter, an_inspection
from torbay_reports.access.models import AccessRecord, User
from torbay_reports.agenda import demo as agenda
from torbay_reports.core import demo
from torbay_reports.core.demo import DemoConflict, demo_owns
from torbay_reports.core.models import DemoRow
from torbay_reports.core.progress import Progress
from torbay_reports.core.public_role import public_role

pytestmark = pytest.mark.django_db
SLUG = "childrens-services-2016"
ADDRESS = f"What Ofsted found: {{address}}/ofsted/{SLUG}/"


@pytest.fixture(autouse=True)
def empty_register(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "_register", demo.Register())


@pytest.fixture
def fixtures(settings: Settings, tmp_path: Path) -> Path:
    """A folder of fixtures that a test may change, whose plan is in."""
    User.objects.create_user(email="action-owner@demo.invalid", full_name="Demo action owner")
    for name in ("ofsted.json", "improvement.json"):
        shutil.copy(Path(settings.FIXTURES_DIR) / name, tmp_path)
    settings.FIXTURES_DIR = tmp_path
    improvement.load_plan(Progress("Improvement plan"))
    return tmp_path


def load() -> None:
    load_visits(Progress("Ofsted visits"))


def rewrite(folder: Path, old: str, new: str) -> None:
    path = folder / "ofsted.json"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def counts() -> list[int]:
    tables = (Inspection, Visit, Letter, LetterParagraph, Finding, FindingTheme, FindingMeasure, StepLink)
    return [table._default_manager.count() for table in tables]


@pytest.mark.usefixtures("fixtures")
def test_the_inspection_is_brought_in_with_visits_letter_and_marked_findings() -> None:
    load()
    inspection = Inspection.objects.get()
    assert (inspection.slug, inspection.plan.slug, inspection.judgement) == (SLUG, "childrens-services", "inadequate")
    december, july = inspection.visits.all()
    assert (december.slug, december.number, december.is_public) == ("2016-12", None, True)
    assert not Letter.objects.filter(visit=december).exists()
    assert (july.slug, july.number, july.dates_printed) == ("2017-07", 3, "25 and 26 July 2017")
    assert not july.is_public
    letter = july.letter
    assert (str(letter.published_on), letter.is_held_back) == ("2017-09-04", False)
    kinds = list(letter.paragraphs.values_list("kind", flat=True))
    assert [kinds.count(each) for each in ParagraphKind] == [5, 6, 15]
    findings = Finding.objects.all()
    assert not findings.filter(Q(polarity=Polarity.NOT_MARKED) | Q(theme=None) | Q(search=None)).exists()
    assert counts() == [1, 2, 1, 26, 15, 13, 2, 16]
    assert demo.announcements()[1:] == [ADDRESS]


@pytest.mark.usefixtures("fixtures")
def test_nobody_is_said_to_have_entered_it() -> None:
    load()
    letter = Letter.objects.get()
    assert (letter.entered_by, letter.entered_at) == (None, None)
    assert not StepLink.objects.exclude(linked_by=None).exists()
    assert not LetterEntry.objects.exists()
    assert not AccessRecord.objects.exists()


@pytest.mark.usefixtures("fixtures")
def test_everybody_may_read_all_of_it() -> None:
    load()
    with public_role():
        seen = [Visit.objects.count(), Letter.objects.count(), Finding.objects.count(), FindingTheme.objects.count()]
    assert seen == [2, 1, 15, 13]


@pytest.mark.usefixtures("fixtures")
def test_a_second_run_keeps_what_somebody_tried_out_and_prints_the_same() -> None:
    load()
    StepLink.objects.all().delete()
    load()
    assert not StepLink.objects.exists()
    assert demo.announcements()[1:] == [ADDRESS]


def test_a_changed_file_replaces_the_inspection_with_all_that_was_tried_out(fixtures: Path) -> None:
    load()
    first = Inspection.objects.get().pk
    StepLink.objects.all().delete()
    note(letter=Letter.objects.get(), says="Tried.", by=User.objects.get())
    rewrite(fixtures, '"theme": "Housing"', '"theme": "Homes"')
    load()
    inspection = Inspection.objects.get()
    assert inspection.pk != first
    assert StepLink.objects.count() == 16
    assert not LetterEntry.objects.exists()
    assert FindingTheme.objects.filter(name="Homes").exists()
    assert demo_owns(inspection)
    assert list(DemoRow.objects.filter(model="ofsted.Inspection").values_list("key", flat=True)) == [str(inspection.pk)]


def test_a_plan_that_is_loaded_anew_gets_its_inspection_again(fixtures: Path) -> None:
    load()
    before, first = counts(), Plan.objects.get().pk
    note(letter=Letter.objects.get(), says="Tried.", by=User.objects.get())
    plan_file = fixtures / "improvement.json"
    plan_file.write_text(plan_file.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    improvement.load_plan(Progress("Improvement plan"))
    assert Plan.objects.get().pk != first
    assert not Inspection.objects.exists()
    load()
    assert counts() == before
    inspection = Inspection.objects.get()
    assert inspection.plan == Plan.objects.get()
    assert list(DemoRow.objects.filter(model="ofsted.Inspection").values_list("key", flat=True)) == [str(inspection.pk)]


@pytest.mark.usefixtures("fixtures")
def test_somebody_elses_inspection_of_that_name_stops_the_step_and_stays() -> None:
    theirs = an_inspection(SLUG, title="A real inspection")
    with pytest.raises(DemoConflict, match="“A real inspection”, which the demonstration did not make"):
        load()
    assert list(Inspection.objects.all()) == [theirs]


@pytest.mark.usefixtures("fixtures")
def test_another_inspection_is_left_alone() -> None:
    other = a_letter(an_inspection("other"))
    load()
    assert Letter.objects.filter(pk=other.pk, published_on=None).exists()
    assert Inspection.objects.count() == 2


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("{", "[", "ofsted.json, line "),
        ('"number": 11,', '"number": 12,', "paragraph 12: the letter has no such finding. Correct section or number."),
        ('"plan": "childrens-services"', '"plan": "roads"', "ofsted.json, plan: there is no plan 'roads'."),
        (
            '"step": "13.2/1"',
            '"step": "13.2/9"',
            "2017-08-24, findings, Findings and evaluation of progress, paragraph 9: the plan has no step 13.2/9.",
        ),
        ('"step": "12.1/2"', '"step": "12.1/1"', "paragraph 5: Step 12.1/1 is linked with this finding already."),
        ('"target": 40', '"target": null', "paragraph 10: Type the number that was to be reached"),
        ('"out_of": 6', '"out_of": 3', "paragraph 9: 4 is more than 3."),
        ('"last": "2017-07-26"', '"last": "2017-07-24"', "letter of 2017-08-24: The visit's last day comes before"),
        ('"theme": "Housing"', '"theme": "!"', "paragraph 6: Type a theme with letters"),
    ],
)
@pytest.mark.parametrize("is_in", [False, True])
def test_a_wrong_file_loads_nothing_and_says_where(
    fixtures: Path, old: str, new: str, sentence: str, is_in: bool
) -> None:
    if is_in:
        load()
    before = counts()
    rewrite(fixtures, old, new)
    with pytest.raises(CommandError) as refused, transaction.atomic():
        load()
    assert str(refused.value).startswith("Nothing was loaded. ofsted.json, ")
    assert sentence in str(refused.value)
    assert counts() == before


def test_a_letter_without_a_publication_is_held_back(fixtures: Path) -> None:
    rewrite(fixtures, '"published": {', '"published": null, "ignored": {')
    text = (fixtures / "ofsted.json").read_text(encoding="utf-8")
    start = text.index('"ignored"')
    end = text.index("},", start) + 2
    (fixtures / "ofsted.json").write_text(text[:start] + text[end:], encoding="utf-8")
    load()
    assert Letter.objects.get().is_held_back
    with public_role():
        assert [each.slug for each in Visit.objects.all()] == ["2016-12"]
        assert not Finding.objects.exists()


def test_it_comes_after_the_plan_and_before_the_meetings_whose_paper_it_is() -> None:
    assert improvement.ORDER < ofsted.ORDER < agenda.ORDER_LOAD
