"""Subjects of reports that are made for a meeting's day: the short name of what they are about, and the day."""

from datetime import date
from typing import Final

NO_DAY: Final = "'{subject}' is no short name and day, such as childrens-services/2017-09-06."


def subject_of(slug: str, as_at: date) -> str:
    """The subject as at a day: childrens-services/2017-09-06."""
    return f"{slug}/{as_at.isoformat()}"


def slug_and_day(subject: str) -> tuple[str, date]:
    """The short name and the day of a subject. Raises ValueError where it is not written so."""
    slug, _, day = subject.rpartition("/")
    try:
        as_at = date.fromisoformat(day)
    except ValueError:
        raise ValueError(NO_DAY.format(subject=subject)) from None
    if subject_of(slug, as_at) != subject:
        raise ValueError(NO_DAY.format(subject=subject))
    return slug, as_at
