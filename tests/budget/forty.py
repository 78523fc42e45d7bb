"""An invented council's year of forty services in eight directorates, held in pounds, with its first quarter open."""

from datetime import date
from decimal import Decimal
from typing import Final

from budget.models import BudgetLine, FinancialYear, Quarter, Service

DIRECTORATES: Final = ("Adults", "Children", "Places", "Streets", "Homes", "Culture", "Customers", "Corporate")
SERVICES: Final = ("Care", "Commissioning", "Support", "Operations", "Projects")
DUE: Final = date(2018, 7, 13)


def forty_services(*, start_year: int = 2018, unit: str = "pounds", number: int = 1) -> Quarter:
    """The quarter of that number, open, of a year whose forty services have budgets and no returns yet."""
    year = forty_budgets(start_year=start_year, unit=unit)
    return Quarter.objects.create(year=year, number=number, returns_due=DUE)


def forty_budgets(*, start_year: int = 2018, unit: str = "pounds") -> FinancialYear:
    """The year before its first quarter is opened: forty services with budgets, and what pays for them."""
    year = FinancialYear.objects.create(start_year=start_year, unit=unit)
    top = _line(year, "net", "Net Revenue Budget", Service.Kind.NET, None, 1)
    gross = _line(year, "gross", "Gross Revenue Budget", Service.Kind.GROSS, top, 1)
    leaves = []
    for place, directorate in enumerate(DIRECTORATES, start=1):
        group = _line(year, directorate.lower(), directorate, Service.Kind.DIRECTORATE, gross, place)
        for within, name in enumerate(SERVICES, start=1):
            slug = f"{directorate}-{name}".lower()
            leaves.append(_line(year, slug, f"{directorate} {name}", Service.Kind.SERVICE, group, within))
    budgets = []
    for number_of, leaf in enumerate(leaves, start=1):
        for kind, amount in (("expenditure", 100_000 * number_of), ("income", -10_000 * number_of)):
            budgets.append(BudgetLine(service=leaf, kind=kind, original=Decimal(amount), opening=Decimal(amount)))
    funding = _line(year, "funding", "Sources of Funding", Service.Kind.FUNDING, top, 2)
    total = -sum((each.opening for each in budgets), Decimal(0))
    BudgetLine.objects.bulk_create(
        [*budgets, BudgetLine(service=funding, kind="income", original=total, opening=total)]
    )
    return year


def _line(year: FinancialYear, slug: str, name: str, kind: str, parent: Service | None, position: int) -> Service:
    return Service.objects.create(year=year, slug=slug, name=name, kind=kind, parent=parent, position=position)
