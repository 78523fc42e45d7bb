"""Signing in by the council's own service (OpenID Connect): who may, and how an account there becomes known here.

Whoever the service lets in is nobody here until the administrator has invited them. The first time they come, their
address is compared with the invited ones; after that the service's own number for them counts, so a changed address
changes nothing. An address is believed only when the service says that it has verified it, or when the setting
OIDC_ADDRESSES_ARE_VERIFIED says that it gives out no others: elsewhere people choose their address themselves.
"""

from typing import Any, NoReturn

from allauth.socialaccount.providers.base.constants import AuthProcess
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest

from torbay_reports.access.models import Invitation, User
from torbay_reports.access.record.kinds import RecordKind
from torbay_reports.access.record.services import record
from torbay_reports.core import clock


class Stranger(PermissionDenied):
    """Nobody invited the person whom the council's service let in; the sentence says what they can do."""


def welcome(request: HttpRequest, arriving: Any) -> None:
    """Links the account of the service to the person whom it belongs to, when it is new.

    `arriving` is django-allauth's SocialLogin. Raises Stranger when nobody may come in by it, recorded.
    """
    if arriving.is_existing:
        if not arriving.user.is_active:
            _refuse(_address_of(arriving), arriving.user)
        return
    if arriving.state.get("process") == AuthProcess.CONNECT:
        return  # asked for on the person's own page: whose account it becomes is known without an address
    address = _believed_address_of(arriving)
    person = User.objects.filter(email=address, is_active=True).first() if address else None
    if person is None:
        _refuse(_address_of(arriving), None)
    with transaction.atomic():
        arriving.connect(request, person)
        Invitation.objects.filter(person=person, used_at=None, withdrawn_at=None).update(used_at=clock.now())


def _refuse(address: str, person: User | None) -> NoReturn:
    record(kind=RecordKind.STRANGER_REFUSED, person=person, email="" if person else address)
    known = f" for {address}" if address else ""
    raise Stranger(
        f"There is no account here{known}, so you are not signed in. Ask the administrator to invite you under the "
        "address that your council account has. If you have a password here, sign in with it and link your council "
        "account on your own page."
    )


def _address_of(arriving: Any) -> str:
    return next((User.objects.normalize_email(each.email) for each in arriving.email_addresses), "")


def _believed_address_of(arriving: Any) -> str:
    trusted = arriving.provider.app.settings.get("addresses_are_verified", False)
    believed = (each.email for each in arriving.email_addresses if trusted or each.verified is True)
    return next((User.objects.normalize_email(email) for email in believed), "")
