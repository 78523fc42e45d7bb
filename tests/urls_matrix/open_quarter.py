"""The second quarter of the demonstration's year, open, with one return submitted, and a file of its budget waiting."""

from datetime import date
from decimal import Decimal
from typing import Final

from budget.calculations.lines import Line, LineEdit
from budget.importing.stated import Income, Stated
from budget.models import FinancialYear, Service
from budget.selectors.grid import grid
from budget.services.closing import open_quarter
from budget.services.entry import save_lines
from budget.services.returns import submit
from budget.services.waiting import hold_budget
from tests.urls_matrix.people import NOT_IN_THE_CAST
from torbay_reports.access.models import User
from torbay_reports.access.roles import Role
from torbay_reports.core import periods
from torbay_reports.core.money import Unit

YEAR: Final = "2017-18"
NUMBER: Final = 2
BUDGET: Final = b"Directorate,Service,Expenditure,Income\nAdults,Care,100,(10)\n"
DUE: Final = date(2017, 10, 13)


def service() -> Service:
    """The first service of the year that has a budget to be returned."""
    year = FinancialYear.objects.get(start_year=2017)
    first = next(row for row in grid(year.quarters.get(number=NUMBER)).leaves if row.position.net is not None)
    return Service.objects.get(year=year, slug=first.slug)


def add_open_quarter(cast: dict[Role, User]) -> None:
    """Opens it, and enters and submits the return of `service()`."""
    finance = cast[Role.FINANCE_OFFICER]
    year = FinancialYear.objects.get(start_year=2017)
    quarter = open_quarter(year=year, number=NUMBER, returns_due=DUE, by=finance)
    slug = service().slug
    wanted = Line(forecast=Decimal(100_000), reason="Prices rise.")
    save_lines(quarter=quarter, edits=[LineEdit(slug, Line(), wanted)], by=finance)
    submit(quarter=quarter, slugs=[slug], by=finance)
    uploader = User.objects.get(email=NOT_IN_THE_CAST)
    next_year = periods.FinancialYear(2018)
    stated = Stated(unit=Unit.THOUSANDS, income=Income.NEGATIVE)
    hold_budget(year=next_year, data=BUDGET, file_name="budget.csv", stated=stated, why="", by=uploader)
