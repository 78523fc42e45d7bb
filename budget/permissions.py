"""Who may see a quarter before it is published, enter it, agree it and sign it."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AnonymousUser

from torbay_reports.access.decisions import Decision, holds, holds_for_all, no_things
from torbay_reports.access.decisions import register as register_predicate
from torbay_reports.access.models import User
from torbay_reports.access.permissions import Permission
from torbay_reports.access.roles import Role, ScopeKind

FINANCE = (Role.FINANCE_OFFICER, Role.HEAD_OF_FINANCE)
DRAFT_READERS = (*FINANCE, Role.BUDGET_HOLDER)


@dataclass(frozen=True)
class ServiceAt:
    """A service by its short name, with those of the groups above it: who holds a group answers for what is in it."""

    slug: str
    above: tuple[str, ...] = ()


def may_read_draft(person: User | AnonymousUser, obj: object, on: date) -> Decision:
    """Finance and budget holders read drafts; everybody else waits for publication."""
    return holds(person, DRAFT_READERS, on)


def may_enter_return(person: User | AnonymousUser, obj: object, on: date) -> Decision:
    """Finance for every service (`ServiceAt`), a budget holder for their own and what is below them."""
    finance = holds_for_all(person, FINANCE, on)
    if finance or not isinstance(obj, ServiceAt):
        return finance
    for slug in (obj.slug, *obj.above):
        held = holds(person, (Role.BUDGET_HOLDER,), on, ScopeKind.SERVICE, slug)
        if held:
            return held
    return holds(person, DRAFT_READERS, on, ScopeKind.SERVICE, obj.slug)


def may_keep_budget(person: User | AnonymousUser, obj: object, on: date) -> Decision:
    """Finance keeps budgets, virements and actuals, opens quarters, and agrees what holders return."""
    return holds_for_all(person, FINANCE, on)


def may_sign_quarter(person: User | AnonymousUser, obj: object, on: date) -> Decision:
    """The head of finance (the section 151 officer, Local Government Act 1972) signs and reopens."""
    return holds_for_all(person, (Role.HEAD_OF_FINANCE,), on)


def register() -> None:
    """Tell the access room who decides about the budget."""
    register_predicate(Permission.READ_DRAFT_REPORT, may_read_draft)
    register_predicate(Permission.ENTER_RETURN, may_enter_return, no_things)
    register_predicate(Permission.KEEP_BUDGET, may_keep_budget)
    register_predicate(Permission.SIGN_QUARTER, may_sign_quarter)
