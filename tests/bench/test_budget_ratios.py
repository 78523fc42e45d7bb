"""A ledger of 100,000 lines comes in with its history, and the quarter's page stays as fast as with 1,000 lines."""

import gc
from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test import Client

from budget.importing.stated import Income, Stated
from budget.models import BudgetLine, Quarter, Service
from budget.services.bringing import bring
from budget.services.waiting import read_budget_file
from tests.access.cast import person_with, sign_in
from tests.bench.measuring import Measure
from tests.budget.forty import forty_services
from torbay_reports.access.roles import Role
from torbay_reports.core import periods
from torbay_reports.core.history import events
from torbay_reports.core.money import Unit

pytestmark = [pytest.mark.bench, pytest.mark.django_db]
LINES = 100_000
SERVICES = 400
STATED = Stated(unit=Unit.POUNDS, income=Income.NEGATIVE)
COPY = "COPY budget_budgetline (service_id, kind, code, name, original, opening) FROM STDIN"
Line = tuple[int, str, str, str, Decimal, Decimal]


@pytest.fixture(autouse=True)
def _rubbish_waits() -> Iterator[None]:
    """The collector of rubbish would walk the whole test run's objects in the middle of a measurement."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


def ledger(lines: int) -> bytes:
    """A file of so many lines, as a ledger gives it: every fourth is income, each in a service of a directorate."""
    rows = ["Directorate,Service,Code,Name,Side,Amount"]
    for at in range(lines):
        service = at * SERVICES // lines
        side, sign = ("income", "-") if at % 4 == 0 else ("expenditure", "")
        amount = f"{sign}{at * 7919 % 99_991 + 1}.{at % 90 + 10}"
        rows.append(f"Group {service // 20},Service {service},{service}/{at},Line {at},{side},{amount}")
    return "\n".join(rows).encode()


def test_a_csv_of_100000_lines_with_history_takes_three_times_their_bare_copy_at_most(measured: Measure) -> None:
    data, officer = ledger(LINES), person_with(Role.FINANCE_OFFICER)
    year = periods.FinancialYear(2018)

    def bring_in() -> None:
        content = read_budget_file(year=year, data=data, file_name="ledger.csv", stated=STATED)
        bring(year=year, content=content, by=officer, why="As approved.")
        _check_references()

    bring_in()
    assert BudgetLine.objects.count() == LINES
    versions = events(BudgetLine)
    assert (
        versions.filter(pgh_context__metadata__by=officer.pk, pgh_context__metadata__why="As approved.").count()
        == LINES
    )
    fields = ("service_id", "kind", "code", "name", "original", "opening")
    rows: list[Line] = list(BudgetLine.objects.values_list(*fields))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM budget_budgetline")

    def anew() -> None:
        with transaction.atomic():
            Service.objects.all()._raw_delete("default")
            bring_in()
            transaction.set_rollback(True)

    def bare() -> None:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("ALTER TABLE budget_budgetline DISABLE TRIGGER USER")
                with cursor.copy(COPY) as copy:
                    for row in rows:
                        copy.write_row(row)
            _check_references()
            transaction.set_rollback(True)

    assert measured("bring in a CSV of 100,000 lines with history / COPY them without", anew, bare) <= 3


def _check_references() -> None:
    """What waits for the end of a transaction is part of what it costs."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def test_the_quarters_page_of_100000_lines_answers_within_twice_its_time_at_1000(
    client: Client, measured: Measure
) -> None:
    sign_in(client, person_with(Role.FINANCE_OFFICER))
    many, few = _quarter(2018, LINES), _quarter(2019, 1_000)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE") if connection.get_autocommit() else cursor.execute("ANALYZE")

    def ask(quarter: Quarter) -> None:
        assert client.get(f"/budget/{quarter.subject}/entry/").status_code == 200

    ratio = measured("the grid of 100,000 lines / of 1,000", lambda: ask(many), lambda: ask(few))
    assert ratio < 2


def _quarter(start_year: int, lines: int) -> Quarter:
    """The forty services with so many lines in all, alike in everything else."""
    quarter = forty_services(start_year=start_year)
    services = list(Service.objects.filter(year=quarter.year, kind="service"))
    BudgetLine.objects.filter(service__in=services).delete()
    with connection.cursor() as cursor, cursor.copy(COPY) as copy:
        for at in range(lines):
            amount = Decimal(at % 997)
            copy.write_row((services[at % len(services)].pk, "expenditure", str(at), f"Line {at}", amount, amount))
    return quarter
