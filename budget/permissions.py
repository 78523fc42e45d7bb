"""Who may see a quarter's report before it is published."""

from datetime import date

from django.contrib.auth.models import AnonymousUser

from torbay_reports.access.decisions import Decision, holds
from torbay_reports.access.decisions import register as register_predicate
from torbay_reports.access.models import User
from torbay_reports.access.permissions import Permission
from torbay_reports.access.roles import Role

DRAFT_READERS = (Role.FINANCE_OFFICER, Role.HEAD_OF_FINANCE, Role.BUDGET_HOLDER)


def may_read_draft(person: User | AnonymousUser, obj: object, on: date) -> Decision:
    """Finance and budget holders read drafts; everybody else waits for publication."""
    return holds(person, DRAFT_READERS, on)


def register() -> None:
    """Tell the access room who decides about drafts."""
    register_predicate(Permission.READ_DRAFT_REPORT, may_read_draft)
