"""Sign in, sign out, come in by an invitation, and prove oneself anew by the council's service."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import requests
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.internal.flows.logout import logout
from allauth.account.internal.stagekit import clear_login, unstash_login
from allauth.account.models import Login
from allauth.account.stages import LoginStage
from allauth.account.views import LoginView, LogoutView
from allauth.mfa.base import views as second_factor
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn.views import LoginWebAuthnView
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from torbay_reports.access.invitations import InvitationRefused
from torbay_reports.access.reach import out_of_reach
from torbay_reports.access.selectors import find_invitation
from torbay_reports.access.services.invitations import accept_invitation
from torbay_reports.access.signin import beginning
from torbay_reports.access.signin.adapters import TOO_MANY
from torbay_reports.access.signin.council_account import ask_anew
from torbay_reports.access.signin.forms import FirstPasswordForm
from torbay_reports.access.signin.service import come_back
from torbay_reports.access.signin.sessions import OWN_DEVICE

GONE = 410
UNAVAILABLE = 503

TOO_MANY_REQUESTS = 429


class SignInView(LoginView):
    """Signs in by e-mail and password, then goes to the page named in `next`, when it is one of ours."""

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: LoginStage) -> HttpResponseRedirect | None:
        """On to the second step, unless the factor that it wants was removed meanwhile: then from the beginning."""
        person = stage.login.user
        if person is None or not is_mfa_enabled(person, [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]):
            clear_login(request)
            return None
        response: HttpResponseRedirect | None = super()._redirect_to_pending_stage(request, stage)
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        """The form again with its errors; 429 when the limit of attempts is reached."""
        response: HttpResponse = super().form_invalid(form)
        if form.has_error("__all__", TOO_MANY):
            response.status_code = TOO_MANY_REQUESTS
        return response


@login_not_required
@never_cache
def second_step(request: HttpRequest) -> HttpResponse:
    """The code or passkey after the password, unless the password changed since, or the account was closed."""
    begun = None if request.user.is_authenticated else unstash_login(request, peek=True)
    if begun is not None and begun.user is not None and not beginning.still_holds(request, begun.user):
        clear_login(request)
        return redirect("account_login")
    response: HttpResponse = second_factor.authenticate(request)
    return response


class PasskeySignInView(LoginWebAuthnView):
    """Signs in by a passkey, for as long as the ticked box of the page says, as by password."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Begins the session."""
        is_own = self.request.POST.get("own_device") == "on"
        self.request.session[OWN_DEVICE] = form.cleaned_data["credential"].user_id if is_own else None
        response: HttpResponse = super().form_valid(form)
        return response


@method_decorator(login_not_required, name="dispatch")
class SignOutView(LogoutView):
    """Signs out, by POST only: a link or an image elsewhere cannot sign anybody out."""

    http_method_names = ["post", "options"]


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password")
@sensitive_variables("secret")
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """The first sign-in: choose a password, and be signed in.

    Looking at the link uses nothing up, since mail programs look at links before people do. A used, withdrawn,
    expired or unknown invitation is answered 410 with its sentence.
    """
    try:
        person = find_invitation(secret).person
        form = FirstPasswordForm(request.POST or None, person=person)
        if form.is_valid():
            person = accept_invitation(secret=secret, password=form.cleaned_data["password"])
            return _come_in(request, person)
    except InvitationRefused as refusal:
        return render(request, "access/invitation_refused.html", {"reason": str(refusal)}, status=GONE)
    except ValidationError as error:
        form.add_error(None, error)
    context = {"form": form, "person": person, "provider": settings.OIDC_PROVIDER}
    return render(request, "access/invitation.html", context)


def _come_in(request: HttpRequest, person: Any) -> HttpResponse:
    """Signs the person in, and whoever was signed in on this device out."""
    logout(request, show_message=False)
    record_authentication(request, person, method="password", email=person.email)
    response: HttpResponse = perform_login(request, Login(user=person, email=person.email))
    return response


@login_not_required
@never_cache
def to_council_account(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Leads to the council's sign-in service: on POST, since a link elsewhere must not begin a sign-in.

    By a page that goes on by itself, not by a redirect: browsers hold every redirect of a form to the content policy,
    and the service may pass the visitor on to hosts that we do not know.
    """
    ask_anew(request)
    response = _or_say_that_it_is_down(openid_connect.login, request, provider_id)
    leads_away = isinstance(response, HttpResponseRedirect) and bool(urlsplit(response.url).netloc)
    if not isinstance(response, HttpResponseRedirect) or not leads_away:
        return response
    return render(request, "access/to_council_account.html", {"provider": settings.OIDC_PROVIDER, "on": response.url})


@login_not_required
@never_cache
def back_from_council_account(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Comes back from the council's sign-in service, signed in, linked or refused."""
    return _or_say_that_it_is_down(come_back, request, provider_id)


def _or_say_that_it_is_down(view: Callable[..., HttpResponse], request: HttpRequest, provider_id: str) -> HttpResponse:
    try:
        return view(request, provider_id)
    except (Http404, SocialApp.DoesNotExist):
        return out_of_reach(request)
    except requests.RequestException:
        context = {"provider": settings.OIDC_PROVIDER}
        return render(request, "access/council_account_down.html", context, status=UNAVAILABLE)


@never_cache
@require_safe
def again_by_council_account(request: HttpRequest) -> HttpResponse:
    """Asks who has no password here to sign in at the council's service once more."""
    if settings.OIDC_PROVIDER is None:
        raise Http404
    context = {"provider": settings.OIDC_PROVIDER, "next": request.GET.get("next", "")}
    return render(request, "access/again_by_council_account.html", context)
