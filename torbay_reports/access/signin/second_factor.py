"""Who has to sign in with a second factor, and what keeps them from everything else until they do.

The roles come from the setting SECOND_FACTOR. A sign-in by the council's own service counts: that service asks for
its second factor itself.
"""

from collections.abc import Callable
from typing import Any, Final

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from torbay_reports.access.models import User
from torbay_reports.access.roles import Role
from torbay_reports.access.selectors import assignments_of
from torbay_reports.core import clock

EVERYBODY: Final = "all"
COUNTS: Final = {"mfa", "socialaccount"}
"""Ways to prove oneself, as django-allauth names them, that are or include a second factor."""

OPEN_WITHOUT: Final = frozenset(
    {
        "account_logout",
        "account_reauthenticate",
        "mfa_index",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "mfa_activate_totp",
        "mfa_view_recovery_codes",
        "mfa_download_recovery_codes",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "council-account-again",
        "openid_connect_login",
        "openid_connect_callback",
        "accessibility",
        "privacy",
        "cookies",
    }
)
"""Addresses that the person needs for setting one up, for proving it, for leaving and for reading about us."""


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


def has_one(person: User) -> bool:
    """Has the person set up an app or a passkey?"""
    return bool(is_mfa_enabled(person, [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]))


def is_proven(request: HttpRequest) -> bool:
    """Was a second factor given in this session, or the council's own sign-in service used?"""
    return any(entry["method"] in COUNTS for entry in get_authentication_records(request, request.user))


class SecondFactorMiddleware:
    """Leads who still owes a second factor to where it is set up or given, from every address but a few."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponseRedirect | None:
        """The way to the second factor, or None to go on."""
        person = request.user
        if not isinstance(person, User) or request.resolver_match is None:
            return None
        if request.resolver_match.url_name in OPEN_WITHOUT or not is_wanted_of(person) or is_proven(request):
            return None
        if not has_one(person):
            return redirect("mfa_index")
        return HttpResponseRedirect(f"{_where_it_is_given(person)}?{urlencode({'next': request.get_full_path()})}")


def _where_it_is_given(person: User) -> str:
    has_app = is_mfa_enabled(person, [Authenticator.Type.TOTP])
    return reverse("mfa_reauthenticate" if has_app else "mfa_reauthenticate_webauthn")
