"""An invented council's year, with four levels of services and other paragraphs, goes through page and print alike."""

from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from budget.importing.quarter_file import read_quarter
from budget.services import loading as budget_services
from tests.access.cast import person_with
from tests.printed.invented import ROWS
from tests.printed.pdf import page_texts
from tests.printed.readings import parsed
from tests.tagtree import read_tables
from torbay_reports.access.roles import Role
from torbay_reports.agenda import services
from torbay_reports.agenda.importing import (
    AgendaFile,
    CommitteeEntry,
    InstalmentEntry,
    ItemEntry,
    MeetingEntry,
    PaperEntry,
)
from torbay_reports.agenda.models import Instalment, Paper
from torbay_reports.agenda.publishing import publish_pack
from torbay_reports.publishing.packplan import Edition

pytestmark = pytest.mark.django_db

INVENTED = Path(__file__).parent.parent / "budget" / "invented.json"
AGENDA = AgendaFile(
    notice="Invented for tests.",
    committees=(CommitteeEntry(slug="cabinet", name="Cabinet"),),
    meetings=(
        MeetingEntry(
            committee="cabinet",
            date=date(2024, 2, 1),
            items=(
                ItemEntry(
                    number="3",
                    title="Budget position",
                    papers=(
                        PaperEntry(
                            slug="budget",
                            title="Budget",
                            source="budget.quarterly",
                            subject="2023-24/q3",
                            instalment=1,
                        ),
                    ),
                ),
            ),
            instalments=(
                InstalmentEntry(
                    number=1,
                    dated=date(2024, 1, 25),
                    clerk="C. Example",
                    telephone="01234 567890",
                    email="clerk@example.invalid",
                    office=("1 High Street",),
                    salutation="Dear Councillor",
                    opening="Here is the report.",
                    closing="Yours faithfully",
                    signatory="C. Example",
                    signatory_title="Clerk",
                ),
            ),
        ),
    ),
)


def test_its_figures_stand_in_page_and_print_and_no_word_of_another_council(client: Client, settings: Settings) -> None:
    settings.COUNCIL_NAME, settings.DEMO = "Exampleshire Council", False
    budget_services.load_quarter(content=read_quarter(INVENTED))
    services.load_agenda(content=AGENDA)
    services.publish_paper(paper=Paper.objects.get(), by=person_with(Role.CLERK))
    meeting, paper = "/meetings/cabinet/2024-02-01/", "/meetings/cabinet/2024-02-01/items/3/budget/"
    pack = services.build_pack(instalment=Instalment.objects.get(), edition=Edition.PUBLIC, by=None)
    assert [client.get(each).status_code for each in (paper, f"{meeting}pack/", f"{meeting}pack.pdf")] == [302] * 3
    publish_pack(instalment=Instalment.objects.get(), edition=Edition.PUBLIC, by=None)

    text = "\n".join(page_texts(bytes(pack.pdf)))
    assert "Torbay" not in text
    assert "EXAMPLESHIRE" in text.upper()
    assert "Figures may not cast due to rounding." in text
    assert "There are 1,200 lamps; 1.1 has the total." in " ".join(text.split())
    table = next(each for each in read_tables(bytes(pack.pdf)) if each.caption.startswith("Budget position for each"))
    assert table.body == ROWS

    assert client.get(f"{meeting}pack.pdf").content == bytes(pack.pdf)
    page = client.get(paper).content.decode()
    assert "Torbay" not in page
    cells = parsed(page).xpath("//*[@id='budget-table']//tbody/tr")
    assert isinstance(cells, list)
    assert len(cells) == len(ROWS)
    assert "Parks &lt;&amp; gardens&gt;" in page
    assert "Figures as at 31 December 2023, 32 days old at the meeting." in page
