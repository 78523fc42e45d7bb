"""People of the invented year of forty services, and changes of its lines as they write them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

from budget.calculations.lines import Line, LineEdit
from budget.models import Quarter, ServiceReturn
from budget.selectors.grid import stored_lines
from tests.access.cast import SINCE, person
from torbay_reports.access.models import RoleAssignment, User
from torbay_reports.access.roles import Role
from torbay_reports.core import clock

CARE: Final = "adults-care"
SUPPORT: Final = "adults-support"
PROJECTS: Final = "homes-projects"
LEDGER: Final = date(2018, 6, 30)


def finance(name: str = "Flo Example") -> User:
    """A finance officer."""
    someone = person(name)
    RoleAssignment.objects.create(person=someone, role=Role.FINANCE_OFFICER, starts_on=SINCE)
    return someone


def holder(of: str = "adults", name: str = "Hal Example") -> User:
    """Who answers for that service, or for all that is in that group."""
    someone = person(name)
    RoleAssignment.objects.create(
        person=someone, role=Role.BUDGET_HOLDER, starts_on=SINCE, scope_kind="service", scope_slug=of
    )
    return someone


def edit(quarter: Quarter, slug: str = CARE, *, seen: Line | None = None, **wanted: Any) -> LineEdit:
    """A change of that line from what is stored now, or from what the writer saw; whole numbers are sums."""
    before = stored_lines(quarter).get(slug, Line()) if seen is None else seen
    values: dict[str, Any] = {name: Decimal(each) if isinstance(each, int) else each for name, each in wanted.items()}
    return LineEdit(slug, before, replace(before, **values))


def put_in(quarter: Quarter, slug: str, state: str, by: User) -> None:
    """The return of that service is in that state, submitted and agreed by that person."""
    facts: dict[str, Any] = {"state": state}
    if state != ServiceReturn.State.DRAFT:
        facts |= {"submitted_at": clock.now(), "submitted_by": by}
    if state == ServiceReturn.State.AGREED:
        facts |= {"agreed_at": clock.now(), "agreed_by": by}
    service = quarter.year.services.get(slug=slug)
    ServiceReturn.objects.update_or_create(quarter=quarter, service=service, defaults=facts)
