"""Five clear days' notice of a meeting and of its papers (Local Government Act 1972, s100A(6), s100B(3), Schedule 12
paragraph 4).

Clear days are working days between the day of issue and the day of the meeting; neither of the two counts. England's
bank holidays come with the program and are asked of nobody.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import islice
from typing import Final

from govuk_bank_holidays.bank_holidays import BankHolidays

CLEAR_DAYS: Final = 5
SATURDAY: Final = 5
ONE_DAY: Final = timedelta(days=1)
UNKNOWN: Final = (
    "The bank holidays of {year} are not known to this program: it knows those of {first} to {last}. Bring the package "
    "govuk-bank-holidays up to date."
)


class UnknownHolidays(LookupError):
    """Working days of a year whose bank holidays are not known; the message says which are."""


def last_day_on_time(meets_on: date) -> date:
    """The last working day on which papers may go out so that five clear days lie before the meeting.

    Raises UnknownHolidays where the meeting or a day of the count stands in a year whose bank holidays are not known.
    """
    *_, day_of_issue = islice(_working_days_before(meets_on), CLEAR_DAYS + 1)
    return day_of_issue


def clear_days_between(issued: date, meets_on: date) -> int:
    """The working days after the day of issue and before that of the meeting; 0 where that is the same or earlier.

    Raises UnknownHolidays.
    """
    days = (issued + n * ONE_DAY for n in range(1, (meets_on - issued).days))
    return sum(is_working_day(day) for day in days)


def is_working_day(day: date) -> bool:
    """Whether it is neither a Saturday, a Sunday nor a bank holiday in England. Raises UnknownHolidays."""
    _check_known(day)
    return day.weekday() < SATURDAY and day not in bank_holidays()


@cache
def bank_holidays() -> tuple[date, ...]:
    """England's bank holidays as the program has them, in order; read once, from its own files."""
    stored = BankHolidays(use_cached_holidays=True)
    return tuple(sorted(each["date"] for each in stored.get_holidays(division=BankHolidays.ENGLAND_AND_WALES)))


def _working_days_before(day: date) -> Iterator[date]:
    _check_known(day)
    while True:
        day -= ONE_DAY
        if is_working_day(day):
            yield day


def _check_known(day: date) -> None:
    first, last = bank_holidays()[0].year, bank_holidays()[-1].year
    if not first <= day.year <= last:
        raise UnknownHolidays(UNKNOWN.format(year=day.year, first=first, last=last))
