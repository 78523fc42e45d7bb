"""What was decided about a restricted paper, kept twice: in full with the paper, without its words in the record."""

from torbay_reports.access.decisions import may
from torbay_reports.access.models import User
from torbay_reports.access.permissions import Permission
from torbay_reports.access.record.kinds import RecordKind
from torbay_reports.access.record.services import record
from torbay_reports.agenda.models import HeldBackEntry, Paper
from torbay_reports.core import clock


def note(*, paper: Paper, kind: RecordKind, says: str, by: User, whom: str = "", reason: str = "") -> None:
    """One more entry: `says` stays with the paper; the record has who did it to which paper, and `whom` it is about.
    `reason` says there why they might, where it is not as its clerk or monitoring officer.

    Call it in the transaction of what it notes, while the paper is still restricted.
    """
    HeldBackEntry.objects.create(paper=paper, kind=kind.value, at=clock.now(), by=by, says=says)
    about = f"{paper.held_back_as.capitalize()} paper under item {paper.item.number}, {paper.item.meeting}"
    record(
        kind=kind,
        person=by,
        about=f"{about}: {whom}" if whom else about,
        key=f"paper:{paper.pk}",
        reason=reason or _as_officer(paper, by),
    )


def _as_officer(paper: Paper, by: User) -> str:
    decides = may(by, Permission.DECIDE_EXEMPTIONS, paper.item.meeting)
    return (decides or may(by, Permission.KEEP_PAPERS, paper.item.meeting)).reason


def history_of(paper: Paper) -> list[HeldBackEntry]:
    """Everything that was decided about it, the newest first; one query."""
    return list(paper.held_back_entries.select_related("by").order_by("-at", "-pk"))
