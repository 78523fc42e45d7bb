"""What the addresses name, or an answer that does not tell whether it exists."""

from datetime import date

from django.http import Http404, HttpRequest

from torbay_reports.access.models import User
from torbay_reports.access.permissions import Permission
from torbay_reports.access.reach import require, there
from torbay_reports.access.signin.proof import require_recent
from torbay_reports.agenda import selectors
from torbay_reports.agenda.models import Meeting, Paper


def meeting_or_none(committee: str, held_on: date) -> Meeting | None:
    """The committee's meeting on that day."""
    try:
        return selectors.meeting(committee, held_on)
    except selectors.UnknownMeeting:
        return None


def meeting_there(request: HttpRequest, committee: str, held_on: date) -> Meeting:
    """The meeting. Raises what `access.reach.there` raises where there is none."""
    return there(request, meeting_or_none(committee, held_on))


def kept_paper(request: HttpRequest, committee: str, held_on: date, item: str, paper: str) -> tuple[Paper, User]:
    """The paper, and the clerk of its committee who asks. Raises Http404 for everybody else.

    Raises ProofWanted where the paper is restricted and the last sign-in is long ago.
    """
    return kept(request, selectors.paper(committee, held_on, item, paper))


def kept(request: HttpRequest, paper: Paper | None) -> tuple[Paper, User]:
    """The paper that was looked for, and the clerk of its committee who asks. Raises what `kept_paper` raises."""
    found = there(request, paper)
    require(request, Permission.KEEP_PAPERS, found.item.meeting)
    if found.is_restricted:
        require_recent(request)
    if not isinstance(request.user, User):
        raise Http404
    return found, request.user
