"""Writes to the record; nothing else does, and nothing changes what stands there."""

from torbay_reports.access.models import AccessRecord, User
from torbay_reports.access.record.kinds import RecordKind
from torbay_reports.core import clock

LONGEST_ADDRESS = 254


def record(
    *, kind: RecordKind, person: User | None, email: str = "", about: str = "", key: str = "", reason: str = ""
) -> AccessRecord:
    """One more entry: who did what to what, and why they might, in the words of `access.decisions.Decision.reason`.

    Call it in the transaction of what it records, so that both stand or neither; for a read, before anything is shown.
    `email` is the address as given where a sign-in names nobody we know. Raises django.db.Error when it cannot be
    written: let it rise, so that nothing happens unrecorded.
    """
    return AccessRecord.objects.create(
        at=clock.now(),
        kind=kind,
        person=person,
        email=User.objects.normalize_email(email)[:LONGEST_ADDRESS],
        about=about,
        key=key,
        reason=reason,
    )
