"""What the addresses name, or an answer that does not tell whether it exists."""

from datetime import date

from django.http import HttpRequest

from torbay_reports.access.reach import there
from torbay_reports.agenda import selectors
from torbay_reports.agenda.models import Meeting


def meeting_or_none(committee: str, held_on: date) -> Meeting | None:
    """The committee's meeting on that day."""
    try:
        return selectors.meeting(committee, held_on)
    except selectors.UnknownMeeting:
        return None


def meeting_there(request: HttpRequest, committee: str, held_on: date) -> Meeting:
    """The meeting. Raises what `access.reach.there` raises where there is none."""
    return there(request, meeting_or_none(committee, held_on))
