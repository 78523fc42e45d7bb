"""How long a session lasts."""

from datetime import timedelta
from typing import Final

from django.http import HttpRequest

from torbay_reports.access.models import User
from torbay_reports.access.roles import Role
from torbay_reports.access.selectors import assignments_of
from torbay_reports.core import clock

OWN_DEVICE: Final = "own_device"
"""The session's note that the person said, when signing in, that the device is their own."""

ON_OWN_DEVICE: Final = timedelta(days=30)


def set_length(request: HttpRequest, person: User) -> None:
    """30 days for a member on a device of their own; else SESSION_COOKIE_AGE, as for everybody.

    Officers write: who holds any other role than member today keeps the short session.
    """
    on = clock.today()
    roles = {assignment.role for assignment in assignments_of(person) if assignment.is_held_on(on)}
    if request.session.pop(OWN_DEVICE, False) and roles == {Role.MEMBER}:
        request.session.set_expiry(ON_OWN_DEVICE)
