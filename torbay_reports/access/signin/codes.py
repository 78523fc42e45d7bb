"""A code works once, on every worker, for as long as it could be typed again."""

from typing import Any, Final

from allauth.mfa.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache

SPENT: Final = "access-code-spent"
PERIOD: Final = 30
"""Seconds after which an app shows another code (RFC 6238, section 5.2)."""


def spend(person_id: int, code: str) -> bool:
    """Marks the person's code as used; False when it was used before.

    A code is good for one period before and after its own (MFA_TOTP_TOLERANCE), so it stays spent for all of them.
    """
    good_for = PERIOD * (2 * settings.MFA_TOTP_TOLERANCE + 1)
    digits = "".join(letter for letter in code if letter.isalnum()).lower()
    return cache.add(f"{SPENT}:{person_id}:{digits}", True, timeout=good_for)


class SpendsItsCode:
    """For forms of django-allauth with a field `code` and the person in `user`: refuses a code the second time."""

    user: Any

    def clean_code(self) -> str:
        """The code. Raises ValidationError when it is wrong or was used a moment ago."""
        code: str = super().clean_code()  # type: ignore[misc]
        if not spend(self.user.pk, code):
            raise get_adapter().validation_error("incorrect_code")
        return code
