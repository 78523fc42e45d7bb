"""Reads: who changed which figure when, from what to what and why, from the versions that the database keeps."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from django.db.models import Q

from budget.calculations.shown import exactly
from budget.models import Actual, BudgetLine, CloseStep, Forecast, Quarter, Service, ServiceReturn, VirementLine
from torbay_reports.access.models import User
from torbay_reports.core.formatting import long_date
from torbay_reports.core.history import events, moment_of
from torbay_reports.core.money import Money, Unit

NOBODY: Final = "Somebody not recorded"
_OF_QUARTERS: Final[dict[Any, dict[str, str]]] = {
    Forecast: {"net": "forecast"},
    Actual: {"net": "actual to date", "ledger_date": "ledger date"},
    ServiceReturn: {"reason": "reason"},
}
_OF_YEARS: Final[dict[Any, dict[str, str]]] = {
    BudgetLine: {"original": "original budget", "opening": "opening budget"},
    VirementLine: {"amount": "virement"},
}


@dataclass(frozen=True)
class Change:
    """One change of one field, or one step of a close. `order` grows with time over all of a year's changes.

    `before` and `after` are as they read, empty for none; a step has neither. `person` is None where none was recorded.
    """

    order: int
    at: datetime
    person: int | None
    who: str
    quarter: str
    slug: str
    service: str
    field: str
    before: str
    after: str
    why: str

    @property
    def sentence(self) -> str:
        """Anna Example changed the forecast of Parks from £400,000 to £412,500: agency staff."""
        of = f"the {self.field} of {self.service}"
        if not self.before and not self.after:
            said = f"{self.field} {self.service or self.quarter}"
        elif not self.before:
            said = f"set {of} to {self.after}"
        elif not self.after:
            said = f"removed {of}, which was {self.before}"
        else:
            said = f"changed {of} from {self.before} to {self.after}"
        return f"{self.who} {said}{f': {self.why.rstrip(chr(46))}' if self.why else ''}."


def changes_of_quarter(quarter: Quarter) -> list[Change]:
    """What was entered for the quarter and every step of its close, newest first; constant queries."""
    found = [row for model in _OF_QUARTERS for row in _rows(model, Q(quarter_id=quarter.pk))]
    return _told(found, CloseStep.objects.filter(quarter=quarter))


def changes_of_line(quarter: Quarter, service: Service) -> list[Change]:
    """The same of one service, with its budget lines and virements, which are the whole year's; constant queries."""
    of = Q(service_id=service.pk)
    found = [row for model in _OF_QUARTERS for row in _rows(model, of & Q(quarter_id=quarter.pk))]
    found += [row for model in _OF_YEARS for row in _rows(model, of)]
    return _told(found, CloseStep.objects.filter(quarter=quarter, service=service))


def changes_by(person: User) -> list[Change]:
    """What this person changed in any quarter, and the steps that they took, newest first; constant queries."""
    found = []
    for model in (*_OF_QUARTERS, *_OF_YEARS):
        theirs = events(model).filter(pgh_context__metadata__by=person.pk).order_by().values("pgh_obj_id")
        found += _rows(model, Q(pgh_obj_id__in=theirs))
    told = _told(found, CloseStep.objects.filter(by=person))
    return [each for each in told if each.person == person.pk]


@dataclass(frozen=True)
class _Row:
    order: int
    at: datetime
    by: int | None
    why: str
    quarter: int | None
    service: int
    field: str
    before: Any
    after: Any


def _rows(model: Any, which: Q) -> list[_Row]:
    """What differs between each version and the one before it of the same row."""
    of_quarter = model in _OF_QUARTERS
    fields = (_OF_QUARTERS if of_quarter else _OF_YEARS)[model]
    names = ["pgh_id", "pgh_obj_id", "pgh_label", "pgh_created_at", "pgh_context__metadata", "service_id", *fields]
    stood: dict[int, dict[str, Any]] = defaultdict(dict)
    found = []
    for row in events(model).filter(which).values(*names, *(["quarter_id"] if of_quarter else ["kind"])):
        metadata, known = row["pgh_context__metadata"] or {}, stood[row["pgh_obj_id"]]
        for name, words in fields.items():
            after = None if row["pgh_label"] == "delete" else row[name]
            before, known[name] = known.get(name), after
            if _nothing(before) == _nothing(after):
                continue
            found.append(
                _Row(
                    order=row["pgh_id"],
                    at=moment_of(metadata, row["pgh_created_at"]),
                    by=metadata.get("by"),
                    why=metadata.get("why") or "",
                    quarter=row.get("quarter_id"),
                    service=row["service_id"],
                    field=words if of_quarter else f"{words} ({row['kind']})",
                    before=before,
                    after=after,
                )
            )
    return found


def _nothing(value: Any) -> Any:
    """An empty reason is none; a nil sum is one."""
    return None if value == "" else value


def _told(rows: Iterable[_Row], steps: Any) -> list[Change]:
    rows, taken = list(rows), list(steps.select_related(None).order_by("pk"))
    services = Service.objects.select_related("year").in_bulk(
        {each.service for each in rows} | {each.service_id for each in taken if each.service_id}
    )
    quarters = Quarter.objects.select_related("year").in_bulk(
        {each.quarter for each in rows if each.quarter} | {each.quarter_id for each in taken}
    )
    people = User.objects.in_bulk({each.by for each in rows if each.by} | {each.by_id for each in taken})

    def who(pk: int | None) -> str:
        return people[pk].full_name if pk in people else NOBODY

    def named(pk: int | None) -> tuple[str, str]:
        if pk is None:
            return "", ""
        return (services[pk].slug, services[pk].name) if pk in services else ("", "a service no longer in the books")

    def when(pk: int | None) -> str:
        return str(quarters[pk]) if pk in quarters else ""

    found = []
    for row in rows:
        unit = Unit(services[row.service].year.unit) if row.service in services else Unit.POUNDS
        before, after = (_reads(each, unit) for each in (row.before, row.after))
        slug, name = named(row.service)
        found.append(
            Change(
                row.order, row.at, row.by, who(row.by), when(row.quarter), slug, name, row.field, before, after, row.why
            )
        )
    for step in taken:
        slug, name = named(step.service_id)
        quarter, words = when(step.quarter_id), _SAID.get(step.kind, step.kind)
        found.append(
            Change(step.pk, step.at, step.by_id, who(step.by_id), quarter, slug, name, words, "", "", step.why)
        )
    return sorted(found, key=lambda each: each.order, reverse=True)


_SAID: Final = {
    "reminded": "sent a reminder for",
    "taken back": "took back",
    "changed": "changed, after it was agreed,",
}


def _reads(value: object, unit: Unit) -> str:
    if isinstance(value, Decimal):
        text = exactly(abs(Money(value, unit).shown_in(Unit.POUNDS)))
        return f"(£{text})" if value < 0 else f"£{text}"
    if isinstance(value, date):
        return long_date(value)
    return f"“{value}”" if value else ""
