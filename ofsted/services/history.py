"""What was done with a letter: its history, its revision, and two writers who notice each other."""

from collections.abc import Sequence
from typing import Final

from django.db.models import F

from ofsted.models import Letter, LetterEntry
from torbay_reports.access.models import User
from torbay_reports.access.record.kinds import RecordKind
from torbay_reports.access.record.services import record
from torbay_reports.core import clock

MOVED: Final = "Somebody changed this letter while you did. Read what they did, look at yours, and save it again."


class LetterHasMoved(Exception):
    """The letter is no longer as its writer saw it: nothing was stored.

    `letter` is as it stands now, `entries` what was done meanwhile, oldest first.
    """

    def __init__(self, letter: Letter, entries: Sequence[LetterEntry]) -> None:
        super().__init__(MOVED)
        self.letter, self.entries = letter, entries


def locked_letter(pk: int, revision: int | None = None) -> Letter:
    """The letter as stored with its visit, inspection and plan, held with its inspection until the transaction ends.

    Raises LetterHasMoved where `revision` is given and another one is stored, Letter.DoesNotExist where it is gone.
    """
    rows = Letter.objects.select_related("visit__inspection__plan")
    letter = rows.select_for_update(no_key=True, of=("self", "visit__inspection")).get(pk=pk)
    if revision is not None and revision != letter.revision:
        raise LetterHasMoved(letter, entries_since(letter, revision))
    return letter


def entries_since(letter: Letter, revision: int) -> list[LetterEntry]:
    """What was done with the letter since that revision, oldest first: each change raises it by one."""
    newest = LetterEntry.objects.filter(letter=letter).select_related("by").order_by("-at", "-pk")
    return list(newest[: max(letter.revision - revision, 0)])[::-1]


def note(*, letter: Letter, says: str, by: User | None) -> None:
    """Adds an entry to the letter's history and raises its revision, stored and at hand; nothing for the demonstration.

    Call it once for each change, in its transaction.
    """
    if by is None:
        return
    LetterEntry.objects.create(letter=letter, at=clock.now(), by=by, says=says)
    Letter.objects.filter(pk=letter.pk).update(revision=F("revision") + 1)
    letter.revision += 1


def record_about(*, kind: RecordKind, letter: Letter, by: User | None) -> None:
    """An entry of the access record about the letter, named by its visit's month alone; none for the demonstration."""
    if by is not None:
        record(
            kind=kind, person=by, about=f"Letter of the visit of {letter.visit.month:%B %Y}", key=f"letter:{letter.pk}"
        )
