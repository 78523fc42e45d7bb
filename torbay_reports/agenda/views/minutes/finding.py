"""What the addresses of minutes name, and the clerk who asks for it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest

from torbay_reports.access.models import User
from torbay_reports.access.permissions import Permission
from torbay_reports.access.reach import require, there
from torbay_reports.agenda.desk.refusals import ChangedMeanwhile
from torbay_reports.agenda.desk_forms import SeenForm
from torbay_reports.agenda.minutes.public import address
from torbay_reports.agenda.models import AgendaItem, Decision, Meeting
from torbay_reports.agenda.views.finding import meeting_or_none

BACK_WORDS = "Minutes"


@dataclass(frozen=True)
class KeptMeeting:
    """A meeting, and the clerk of its committee who asks."""

    meeting: Meeting
    by: User

    @property
    def back(self) -> str:
        """The page of its minutes."""
        return address(self.meeting, "minutes")


def kept_meeting(request: HttpRequest, committee: str, held_on: date) -> KeptMeeting:
    """The meeting for its clerk. Raises Http404 for everybody else, SignInFirst for who is not signed in."""
    return KeptMeeting(
        require(request, Permission.KEEP_PAPERS, meeting_or_none(committee, held_on)), signed_in(request)
    )


def kept_item(request: HttpRequest, committee: str, held_on: date, item: str) -> tuple[KeptMeeting, AgendaItem]:
    """An item of the meeting for its clerk. Raises as `kept_meeting` does."""
    kept = kept_meeting(request, committee, held_on)
    found = there(request, AgendaItem.objects.filter(meeting=kept.meeting, number=item).first())
    found.meeting = kept.meeting
    return kept, found


def kept_decision(
    request: HttpRequest, committee: str, held_on: date, item: str, number: int
) -> tuple[KeptMeeting, Decision]:
    """A decision of the meeting for its clerk, published or not. Raises as `kept_meeting` does."""
    kept = kept_meeting(request, committee, held_on)
    found = there(request, decision_of(kept.meeting, item, number))
    return kept, found


def decision_of(meeting: Meeting, item: str, number: int) -> Decision | None:
    """The meeting's decision of that number on an item, published or not; one query."""
    decisions = Decision.objects.select_related(
        "item__meeting__committee", "to", "replaces__item__meeting__committee", "recorded_by"
    )
    return decisions.filter(item__meeting=meeting, item__number=item, number=number).first()


def signed_in(request: HttpRequest) -> User:
    """The person who asks. Raises Http404 for anybody who is nobody."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def caught_up(form: SeenForm, act: Callable[[], str]) -> Callable[[], str]:
    """The same act; where somebody else has written meanwhile, the form counts for what stands there now."""

    def tried() -> str:
        try:
            return act()
        except ChangedMeanwhile as changed:
            form.catch_up(changed.now)
            raise

    return tried
