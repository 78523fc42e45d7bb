"""The secret of an invitation's link, and when the link is refused."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone

from torbay_reports.access.models import Invitation
from torbay_reports.core.formatting import long_date

VALID_FOR: Final = timedelta(days=7)
"""Long enough for somebody who is away for a week, short enough that an old mail opens nothing."""


class InvitationRefused(Exception):
    """The link opens nothing; the message is the sentence for who followed it, and tells of nobody else."""


def new_secret() -> str:
    """A secret for a link, of 256 random bits."""
    return secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """What is stored of a secret."""
    # Half characters, which an address can carry, have no bytes of their own.
    return hashlib.sha256(secret.encode(errors="surrogatepass")).hexdigest()


def check_open(invitation: Invitation | None, now: datetime) -> Invitation:
    """The invitation, with its person, when it can be used at that moment. Raises InvitationRefused."""
    if invitation is None:
        raise InvitationRefused(
            "This link belongs to no invitation. Check that you copied the whole link, or ask the administrator."
        )
    if not invitation.person.is_active:
        raise InvitationRefused("This account is closed. Ask the administrator, if you need it again.")
    if invitation.used_at is not None:
        raise InvitationRefused(
            f"This invitation was used on {_day(invitation.used_at)}. Sign in with your password, or ask for a new one "
            "under “I have forgotten my password”."
        )
    if invitation.withdrawn_at is not None:
        raise InvitationRefused(
            f"This invitation was withdrawn on {_day(invitation.withdrawn_at)}. Look for a newer one in your mail, or "
            "ask the administrator."
        )
    if invitation.expires_at <= now:
        raise InvitationRefused(
            f"This invitation expired on {_day(invitation.expires_at)}. Ask the administrator for a new one."
        )
    return invitation


def _day(moment: datetime) -> str:
    return long_date(timezone.localtime(moment).date())
