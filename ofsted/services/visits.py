"""The visit that a letter belongs to: one that stands in the books, or a new one."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.core.exceptions import ValidationError

from ofsted.models import Inspection, Letter, Visit

TWO_IN_A_MONTH: Final = (
    "The visit of {month} stands as visit {stored}, and this letter tells of visit {given}. Correct the number or the "
    "days: no two visits of an inspection are kept in one month."
)
TWO_VISITS: Final = (
    "Visit {number} stands in {month}, and another visit in {other}. Correct the number or the days of this one."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitWords:
    """When a visit was, and its place in the sequence where that is known."""

    number: int | None
    printed: str
    first: date
    last: date

    @property
    def month(self) -> date:
        """The first day of the month it began in."""
        return self.first.replace(day=1)

    @property
    def slug(self) -> str:
        """Its name in addresses: "2017-07"."""
        return f"{self.month:%Y-%m}"


class LetterIsThere(ValidationError):
    """A visit of that number or month has a letter already; `visit` is that visit."""

    def __init__(self, visit: Visit) -> None:
        named = (
            f"visit {visit.number}, of {visit.month:%B %Y}," if visit.number else f"the visit of {visit.month:%B %Y}"
        )
        super().__init__(f"There is a letter of {named} already. Open that one, or remove it first.")
        self.visit = visit


def visit_without_letter(inspection: Inspection, words: VisitWords) -> Visit:
    """The visit of that number or month, as the words have it, or a new one; call it with the inspection held.

    What everybody may know of a visit stays as it is: what a letter that is held back says of it is not shown by it.
    Raises LetterIsThere, and ValidationError where number and month belong to two visits.
    """
    check_days(words)
    found = _found(inspection, words)
    for each in found:
        if Letter.objects.filter(visit=each).exists():
            raise LetterIsThere(each)
    visit = _one_of(found, words) or Visit(inspection=inspection)
    if not visit.is_public:
        _set(visit, words)
    return visit


def change_visit(visit: Visit, words: VisitWords) -> None:
    """Other words for a visit that has its letter. Raises ValidationError where they are another visit's."""
    check_days(words)
    others = [each for each in _found(visit.inspection, words) if each.pk != visit.pk]
    if others:
        raise ValidationError(
            f"The visit of {others[0].month:%B %Y} has this number or month already. Correct the number or the days."
        )
    _set(visit, words)


def check_days(words: VisitWords) -> None:
    """Raises ValidationError where the last day comes before the first."""
    if words.last < words.first:
        raise ValidationError("The visit's last day comes before its first. Correct one of them.")


def _set(visit: Visit, words: VisitWords) -> None:
    visit.number, visit.dates_printed, visit.month, visit.slug = words.number, words.printed, words.month, words.slug
    visit.started_on, visit.ended_on = words.first, words.last
    visit.save()


def _found(inspection: Inspection, words: VisitWords) -> list[Visit]:
    """The visits of that number and of that month, without the number's where none is given."""
    rows = Visit.objects.filter(inspection=inspection)
    numbered = rows.filter(number=words.number) if words.number is not None else rows.none()
    return list(numbered.union(rows.filter(slug=words.slug)).order_by("slug"))


def _one_of(found: list[Visit], words: VisitWords) -> Visit | None:
    if len(found) > 1:
        (numbered,) = (each for each in found if each.number == words.number)
        (other,) = (each for each in found if each is not numbered)
        raise ValidationError(
            TWO_VISITS.format(number=words.number, month=f"{numbered.month:%B %Y}", other=f"{other.month:%B %Y}")
        )
    visit = found[0] if found else None
    if visit is not None and words.number is not None and visit.number not in (None, words.number):
        raise ValidationError(
            TWO_IN_A_MONTH.format(month=f"{visit.month:%B %Y}", stored=visit.number, given=words.number)
        )
    return visit
