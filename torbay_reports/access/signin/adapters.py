"""What we do otherwise than django-allauth by itself."""

from typing import Any, Final
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY as WHOSE_PROOFS,
)
from allauth.account.internal.flows.login import (
    AUTHENTICATION_METHODS_SESSION_KEY as PROOFS,
)
from allauth.account.internal.stagekit import clear_login
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib.sites.shortcuts import get_current_site
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse

from torbay_reports.access.models import User
from torbay_reports.access.record.signing import record_throttled
from torbay_reports.access.signin import beginning, second_factor, secrets, sentences, sessions
from torbay_reports.access.signin.council_account import Stranger, welcome
from torbay_reports.access.signin.proof import FOR_OWN_SECURITY, is_recent
from torbay_reports.access.throttling import claim_attempt, network_address, release_attempt
from torbay_reports.core.mailing import post

KEPT_AT_SIGN_IN: Final = (PROOFS, WHOSE_PROOFS, sessions.OWN_DEVICE)
NOWHERE: Final = "0.0.0.0"
TOO_MANY: Final = "too_many_login_attempts"


class AccountAdapter(DefaultAccountAdapter):
    """People are invited, found by their own address, and limited over all workers."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        **sentences.ACCOUNT,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up: the administrator invites."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Books the attempt before the password is looked at. Raises ValidationError when there were too many."""
        email = str(credentials.get("email", ""))
        address = self.get_client_ip(request)
        known = None if address == NOWHERE else network_address(address)
        self._attempt = claim_attempt(email=email, address=known)
        if self._attempt is None:
            record_throttled(email=email)
            raise self.validation_error(TOO_MANY)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """The person, when the password is theirs and the account is open."""
        person = super().authenticate(request, **credentials)
        if not isinstance(person, User) or not person.is_active:
            return None
        if self._attempt is not None:
            release_attempt(self._attempt)
        return person

    def reauthenticate(self, user: User, password: str) -> bool:
        """Is it the person's password? By their one address."""
        return self.authenticate(context.request, email=user.email, password=password) == user

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponseBase | None:
        """Notes by which password the sign-in begins, since a second step may follow minutes later."""
        beginning.note(request, user)
        response: HttpResponseBase | None = super().pre_login(request, user, **kwargs)
        return response

    def login(self, request: HttpRequest, user: User) -> None:
        """Begins the session, for as long as the person's roles allow.

        Leads back to the beginning when the account was closed or its password changed since the first step.
        """
        if not beginning.still_holds(request, user):
            clear_login(request)
            raise ImmediateHttpResponse(redirect("account_login"))
        beginning.forget(request)
        # Django empties a session that was somebody else's, and with it what was proven a moment ago.
        kept = {key: request.session[key] for key in KEPT_AT_SIGN_IN if key in request.session}
        super().login(request, user)
        if kept.get(WHOSE_PROOFS) == str(user.pk):
            request.session.update(kept)
        sessions.set_length(request, user)

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponseBase:
        """On to the page that was asked for, by way of the second factor where one is owed."""
        response: HttpResponseBase = super().post_login(request, user, **kwargs)
        owed = second_factor.owed_at(request, user)
        if owed and isinstance(response, HttpResponseRedirect):
            return HttpResponseRedirect(second_factor.with_way_back(owed, response.url))
        return response

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not for who signed in a moment ago."""
        return not is_recent(context.request, FOR_OWN_SECURITY)

    def is_safe_url(self, url: str | None) -> bool:
        """One of our pages, and neither sign-in nor sign-out, from which the visitor would land nowhere."""
        if not url or urlsplit(url).path in {reverse("account_login"), reverse("account_logout")}:
            return False
        return bool(super().is_safe_url(url))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """The person's own page."""
        return reverse("access:me")

    def get_client_ip(self, request: HttpRequest) -> str:
        """The visitor's address, behind TRUSTED_PROXIES proxies; NOWHERE where the server passes none."""
        try:
            return str(super().get_client_ip(request))
        except PermissionDenied:
            return NOWHERE

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Sends it aside: how long a mail server takes says nothing about who has an account, and stops no sign-in."""
        site = get_current_site(self.request)
        post(
            self.render_mail(template_prefix, email, {"email": email, "current_site": site, **context}),
            about=template_prefix,
        )

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """To the person's one address."""
        super().send_notification_mail(template_prefix, user, context, email or user.email)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets are encrypted in the database; the council's name stands in the app."""

    error_messages = {**DefaultMFAAdapter.error_messages, **sentences.SECOND_FACTOR}

    def encrypt(self, text: str) -> str:
        return secrets.encrypted(text)

    def decrypt(self, encrypted_text: str) -> str:
        return secrets.decrypted(encrypted_text)

    def get_totp_issuer(self) -> str:
        return str(settings.COUNCIL_NAME)


class CouncilAccountAdapter(DefaultSocialAccountAdapter):
    """The council's sign-in service says who somebody is; it makes nobody a person here."""

    error_messages = {**DefaultSocialAccountAdapter.error_messages, **sentences.COUNCIL_ACCOUNT}

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Nobody signs up: the administrator invites."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Links a new account to the person whom it belongs to. Answers a stranger with the reason, 403."""
        try:
            welcome(request, sociallogin)
        except Stranger as refusal:
            context = {"reason": str(refusal)}
            raise ImmediateHttpResponse(render(request, "access/stranger.html", context, status=403)) from refusal
