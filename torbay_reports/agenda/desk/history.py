"""What clerks did to a meeting's agenda, a sentence each."""

from torbay_reports.access.models import User
from torbay_reports.agenda.models import DeskEntry, Meeting
from torbay_reports.core import clock


def note(*, meeting: Meeting, says: str, by: User) -> DeskEntry:
    """One more entry, in the transaction of what it notes. `says` is a sentence that names no restricted paper by its
    title or its file: everybody who keeps the agenda reads it."""
    return DeskEntry.objects.create(meeting=meeting, at=clock.now(), by=by, says=says)


def newest_entries(meeting: Meeting, number: int) -> list[DeskEntry]:
    """The newest entries of the meeting, so many at most, the newest first; one query."""
    return list(meeting.desk_entries.select_related("by").order_by("-at", "-pk")[:number])
