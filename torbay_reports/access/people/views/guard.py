"""Who may open these pages, and what they are about."""

from django.http import Http404, HttpRequest

from torbay_reports.access.models import RoleAssignment, User
from torbay_reports.access.people.selectors import find_person, find_role
from torbay_reports.access.permissions import Permission
from torbay_reports.access.reach import require
from torbay_reports.access.signin.proof import require_recent


def administrator(request: HttpRequest) -> User:
    """Who asks, once it is certain that they may manage people, and that it is they.

    Raises Http404 for everybody else, ProofWanted when they signed in too long ago.
    """
    require(request, Permission.MANAGE_PEOPLE, "people", say_why=True)
    if not isinstance(request.user, User):
        raise Http404
    require_recent(request)
    return request.user


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
