"""How long ago a person last proved who they are in this session.

A member's session lasts 30 days on a device of their own; what is exempt still wants a recent proof, so that a tablet
left on a table does not read it out.
"""

import time
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, Final

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.http import urlencode

View = Callable[..., HttpResponseBase]

FOR_RESTRICTED_PAPERS: Final = timedelta(hours=4)
"""One meeting: who signed in at its beginning is not asked again before its end."""

FOR_OWN_SECURITY: Final = timedelta(minutes=15)
"""Before passwords, second factors and links to other accounts are changed."""


class ProofWanted(PermissionDenied):
    """The person is signed in and has to prove anew who they are; `ReachMiddleware` asks them."""


def is_recent(request: HttpRequest, within: timedelta) -> bool:
    """Was a password, code, passkey or council account given in this session within that time?

    By the machine's clock, whatever day the demonstration says it is.
    """
    if not request.user.is_authenticated:
        return False
    given = [float(entry["at"]) for entry in get_authentication_records(request, request.user)]
    return bool(given) and time.time() - max(given) < within.total_seconds()  # noqa: TID251


def require_recent(request: HttpRequest, within: timedelta = FOR_RESTRICTED_PAPERS) -> None:
    """Raises ProofWanted, which leads by way of a proof back to the page, when the last one is longer ago."""
    if not is_recent(request, within):
        raise ProofWanted


def wants_recent_proof(view: View) -> View:
    """For views of django-allauth about a person's own security, which ask for a proof only who has a password or code.

    Who comes in by the council's sign-in service alone is asked there.
    """

    @wraps(view)
    def asked_first(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not get_adapter(request).get_reauthentication_methods(request.user):
            require_recent(request, FOR_OWN_SECURITY)
        return view(request, *args, **kwargs)

    return asked_first


def proof_address(request: HttpRequest) -> str:
    """Where the person proves anew who they are, and comes back from to the page that they asked for.

    By password where they have one, else by code or passkey, else by the council's sign-in service.
    """
    methods = get_adapter(request).get_reauthentication_methods(request.user)
    address = methods[0]["url"] if methods else reverse("council-account-again")
    back = request.get_full_path() if request.method in {"GET", "HEAD"} else resolve_url(settings.LOGIN_REDIRECT_URL)
    return f"{address}?{urlencode({REDIRECT_FIELD_NAME: back})}"
