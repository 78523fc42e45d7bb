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
    INVITATION_SENT = "invitation_sent"
    INVITATION_ACCEPTED = "invitation_accepted"
    INVITATION_WITHDRAWN = "invitation_withdrawn"
    PERSON_CHANGED = "person_changed"
    ACCOUNT_CLOSED = "account_closed"
    ACCOUNT_REOPENED = "account_reopened"
    PASSWORD_CHANGED = "password_changed"
    SECOND_FACTOR_ADDED = "second_factor_added"
    SECOND_FACTOR_REMOVED = "second_factor_removed"
    SECOND_FACTOR_FAILED = "second_factor_failed"
    SESSION_ENDED = "session_ended"
    ACCOUNT_LINKED = "account_linked"
    ACCOUNT_UNLINKED = "account_unlinked"
    STRANGER_REFUSED = "stranger_refused"
    PERSONAL_DATA_REMOVED = "personal_data_removed"
    PAPER_READ = "paper_read"
    TABLE_READ = "table_read"
    TABLE_TAKEN = "table_taken"
    PACK_READ = "pack_read"
    PAPER_OPENED = "paper_opened"
    PACK_PUBLISHED = "pack_published"
    PAPER_WITHDRAWN = "paper_withdrawn"
    GROUNDS_SET = "grounds_set"
    READER_ADMITTED = "reader_admitted"
    COUNCILLORS_DECIDED = "councillors_decided"
    WORDS_CLEARED = "words_cleared"
    PAPER_REVIEWED = "paper_reviewed"
    PAPER_RELEASED = "paper_released"
    PUBLICATIONS_VERIFIED = "publications_verified"
    LETTER_READ = "letter_read"
    LETTER_ENTERED = "letter_entered"
    LETTER_REMOVED = "letter_removed"
    LETTER_READER_NAMED = "letter_reader_named"
    LETTER_OPENED = "letter_opened"
    LETTER_CLOSED = "letter_closed"

    @property
    def label(self) -> str:
        """The kind in a table's cell: "Sign-in failed"."""
        return _LABELS[self]

    @property
    def sentence(self) -> str:
        """What happened, in one sentence."""
        return KIND_SENTENCES[self]


READS: Final = (
    RecordKind.PAPER_READ,
    RecordKind.TABLE_READ,
    RecordKind.TABLE_TAKEN,
    RecordKind.PACK_READ,
    RecordKind.LETTER_READ,
)
"""Reads of restricted papers and of held-back letters. Each has a person: nobody reads one without a sign-in."""

SIGN_INS: Final = (
    RecordKind.SIGN_IN,
    RecordKind.SIGN_IN_FAILED,
    RecordKind.SIGN_IN_THROTTLED,
    RecordKind.SIGN_OUT,
    RecordKind.SECOND_FACTOR_FAILED,
    RecordKind.SESSION_ENDED,
    RecordKind.STRANGER_REFUSED,
)
"""What is kept only for a set time (`access.services.retention`): nobody asks for it later."""

_LABELS: Final[Mapping[RecordKind, str]] = {
    RecordKind.SIGN_IN: "Signed in",
    RecordKind.SIGN_IN_FAILED: "Sign-in failed",
    RecordKind.SIGN_IN_THROTTLED: "Sign-in refused: too many attempts",
    RecordKind.SIGN_OUT: "Signed out",
    RecordKind.INVITED: "Invited",
    RecordKind.ROLE_GIVEN: "Role given",
    RecordKind.ROLE_ENDED: "Role ended",
    RecordKind.ROLE_TAKEN_BACK: "Role taken back",
    RecordKind.INVITATION_SENT: "Invitation sent",
    RecordKind.INVITATION_ACCEPTED: "Invitation accepted",
    RecordKind.INVITATION_WITHDRAWN: "Invitation withdrawn",
    RecordKind.PERSON_CHANGED: "Name or address changed",
    RecordKind.ACCOUNT_CLOSED: "Account closed",
    RecordKind.ACCOUNT_REOPENED: "Account opened again",
    RecordKind.PASSWORD_CHANGED: "Password changed",
    RecordKind.SECOND_FACTOR_ADDED: "Second factor added",
    RecordKind.SECOND_FACTOR_REMOVED: "Second factor removed",
    RecordKind.SECOND_FACTOR_FAILED: "Second factor failed",
    RecordKind.SESSION_ENDED: "Session ended",
    RecordKind.ACCOUNT_LINKED: "Council account linked",
    RecordKind.ACCOUNT_UNLINKED: "Council account unlinked",
    RecordKind.STRANGER_REFUSED: "Unknown council account refused",
    RecordKind.PERSONAL_DATA_REMOVED: "Personal data removed",
    RecordKind.PAPER_READ: "Restricted paper read",
    RecordKind.TABLE_READ: "Restricted table read",
    RecordKind.TABLE_TAKEN: "Restricted table taken away",
    RecordKind.PACK_READ: "Restricted pack read",
    RecordKind.PAPER_OPENED: "Paper opened to the public",
    RecordKind.PACK_PUBLISHED: "Pack published",
    RecordKind.PAPER_WITHDRAWN: "Paper withdrawn",
    RecordKind.GROUNDS_SET: "Grounds of a paper set",
    RecordKind.READER_ADMITTED: "Reader admitted to a paper",
    RecordKind.COUNCILLORS_DECIDED: "Paper decided for all councillors",
    RecordKind.WORDS_CLEARED: "Words of a paper cleared",
    RecordKind.PAPER_REVIEWED: "Exemption reviewed",
    RecordKind.PAPER_RELEASED: "Paper released",
    RecordKind.PUBLICATIONS_VERIFIED: "Publications verified",
    RecordKind.LETTER_READ: "Letter held back read",
    RecordKind.LETTER_ENTERED: "Letter entered",
    RecordKind.LETTER_REMOVED: "Letter removed",
    RecordKind.LETTER_READER_NAMED: "Reader named for a letter",
    RecordKind.LETTER_OPENED: "Letter opened to the public",
    RecordKind.LETTER_CLOSED: "Letter held back again",
}

