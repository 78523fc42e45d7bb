"""Signing in by the council's own service (OpenID Connect): who may, and how an account there becomes known here.

Whoever the service lets in is nobody here until the administrator has invited them. The first time they come, their
address is compared with the invited ones; after that the service's own number for them counts, so a changed address
changes nothing. An address is believed only when the service says that it has verified it, or when the setting
OIDC_ADDRESSES_ARE_VERIFIED says that it gives out no others: elsewhere people choose their address themselves.
"""

import time
from datetime import timedelta
from typing import Any, Final, NoReturn

from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.base.constants import AuthProcess
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest

from torbay_reports.access.models import User
from torbay_reports.access.record.kinds import RecordKind
from torbay_reports.access.record.services import record
from torbay_reports.access.services.invitations import use_open_links

A_MOMENT: Final = timedelta(minutes=5)
"""For typing a code there, and for clocks that differ."""


class Stranger(PermissionDenied):
    """Nobody invited the person whom the council's service let in; the sentence says what they can do."""


def welcome(request: HttpRequest, arriving: Any) -> None:
    """Links the account of the service to the person whom it belongs to, when it is new.

    `arriving` is django-allauth's SocialLogin. Raises Stranger when nobody may come in by it, recorded.
    """
    if arriving.is_existing:
        if not arriving.user.is_active:
            _refuse(_address_of(arriving), arriving.user)
        if request.user.is_authenticated:
            _check_that_it_asked(arriving)
        return
    if arriving.state.get("process") == AuthProcess.CONNECT:
        return  # asked for on the person's own page: whose account it becomes is known without an address
    address = _believed_address_of(arriving)
    person = User.objects.filter(email=address, is_active=True).first() if address else None
    if person is None or SocialAccount.objects.filter(user=person).exists():
        # An address that a leaver had is given to a successor, who is another person with another account.
        _refuse(_address_of(arriving), None)
    with transaction.atomic():
        arriving.connect(request, person)
        use_open_links(person)


def ask_anew(request: HttpRequest) -> None:
    """Makes the service ask who is signed in here for their password once more, whatever it remembers of them.

    `max_age` obliges it to say when it did (OpenID Connect Core 1.0, section 3.1.2.1).
    """
    if request.user.is_authenticated:
        asked = request.GET.copy()
        asked["auth_params"] = "prompt=login&max_age=0"
        request.GET = asked  # type: ignore[assignment]


def _check_that_it_asked(arriving: Any) -> None:
    """Raises Stranger when the service says that it asked for the password more than A_MOMENT ago."""
    said = arriving.account.extra_data.get("id_token", {}).get("auth_time")
    if isinstance(said, int | float) and time.time() - said > A_MOMENT.total_seconds():  # noqa: TID251
        raise Stranger(
            "The council’s sign-in service did not ask for your password again, so you are not let on. Sign out there "
            "and try once more."
        )


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
