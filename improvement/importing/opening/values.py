"""The value of a workbook's cell as it is shown there: dates and numbers by their format."""

import re
from datetime import date, datetime, time, timedelta
from typing import Final

_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_LONGEST_FORMAT: Final = 255
"""Characters; what Excel takes."""

_PLACES = re.compile(r"0\.(0+)")
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def shown(value: object, number_format: str) -> str:
    """The text that the cell shows: "March 2017" for a day shown by month, "1.10" for a number with two places."""
    number_format = number_format[:_LONGEST_FORMAT]
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime):
        return _date_shown(value, number_format)
    if isinstance(value, date):
        return _date_shown(datetime.combine(value, time()), number_format)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, int | float):
        return _number_shown(value, number_format)
    return str(value)


def _date_shown(value: datetime, number_format: str) -> str:
    pattern = _QUOTED.sub("", number_format.split(";")[0]).lower()
    month = _MONTHS[value.month - 1]
    if "mmm" in pattern and "mmmm" not in pattern:
        month = month[:3]
    words = f"{month} {value.year}"
    if "d" in pattern or not re.search("m.*y|y.*m", pattern):
        words = f"{value.day} {words}"
    return words if value.time() == time() else f"{words} {value:%H:%M}"


def _number_shown(value: float, number_format: str) -> str:
    pattern = _QUOTED.sub("", number_format.split(";")[0])
    is_percentage = "%" in pattern
    amount = value * 100 if is_percentage else value
    places = _PLACES.search(pattern)
    if places:
        words = f"{amount:.{len(places[1])}f}"
    else:
        words = f"{amount:.15g}"
        if "e" in words and abs(amount) < 1e15:
            words = f"{amount:.15f}".rstrip("0").rstrip(".")
    return f"{words}%" if is_percentage else words
