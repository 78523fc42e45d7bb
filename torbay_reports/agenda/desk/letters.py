"""What an instalment says of itself, and what a new one says at first."""

from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Final

from torbay_reports.access.models import User
from torbay_reports.agenda.lateness import timeliness
from torbay_reports.agenda.letters import opening_for
from torbay_reports.agenda.models import Instalment, Meeting
from torbay_reports.core import clock

SALUTATION: Final = "Dear Member"
CLOSING: Final = "Yours sincerely"
SIGNATORY_TITLE: Final = "Clerk"


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What an instalment says of itself: the day on which it goes out, whom to ask, and a supplement's letter."""

    dated: date
    clerk: str
    telephone: str
    email: str
    office: str
    salutation: str = ""
    opening: str = ""
    closing: str = ""
    signatory: str = ""
    signatory_title: str = ""


NAMES: Final = [each.name for each in fields(Letter)]


def proposed_letter(meeting: Meeting, *, number: int, by: User) -> Letter:
    """What a new instalment says at first: the committee's own particulars, and what its last letter said; where nobody
    is named, who makes it. Two queries."""
    committee = meeting.committee
    earlier = Instalment.objects.filter(meeting__committee=committee).order_by("-meeting__held_on", "-number")
    last = earlier.first()
    clerk = committee.clerk or (last.clerk if last else "") or by.full_name
    letter = Letter(
        dated=_proposed_day(meeting, number),
        clerk=clerk,
        telephone=committee.telephone or (last.telephone if last else ""),
        email=committee.email or (last.email if last else "") or by.email,
        office=committee.office or (last.office if last else ""),
    )
    if not number:
        return letter
    before = earlier.filter(number__gt=0).first()
    return Letter(
        **{
            **asdict(letter),
            "salutation": (before.salutation if before else "") or SALUTATION,
            "opening": opening_for(Instalment(meeting=meeting, number=number)),
            "closing": (before.closing if before else "") or CLOSING,
            "signatory": (before.signatory if before else "") or clerk,
            "signatory_title": (before.signatory_title if before else "") or SIGNATORY_TITLE,
        }
    )


def letter_of(instalment: Instalment) -> Letter:
    """What stands there now."""
    return Letter(**{name: getattr(instalment, name) for name in NAMES})


def _proposed_day(meeting: Meeting, number: int) -> date:
    """An agenda goes out on the last day on time while that is to come, all else today."""
    today = clock.today()
    due_on = None if number else timeliness(meeting, today).due_on
    return min(meeting.held_on, today if due_on is None else max(today, due_on))
