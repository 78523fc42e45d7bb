"""Reads: which quarters are in the books."""

from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q

from budget.models import FinancialYear, Quarter
from torbay_reports.core import periods


class UnknownQuarter(LookupError):
    """A quarter, or its report, that is not in the books."""


def quarter_from_subject(subject: str) -> periods.Quarter:
    """Read "2017-18/q1". Raises UnknownQuarter."""
    year, _, quarter = subject.partition("/q")
    try:
        return periods.Quarter(periods.FinancialYear.from_slug(year), int(quarter))
    except ValueError as error:
        raise UnknownQuarter(f"'{subject}' names no quarter: write it like 2017-18/q1.") from error


def find_quarter(period: periods.Quarter) -> Quarter | None:
    """The quarter with its year, or None where it is not in the books; one query."""
    return (
        Quarter.objects.select_related("year").filter(year__start_year=period.year.start, number=period.number).first()
    )


@dataclass(frozen=True)
class YearInBooks:
    """A financial year with its quarters, newest first; `following` is the one that can be opened next, where one
    can: the newest is signed, or there is none."""

    year: FinancialYear
    quarters: tuple[Quarter, ...]

    @property
    def following(self) -> int | None:
        if not self.quarters:
            return 1
        newest = self.quarters[0]
        return newest.number + 1 if newest.is_signed and newest.number < 4 else None


def years_in_books() -> list[YearInBooks]:
    """Every year, newest first; a quarter knows how many of its returns are agreed (`agreed`). Two queries."""
    quarters = (
        Quarter.objects.select_related("year", "signed_by")
        .annotate(agreed=Count("returns", filter=Q(returns__state="agreed")))
        .order_by("-number")
    )
    years = FinancialYear.objects.order_by("-start_year").prefetch_related(Prefetch("quarters", quarters))
    return [YearInBooks(each, tuple(each.quarters.all())) for each in years]
