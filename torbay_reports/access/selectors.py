"""Reads the roles of a person, once per person object."""

from typing import cast

from django.contrib.auth.models import AnonymousUser

from torbay_reports.access.models import RoleAssignment, User

_CACHE = "_assignments_read"


def assignments_of(person: User | AnonymousUser) -> tuple[RoleAssignment, ...]:
    """All roles of the person, past and future ones too, in order of their first day.

    One query the first time, none after: the answer is kept on the person object, which in a request is
    `request.user`. `forget_assignments` drops it.
    """
    if not isinstance(person, User):
        return ()
    if _CACHE not in person.__dict__:
        person.__dict__[_CACHE] = tuple(RoleAssignment.objects.filter(person=person).order_by("starts_on", "pk"))
    return cast(tuple[RoleAssignment, ...], person.__dict__[_CACHE])


def forget_assignments(person: User) -> None:
    """Makes the next question about the person's roles read them again."""
    person.__dict__.pop(_CACHE, None)
