"""What a letter that is held back would give away is looked for in everything before it becomes public."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ofsted import secrets
from ofsted.models import Finding, FindingMeasure, FindingTheme, Inspection, Letter, StepLink
from ofsted.reports.letter import LETTER
from tests.access.cast import person_with
from tests.agenda import publishing_worlds as worlds
from tests.improvement.builders import make_action, make_step
from tests.ofsted.builders import a_finding, a_letter, an_inspection, publish
from tests.set_once import set_once
from torbay_reports.access.roles import Role
from torbay_reports.agenda.business import NotReadyToPublish
from torbay_reports.agenda.deciding import clear_words
from torbay_reports.agenda.models import Instalment, Paper, RestrictedPaper
from torbay_reports.agenda.secrets import check_for_leaks
from torbay_reports.agenda.services import publish_paper
from torbay_reports.publishing.leaks.secrets import Secret
from torbay_reports.publishing.leaks.words import normalised

pytestmark = pytest.mark.django_db

FOUND = "Social workers at Quillon House close their files before anybody has spoken to the child."
QUOTE = "Nobody at the front door asks where the second child of a family lives."
SINCE = "The front door answers calls more slowly than it did in the spring of last year."
WHY = "The register of visits was kept by nobody for seven weeks of the summer."
MEASURE = "Fewer than a third of the children at the front door were seen alone"
THEME = "Unregistered lodgings above Harbour shops"
SHARED = "Allocation of night wardens across towns"
TITLE = "Fourth visit to the children of Quillon House"
INSPECTOR, COMPANION = "Ottilie Quayle HMI", "Jasper Thornbury, senior HMI"
LATER: Any = {"first": date(2017, 11, 7), "last": date(2017, 11, 8), "printed": "7 and 8 November 2017"}
EVERYTHING = (FOUND, QUOTE, SINCE, WHY, MEASURE, THEME, TITLE)


@pytest.fixture
def inspection() -> Inspection:
    return an_inspection()


@pytest.fixture
def letter(inspection: Inspection) -> Letter:
    """A letter that is held back, with something in every field."""
    return filled(inspection)


def filled(inspection: Inspection, **fields: Any) -> Letter:
    values = {"findings": (FOUND,), "title": TITLE, "inspectors": (INSPECTOR,), "companions": (COMPANION,), **fields}
    letter = a_letter(inspection, **values)
    finding = a_finding(letter)
    theme, _ = FindingTheme.objects.get_or_create(inspection=inspection, slug="lodgings", defaults={"name": THEME})
    Finding.objects.filter(pk=finding.pk).update(quote=QUOTE, since_last_words=SINCE, theme=theme)
    FindingMeasure.objects.create(finding=finding, words=MEASURE, value=Decimal(31), unit="%")
    action = make_action(inspection.plan, f"{action_number(inspection)}.1")
    StepLink.objects.create(finding=finding, step=make_step(action), why=WHY)
    return letter


def action_number(inspection: Inspection) -> int:
    return 1 + inspection.plan.actions.count()


def page(folder: Path, words: str) -> Path:
    (folder / "index.html").write_text(
        f'<!DOCTYPE html><html lang="en"><title>Pack</title><p>Before. {words} After.</p></html>'
    )
    return folder


def only(letter: Letter, without: tuple[str, ...] = ()) -> Secret:
    [secret] = secrets.secrets(without)
    assert secret.key == f"letter:{letter.pk}"
    return secret


def test_each_letter_that_is_held_back_is_one_secret_named_by_its_visit(letter: Letter) -> None:
    assert only(letter).label == "the held-back letter of the visit of July 2017"
    assert secrets.number() == 1


def test_everything_that_it_says_is_in_it(letter: Letter) -> None:
    secret = only(letter)
    for words in EVERYTHING:
        assert normalised(words.rstrip(".")) in {*secret.sentences, *secret.names}, words
    assert {"ottilie quayle", "jasper thornbury"} <= set(secret.names)


@pytest.mark.parametrize("words", [*EVERYTHING, "OTTILIE   Quayle", "Jasper Thornbury", FOUND[:60]])
def test_a_folder_that_quotes_it_is_stopped_without_a_word_of_it(letter: Letter, tmp_path: Path, words: str) -> None:
    with pytest.raises(NotReadyToPublish, match=re.escape("index.html")) as refused:
        check_for_leaks(page(tmp_path, words))
    said = str(refused.value)
    assert "of the held-back letter of the visit of July 2017" in said
    assert not re.search("quillon|front door|quayle|thornbury|lodgings|summer", said, re.IGNORECASE)


def test_what_says_nothing_of_it_passes_and_it_is_counted(letter: Letter, tmp_path: Path) -> None:
    progress: list[tuple[int, int]] = []
    folder = page(tmp_path, "Members asked about visits and housing. The inspection was in January 2016.")
    check_for_leaks(folder, lambda done, total: progress.append((done, total)))
    assert progress == [(1, 1)]


def test_nothing_of_a_published_letter_is_secret(letter: Letter, tmp_path: Path) -> None:
    publish(letter)
    assert (secrets.number(), list(secrets.secrets([]))) == (0, [])
    check_for_leaks(page(tmp_path, " ".join(EVERYTHING)))


def test_what_a_published_letter_says_too_is_no_secret(letter: Letter, inspection: Inspection, tmp_path: Path) -> None:
    other = publish(a_letter(inspection, findings=(FOUND,), inspectors=(INSPECTOR,), visit_number=4, **LATER))
    check_for_leaks(page(tmp_path, f"{FOUND} {INSPECTOR} {other.title}"))
    with pytest.raises(NotReadyToPublish):
        check_for_leaks(page(tmp_path, QUOTE))


def test_a_theme_that_a_published_letter_speaks_of_is_no_secret(letter: Letter, inspection: Inspection) -> None:
    shared = FindingTheme.objects.create(inspection=inspection, slug="wardens", name=SHARED)
    Finding.objects.update(theme=shared)
    assert normalised(SHARED) in only(letter).names
    other = publish(a_letter(inspection, visit_number=4, **LATER))
    Finding.objects.filter(pk=a_finding(other).pk).update(theme=shared)
    secret = only(letter)
    assert normalised(SHARED) not in {*secret.names, *secret.sentences}


def test_a_theme_of_everyday_words_stops_no_pack(letter: Letter, tmp_path: Path) -> None:
    FindingTheme.objects.update(name="Housing")
    check_for_leaks(page(tmp_path, "Housing is on the agenda."))


def test_what_everybody_may_know_is_no_secret(letter: Letter) -> None:
    assert "ottilie quayle" not in only(letter, ("Ottilie Quayle HMI", TITLE)).names
    assert normalised(TITLE) not in {*only(letter, (TITLE,)).sentences, *only(letter, (TITLE,)).names}


def test_it_costs_the_same_number_of_queries_for_many(letter: Letter) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            found = list(secrets.secrets([]))
        assert len(found) == Letter.objects.count()
        return len(captured)

    few = queries()
    for number in range(5):
        filled(an_inspection(f"more-{number}"))
    assert queries() == few <= 7


class TestInAPack:
    """Of a meeting whose clerk quotes the letter in good faith."""

    @pytest.fixture(autouse=True)
    def _rendered_once(self) -> Any:
        with set_once():
            yield

    @pytest.fixture
    def meeting(self, letter: Letter) -> Instalment:
        return worlds.make_meeting(person_with(Role.CLERK))

    def test_an_open_report_that_quotes_it_is_not_published(self, meeting: Instalment) -> None:
        clerk = person_with(Role.MONITORING_OFFICER)
        worlds.freeze(worlds.paper_of(meeting), worlds.report(f"{worlds.FIRST} {QUOTE}"), clerk)
        with pytest.raises(NotReadyToPublish) as refused:
            worlds.put_out(meeting)
        said = str(refused.value)
        assert "pack.pdf, page 2: words of the held-back letter of the visit of July 2017" in said
        assert "front door" not in said
        assert not [path for path in worlds.stored() if path.startswith("public/packs/")]

    def test_words_that_the_monitoring_officer_clears_of_its_paper_are_none_of_the_letters_either(
        self, meeting: Instalment, letter: Letter, tmp_path: Path
    ) -> None:
        officer = person_with(Role.MONITORING_OFFICER)
        subject = f"{letter.visit.inspection.slug}/{letter.visit.slug}"
        harbours = worlds.paper_of(meeting)
        paper = Paper.objects.create(
            item=harbours.item,
            instalment=meeting,
            slug="letter",
            title="A letter",
            source=LETTER,
            subject=subject,
            position=2,
        )
        kept = publish_paper(paper=paper, by=officer)
        assert RestrictedPaper.objects.get().furnished_by == "Ofsted"
        folder = page(tmp_path, "Ottilie Quayle visits the town.")
        with pytest.raises(NotReadyToPublish):
            check_for_leaks(folder)
        words = ["Ottilie Quayle", "Ottilie Quayle HMI"]
        clear_words(paper=kept, words=words, reason="She visits in public.", by=officer)
        check_for_leaks(folder)
