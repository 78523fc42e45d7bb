"""Who may open these pages, and what they are about."""

from django.http import Http404, HttpRequest

from torbay_reports.access.models import RoleAssignment, User
from torbay_reports.access.people.selectors import find_person, find_role
from torbay_reports.access.permissions import Permission
from torbay_reports.access.reach import require
from torbay_reports.access.signin.proof import FOR_OWN_SECURITY, require_recent


def administrator(request: HttpRequest) -> User:
    """Who asks, once it is certain that they may manage people, and that it is they.

    Raises Http404 for everybody else, ProofWanted when they signed in too long ago.
    """
    require(request, Permission.MANAGE_PEOPLE, "people", say_why=True)
    if not isinstance(request.user, User):
        raise Http404
    require_recent(request)
    return request.user


def administrator_just_proved(request: HttpRequest) -> User:
    """Who asks, as `administrator` says, for what opens or shuts somebody's account.

    Raises ProofWanted when they proved more than a quarter of an hour ago who they are: a screen left open is not
    enough.
    """
    by = administrator(request)
    require_recent(request, FOR_OWN_SECURITY)
    return by


def person_or_404(pk: int) -> User:
    """The person with that number. Raises Http404 when there is none."""
    person = find_person(pk)
    if person is None:
        raise Http404
    return person


def role_or_404(person: User, pk: int) -> RoleAssignment:
    """The person's role with that number. Raises Http404 when there is none."""
    role = find_role(person, pk)
    if role is None:
        raise Http404
    return role
