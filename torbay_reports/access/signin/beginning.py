"""A sign-in that waits for its second step ends when the account is closed or its password changed meanwhile."""

from typing import Final

from django.http import HttpRequest

from torbay_reports.access.models import User

_BEGUN_WITH: Final = "access_begun_with"


def note(request: HttpRequest, person: User) -> None:
    """Notes by which password the sign-in begins, since a second step may follow minutes later."""
    request.session[_BEGUN_WITH] = person.get_session_auth_hash()


def forget(request: HttpRequest) -> None:
    """Drops the note, once the sign-in is complete."""
    request.session.pop(_BEGUN_WITH, None)


def still_holds(request: HttpRequest, person: User) -> bool:
    """Is the account open, and the password still the one by which the sign-in began? As stored now."""
    current = User.objects.filter(pk=person.pk, is_active=True).first()
    return current is not None and request.session.get(_BEGUN_WITH) == current.get_session_auth_hash()
