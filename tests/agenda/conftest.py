"""The demonstration's supplement, published once for a module: rows, frozen reports, checked pack, files."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import DjangoDbBlocker

from budget.importing.quarter_file import read_quarter
from budget.services import loading as budget_services
from improvement.calculations.tracker import PlanFile
from improvement.importing.report import ImportReport
from improvement.models import Plan
from improvement.services.versions import bring_in
from ofsted.demo import store_inspection
from ofsted.importing.visits_file import read_visits
from tests.access.cast import person_with, sign_in
from tests.agenda.jobs import empty_queue, make_instalment
from tests.agenda.workers import Workers, started_workers
from tests.published_once import published_once, put_back
from torbay_reports.access.models import User
from torbay_reports.access.roles import Role
from torbay_reports.agenda import services
from torbay_reports.agenda.importing import read_agenda
from torbay_reports.agenda.models import Instalment, Meeting, Paper
from torbay_reports.agenda.publishing import publish_pack
from torbay_reports.core.demo import checksum
from torbay_reports.core.reading import read_json
from torbay_reports.publishing.models import Bundle, StoredPack
from torbay_reports.publishing.packplan import Edition

BOARD_DAY: Final = date(2017, 9, 6)


@dataclass(frozen=True)
class Supplement:
    """What was published, with the addresses that readers use."""

    meeting: Meeting
    instalment: Instalment
    paper: Paper
    letter: Paper
    tracker: Paper
    pack: StoredPack
    bundle: Bundle

    @property
    def address(self) -> str:
        return self.meeting.get_absolute_url()

    @property
    def paper_address(self) -> str:
        return self.address_of(self.paper)

    @property
    def letter_address(self) -> str:
        return self.address_of(self.letter)

    @property
    def tracker_address(self) -> str:
        return self.address_of(self.tracker)

    def address_of(self, paper: Paper) -> str:
        return f"{self.address}items/{paper.item.number}/{paper.slug}/"


def build_supplement(fixtures: Path) -> Supplement:
    """Load what the fixtures hold besides people, freeze the Board's reports, publish its two instalments."""
    clerk = person_with(Role.CLERK)
    budget_services.load_quarter(content=read_quarter(fixtures / "budget.json"))
    load_tracker(fixtures / "improvement.json")
    store_inspection(read_visits(fixtures / "ofsted.json"))
    services.load_agenda(content=read_agenda(fixtures / "agenda.json"))
    agenda, instalment = Instalment.objects.filter(meeting__held_on=BOARD_DAY).order_by("number")
    paper, letter, tracker = (
        services.publish_paper(paper=Paper.objects.get(slug=slug), by=clerk)
        for slug in ("revenue-budget-monitoring", "ofsted-letter", "improvement-tracker")
    )
    publish_pack(instalment=agenda, edition=Edition.PUBLIC, by=None)
    bundle = publish_pack(instalment=instalment, edition=Edition.PUBLIC, by=None)
    assert isinstance(bundle, Bundle)
    pack = StoredPack.objects.get(key=bundle.key)
    return Supplement(instalment.meeting, instalment, paper, letter, tracker, pack, bundle)


def load_tracker(path: Path) -> Plan:
    """The plan of a file, without the people who answer for its owners."""
    content = read_json(path, PlanFile)
    version = bring_in(
        slug=content.slug,
        tracker=content.tracker,
        report=ImportReport.of(content.tracker).to_builtins(),
        as_at=content.as_at,
        file_name=path.name,
        checksum=checksum(path.read_bytes()),
        by=None,
        notice=content.notice,
    )
    return version.plan


@pytest.fixture(scope="module")
def made(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Supplement, Path]]:
    """Published once for the module and undone after it, with a copy of the stores, which each test leaves empty."""
    with published_once(
        django_db_blocker, tmp_path_factory, lambda: build_supplement(Path(settings.FIXTURES_DIR))
    ) as made:
        yield made


@pytest.fixture
def supplement(made: tuple[Supplement, Path]) -> Supplement:
    """What is published, with its files in the stores; its tests read, or undo what they write in rows."""
    built, kept = made
    put_back(kept)
    return built


@pytest.fixture
def instalment(db: None) -> Iterator[Instalment]:
    """A small meeting's supplement with one paper to follow; the queue is empty again afterwards."""
    yield make_instalment()
    empty_queue()


@pytest.fixture
def clerk(db: None) -> User:
    return person_with(Role.CLERK)


@pytest.fixture
def browser(clerk: User) -> Client:
    """The clerk's browser, signed in."""
    client = Client()
    sign_in(client, clerk)
    return client


@pytest.fixture
def workers() -> Iterator[Workers]:
    with started_workers() as made:
        yield made
