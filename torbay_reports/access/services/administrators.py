"""There is always an administrator left: nobody else can make one."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import connection

from torbay_reports.access.models import RoleAssignment, User
from torbay_reports.access.selectors import lasting_administrators
from torbay_reports.core import clock

_KEY = "the last administrator"


def queue_for_administrators() -> None:
    """Waits until no other transaction takes an administrator away; held until this one ends.

    Called before any row is locked, and then read anew: so two administrators who remove each other come one by one.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [_KEY])


def check_one_is_left(*, without: Sequence[RoleAssignment], after: date, by: User | None) -> None:
    """Raises ValidationError when no administrator would be left the day after, once these roles are gone.

    One counts who can sign in and whose role has begun by then and has no end; who is none takes none away. The
    installation itself is not held up: `manage.py createsuperuser` makes another one.
    """
    if by is None:
        return
    gone = {assignment.pk for assignment in without}
    # Those of later days too: without them the role of who leaves soon would be all there is.
    lasting = dict(lasting_administrators().values_list("pk", "starts_on"))
    last_day = max(after, clock.today() - timedelta(days=1))
    if gone.isdisjoint(lasting) or any((day - last_day).days <= 1 for pk, day in lasting.items() if pk not in gone):
        return
    raise ValidationError(
        "Nobody would be left who can give roles: there is no other administrator who can sign in and whose role has "
        "no end. Make somebody else administrator first, and wait until they have signed in."
    )
