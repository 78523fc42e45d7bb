"""Values as a change notes them, and as a person reads them."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Final

from improvement.calculations.tracker import MeasureEntry
from improvement.calculations.words.measures import measures_in_words
from improvement.kinds import Status
from torbay_reports.core.formatting import listed, long_date

NAMES_APART: Final = "; "
"""Stands between the owners of a step where a change names them."""


def in_text(value: object) -> str:
    """As a change notes it: nothing for None, a date as 2017-09-05, measures as a cell has them, owners by `; `."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, str) or not isinstance(value, Iterable):
        return str(value)
    entries = list(value)
    measures = [each for each in entries if isinstance(each, MeasureEntry)]
    return measures_in_words(measures) if measures else NAMES_APART.join(str(each) for each in entries)


def in_words(value: object) -> str:
    """As a person reads it: the status by its label, a date as 5 September 2017, several owners with "and"."""
    if isinstance(value, Status):
        return value.label
    if isinstance(value, date):
        return long_date(value)
    if isinstance(value, tuple) and value and all(isinstance(each, str) for each in value):
        return listed(value)
    return in_text(value)
