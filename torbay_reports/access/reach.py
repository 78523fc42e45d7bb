"""What a view answers when something is out of reach, so that the answer never tells whether it exists.

Anonymous visitors are sent to sign in, whether the thing exists or not; who is signed in gets a 404 in both cases.
"""

from collections.abc import Callable
from typing import TypeVar

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url

from torbay_reports.access.decisions import may
from torbay_reports.access.permissions import Permission

T = TypeVar("T")
SIGN_IN = "access:sign-in"


class SignInFirst(PermissionDenied):
    """An anonymous visitor asks for what is not public or not there. `ReachMiddleware` sends them to sign in."""


def sign_in_redirect(request: HttpRequest) -> HttpResponseRedirect:
    """Sends the visitor to sign in and, when they came by GET or HEAD, back to this page afterwards."""
    if request.method in {"GET", "HEAD"}:
        return redirect_to_login(request.get_full_path(), resolve_url(SIGN_IN))
    return HttpResponseRedirect(resolve_url(SIGN_IN))


def out_of_reach(request: HttpRequest) -> HttpResponseRedirect:
    """The answer to an anonymous visitor: a redirect to sign in. Raises Http404 for who is signed in."""
    if request.user.is_authenticated:
        raise Http404
    return sign_in_redirect(request)


def require(request: HttpRequest, permission: Permission, obj: T | None) -> T:
    """The object itself, when it exists and the visitor may; `obj` is None when there is no such thing.

    Use it in views that are open to anonymous visitors (`@login_not_required`):

        meeting = require(request, Permission.READ_PUBLICATION, find_meeting(slug))

    Raises Http404 for who is signed in, and SignInFirst, which becomes a redirect, for who is not.
    """
    return there(request, obj if obj is not None and may(request.user, permission, obj) else None)


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
    """Turns SignInFirst into a redirect. Stands in MIDDLEWARE after AuthenticationMiddleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseRedirect | None:
        """A redirect for SignInFirst; None leaves every other exception to Django."""
        return sign_in_redirect(request) if isinstance(exception, SignInFirst) else None
