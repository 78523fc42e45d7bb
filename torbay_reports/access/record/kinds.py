"""What the record knows: a closed list, which the database holds to as well."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class RecordKind(StrEnum):
    """One kind of entry, with a few words (`label`) and a sentence."""

    SIGN_IN = "sign_in"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGN_IN_THROTTLED = "sign_in_throttled"
    SIGN_OUT = "sign_out"
    INVITED = "invited"
    ROLE_GIVEN = "role_given"
    ROLE_ENDED = "role_ended"
    ROLE_TAKEN_BACK = "role_taken_back"
    PAPER_READ = "paper_read"
    TABLE_READ = "table_read"
    TABLE_TAKEN = "table_taken"
    PACK_READ = "pack_read"

    @property
    def label(self) -> str:
        """The kind in a table's cell: "Sign-in failed"."""
        return _LABELS[self]

    @property
    def sentence(self) -> str:
        """What happened, in one sentence."""
        return KIND_SENTENCES[self]


READS: Final = (RecordKind.PAPER_READ, RecordKind.TABLE_READ, RecordKind.TABLE_TAKEN, RecordKind.PACK_READ)
"""Reads of restricted papers. Each has a person: nobody reads one without a sign-in."""

SIGN_INS: Final = (
    RecordKind.SIGN_IN,
    RecordKind.SIGN_IN_FAILED,
    RecordKind.SIGN_IN_THROTTLED,
    RecordKind.SIGN_OUT,
)

_LABELS: Final[Mapping[RecordKind, str]] = {
    RecordKind.SIGN_IN: "Signed in",
    RecordKind.SIGN_IN_FAILED: "Sign-in failed",
    RecordKind.SIGN_IN_THROTTLED: "Sign-in refused: too many attempts",
    RecordKind.SIGN_OUT: "Signed out",
    RecordKind.INVITED: "Invited",
    RecordKind.ROLE_GIVEN: "Role given",
    RecordKind.ROLE_ENDED: "Role ended",
    RecordKind.ROLE_TAKEN_BACK: "Role taken back",
    RecordKind.PAPER_READ: "Restricted paper read",
    RecordKind.TABLE_READ: "Restricted table read",
    RecordKind.TABLE_TAKEN: "Restricted table taken away",
    RecordKind.PACK_READ: "Restricted pack read",
}

KIND_SENTENCES: Final[Mapping[RecordKind, str]] = {
    RecordKind.SIGN_IN: "The person signed in.",
    RecordKind.SIGN_IN_FAILED: "Somebody tried to sign in with this person's address, or an unknown one, and failed.",
    RecordKind.SIGN_IN_THROTTLED: "Somebody tried to sign in again after too many failures and was told to wait.",
    RecordKind.SIGN_OUT: "The person signed out.",
    RecordKind.INVITED: "The person invited somebody, who has no role by that.",
    RecordKind.ROLE_GIVEN: "The person gave somebody a role from a date on.",
    RecordKind.ROLE_ENDED: "The person set the last day of somebody's role.",
    RecordKind.ROLE_TAKEN_BACK: "A role was removed as if it had never been given.",
    RecordKind.PAPER_READ: "The person opened the page of an exempt or confidential paper.",
    RecordKind.TABLE_READ: "The person opened one table of an exempt or confidential paper.",
    RecordKind.TABLE_TAKEN: "The person took away one table of an exempt or confidential paper as a file.",
    RecordKind.PACK_READ: "The person opened the restricted edition of a meeting's pack.",
}
