"""Who has to sign in with a second factor, and what keeps them from everything else until they do.

The roles come from the setting SECOND_FACTOR. A sign-in by the council's own service counts: that service asks for
its second factor itself.
"""

from collections.abc import Callable
from typing import Any, Final

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from torbay_reports.access.models import User
from torbay_reports.access.roles import Role
from torbay_reports.access.selectors import assignments_of
from torbay_reports.core import clock

EVERYBODY: Final = "all"
OWED_AT: Final = "second_factor_owed_at"
"""The request's note of where a second factor is owed."""

SET_UP_AT: Final = "mfa_index"
BY_FACTOR: Final = "mfa"
BY_COUNCIL: Final = "socialaccount"
"""Ways to prove oneself, as django-allauth names them, that are or include a second factor."""

OPEN_TO_GIVE_IT: Final = frozenset(
    {"account_logout", "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "accessibility", "privacy", "cookies"}
)
"""Addresses for who has a second factor and has not given it in this session. None shows or changes a factor."""

OPEN_TO_SET_IT_UP: Final = OPEN_TO_GIVE_IT | {
    "account_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "council-account-again",
    "openid_connect_login",
    "openid_connect_callback",
}
"""Addresses for who has none yet."""


def check_setting() -> None:
    """Raises ImproperlyConfigured when SECOND_FACTOR names what is no role."""
    known = {EVERYBODY, *Role}
    wrong = [name for name in settings.ROLES_WITH_SECOND_FACTOR if name not in known]
    if wrong:
        raise ImproperlyConfigured(
            f"The setting SECOND_FACTOR names “{wrong[0]}”, which is no role. Write all, none, or roles with commas: "
            f"{', '.join(Role)}."
        )


def is_wanted_of(person: User) -> bool:
    """Does one of the person's roles of today ask for a second factor?

    Where all roles do, somebody without a role is asked too: the next role may come tomorrow.
    """
    wanted = set(settings.ROLES_WITH_SECOND_FACTOR)
    if not wanted or EVERYBODY in wanted:
        return bool(wanted)
    on = clock.today()
    return any(assignment.role in wanted and assignment.is_held_on(on) for assignment in assignments_of(person))


def is_proven(request: HttpRequest, factors: set[int]) -> bool:
    """Was one of these second factors given in this session, or the council's own sign-in service used?

    A factor that was given and then removed counts no more.
    """
    for entry in get_authentication_records(request, request.user):
        if entry["method"] == BY_COUNCIL or (entry["method"] == BY_FACTOR and entry.get("id") in factors):
            return True
    return False


def owed_at(request: HttpRequest, person: User) -> str:
    """The address where the person sets their second factor up or gives it; empty when this session owes none."""
    if not is_wanted_of(person):
        return ""
    types = dict(Authenticator.objects.filter(user=person).values_list("pk", "type"))
    if is_proven(request, set(types)):
        return ""
    if Authenticator.Type.TOTP in types.values():
        return reverse("mfa_reauthenticate")
    has_passkey = Authenticator.Type.WEBAUTHN in types.values()
    return reverse("mfa_reauthenticate_webauthn" if has_passkey else SET_UP_AT)


def with_way_back(owed: str, target: str) -> str:
    """The address with the page to go to afterwards; setting up has none, since codes to keep follow it."""
    return owed if owed == reverse(SET_UP_AT) else f"{owed}?{urlencode({'next': target})}"


class SecondFactorMiddleware:
    """Leads who still owes a second factor to where it is set up or given.

    Until then they are nobody: what is open to everybody they read as everybody does.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponseRedirect | None:
        """The way to the second factor, or None to go on."""
        person = request.user
        owed = owed_at(request, person) if isinstance(person, User) else ""
        if not owed or request.resolver_match is None:
            return None
        setattr(request, OWED_AT, owed)
        open_to_them = OPEN_TO_SET_IT_UP if owed == reverse(SET_UP_AT) else OPEN_TO_GIVE_IT
        if request.resolver_match.url_name in open_to_them:
            return None
        if not getattr(view, "login_required", True):
            request.user = AnonymousUser()
            return None
        return HttpResponseRedirect(with_way_back(owed, request.get_full_path()))
