"""The demonstration's supplement, built once for a module: rows, frozen report, checked pack."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from pytest_django import DjangoDbBlocker

from budget import services as budget_services
from budget.importing import read_quarter
from tests.access.cast import person_with
from torbay_reports.access.roles import Role
from torbay_reports.agenda import services
from torbay_reports.agenda.importing import read_agenda
from torbay_reports.agenda.models import Instalment, Meeting, Paper
from torbay_reports.publishing.models import StoredPack
from torbay_reports.publishing.packplan import Edition


@dataclass(frozen=True)
class Supplement:
    """What was built, with the addresses that readers use."""

    meeting: Meeting
    instalment: Instalment
    paper: Paper
    pack: StoredPack

    @property
    def address(self) -> str:
        return self.meeting.get_absolute_url()

    @property
    def paper_address(self) -> str:
        return f"{self.address}items/{self.paper.item.number}/{self.paper.slug}/"


def build_supplement(fixtures: Path) -> Supplement:
    """Load the quarter and the meeting of the fixtures, publish the report, build the public pack."""
    budget_services.load_quarter(content=read_quarter(fixtures / "budget.json"))
    services.load_agenda(content=read_agenda(fixtures / "agenda.json"))
    instalment = Instalment.objects.get()
    paper = services.publish_paper(
        paper=Paper.objects.get(slug="revenue-budget-monitoring"), by=person_with(Role.CLERK)
    )
    pack = services.build_pack(instalment=instalment, edition=Edition.PUBLIC, by=None)
    return Supplement(instalment.meeting, instalment, paper, pack)


@pytest.fixture(scope="module")
def supplement(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Supplement]:
    """Built once for the module and undone after it; its tests read, or undo what they write."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_supplement(Path(settings.FIXTURES_DIR))
        transaction.set_rollback(True)
