"""Reads: which quarters are in the books."""

from budget.models import Quarter
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


def quarters_in_books() -> list[Quarter]:
    """The quarters that have a report, newest first."""
    return list(
        Quarter.objects.filter(report__isnull=False)
        .select_related("year", "report")
        .order_by("-year__start_year", "-number")
    )
