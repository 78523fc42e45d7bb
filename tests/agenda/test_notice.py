"""The last day on time, counted by hand from a calendar, and what is said where bank holidays are not known."""

from datetime import date
from unittest import mock

import pytest
import requests

from torbay_reports.agenda.calculations.notice import (
    UnknownHolidays,
    bank_holidays,
    clear_days_between,
    is_working_day,
    last_day_on_time,
)

BY_HAND = [
    # Around the summer bank holiday, Monday 28 August 2017.
    (date(2017, 9, 6), date(2017, 8, 29)),  # Wed: Tue 5, Mon 4, Fri 1, Thu 31, Wed 30
    (date(2017, 9, 4), date(2017, 8, 24)),  # Mon: Fri 1, Thu 31, Wed 30, Tue 29, Fri 25
    (date(2017, 9, 5), date(2017, 8, 25)),  # Tue: Mon 4, Fri 1, Thu 31, Wed 30, Tue 29; Monday 28 is a holiday
    # Ordinary weeks.
    (date(2017, 9, 13), date(2017, 9, 5)),  # Wed: Tue 12, Mon 11, Fri 8, Thu 7, Wed 6
    (date(2017, 9, 16), date(2017, 9, 8)),  # Sat: Fri 15, Thu 14, Wed 13, Tue 12, Mon 11
    (date(2017, 11, 16), date(2017, 11, 8)),  # Thu: Wed 15, Tue 14, Mon 13, Fri 10, Thu 9
    (date(2017, 12, 11), date(2017, 12, 1)),  # Mon: Fri 8, Thu 7, Wed 6, Tue 5, Mon 4
    (date(2024, 3, 4), date(2024, 2, 23)),  # Mon: Fri 1 March, Thu 29, Wed 28, Tue 27, Mon 26 February
    # Easter 2017: Good Friday 14, Monday 17 April.
    (date(2017, 4, 13), date(2017, 4, 5)),  # Thu: Wed 12, Tue 11, Mon 10, Fri 7, Thu 6
    (date(2017, 4, 18), date(2017, 4, 6)),  # Tue: Thu 13, Wed 12, Tue 11, Mon 10, Fri 7
    (date(2017, 4, 20), date(2017, 4, 10)),  # Thu: Wed 19, Tue 18, Thu 13, Wed 12, Tue 11
    # Easter 2019: Good Friday 19, Monday 22 April; Easter 2023: Good Friday 7, Monday 10 April.
    (date(2019, 4, 24), date(2019, 4, 12)),  # Wed: Tue 23, Thu 18, Wed 17, Tue 16, Mon 15
    (date(2023, 4, 13), date(2023, 4, 3)),  # Thu: Wed 12, Tue 11, Thu 6, Wed 5, Tue 4
    # Christmas and New Year: 25 and 26 December 2017, 1 January 2018.
    (date(2017, 12, 28), date(2017, 12, 18)),  # Thu: Wed 27, Fri 22, Thu 21, Wed 20, Tue 19
    (date(2018, 1, 3), date(2017, 12, 21)),  # Wed: Tue 2, Fri 29, Thu 28, Wed 27, Fri 22
    # 27 and 28 December 2021 and 3 January 2022 in place of days at the weekend.
    (date(2022, 1, 6), date(2021, 12, 24)),  # Thu: Wed 5, Tue 4, Fri 31, Thu 30, Wed 29
    # 26 and 27 December 2022 and 2 January 2023.
    (date(2023, 1, 5), date(2022, 12, 23)),  # Thu: Wed 4, Tue 3, Fri 30, Thu 29, Wed 28
    # The early May holiday of 2020 was Friday 8 May.
    (date(2020, 5, 11), date(2020, 4, 30)),  # Mon: Thu 7, Wed 6, Tue 5, Mon 4, Fri 1
    # The jubilee, Thursday 2 and Friday 3 June 2022; Monday 30 May was worked.
    (date(2022, 6, 1), date(2022, 5, 24)),  # Wed: Tue 31, Mon 30, Fri 27, Thu 26, Wed 25
    (date(2022, 6, 6), date(2022, 5, 25)),  # Mon: Wed 1, Tue 31, Mon 30, Fri 27, Thu 26
    (date(2022, 6, 8), date(2022, 5, 27)),  # Wed: Tue 7, Mon 6, Wed 1, Tue 31, Mon 30
    (date(2022, 6, 9), date(2022, 5, 30)),  # Thu: Wed 8, Tue 7, Mon 6, Wed 1, Tue 31
    # The Queen's funeral, Monday 19 September 2022.
    (date(2022, 9, 20), date(2022, 9, 9)),  # Tue: Fri 16, Thu 15, Wed 14, Tue 13, Mon 12
    (date(2022, 9, 22), date(2022, 9, 13)),  # Thu: Wed 21, Tue 20, Fri 16, Thu 15, Wed 14
    # Monday 1 May 2023, and the coronation, Monday 8 May 2023.
    (date(2023, 5, 3), date(2023, 4, 24)),  # Wed: Tue 2, Fri 28, Thu 27, Wed 26, Tue 25
    (date(2023, 5, 10), date(2023, 4, 28)),  # Wed: Tue 9, Fri 5, Thu 4, Wed 3, Tue 2
    (date(2023, 5, 11), date(2023, 5, 2)),  # Thu: Wed 10, Tue 9, Fri 5, Thu 4, Wed 3
    (date(2023, 5, 15), date(2023, 5, 4)),  # Mon: Fri 12, Thu 11, Wed 10, Tue 9, Fri 5
]


@pytest.mark.parametrize(("meets_on", "last_day"), BY_HAND, ids=str)
def test_the_last_day_on_time_is_the_one_counted_by_hand(meets_on: date, last_day: date) -> None:
    assert last_day_on_time(meets_on) == last_day
    assert clear_days_between(last_day, meets_on) == 5


@pytest.mark.parametrize(
    ("issued", "clear"),
    [
        (date(2017, 8, 25), 6),  # Tue 29, Wed 30, Thu 31, Fri 1, Mon 4, Tue 5
        (date(2017, 9, 1), 2),  # Mon 4, Tue 5
        (date(2017, 9, 4), 1),  # Tue 5: the source's letter
        (date(2017, 9, 5), 0),
        (date(2017, 9, 6), 0),
        (date(2017, 9, 7), 0),
    ],
)
def test_neither_the_day_of_issue_nor_that_of_the_meeting_counts(issued: date, clear: int) -> None:
    assert clear_days_between(issued, date(2017, 9, 6)) == clear


def test_a_bank_holiday_of_scotland_alone_is_worked() -> None:
    assert is_working_day(date(2018, 1, 2))


@pytest.mark.parametrize("meets_on", [date(2012, 1, 6), date(2029, 1, 3), date.min, date.max])
def test_where_bank_holidays_are_not_known_it_says_so_with_the_cure(meets_on: date) -> None:
    with pytest.raises(UnknownHolidays, match="it knows those of 2012 to 2028. Bring the package"):
        last_day_on_time(meets_on)


def test_bank_holidays_are_read_once_and_from_nobody_else() -> None:
    bank_holidays.cache_clear()
    with mock.patch.object(requests, "get", side_effect=AssertionError("the network is asked")):
        assert bank_holidays() is bank_holidays()
