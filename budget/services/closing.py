"""A quarter is opened, signed and, by name and with a reason, reopened."""

from datetime import date

from django.core.exceptions import ValidationError

from budget.calculations.closing import fingerprint
from budget.models import BudgetLine, CloseStep, FinancialYear, Quarter
from budget.reports.signing import signing_obstacles
from budget.selectors.closing import neighbours
from budget.selectors.grid import grid
from budget.services.outline import store_outline
from budget.services.writing import holding, keeping, writing
from torbay_reports.access.decisions import may
from torbay_reports.access.models import User
from torbay_reports.access.permissions import Permission
from torbay_reports.core import clock, periods
from torbay_reports.core.formatting import long_date

_Kind = CloseStep.Kind


def open_quarter(*, year: FinancialYear, number: int, returns_due: date, by: User) -> Quarter:
    """Begin a quarter: its returns are due by that day, its previous position is the signed one before it.

    Its report begins with the header of the report before and a standard outline. Raises ValidationError where `by` is
    not of finance, the year has no budget, the quarter is there already or is not the next one, the quarter before is
    not signed, or the day is not after today.
    """
    with keeping(year=year, by=by) as held:
        _refuse_unless(by, Permission.KEEP_BUDGET, "open a quarter")
        refusal = opening_refusal(held, number)
        if refusal:
            raise ValidationError(refusal)
        today = clock.today()
        if returns_due <= today:
            raise ValidationError(
                {"returns_due": f"{long_date(returns_due)} is not after today. Give budget holders a day to come."}
            )
        quarter = Quarter.objects.create(year=held, number=number, returns_due=returns_due)
        store_outline(quarter=quarter, by=by)
        _note(quarter, _Kind.OPENED, by)
    return quarter


def opening_refusal(year: FinancialYear, number: int) -> str:
    """Why that quarter of the year cannot be opened, in a sentence; empty where it can be."""
    wanted = periods.Quarter(year.period, number)
    there = {each.number: each for each in Quarter.objects.filter(year=year).select_related("year")}
    if not BudgetLine.objects.filter(service__year=year).exists():
        return f"{year} has no budget yet. Bring it in first."
    if number in there:
        return f"{wanted.label} is open already." if not there[number].is_signed else f"{wanted.label} is signed."
    # Books may begin in the middle of a year.
    if there and max(there) != number - 1:
        last = there[max(there)]
        return f"{last} is the latest in the books, so that {wanted.label} is not the next one."
    before = there.get(number - 1)
    if before is not None and not before.is_signed:
        return f"{before} is not signed yet. {wanted.label} opens with its signed position."
    return ""


def sign(*, quarter: Quarter, by: User, seen: str = "") -> Quarter:
    """Sign a quarter, which locks it: the head of finance alone.

    `seen` is the `fingerprint` of the table that was looked at. Raises QuarterLocked where it is signed already, and
    ValidationError for anybody else, with a sentence for each obstacle, and where the table has changed since.
    """
    with writing(quarter=quarter, by=by) as held:
        _refuse_unless(by, Permission.SIGN_QUARTER, "sign a quarter")
        found = grid(held)
        obstacles = signing_obstacles(found)
        if obstacles:
            raise ValidationError(list(obstacles))
        if seen and seen != fingerprint(row.position for row in found.rows):
            raise ValidationError("The figures have changed since you looked. They stand here anew: look, and sign.")
        held.signed_at, held.signed_by = clock.now(), by
        held.save(update_fields=["signed_at", "signed_by"])
        _note(held, _Kind.SIGNED, by)
    return held


def reopen(*, quarter: Quarter, by: User, why: str) -> Quarter:
    """Unlock a signed quarter, with a reason: the head of finance alone. What is agreed stays agreed until it changes.

    Raises ValidationError for anybody else, without a reason, for a quarter that is not signed, and where a later
    quarter of the year is signed: its movement is told against this one.
    """
    why = why.strip()
    with holding(quarter=quarter, by=by, why=why) as held:
        _refuse_unless(by, Permission.SIGN_QUARTER, "reopen a quarter")
        if not why:
            raise ValidationError({"why": "Say why it is reopened: the reason stays in its history."})
        refusal = reopening_refusal(held)
        if refusal:
            raise ValidationError(refusal)
        held.signed_at = held.signed_by = None
        held.save(update_fields=["signed_at", "signed_by"])
        _note(held, _Kind.REOPENED, by, why)
    return held


def reopening_refusal(quarter: Quarter) -> str:
    """Why the quarter cannot be reopened, in a sentence; empty where it can be."""
    if not quarter.is_signed:
        return f"{quarter} is not signed, so that there is nothing to reopen."
    signed = [each for each in neighbours(quarter).after if each.is_signed]
    if signed:
        return f"{signed[-1]} is signed, and tells its movement against {quarter}. Reopen {signed[-1]} first."
    return ""


def _refuse_unless(by: User, permission: Permission, what: str) -> None:
    decision = may(by, permission)
    if not decision:
        raise ValidationError(f"You may not {what}: {decision.reason}.")


def _note(quarter: Quarter, kind: CloseStep.Kind, by: User, why: str = "") -> None:
    CloseStep.objects.create(quarter=quarter, kind=kind, at=clock.now(), by=by, why=why)
