"""The rules for the permissions that access owns itself."""

from datetime import date

from django.contrib.auth.models import AnonymousUser

from torbay_reports.access.decisions import Decision, register
from torbay_reports.access.models import User
from torbay_reports.access.permissions import Permission


def may_read_own_page(person: User | AnonymousUser, obj: object, on: date) -> Decision:
    """Everybody who is signed in reads the page about themselves, and nobody else's."""
    if not isinstance(person, User):
        return Decision(False, "you are not signed in")
    if obj != person:
        return Decision(False, "this page is somebody else's")
    return Decision(True, "this page is your own")


def register_own() -> None:
    """Registers the predicates of this app, once, when Django has loaded it."""
    register(Permission.READ_OWN_PAGE, may_read_own_page)
