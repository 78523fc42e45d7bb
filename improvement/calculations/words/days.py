"""Days, months and quarters as people write them: the pieces that every reader of printed dates shares."""

from calendar import monthrange
from datetime import date
from typing import Final

from torbay_reports.core.periods import FinancialYear, Quarter

MONTH: Final = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    "|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
"""A month's name or its usual short form, for a pattern that ignores case."""

_FIRST_LETTERS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def month_number(name: str) -> int:
    """1 for "Jan" or "January". Takes what MONTH matches."""
    return _FIRST_LETTERS.index(name[:3].casefold()) + 1


def year_number(printed: str) -> int:
    """2017 for "2017" and for "17": a year of two digits is one of this century."""
    return int(printed) + (2000 if len(printed) == 2 else 0)


def real_day(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_end(year: int, month: int) -> date | None:
    """The month's last day, or None where there is no such month."""
    if not (date.min.year <= year <= date.max.year and 1 <= month <= 12):
        return None
    return date(year, month, monthrange(year, month)[1])


def quarter_of(number: str, start: str, end: str) -> Quarter | None:
    """The quarter that "Q1 2017/18" names, from its three numbers; None where the years do not follow each other."""
    try:
        return Quarter(FinancialYear.from_slug(f"{start}-{end}"), int(number))
    except ValueError:
        return None


def quarter_slug(quarter: Quarter) -> str:
    """As stored: 2017-18/q1."""
    return f"{quarter.year.slug}/q{quarter.number}"
