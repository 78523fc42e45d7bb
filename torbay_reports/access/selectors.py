"""Reads the roles of a person, once per person object; administrators; invitations by their secret."""

from collections.abc import Sequence
from typing import cast

from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet

from torbay_reports.access.invitations import check_open, digest_of
from torbay_reports.access.models import Invitation, RoleAssignment, User
from torbay_reports.access.roles import Role
from torbay_reports.core import clock

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


def read_assignments(people: Sequence[User]) -> None:
    """Reads the roles of all these people, so that no later question about them asks the database; one query."""
    roles: dict[int, list[RoleAssignment]] = {each.pk: [] for each in people}
    for role in RoleAssignment.objects.filter(person__in=roles).order_by("starts_on", "pk"):
        roles[role.person_id].append(role)
    for person in people:
        person.__dict__[_CACHE] = tuple(roles[person.pk])


def forget_assignments(person: User) -> None:
    """Makes the next question about the person's roles read them again."""
    person.__dict__.pop(_CACHE, None)


def has_signed_in(person: User) -> bool:
    """Has the person used their invitation, or signed in by any other way?"""
    if person.last_login is not None or person.has_usable_password():
        return True
    return SocialAccount.objects.filter(user=person).exists()


def has_password(of: str = "") -> Q:
    """People who can sign in by a password; `of` leads to them, such as "person__" from a role."""
    return ~Q(**{f"{of}password": ""}) & ~Q(**{f"{of}password__startswith": UNUSABLE_PASSWORD_PREFIX})


def lasting_administrators() -> QuerySet[RoleAssignment]:
    """The roles without an end of administrators who can sign in, those that begin later included.

    Who never set a password, and has no council account either, cannot sign in.
    """
    has_account = Exists(SocialAccount.objects.filter(user=OuterRef("person")))
    return RoleAssignment.objects.filter(
        has_password("person__") | Q(has_account),
        role=Role.ADMINISTRATOR,
        scope_kind="",
        ends_on__isnull=True,
        person__is_active=True,
    )


def find_invitation(secret: str) -> Invitation:
    """The invitation of the link's secret, with its person, still open now; one query.

    Raises access.invitations.InvitationRefused when it is unknown, used, withdrawn or expired, or the account closed.
    """
    found = Invitation.objects.select_related("person").filter(digest=digest_of(secret)).first()
    return check_open(found, clock.now())