KIND_SENTENCES: Final[Mapping[RecordKind, str]] = {
    RecordKind.SIGN_IN: "The person signed in.",
    RecordKind.SIGN_IN_FAILED: "Somebody tried this person's address, an unknown one or a passkey, and failed.",
    RecordKind.SIGN_IN_THROTTLED: "Somebody tried to sign in again after too many failures and was told to wait.",
    RecordKind.SIGN_OUT: "The person signed out.",
    RecordKind.INVITED: "The person invited somebody, who has no role by that.",
    RecordKind.ROLE_GIVEN: "The person gave somebody a role from a date on.",
    RecordKind.ROLE_ENDED: "The person set the last day of somebody's role.",
    RecordKind.ROLE_TAKEN_BACK: "A role was removed as if it had never been given.",
    RecordKind.INVITATION_SENT: "The person sent somebody a link for their first sign-in.",
    RecordKind.INVITATION_ACCEPTED: "The person used the link of their invitation.",
    RecordKind.INVITATION_WITHDRAWN: "An invitation was withdrawn before it was used.",
    RecordKind.PERSON_CHANGED: "The person changed somebody's name or e-mail address.",
    RecordKind.ACCOUNT_CLOSED: "The person closed somebody's account: they can no longer sign in.",
    RecordKind.ACCOUNT_REOPENED: "The person opened a closed account again.",
    RecordKind.PASSWORD_CHANGED: "The person changed their password, or set a new one by a mailed link.",
    RecordKind.SECOND_FACTOR_ADDED: "The person set up an authenticator app, a passkey or recovery codes.",
    RecordKind.SECOND_FACTOR_REMOVED: "A second factor of the person was removed.",
    RecordKind.SECOND_FACTOR_FAILED: "Somebody gave this person's right password and then a wrong code or passkey.",
    RecordKind.SESSION_ENDED: "The person signed one of their other devices out.",
    RecordKind.ACCOUNT_LINKED: "The person's account of the council's sign-in service was linked.",
    RecordKind.ACCOUNT_UNLINKED: "The link to the council's sign-in service was removed.",
    RecordKind.STRANGER_REFUSED: "Somebody whom nobody invited signed in at the council's sign-in service.",
    RecordKind.PERSONAL_DATA_REMOVED: "What was personal in a closed account, or old sign-ins, went after a set time.",
    RecordKind.PAPER_READ: "The person opened the page of an exempt or confidential paper.",
    RecordKind.TABLE_READ: "The person opened one table of an exempt or confidential paper.",
    RecordKind.TABLE_TAKEN: "The person took away one table of an exempt or confidential paper as a file.",
    RecordKind.PACK_READ: "The person opened the restricted edition of a meeting's pack.",
    RecordKind.PAPER_OPENED: "The person opened a paper to the public that was exempt or confidential until then.",
    RecordKind.PACK_PUBLISHED: "The person published an edition of a meeting's pack.",
    RecordKind.PAPER_WITHDRAWN: "The person withdrew a published paper.",
    RecordKind.GROUNDS_SET: "The person said on which grounds a paper is exempt or confidential.",
    RecordKind.READER_ADMITTED: "The monitoring officer opened a restricted paper to somebody, or ended that.",
    RecordKind.COUNCILLORS_DECIDED: "The monitoring officer decided whether every councillor may read a paper.",
    RecordKind.WORDS_CLEARED: "The monitoring officer said which words of a restricted paper may be public.",
    RecordKind.PAPER_REVIEWED: "The monitoring officer looked again at whether a paper stays exempt.",
    RecordKind.PAPER_RELEASED: "A paper was released that was exempt or confidential until then.",
    RecordKind.LETTER_READ: "The person opened a letter of Ofsted, or its findings, before Ofsted had published it.",
    RecordKind.LETTER_ENTERED: "The person entered a letter of Ofsted.",
    RecordKind.LETTER_REMOVED: "The person removed a letter of Ofsted that was entered by mistake.",
    RecordKind.LETTER_READER_NAMED: "The person named a reader of a letter that is held back, or ended that.",
    RecordKind.LETTER_OPENED: "The person recorded that Ofsted has published a letter, so that everybody reads it.",
    RecordKind.LETTER_CLOSED: "The person took that back: the letter is held back again.",
    RecordKind.PUBLICATIONS_VERIFIED: "Everything published was read again and compared with what was published.",
}
