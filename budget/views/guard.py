"""What the addresses of a quarter name, for who may see it; for everybody else it is as if it were not there."""

from django.http import HttpRequest

from budget.models import Quarter
from budget.selectors.quarters import UnknownQuarter, find_quarter, quarter_from_subject
from torbay_reports.access.permissions import Permission
from torbay_reports.access.reach import require


def quarter_there(
    request: HttpRequest, year: str, number: int, permission: Permission = Permission.READ_DRAFT_REPORT
) -> Quarter:
    """The quarter with its year. Raises what `access.reach.require` raises for everybody else."""
    try:
        found = find_quarter(quarter_from_subject(f"{year}/q{number}"))
    except UnknownQuarter:
        found = None
    return require(request, permission, found)
