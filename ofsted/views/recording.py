"""Notes each read of a held-back letter before it is shown; the record names it by the month of its visit alone."""

from django.http import HttpRequest

from ofsted.models import Letter
from torbay_reports.access.decisions import Decision
from torbay_reports.access.models import User
from torbay_reports.access.record.kinds import RecordKind
from torbay_reports.access.record.services import record


def about(letter: Letter) -> str:
    """The letter as the record names it: "Held-back letter of the visit of July 2017"."""
    return f"Held-back letter of the visit of {letter.visit.month:%B %Y}"


def key_of(letter: Letter) -> str:
    """The key by which the record leads to it: "letter:7"."""
    return f"letter:{letter.pk}"


def note_read(request: HttpRequest, letter: Letter, decision: Decision) -> None:
    """Records that the reader is about to be shown the letter or its findings, where it is held back; else nothing."""
    if not letter.is_held_back:
        return
    reader = request.user if isinstance(request.user, User) else None
    record(kind=RecordKind.LETTER_READ, person=reader, about=about(letter), key=key_of(letter), reason=decision.reason)
