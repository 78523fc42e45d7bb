"""Encrypts the secrets of second factors, so that a copy of the database is not enough to make codes."""

import base64
import hashlib

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def _keys() -> MultiFernet:
    """One key from SECRET_KEY, and one from each of SECRET_KEY_FALLBACKS to read what was encrypted before."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(str(key))) for key in keys])


def _derived(key: str) -> bytes:
    return base64.urlsafe_b64encode(hashlib.sha256(f"second factor {key}".encode()).digest())


def encrypted(text: str) -> str:
    """The text, readable with SECRET_KEY only."""
    return _keys().encrypt(text.encode()).decode()


def decrypted(text: str) -> str:
    """What `encrypted` took. Raises cryptography.fernet.InvalidToken when SECRET_KEY is another one."""
    return _keys().decrypt(text.encode()).decode()
