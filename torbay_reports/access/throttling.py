"""Limits the attempts to sign in, over all workers, by counting them in the database."""

from datetime import timedelta
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Final

from django.db import connection, transaction
from django.db.models.functions import Now

from torbay_reports.access.models import SignInAttempt, User

LIMIT: Final = 10
"""Failures allowed for one e-mail address from one network address within WINDOW."""

LIMIT_FROM_ANYWHERE: Final = 50
"""Failures allowed for one e-mail address from all network addresses together, and from one network address for all.

Higher than LIMIT, so that neither strangers elsewhere nor colleagues behind the same address keep a person out with
ten slips; low enough that guessing from many places at once gets through fewer than five thousand passwords a day.
"""

WINDOW: Final = timedelta(minutes=15)


def network_address(remote: str | None) -> str | None:
    """The address that attempts are counted by: an IPv6 one by its /64, which one household or attacker owns whole.

    None when the server passes no address (a Unix socket); then the e-mail address alone is counted.
    """
    try:
        address = ip_address((remote or "").partition("%")[0])
    except ValueError:
        return None
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(IPv6Network((address, 64), strict=False).network_address)


@transaction.atomic
def claim_attempt(*, email: str, address: str | None) -> SignInAttempt | None:
    """Books one attempt before the password is looked at; None when a limit is reached within WINDOW.

    It counts as a failure until `release_attempt`, so that guesses sent at the same moment to several workers cannot
    pass the limit together. Attempts older than WINDOW are deleted on the way.
    """
    email = User.objects.normalize_email(email)
    _queue_behind(f"sign-in e-mail {email}")
    if address is not None:
        _queue_behind(f"sign-in from {address}")
    _forget_old()
    recent = SignInAttempt.objects.filter(at__gt=Now() - WINDOW)
    if recent.filter(email=email, address=address).count() >= LIMIT:
        return None
    if recent.filter(email=email).count() >= LIMIT_FROM_ANYWHERE:
        return None
    if address is not None and recent.filter(address=address).count() >= LIMIT_FROM_ANYWHERE:
        return None
    return SignInAttempt.objects.create(email=email, address=address, at=Now())


def claim_code(person_id: int) -> SignInAttempt | None:
    """Books one guess of a person's code; None when LIMIT failures stand within WINDOW, from wherever they came.

    Who guesses codes has the password already, so it is the person that counts.
    """
    return claim_attempt(email=_codes_of(person_id), address=None)


def release_attempt(attempt: SignInAttempt) -> None:
    """Takes back the booking of an attempt that was no failure."""
    SignInAttempt.objects.filter(pk=attempt.pk).delete()


def forget_failures(email: str) -> None:
    """Forgets the failures for an e-mail address, once whose it is has proved it in another way."""
    SignInAttempt.objects.filter(email=User.objects.normalize_email(email)).delete()


def forget_failures_of_codes(person_id: int) -> None:
    """Forgets the guesses of a person's code."""
    SignInAttempt.objects.filter(email=_codes_of(person_id)).delete()


def _codes_of(person_id: int) -> str:
    return f"code of person {person_id}"


def _queue_behind(key: str) -> None:
    """Waits until no other transaction counts under this key; held until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


def _forget_old() -> None:
    """Deletes what no longer counts: an address is personal and is kept no longer than it is of use."""
    old = SignInAttempt.objects.filter(at__lte=Now() - WINDOW).select_for_update(skip_locked=True)
    SignInAttempt.objects.filter(pk__in=list(old.values_list("pk", flat=True))).delete()
