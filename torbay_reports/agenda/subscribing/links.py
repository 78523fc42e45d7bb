"""Links that mails carry: they say by themselves whose they are, so that nobody has to sign in for them."""

from typing import Final

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from torbay_reports.agenda.models import Subscription

# A dot between them, which every address may hold as it is.
_CONFIRMING: Final = Signer(salt="agenda.subscribing.confirm", sep=".")
_ENDING: Final = Signer(salt="agenda.subscribing.end", sep=".")


def absolute(path: str) -> str:
    """The address of a page for who reads a mail that no request of a browser made."""
    return f"{settings.SITE_URL}{path}"


def confirming_path(subscription: Subscription) -> str:
    """Where it is confirmed, for as long as it waits for that."""
    return reverse("agenda:subscription-confirm", args=[_CONFIRMING.sign(str(subscription.pk))])


def ending_path(subscription: Subscription) -> str:
    """Where it is ended, for as long as it lasts."""
    return reverse("agenda:subscription-end", args=[_ENDING.sign(str(subscription.pk))])


def to_confirm(token: str) -> Subscription | None:
    """The subscription that a mailed link is to confirm; None where the link was changed, or it is forgotten."""
    return _found(_CONFIRMING, token)


def to_end(token: str) -> Subscription | None:
    """The subscription that a mailed link is to end; None where the link was changed, or it has ended."""
    return _found(_ENDING, token)


def _found(signer: Signer, token: str) -> Subscription | None:
    try:
        number = int(signer.unsign(token))
    except (BadSignature, ValueError):
        return None
    return Subscription.objects.select_related("committee").filter(pk=number).first()
