"""A code works once, on every worker, and only so many may be guessed."""

from datetime import timedelta
from typing import Any, Final

from allauth.mfa.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.functions import Now

from torbay_reports.access.models import SpentCode, User
from torbay_reports.access.record.kinds import RecordKind
from torbay_reports.access.record.services import record
from torbay_reports.access.signin.sentences import TOO_MANY_CODES
from torbay_reports.access.throttling import claim_code, release_attempt

PERIOD: Final = timedelta(seconds=30)
"""After which an app shows another code (RFC 6238, section 5.2)."""


@transaction.atomic
def spend(person: User, code: str) -> bool:
    """Marks the person's code as used; False when it was used before.

    A code is good for one period before and after its own (MFA_TOTP_TOLERANCE), so it stays spent for all of them and
    one more. Two who use it at the same moment meet at the database's unique key.
    """
    old = SpentCode.objects.filter(at__lte=Now() - PERIOD * (2 * settings.MFA_TOTP_TOLERANCE + 2))
    SpentCode.objects.filter(pk__in=list(old.select_for_update(skip_locked=True).values_list("pk", flat=True))).delete()
    digits = "".join(letter for letter in code if letter.isalnum()).lower()
    _, is_new = SpentCode.objects.get_or_create(person=person, code=digits, defaults={"at": Now()})
    return is_new


class SpendsItsCode:
    """For forms of django-allauth with a field `code` and the person in `user`: counts guesses, takes a code once."""

    user: Any

    def clean_code(self) -> str:
        """The code. Raises ValidationError when it is wrong or used, or comes after too many wrong ones."""
        attempt = claim_code(self.user.pk)
        if attempt is None:
            record(kind=RecordKind.SIGN_IN_THROTTLED, person=self.user, about="Code of the second factor")
            raise ValidationError(TOO_MANY_CODES, code="too_many_login_attempts")
        code: str = super().clean_code()  # type: ignore[misc]
        if not spend(self.user, code):
            raise get_adapter().validation_error("incorrect_code")
        release_attempt(attempt)
        return code
