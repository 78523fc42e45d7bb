"""What the agenda and the letters of its supplements say by themselves: when it meets, why papers are late, that
urgency will be asked."""

from collections.abc import Collection

from torbay_reports.agenda.business import Business
from torbay_reports.agenda.models import Meeting
from torbay_reports.core.formatting import full_date


def when_words(meeting: Meeting) -> str:
    """The day and the hour: "Wednesday 6 September 2017 at 5.30 pm"."""
    day = full_date(meeting.held_on)
    if meeting.starts_at is None:
        return day
    hour = f"{meeting.starts_at:%-I.%M %p}".lower().replace(".00", "")
    return f"{day} at {hour}"


def reasons(business: Collection[Business]) -> tuple[str, ...]:
    """Why papers of this business are late, a sentence for each reason, with the items that it is given for."""
    return ()


def urgency_sentence(business: Collection[Business], meeting: Meeting) -> str:
    """That the person presiding will be asked to take items as urgent; nothing where none is to be."""
    return ""
