"""Who reads whether everything published is as it was published: nothing personal, and nothing that a paper says."""

from datetime import date

from django.contrib.auth.models import AnonymousUser

from torbay_reports.access.decisions import Decision, holds
from torbay_reports.access.decisions import register as register_predicate
from torbay_reports.access.models import User
from torbay_reports.access.permissions import Permission
from torbay_reports.access.roles import Role


def may_read_verifications(person: User | AnonymousUser, obj: object, on: date) -> Decision:
    """The monitoring officer, of the whole council or of a committee: the stores are one."""
    return holds(person, (Role.MONITORING_OFFICER,), on)


def register() -> None:
    """Tell the access room who decides about verifications."""
    register_predicate(Permission.READ_VERIFICATIONS, may_read_verifications)
