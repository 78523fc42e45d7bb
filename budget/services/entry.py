"""Writes what is entered of a quarter's services: all of it or nothing, and never over another's change unseen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError

from budget.calculations.entered import faults, tidied
from budget.calculations.lines import Clash, Field, Line, LineEdit, merged
from budget.models import Actual, CloseStep, Forecast, Quarter, Service, ServiceReturn
from budget.selectors.entering import Books, books_of, refusals, shortened
from budget.selectors.grid import stored_lines
from budget.services.writing import writing
from torbay_reports.access.models import User
from torbay_reports.core import clock

BATCH = 500


class Clashed(Exception):
    """Somebody else changed fields that this writer wants to change, to something else. Nothing was saved."""

    def __init__(self, clashes: Sequence[Clash]) -> None:
        super().__init__(f"{len(clashes)} fields were changed by somebody else meanwhile.")
        self.clashes = tuple(clashes)


@dataclass(frozen=True)
class Saved:
    """What a save has changed, and whose agreed returns are submitted again by it; short names, in the edits' order."""

    changed: tuple[tuple[str, Field], ...]
    to_agree_again: tuple[str, ...]

    @property
    def number(self) -> int:
        """How many fields are different now."""
        return len(self.changed)


@dataclass(frozen=True)
class _Change:
    service: Service
    before: Line
    after: Line

    @property
    def fields(self) -> tuple[Field, ...]:
        return LineEdit(self.service.slug, self.before, self.after).changed


def save_lines(*, quarter: Quarter, edits: Sequence[LineEdit], by: User, why: str = "") -> Saved:
    """Bring these changes into the quarter: all of them, or none. Amounts in the year's unit, net; income negative.

    A field that the writer left alone keeps what is stored, whoever stored it meanwhile; two writers who want the same
    do not clash. A change of an agreed return makes it submitted again, by who changed it, so that another person
    agrees it. The same holds for a submitted one whose forecast or reason changes.

    Raises Clashed with every field that somebody else has changed since the writer saw it, QuarterLocked where the
    quarter is signed, and ValidationError with one sentence for each fault, naming the service: no such service, a
    total, one that this person may not enter, a return that is not a draft any more and is changed by who is not of
    finance, an actual without its ledger's date. With none of these raised everything is saved, with `why` beside it.
    """
    edits = [replace(each, wanted=tidied(each.wanted)) for each in edits]
    with writing(quarter=quarter, by=by, why=why) as held:
        books = books_of(held)
        refused = list(refusals(books, edits, by))
        if refused:
            raise ValidationError(shortened(refused))
        changes = _merged(books, stored_lines(held), [each for each in edits if each.changed])
        _write_forecasts(held, changes)
        _write_actuals(held, changes)
        again = _write_returns(books, changes, by, why)
    return Saved(
        changed=tuple((each.service.slug, field) for each in changes for field in each.fields), to_agree_again=again
    )


def _merged(books: Books, stored: dict[str, Line], edits: Iterable[LineEdit]) -> list[_Change]:
    """The lines that change, with what others wrote meanwhile. Raises Clashed and ValidationError."""
    changes: list[_Change] = []
    clashes: list[Clash] = []
    wrong: list[str] = []
    for edit in edits:
        before = stored[edit.slug]
        after, met = merged(edit, before)
        clashes.extend(met)
        if after != before:
            changes.append(_Change(books.services[edit.slug], before, after))
            wrong += [f"{books.name(edit.slug)}: {fault}" for fault in faults(after, books.quarter.year.period)]
    if clashes:
        raise Clashed(clashes)
    if wrong:
        # One writer took the actual away while the other typed its ledger's date.
        raise ValidationError(shortened(wrong))
    return changes


def _write_forecasts(quarter: Quarter, changes: Iterable[_Change]) -> None:
    changed = {each.service.pk: each.after.forecast for each in changes if "forecast" in each.fields}
    there = {each.service_id: each for each in Forecast.objects.filter(quarter=quarter, service__in=changed)}
    added, kept = [], []
    for service, net in changed.items():
        if net is not None and service in there:
            there[service].net = net
            kept.append(there[service])
        elif net is not None:
            added.append(Forecast(quarter=quarter, service_id=service, net=net))
    Forecast.objects.bulk_create(added, batch_size=BATCH)
    Forecast.objects.bulk_update(kept, ["net"], batch_size=BATCH)
    gone = [each.pk for service, each in there.items() if changed[service] is None]
    Forecast.objects.filter(pk__in=gone).delete()


def _write_actuals(quarter: Quarter, changes: Iterable[_Change]) -> None:
    changed = {each.service.pk: each.after for each in changes if {"actual", "ledger_date"} & set(each.fields)}
    there = {each.service_id: each for each in Actual.objects.filter(quarter=quarter, service__in=changed)}
    added, kept = [], []
    for service, line in changed.items():
        if line.actual is None or line.ledger_date is None:
            continue
        if service in there:
            there[service].net, there[service].ledger_date = line.actual, line.ledger_date
            kept.append(there[service])
        else:
            added.append(Actual(quarter=quarter, service_id=service, net=line.actual, ledger_date=line.ledger_date))
    Actual.objects.bulk_create(added, batch_size=BATCH)
    Actual.objects.bulk_update(kept, ["net", "ledger_date"], batch_size=BATCH)
    gone = [each.pk for service, each in there.items() if changed[service].actual is None]
    Actual.objects.filter(pk__in=gone).delete()


def _write_returns(books: Books, changes: Iterable[_Change], by: User, why: str) -> tuple[str, ...]:
    """Reasons and states; the short names of those that were agreed and are submitted again."""
    now = clock.now()
    added, kept, steps, again = [], [], [], []
    for change in changes:
        found = books.returns.get(change.service.slug)
        if found is None:
            if change.after.forecast is not None or change.after.reason:
                added.append(ServiceReturn(quarter=books.quarter, service=change.service, reason=change.after.reason))
            continue
        was_agreed = found.state == ServiceReturn.State.AGREED
        if was_agreed or (found.state == ServiceReturn.State.SUBMITTED and {"forecast", "reason"} & set(change.fields)):
            kind = CloseStep.Kind.CHANGED if was_agreed else CloseStep.Kind.SUBMITTED
            steps.append(CloseStep(quarter=books.quarter, service=change.service, kind=kind, at=now, by=by, why=why))
            again += [change.service.slug] if was_agreed else []
            found.state = ServiceReturn.State.SUBMITTED
            found.submitted_at, found.submitted_by = now, by
            found.agreed_at = found.agreed_by = None
        elif "reason" not in change.fields:
            continue
        found.reason = change.after.reason
        kept.append(found)
    ServiceReturn.objects.bulk_create(added, batch_size=BATCH)
    written = ["state", "reason", "submitted_at", "submitted_by", "agreed_at", "agreed_by"]
    ServiceReturn.objects.bulk_update(kept, written, batch_size=BATCH)
    CloseStep.objects.bulk_create(steps, batch_size=BATCH)
    return tuple(again)
