"""The rules for the permissions that access owns itself."""

from datetime import date

from django.contrib.auth.models import AnonymousUser

from torbay_reports.access.decisions import Decision, register
from torbay_reports.access.models import User
from torbay_reports.access.permissions import Permission
from torbay_reports.access.roles import Role
from torbay_reports.access.selectors import assignments_of
from torbay_reports.access.wording import any_of, held_words
from torbay_reports.core.formatting import long_date

READERS_OF_THE_RECORD = (Role.ADMINISTRATOR, Role.MONITORING_OFFICER)


def may_read_own_page(person: User | AnonymousUser, obj: object, on: date) -> Decision:
    """Everybody who is signed in reads the page about themselves, and nobody else's."""
    if not isinstance(person, User):
        return Decision(False, "you are not signed in")
    if obj != person:
        return Decision(False, "this page is somebody else's")
    return Decision(True, "this page is your own")


def may_read_record(person: User | AnonymousUser, obj: object, on: date) -> Decision:
    """The administrator and the monitoring officer, unless their role is limited: the record knows no committees."""
    for assignment in assignments_of(person):
        if assignment.role in READERS_OF_THE_RECORD and not assignment.scope_kind and assignment.is_held_on(on):
            return Decision(True, held_words(assignment))
    return Decision(False, f"you are not {any_of(READERS_OF_THE_RECORD)} of the whole council on {long_date(on)}")


def register_own() -> None:
    """Registers the predicates of this app, once, when Django has loaded it."""
    register(Permission.READ_OWN_PAGE, may_read_own_page)
    register(Permission.READ_RECORD, may_read_record)
