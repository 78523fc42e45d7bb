"""Codes as an authenticator app makes them (RFC 6238), computed apart from the library under test."""

import base64
import hashlib
import hmac
import time

PERIOD = 30


def code(secret: str, *, periods: int = 0) -> str:
    """Six digits for this moment, or for so many periods of 30 seconds later."""
    counter = int(time.time()) // PERIOD + periods  # noqa: TID251
    digest = hmac.digest(base64.b32decode(secret), counter.to_bytes(8, "big"), hashlib.sha1)
    start = digest[-1] & 15
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"
