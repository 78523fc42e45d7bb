"""What the desk's addresses name, for the clerk whose it is; for everybody else it is as if it were not there."""

from datetime import date

from django.http import Http404, HttpRequest

from torbay_reports.access.models import User
from torbay_reports.access.permissions import Permission
from torbay_reports.access.reach import require, there
from torbay_reports.agenda.models import AgendaItem, Instalment, Meeting
from torbay_reports.agenda.views.finding import meeting_or_none


def kept_meeting(request: HttpRequest, committee: str, held_on: date) -> tuple[Meeting, User]:
    """The meeting and the clerk who keeps its agenda. Raises what `access.reach.require` raises for everybody else."""
    meeting = require(request, Permission.KEEP_PAPERS, meeting_or_none(committee, held_on))
    return meeting, signed_in(request)


def kept_item(request: HttpRequest, committee: str, held_on: date, item: str) -> tuple[AgendaItem, User]:
    """The item of that number, and the clerk."""
    meeting, by = kept_meeting(request, committee, held_on)
    found = there(request, meeting.items.filter(number=item).first())
    found.meeting = meeting
    return found, by


def kept_instalment(request: HttpRequest, committee: str, held_on: date, number: int) -> tuple[Instalment, User]:
    """The instalment of that number, and the clerk."""
    meeting, by = kept_meeting(request, committee, held_on)
    found = there(request, meeting.instalments.filter(number=number).first())
    found.meeting = meeting
    return found, by


def signed_in(request: HttpRequest) -> User:
    """Who asks, once a permission has refused everybody who is not signed in."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user
