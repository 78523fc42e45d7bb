"""What the addresses of a quarter name, for who may see it; for everybody else it is as if it were not there."""

from django.http import Http404, HttpRequest

from budget.models import Quarter
from budget.selectors.quarters import UnknownQuarter, find_quarter, quarter_from_subject
from torbay_reports.access.models import User
from torbay_reports.access.permissions import Permission
from torbay_reports.access.reach import require
from torbay_reports.core import periods


def quarter_there(
    request: HttpRequest, year: str, number: int, permission: Permission = Permission.READ_DRAFT_REPORT
) -> Quarter:
    """The quarter with its year. Raises what `access.reach.require` raises for everybody else."""
    try:
        found = find_quarter(quarter_from_subject(f"{year}/q{number}"))
    except UnknownQuarter:
        found = None
    return require(request, permission, found)


def kept_year(request: HttpRequest, year: str) -> tuple[periods.FinancialYear, User]:
    """A financial year, in the books or not, and who asks and keeps budgets. Raises what `require` raises."""
    try:
        found = periods.FinancialYear.from_slug(year)
    except ValueError:
        found = None
    period = require(request, Permission.KEEP_BUDGET, found)
    if not isinstance(request.user, User):
        raise Http404
    return period, request.user


def signed_in(request: HttpRequest) -> User:
    """Who asks, of a page that is closed to the public. Raises Http404 for nobody."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user
