"""Speed as ratios, both sides measured in turn in one run; each prints a line of JSON. Run by `make bench`."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from budget.importing.quarter_file import read_quarter
from budget.models import FinancialYear
from budget.reports.monitoring import quarterly_report
from budget.services import loading as budget_services
from tests.agenda.conftest import build_supplement
from tests.agenda.test_queries import with_services
from tests.bench.measuring import Measure
from torbay_reports.agenda.services import build_pack
from torbay_reports.documents.html import render_screen
from torbay_reports.publishing.models import StoredPack
from torbay_reports.publishing.packplan import Edition

pytestmark = [pytest.mark.bench, pytest.mark.django_db]


def test_a_report_of_ten_times_the_services_costs_at_most_ten_times_as_much(measured: Measure) -> None:
    content = read_quarter(Path(settings.FIXTURES_DIR) / "budget.json")

    def load(number: int) -> None:
        FinancialYear.objects.all().delete()
        budget_services.load_quarter(content=with_services(content, number))

    load(150)
    documents = {150: quarterly_report(content.subject)}
    load(1500)
    documents[1500] = quarterly_report(content.subject)
    assert documents[1500] != documents[150]
    ratio = measured(
        "render the report at 1,500 services / at 150",
        lambda: render_screen(documents[1500]),
        lambda: render_screen(documents[150]),
    )
    assert ratio < 15


def test_a_pack_that_is_unchanged_is_not_rendered_again(measured: Measure) -> None:
    supplement = build_supplement(Path(settings.FIXTURES_DIR))

    def build() -> object:
        return build_pack(instalment=supplement.instalment, edition=Edition.PUBLIC, by=None)

    def build_from_nothing() -> object:
        StoredPack.objects.all().delete()
        return build()

    assert measured("rebuild an unchanged pack / build it", build, build_from_nothing) < 0.2


def test_the_stored_pdf_is_served_faster_than_the_reports_page(client: Client, measured: Measure) -> None:
    supplement = build_supplement(Path(settings.FIXTURES_DIR))
    ratio = measured(
        "serve the stored PDF / serve the report's page",
        lambda: client.get(f"{supplement.address}pack.pdf"),
        lambda: client.get(supplement.paper_address),
    )
    assert ratio < 1
