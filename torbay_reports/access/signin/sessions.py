"""How long a session lasts."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from allauth.account.internal.flows.logout import logout
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from torbay_reports.access.models import User
from torbay_reports.access.roles import Role
from torbay_reports.access.selectors import assignments_of
from torbay_reports.access.signin.proof import is_recent
from torbay_reports.core import clock

OWN_DEVICE: Final = "own_device"
"""The session's note, before the second step, of who said that the device is their own: their number."""

IS_LONG: Final = "is_long"
"""The session's note that it lasts longer than others."""

ON_OWN_DEVICE: Final = timedelta(days=30)


def may_last_long(person: User) -> bool:
    """Is the person a member today and nothing else? Officers write: they keep the short session."""
    on = clock.today()
    return {held.role for held in assignments_of(person) if held.is_held_on(on)} == {Role.MEMBER}


def set_length(request: HttpRequest, person: User) -> None:
    """30 days for a member on a device of their own; else SESSION_COOKIE_AGE, as for everybody."""
    if request.session.pop(OWN_DEVICE, None) == person.pk and may_last_long(person):
        request.session[IS_LONG] = True
        request.session.set_expiry(ON_OWN_DEVICE)


class LongSessionMiddleware:
    """Shortens a long session at once when its condition ends: a member who becomes an officer signs in as one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        person = request.user
        if isinstance(person, User) and request.session.get(IS_LONG) and not may_last_long(person):
            short = timedelta(seconds=settings.SESSION_COOKIE_AGE)
            if is_recent(request, short):
                del request.session[IS_LONG]
                request.session.set_expiry(short)
            else:
                logout(request, show_message=False)
        return self.get_response(request)
