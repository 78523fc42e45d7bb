"""The rules for the permissions that access owns itself."""

from datetime import date

from django.contrib.auth.models import AnonymousUser

from torbay_reports.access.decisions import Decision, holds_for_all, no_things, register
from torbay_reports.access.models import User
from torbay_reports.access.permissions import Permission
from torbay_reports.access.roles import Role

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
    return holds_for_all(person, READERS_OF_THE_RECORD, on)


def may_manage_people(person: User | AnonymousUser, obj: object, on: date) -> Decision:
    """The administrator, unless the role is limited: who gives roles anywhere could give any."""
    return holds_for_all(person, (Role.ADMINISTRATOR,), on)


def register_own() -> None:
    """Registers the predicates of this app, once, when Django has loaded it."""
    register(Permission.READ_OWN_PAGE, may_read_own_page, no_things)
    register(Permission.READ_RECORD, may_read_record)
    register(Permission.MANAGE_PEOPLE, may_manage_people)
