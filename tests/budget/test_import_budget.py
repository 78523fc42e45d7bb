"""`import_budget` says what it read and what changes, and saves all of it or nothing."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from budget.models import BudgetLine, FinancialYear, Forecast
from tests.access.cast import person_with
from tests.budget.forty import forty_services
from torbay_reports.access.roles import Role
from torbay_reports.core.history import events

pytestmark = pytest.mark.django_db
TABLE = "Directorate,Service,Expenditure,Income\nAdults,Care,1200,(200)\nAdults,Total,1200,(200)\nHomes,Lets,10,(20)\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "budget.csv"
    path.write_text(TABLE)
    return path


def said(file: Path, **options: Any) -> str:
    out = StringIO()
    given = {"year": "2018-19", "unit": "pounds", "income": "negative", "net": "positive-is-spending", **options}
    call_command("import_budget", str(file), stdout=out, stderr=StringIO(), **given)
    return out.getvalue()


def test_a_dry_run_says_what_would_change_and_saves_nothing(file: Path) -> None:
    words = said(file, dry_run=True)
    assert "2018/19 is not in the books yet: this file makes it, in pounds." in words
    assert "1 total compared with the computed sums; none is stored. None of them differ by rounding." in words
    assert "4 to add, 0 to change, 0 as before, 0 not in the file." in words
    assert words.endswith("This was a dry run: nothing was saved.\n")
    assert not FinancialYear.objects.exists()


def test_a_budget_comes_in_by_a_named_person_with_a_reason(file: Path) -> None:
    officer = person_with(Role.FINANCE_OFFICER)
    words = said(file, by=officer.email.upper(), why="As approved.")
    assert words.endswith("2018/19: 4 added, 0 changed, 0 removed.\n")
    event = events(BudgetLine).select_related("pgh_context")[0]
    assert (event.pgh_context.metadata["by"], event.pgh_context.metadata["why"]) == (officer.pk, "As approved.")


def test_a_quarters_forecasts_come_in_as_entries(file: Path) -> None:
    quarter = forty_services()
    officer = person_with(Role.FINANCE_OFFICER)
    file.write_text("Service,Forecast\nAdults Care,95000\nTotal Adults,95000\n")
    words = said(file, quarter=1, by=officer.email)
    assert "Quarter 1 2018/19: 1 service changed." in words
    assert Forecast.objects.get(quarter=quarter).net == 95_000


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"by": None}, "Say in whose name it is done"),
        ({"by": "nobody@council.invalid"}, "Nobody here has the address nobody@council.invalid"),
        ({"year": "2018-20"}, "'2018-20' is no financial year"),
        ({"unit": None}, "State the unit of the figures"),
        ({"income": None}, "State how the file shows income"),
        ({"column": ["nonsense"]}, "“nonsense” names no column"),
        ({"quarter": 3}, "Quarter 3 of 2018/19 is not open yet"),
        ({"ledger_date": "June"}, "“June” is no day"),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_is_saved(file: Path, options: dict[str, Any], words: str) -> None:
    officer = person_with(Role.FINANCE_OFFICER)
    with pytest.raises(CommandError, match=words):
        said(file, **{"by": officer.email, **options})
    assert not FinancialYear.objects.exists()


def test_a_fault_in_a_row_is_said_with_its_place_and_its_cure(file: Path) -> None:
    officer = person_with(Role.FINANCE_OFFICER)
    file.write_text(TABLE.replace("(20)", "20"))
    with pytest.raises(CommandError, match="Nothing was saved.\nRow 4, Income: 20 is positive"):
        said(file, by=officer.email)
    assert not FinancialYear.objects.exists()


def test_who_is_not_of_finance_brings_nothing_in(file: Path) -> None:
    with pytest.raises(CommandError, match="finance keeps budgets"):
        said(file, by=person_with(Role.CLERK).email)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        said(tmp_path / "none.csv", dry_run=True)
    with pytest.raises(CommandError, match="is no file"):
        said(tmp_path, dry_run=True)
