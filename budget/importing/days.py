"""A day as files write it."""

import re
from datetime import date
from typing import Final

_FORMS: Final = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"),
    re.compile(r"(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>\d{4})"),
)


def day_in(text: str) -> date | None:
    """The day of "30/06/2017" or "2017-06-30", the day first as in England; None for anything else."""
    for form in _FORMS:
        match = form.fullmatch(text.strip())
        if match is not None:
            try:
                return date(int(match["year"]), int(match["month"]), int(match["day"]))
            except ValueError:
                return None
    return None
