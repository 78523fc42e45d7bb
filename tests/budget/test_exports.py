"""Tables of a quarter leave as CSV and XLSX, with figures as numbers, and come back in as they went out."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from budget.importing.stated import Income, Net, Stated, Variance
from budget.models import Actual, Forecast, Quarter, Service, ServiceReturn, Virement, VirementLine
from budget.reports.exports import TakenAway, as_file, names
from budget.services.changes import budget_changes
from budget.services.returns_file import read_returns_file
from budget.services.waiting import read_budget_file
from tests.access.cast import person_with, sign_in
from tests.budget.forty import forty_services
from torbay_reports.access.roles import Role
from torbay_reports.core import clock, periods
from torbay_reports.core.money import Unit
from torbay_reports.documents.tables import UnknownFormat

pytestmark = pytest.mark.django_db
STATED = Stated(unit=Unit.POUNDS, income=Income.NEGATIVE, net=Net.SPENDING, variance=Variance.OVER)


@pytest.fixture
def quarter() -> Quarter:
    made = forty_services()
    care = Service.objects.get(slug="adults-care")
    Forecast.objects.create(quarter=made, service=care, net=Decimal("95000.50"))
    Actual.objects.create(quarter=made, service=care, net=Decimal(20_000), ledger_date=date(2018, 6, 30))
    ServiceReturn.objects.create(quarter=made, service=care, reason="=HYPERLINK(1)")
    virement = Virement.objects.create(
        year=made.year, dated=date(2018, 5, 1), approved_on=date(2018, 4, 30), approved_by="Cabinet", why="Moves",
        entered_at=clock.now(),
    )  # fmt: skip
    for slug, amount in (("adults-care", 500), ("adults-support", -500)):
        service = Service.objects.get(slug=slug)
        VirementLine.objects.create(virement=virement, service=service, kind="expenditure", amount=amount)
    return made


@pytest.fixture
def finance(client: Client) -> Client:
    sign_in(client, person_with(Role.FINANCE_OFFICER))
    return client


def taken(client: Client, name: str, fmt: str) -> bytes:
    response = client.get(f"/budget/2018-19/q1/export/{name}.{fmt}")
    assert response.status_code == 200
    assert response["Content-Disposition"] == f'attachment; filename="2018-19-q1-{name}.{fmt}"'
    return response.getvalue()


def rows(data: bytes) -> list[tuple[object, ...]]:
    sheet = openpyxl.load_workbook(BytesIO(data)).active
    assert sheet is not None
    return list(sheet.iter_rows(values_only=True))


def test_figures_are_numbers_and_text_is_no_formula(finance: Client, quarter: Quarter) -> None:
    heads, *lines = rows(taken(finance, "grid", "xlsx"))
    care = dict(zip(heads, next(line for line in lines if line[0] == "adults-care"), strict=True))
    assert care["Forecast (£)"] == 95_000.5
    assert care["Current budget (£)"] == 90_500
    assert care["Virements (£)"] == 500
    assert care["Group"] == "Adults"
    assert care["Reason"] == "'=HYPERLINK(1)"


@pytest.mark.parametrize("fmt", ["csv", "xlsx"])
def test_the_grid_comes_back_in_and_changes_nothing(finance: Client, quarter: Quarter, fmt: str) -> None:
    Service.objects.filter(slug="adults-care").update(name="Adults Care, nights")
    ServiceReturn.objects.update(reason="Agency staff")
    read = read_returns_file(quarter=quarter, data=taken(finance, "grid", fmt), file_name=f"grid.{fmt}", stated=STATED)
    assert read.edits == ()
    assert read.totals == 10
    assert read.rounding == ()


@pytest.mark.parametrize("fmt", ["csv", "xlsx"])
def test_the_budget_comes_back_in_and_changes_nothing(finance: Client, quarter: Quarter, fmt: str) -> None:
    data = taken(finance, "budget", fmt)
    year = periods.FinancialYear(2018)
    content = read_budget_file(year=year, data=data, file_name=f"budget.{fmt}", stated=STATED)
    changes = budget_changes(2018, content)
    assert (changes.unchanged, changes.changes_something, changes.left) == (81, False, ())


def test_every_table_leaves_in_both_formats(finance: Client, quarter: Quarter) -> None:
    assert {"grid", "desk", "budget", "virements"} <= set(names())
    for name in names():
        assert taken(finance, name, "csv").startswith(b"\xef\xbb\xbf")
        assert rows(taken(finance, name, "xlsx"))


def test_virements_say_when_who_and_why(finance: Client, quarter: Quarter) -> None:
    line = taken(finance, "virements", "csv").decode("utf-8-sig").splitlines()[1]
    assert line == "2018-05-01,2018-04-30,Cabinet,Adults Care,expenditure,500.00,Moves,"


@pytest.mark.parametrize("address", ["q1/export/none.csv", "q1/export/grid.pdf", "q2/export/grid.csv"])
def test_there_is_no_other_table_format_or_quarter(finance: Client, quarter: Quarter, address: str) -> None:
    assert finance.get(f"/budget/2018-19/{address}").status_code == 404


def test_an_unknown_format_is_named() -> None:
    with pytest.raises(UnknownFormat, match="not as 'pdf'"):
        as_file(TakenAway("x", (), ()), "pdf")


def test_an_export_asks_the_same_number_of_questions_for_one_service_and_for_forty(
    finance: Client, quarter: Quarter
) -> None:
    counts = []
    for names_kept in (None, ("adults-care",)):
        if names_kept:
            Service.objects.filter(children__isnull=True).exclude(slug__in=names_kept).delete()
        for name in ("grid", "desk", "budget", "virements"):
            with CaptureQueriesContext(connection) as asked:
                taken(finance, name, "csv")
            counts.append((name, len(asked)))
    assert counts[:4] == counts[4:]
