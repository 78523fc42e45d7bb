"""The words in which `table.py` says who may ask for which address, and what they get."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from torbay_reports.access.roles import Role

Anonymous = Literal["anonymous"]
Audience = Anonymous | Role
Outcome = int | Literal["sign-in", "elsewhere", "begin"]

ANONYMOUS: Final[Anonymous] = "anonymous"
AUDIENCES: Final[tuple[Audience, ...]] = (ANONYMOUS, *Role)
SIGN_IN: Final = "sign-in"
"""A redirect to the sign-in page that leads back afterwards."""
ELSEWHERE: Final = "elsewhere"
"""A redirect to any page but the sign-in page."""
BEGIN: Final = "begin"
"""A redirect to the sign-in page that leads nowhere afterwards: a step of signing in that nobody is at."""
NOT_THERE: Final = 404

Expected = Mapping[Audience, Outcome]


@dataclass(frozen=True)
class Row:
    """One address, asked for by every audience: once for things that exist, once for each of the `absent`.

    `there` are the arguments of something that exists in the world of `world.py`; `absent` those of things that do
    not, where anonymous is always sent to sign in and everybody else told 404, unless `dead` says what everybody gets
    for a mailed link that no longer works. The names of the arguments tell apart several addresses of one name. Several
    rows may share an address: an open paper and an exempt one.
    """

    name: str
    expected: Expected
    there: Mapping[str, object] = field(default_factory=dict)
    absent: tuple[Mapping[str, object], ...] = ()
    query: str = ""
    method: Literal["GET", "POST"] = "GET"
    dead: Expected | None = None

    @property
    def key(self) -> tuple[str, frozenset[str]]:
        """What the address is known by: its name and the names of its arguments."""
        return self.name, frozenset(self.there)

    @property
    def without_a_role(self) -> Outcome:
        """What a person without any role gets: what all who are signed in get where that is the same, else 404."""
        outcomes = {self.expected[role] for role in Role}
        return outcomes.pop() if len(outcomes) == 1 else NOT_THERE


def everybody(outcome: Outcome) -> Expected:
    """The same for all, the public included."""
    return dict.fromkeys(AUDIENCES, outcome)


def signed_in(outcome: Outcome, *, anonymous: Outcome = SIGN_IN) -> Expected:
    """The same for all who are signed in."""
    return {**everybody(outcome), ANONYMOUS: anonymous}


def only(roles: Iterable[Role], outcome: Outcome = 200) -> Expected:
    """These roles get it, the other ones read 404, anonymous is sent to sign in."""
    return {**signed_in(NOT_THERE), **dict.fromkeys(roles, outcome)}
