"""The passwords of the demonstration's people: the same at every run of one installation, different in each other.

They are derived from SECRET_KEY, so that no password stands in the repository or, readable, in the database, and each
run can print them again. The salt is derived too: by it a later run sees, without hashing anew, that the stored
password is still the one it prints.
"""

import hashlib
import hmac
from typing import Final

from django.conf import settings
from django.contrib.auth.hashers import get_hasher, make_password
from django.utils.encoding import force_bytes

from torbay_reports.access.models import User

_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
"""No letter or digit that is read as another: i, l, o, 0 and 1 are left out."""


def _derived(purpose: str, email: str, length: int) -> str:
    key = force_bytes(settings.SECRET_KEY)
    digest = hmac.digest(key, f"demonstration {purpose} {email}".encode(), hashlib.sha256)
    number, letters = int.from_bytes(digest, "big"), []
    for _ in range(length):
        number, index = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[index])
    return "".join(letters)


def demo_password(email: str) -> str:
    """Twelve characters in three groups, for typing by hand: "abcd-efgh-jkmn"; about 59 bits."""
    text = _derived("password", email, 12)
    return "-".join((text[:4], text[4:8], text[8:]))


def _salt(email: str) -> str:
    return _derived("salt", email, 32)


def has_demo_password(person: User) -> bool:
    """Is the stored password the one that `demo_password` gives, stored the way that is preferred now?"""
    return person.password.startswith(f"{get_hasher().algorithm}$") and _salt(person.email) in person.password


def set_demo_password(person: User) -> None:
    """Stores the hash of `demo_password`; the caller saves the person."""
    person.password = make_password(demo_password(person.email), salt=_salt(person.email))
