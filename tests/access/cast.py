"""The fixed cast of people for tests: one for each role, as on the demonstration's day."""

import time
from datetime import date, timedelta

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY as WHOSE_PROOFS,
)
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY as PROOFS
from allauth.mfa.models import Authenticator
from django.test import Client

from torbay_reports.access.models import RoleAssignment, User
from torbay_reports.access.roles import Role

BOARD = "overview-and-scrutiny-board"
TODAY = date(2017, 9, 5)
SINCE = date(2017, 5, 9)
SCOPES = {
    Role.BUDGET_HOLDER: ("service", "childrens-services"),
    Role.MEMBER: ("committee", BOARD),
}


def person(name: str = "Robin Vale", password: str | None = None) -> User:
    """A person without a role; the address follows from the name."""
    email = f"{name.lower().replace(' ', '.')}@council.invalid"
    return User.objects.create_user(email=email, full_name=name, password=password)


def person_with(role: Role, *, starts_on: date = SINCE, ends_on: date | None = None) -> User:
    """A person with that one role; the member and the budget holder are limited to a scope, as in the demonstration."""
    someone = person(f"Test {role.label}")
    kind, slug = SCOPES.get(role, ("", ""))
    RoleAssignment.objects.create(
        person=someone, role=role, starts_on=starts_on, ends_on=ends_on, scope_kind=kind, scope_slug=slug
    )
    return someone


def sign_in(client: Client, someone: User, *, ago: timedelta = timedelta(0), method: str = "password") -> None:
    """Signs the person in as if they had proved themselves so long ago, without the pages of signing in."""
    client.force_login(someone)
    session = client.session
    proof: dict[str, object] = {"method": method, "at": time.time() - ago.total_seconds()}  # noqa: TID251
    if method == "mfa":
        proof["id"] = Authenticator.objects.filter(user=someone).values_list("pk", flat=True).first()
    session[PROOFS] = [proof]
    session[WHOSE_PROOFS] = str(someone.pk)
    session.save()
