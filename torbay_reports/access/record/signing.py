"""Records sign-ins and sign-outs from Django's own signals, which every way to sign in sends."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed

from torbay_reports.access.models import User
from torbay_reports.access.record.kinds import RecordKind
from torbay_reports.access.record.services import record


def listen() -> None:
    """Connects the signals, once, when Django has loaded the app.

    An error in a receiver stops the sign-in, since the session that it began is not saved after an error.
    """
    user_logged_in.connect(_signed_in, dispatch_uid="access-record")
    user_logged_out.connect(_signed_out, dispatch_uid="access-record")
    user_login_failed.connect(_failed, dispatch_uid="access-record")


def record_throttled(*, email: str) -> None:
    """An attempt that was refused before the password was looked at."""
    _record_attempt(RecordKind.SIGN_IN_THROTTLED, email)


def _signed_in(sender: object, *, user: User, **kwargs: Any) -> None:
    record(kind=RecordKind.SIGN_IN, person=user)


def _signed_out(sender: object, *, user: User | None, **kwargs: Any) -> None:
    if user is not None:
        record(kind=RecordKind.SIGN_OUT, person=user)


def _failed(sender: object, *, credentials: Mapping[str, Any], **kwargs: Any) -> None:
    _record_attempt(RecordKind.SIGN_IN_FAILED, str(credentials.get("username") or credentials.get("email") or ""))


def _record_attempt(kind: RecordKind, email: str) -> None:
    """The person whose address it is, who need not be the one who tried; else the address."""
    person = User.objects.filter(email=User.objects.normalize_email(email)).first()
    record(kind=kind, person=person, email="" if person else email)
