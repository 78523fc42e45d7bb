"""The way of a service's return: draft > submitted by its holder > agreed by finance, and back with a reason."""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.utils import timezone

from budget.models import CloseStep, Quarter, ServiceReturn
from budget.selectors.grid import GridRow
from budget.services.returning import Held, holding_returns
from torbay_reports.access.decisions import may
from torbay_reports.access.models import User
from torbay_reports.access.permissions import Permission
from torbay_reports.core.formatting import listed, long_date

_State = ServiceReturn.State
_Kind = CloseStep.Kind


def submit(*, quarter: Quarter, slugs: Collection[str], by: User) -> tuple[str, ...]:
    """Say that these services' returns are done: by their holder, or by finance. All of them, or none.

    Gives their short names in print order. Raises QuarterLocked where the quarter is signed, and ValidationError with
    a sentence for each that this person may not enter, that is no draft, or that still wants something.
    """
    with holding_returns(quarter, slugs, by) as held:
        held.refuse(lambda row: _not_theirs(row, by) or _not_a_draft(held, row) or _wanting(row))
        for row in held.rows:
            held.to_submitted(row)
        held.store(_Kind.SUBMITTED)
    return held.slugs


def take_back(*, quarter: Quarter, slugs: Collection[str], by: User) -> tuple[str, ...]:
    """Make submitted returns drafts again: by who submitted them, or by finance. All of them, or none.

    Raises QuarterLocked where the quarter is signed, and ValidationError with a sentence for each that is not
    submitted or that somebody else submitted.
    """
    with holding_returns(quarter, slugs, by) as held:
        held.refuse(lambda row: _not_submitted(held, row) or _of_somebody_else(held, row))
        for row in held.rows:
            held.to_draft(row)
        held.store(_Kind.TAKEN_BACK)
    return held.slugs


def agree(*, quarter: Quarter, slugs: Collection[str], by: User) -> tuple[str, ...]:
    """Agree submitted returns: finance, and never who submitted them. All of them, or none.

    Raises QuarterLocked where the quarter is signed, and ValidationError with a sentence for each that is not
    submitted, that this very person submitted, or that wants something by now: a virement can make a variance large.
    """
    with holding_returns(quarter, slugs, by) as held:
        held.refuse_all_but_finance("agree returns")
        held.refuse(lambda row: _not_submitted(held, row) or _own(held, row) or _wanting(row))
        for row in held.rows:
            held.to_agreed(row)
        held.store(_Kind.AGREED)
    return held.slugs


def send_back(*, quarter: Quarter, slugs: Collection[str], by: User, why: str) -> dict[str, User]:
    """Make submitted or agreed returns drafts again, by finance, with a reason. All of them, or none.

    Gives who had submitted each, by short name. Raises QuarterLocked where the quarter is signed, and ValidationError
    without a reason or for a return that nobody submitted.
    """
    why = why.strip()
    with holding_returns(quarter, slugs, by, why) as held:
        held.refuse_all_but_finance("send returns back")
        if not why:
            raise ValidationError({"why": "Say why it goes back: the budget holder reads it."})
        held.refuse(lambda row: _nothing_to_send_back(held, row))
        submitters = {row.slug: held.submitter(row) for row in held.rows}
        for row in held.rows:
            held.to_draft(row)
        held.store(_Kind.SENT_BACK, why=why)
    return {slug: person for slug, person in submitters.items() if person is not None}


def _not_theirs(row: GridRow, by: User) -> str:
    if row.is_theirs:
        return ""
    return f"You may not submit {row.position.name}: it is another budget holder's. Leave it out, or ask finance."


def _not_a_draft(held: Held, row: GridRow) -> str:
    found = held.returns.get(row.slug)
    if found is None or found.state == _State.DRAFT:
        return ""
    return f"{row.position.name} is {_since(found)} already. Leave it out."


def _since(found: ServiceReturn) -> str:
    """Agreed by Anna Example on 3 July 2018."""
    at, by = (
        (found.agreed_at, found.agreed_by) if found.state == _State.AGREED else (found.submitted_at, found.submitted_by)
    )
    assert at is not None
    assert by is not None
    return f"{found.state} by {by.full_name} on {long_date(timezone.localtime(at).date())}"


def _wanting(row: GridRow) -> str:
    return f"{row.position.name} wants {listed(row.wants)} first." if row.wants else ""


def _not_submitted(held: Held, row: GridRow) -> str:
    found = held.returns.get(row.slug)
    if found is None or found.state == _State.DRAFT:
        return f"{row.position.name} is not submitted. Leave it out."
    if found.state == _State.AGREED:
        return f"{row.position.name} is {_since(found)} already. Finance can send it back, with a reason."
    return ""


def _of_somebody_else(held: Held, row: GridRow) -> str:
    submitter = held.submitter(row)
    if may(held.by, Permission.KEEP_BUDGET) or (submitter == held.by and row.is_theirs):
        return ""
    if submitter == held.by:
        return f"You answer for {row.position.name} no more, so that only finance can take it back."
    who = submitter.full_name if submitter is not None else "Somebody else"
    return f"{who} submitted {row.position.name}. Ask them, or finance, to take it back."


def _own(held: Held, row: GridRow) -> str:
    if held.submitter(row) != held.by:
        return ""
    return f"You submitted {row.position.name} yourself, so that another person of finance agrees it."


def _nothing_to_send_back(held: Held, row: GridRow) -> str:
    found = held.returns.get(row.slug)
    if found is None or found.state == _State.DRAFT:
        return f"{row.position.name} is not submitted, so that there is nothing to send back."
    return ""
