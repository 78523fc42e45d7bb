"""Records what django-allauth tells of passwords, second factors and linked accounts."""

from typing import Any

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.account.signals import password_changed, password_reset, password_set
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed, authenticator_reset
from allauth.socialaccount.signals import social_account_added, social_account_removed
from django.db.models.signals import post_save
from django.http import HttpRequest

from torbay_reports.access.models import User
from torbay_reports.access.record.kinds import RecordKind
from torbay_reports.access.record.services import record
from torbay_reports.access.services.invitations import use_open_links
from torbay_reports.access.signin.second_factor import BY_FACTOR
from torbay_reports.access.throttling import forget_failures, forget_failures_of_codes

FACTORS: dict[str, str] = {
    Authenticator.Type.TOTP: "authenticator app",
    Authenticator.Type.WEBAUTHN: "passkey",
    Authenticator.Type.RECOVERY_CODES: "recovery codes",
}


def listen() -> None:
    """Connects the signals, once, when Django has loaded the app.

    An error in a receiver undoes what it tells of: the views that send them are one transaction each (`signin.urls`).
    """
    for told in (password_changed, password_set):
        told.connect(_password_changed, dispatch_uid="access-record")
    password_reset.connect(_password_reset, dispatch_uid="access-record")
    # When a row is made, which is before the transaction ends: what is told afterwards could stand unrecorded.
    post_save.connect(_factor_made, sender=Authenticator, dispatch_uid="access-record")
    authenticator_added.connect(_factor_added, dispatch_uid="access-record")
    authenticator_reset.connect(_factor_reset, dispatch_uid="access-record")
    authenticator_removed.connect(_factor_removed, dispatch_uid="access-record")
    authentication_failed.connect(_factor_failed, dispatch_uid="access-record")
    social_account_added.connect(_linked, dispatch_uid="access-record")
    social_account_removed.connect(_unlinked, dispatch_uid="access-record")


def _password_changed(sender: object, *, user: User, **kwargs: Any) -> None:
    """Who guessed codes with the password before has it no longer, so those failures count no more."""
    forget_failures_of_codes(user.pk)
    record(kind=RecordKind.PASSWORD_CHANGED, person=user)


def _password_reset(sender: object, *, user: User, **kwargs: Any) -> None:
    """By a mailed link: whose mail it is has shown who they are, so the failures before count no more."""
    forget_failures(user.email)
    forget_failures_of_codes(user.pk)
    use_open_links(user)
    record(kind=RecordKind.PASSWORD_CHANGED, person=user, about="By a mailed link")


def _factor_made(sender: object, *, instance: Authenticator, created: bool, **kwargs: Any) -> None:
    if created:
        record(kind=RecordKind.SECOND_FACTOR_ADDED, person=instance.user, about=FACTORS[instance.type].capitalize())


def _factor_added(
    sender: object, *, request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any
) -> None:
    """Setting one up is giving it: the session that did so is not asked again."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        record_authentication(request, user, BY_FACTOR, id=authenticator.pk, type=authenticator.type)


def _factor_reset(
    sender: object, *, request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any
) -> None:
    """New recovery codes are another row: a session that was proven by the old ones stays proven."""
    if any(entry["method"] == BY_FACTOR for entry in get_authentication_records(request, user)):
        record_authentication(request, user, BY_FACTOR, id=authenticator.pk, type=authenticator.type)


def _factor_removed(sender: object, *, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    record(kind=RecordKind.SECOND_FACTOR_REMOVED, person=user, about=FACTORS[authenticator.type].capitalize())


def _factor_failed(sender: object, *, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    record(kind=RecordKind.SECOND_FACTOR_FAILED, person=user, about=FACTORS[authenticator.type].capitalize())


def _linked(sender: object, *, sociallogin: Any, **kwargs: Any) -> None:
    record(kind=RecordKind.ACCOUNT_LINKED, person=sociallogin.user)


def _unlinked(sender: object, *, socialaccount: Any, **kwargs: Any) -> None:
    record(kind=RecordKind.ACCOUNT_UNLINKED, person=socialaccount.user)
