"""How far a person has come: invited, signing in, closed."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class State(StrEnum):
    """What an account is good for today, with a few words (`label`)."""

    SIGNS_IN = "signs-in"
    INVITED = "invited"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """The state in a table's cell: "Invited, has not signed in yet"."""
        return _LABELS[self]


_LABELS: Final[Mapping[State, str]] = {
    State.SIGNS_IN: "Can sign in",
    State.INVITED: "Invited, has not signed in yet",
    State.CLOSED: "Closed",
}
