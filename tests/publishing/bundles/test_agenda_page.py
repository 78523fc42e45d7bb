"""The page of a published agenda reads like its sheets, that of a supplement like its letter."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.publishing import agendas
from tests.publishing.bundles import kit
from tests.publishing.bundles.kit import Made
from torbay_reports.publishing.packplan import Edition, Reached


@pytest.fixture(scope="module")
def agenda(tmp_path_factory: pytest.TempPathFactory, fonts: Path) -> Made:
    facts = kit.first_facts("harbour-board/2031-09-06/agenda")
    return kit.put(tmp_path_factory.mktemp("agenda"), agendas.agenda(), facts)


def said_in(made: Made) -> str:
    (section,) = made.page().xpath("//section[@aria-labelledby='letter']")
    return kit.said(section)


def test_an_agenda_stands_with_all_items_their_words_and_pages(agenda: Made) -> None:
    said = said_in(agenda)
    assert said.startswith(
        "Agenda sheets i - ii Harbour Board Date: Saturday 6 September 2031 at 5.30 pm Place: Board Room, Old Hall "
        "Person presiding: Councillor Ash (Chairman) Clerk: Robin Vale "
    )
    assert "Date of issue: Thursday 28 August 2031 Governance" in said
    assert "1. Apologies To receive apologies for absence. 2. Minutes (Page 1) To confirm the minutes. " in said
    assert "6. Improvement plan (to follow) 7. Exclusion of the press and public To consider" in said
    assert len(agenda.page().xpath("//section[@aria-labelledby='letter']//h3")) == 8


def test_the_manifest_has_the_sheets_numbers(agenda: Made) -> None:
    manifest = json.loads((agenda.folder / "manifest.json").read_bytes())
    assert manifest["page_labels"] == ["i", "ii", "1", "2", "3", "4"]
    assert [paper["first_page"] for paper in manifest["papers"]] == ["1", "2", "4"]


def test_an_agenda_of_one_sheet_is_a_sheet(tmp_path: Path, fonts: Path) -> None:
    plan = agendas.agenda()
    made = kit.put(tmp_path, replace(plan, items=plan.items[:1]), kit.first_facts("harbour-board/2031-09-06/agenda"))
    assert said_in(made).startswith("Agenda sheet i Harbour Board")


def test_a_letter_stands_with_its_reasons_and_what_will_be_asked(tmp_path: Path, fonts: Path) -> None:
    plan = agendas.supplement(1, [agendas.paper("plan", "Action tracker")], Reached(open=4), Edition.PUBLIC)
    said = said_in(kit.put(tmp_path, plan, kit.first_facts()))
    assert said.startswith("The clerk's letter (Page 5) Clerk: Robin Vale ")
    assert "Item 6: Improvement plan (Page 6) Why these papers are late Item 6: the service's figures" in said
    assert said.index("after the agenda had gone out.") < said.index("The Chairman will be asked") < said.index("Yours")
