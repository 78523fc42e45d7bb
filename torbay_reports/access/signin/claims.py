"""What is kept of what the council's sign-in service says about a person (OpenID Connect Core 1.0, section 5.1)."""

from collections.abc import Mapping
from typing import Final

from torbay_reports.core.reading import NO_TEXT

Claim = str | int | float | bool

KEPT: Final = ("sub", "email", "email_verified", "name", "auth_time")
"""What signing in needs; of anything else that the service says, nothing is stored."""

LONGEST_SUB: Final = 191
"""What django-allauth's column holds; the standard allows 255 characters, Entra ID sends 43."""

LONGEST: Final = 500
LARGEST: Final = 2**53


class UnusableClaims(Exception):
    """The service's answer does not say who somebody is."""


def plain(answer: object) -> dict[str, Claim]:
    """The claims of one answer that are needed, as any database holds them.

    Characters that no column takes are left out of texts, but for `sub`, by which the person is known: two numbers must
    not become one. A claim that is neither text nor a number nor yes or no is left out whole, and so is one that is too
    long. Raises UnusableClaims when there is no usable `sub`.
    """
    if not isinstance(answer, Mapping):
        raise UnusableClaims("the answer is no object")
    found = {name: _storable(answer.get(name)) for name in KEPT}
    kept = {name: claim for name, claim in found.items() if claim is not None}
    sub = kept.get("sub")
    if not isinstance(sub, str) or not 1 <= len(sub) <= LONGEST_SUB or sub != answer.get("sub"):
        raise UnusableClaims("the answer has no usable sub")
    if not isinstance(kept.get("email", ""), str):
        del kept["email"]
    return kept


def _storable(claim: object) -> Claim | None:
    if isinstance(claim, str):
        return NO_TEXT.sub("", claim) if len(claim) <= LONGEST else None
    if isinstance(claim, bool):
        return claim
    if isinstance(claim, int | float):
        return claim if abs(claim) <= LARGEST else None  # which neither infinity nor “not a number” is
    return None
