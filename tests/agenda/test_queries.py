"""The report's and the pack's pages ask the database as often for 1,500 services as for 15."""

from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from budget.importing.quarter_file import QuarterFile, ServiceEntry, read_quarter
from budget.models import FinancialYear
from budget.services import loading as budget_services
from tests.access.cast import person_with
from torbay_reports.access.models import User
from torbay_reports.access.roles import Role
from torbay_reports.agenda import services
from torbay_reports.agenda.importing import read_agenda
from torbay_reports.agenda.models import Instalment, Paper
from torbay_reports.agenda.publishing import publish_pack
from torbay_reports.publishing.packplan import Edition

pytestmark = pytest.mark.django_db

ADDRESSES = (
    "",
    "pack/",
    "items/5/revenue-budget-monitoring/",
    "items/5/revenue-budget-monitoring/tables/budget-table/",
)


def with_services(content: QuarterFile, number: int) -> QuarterFile:
    """The same quarter with services added to one directorate until there are so many lines."""
    more = tuple(
        ServiceEntry(
            slug=f"service-{n}",
            name=f"Service {n}",
            kind="service",
            parent="joint-commissioning",
            expenditure=Decimal(n),
            income=Decimal(-1),
            forecast_net=Decimal(n),
        )
        for n in range(number - len(content.services))
    )
    return msgspec.structs.replace(content, services=content.services + more)


def published(content: QuarterFile, clerk: User) -> Instalment:
    """The year loaded anew with this content, its report frozen and its pack published."""
    FinancialYear.objects.all().delete()
    budget_services.load_quarter(content=content)
    services.publish_paper(paper=Paper.objects.get(slug="revenue-budget-monitoring"), by=clerk)
    agenda, supplement = Instalment.objects.filter(meeting__committee__slug="overview-and-scrutiny-board")
    for instalment in (agenda, supplement):
        publish_pack(instalment=instalment, edition=Edition.PUBLIC, by=None, why="The year is loaded anew.")
    return supplement


def queries(client: Client, instalment: Instalment) -> dict[str, int]:
    counted = {}
    for address in ADDRESSES:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(instalment.meeting.get_absolute_url() + address).status_code == 200
        counted[address] = len(captured)
    return counted


def test_reading_costs_the_same_number_of_queries_at_15_and_1500_services(client: Client) -> None:
    fixtures = Path(settings.FIXTURES_DIR)
    services.load_agenda(content=read_agenda(fixtures / "agenda.json"))
    content, clerk = read_quarter(fixtures / "budget.json"), person_with(Role.CLERK)
    assert len(content.services) == 15
    few = queries(client, published(content, clerk))
    many = queries(client, published(with_services(content, 1500), clerk))
    assert many == few
    assert max(few.values()) <= 16
