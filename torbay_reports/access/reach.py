"""What a view answers when something is out of reach, so that the answer never tells whether it exists.

Anonymous visitors are sent to sign in, whether the thing exists or not; who is signed in gets a 404 in both cases.
Where the address is no secret, because it is the same for every council and every day, that 404 says why (`Refused`).
"""

from collections.abc import Callable
from typing import TypeVar

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url

from torbay_reports.access.decisions import Decision, may
from torbay_reports.access.permissions import Permission
from torbay_reports.access.signin.proof import ProofWanted, proof_address
from torbay_reports.access.signin.second_factor import OWED_AT, with_way_back

T = TypeVar("T")
SIGN_IN = "account_login"


class SignInFirst(PermissionDenied):
    """An anonymous visitor asks for what is not public or not there. `ReachMiddleware` sends them to sign in."""


class Refused(Http404):
    """A person who is signed in asks for a page of which everybody may know that it is there. `not_found` says why."""

    def __init__(self, decision: Decision) -> None:
        super().__init__()
        self.decision = decision


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page of a 404, named in `torbay_reports.urls`: with the reason for Refused, and otherwise always the same."""
    refusal = exception.decision.reason if isinstance(exception, Refused) else ""
    return render(request, "404.html", {"refusal": refusal}, status=404)


def sign_in_redirect(request: HttpRequest) -> HttpResponseRedirect:
    """Sends the visitor to sign in and, when they came by GET or HEAD, back to this page afterwards.

    Who has signed in but for a second factor is sent to that.
    """
    owed: str = getattr(request, OWED_AT, "")
    if owed:
        return HttpResponseRedirect(with_way_back(owed, request.get_full_path()))
    if request.method in {"GET", "HEAD"}:
        return redirect_to_login(request.get_full_path(), resolve_url(SIGN_IN))
    return HttpResponseRedirect(resolve_url(SIGN_IN))


def out_of_reach(request: HttpRequest) -> HttpResponseRedirect:
    """The answer to an anonymous visitor: a redirect to sign in. Raises Http404 for who is signed in."""
    if request.user.is_authenticated:
        raise Http404
    return sign_in_redirect(request)


def require(request: HttpRequest, permission: Permission, obj: T | None, *, say_why: bool = False) -> T:
    """The object itself, when it exists and the visitor may; `obj` is None when there is no such thing.

    Use it in views that are open to anonymous visitors (`@login_not_required`):

        meeting = require(request, Permission.READ_PUBLICATION, find_meeting(slug))

    Raises Http404 for who is signed in, and SignInFirst, which becomes a redirect, for who is not. With `say_why`
    the 404 gives the reason (Refused): only for pages whose address is the same everywhere, such as a list.
    """
    if obj is None:
        return there(request, obj)
    decision = may(request.user, permission, obj)
    if say_why and not decision and request.user.is_authenticated:
        raise Refused(decision)
    return there(request, obj if decision else None)


def there(request: HttpRequest, obj: T | None) -> T:
    """The object itself when it is not None, for things that everybody may read once they exist.

    Raises what `require` raises when there is no such thing.
    """
    if obj is not None:
        return obj
    if request.user.is_authenticated:
        raise Http404
    raise SignInFirst


class ReachMiddleware:
    """Turns SignInFirst and ProofWanted into redirects, and keeps pages of who is signed in from shared caches.

    Stands in MIDDLEWARE after AuthenticationMiddleware.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            # Even an open page shows who is signed in how far they may go. What everybody reads may be withdrawn: then
            # no cache goes on showing it.
            response["Cache-Control"] = "private" if request.user.is_authenticated else "no-cache"
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseRedirect | None:
        """A redirect for SignInFirst and ProofWanted; None leaves every other exception to Django."""
        if isinstance(exception, ProofWanted):
            return HttpResponseRedirect(proof_address(request))
        return sign_in_redirect(request) if isinstance(exception, SignInFirst) else None
