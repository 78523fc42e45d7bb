"""Puts the resolution to exclude the public in its place on the agenda, or brings it up to date."""

from datetime import date

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from torbay_reports.access.models import User
from torbay_reports.access.permissions import Permission
from torbay_reports.access.reach import require
from torbay_reports.agenda.build_desk import DeskPages
from torbay_reports.agenda.desk import exclusion
from torbay_reports.agenda.models import AgendaItem
from torbay_reports.agenda.selectors import newest_instalment_of
from torbay_reports.agenda.views.finding import meeting_or_none
from torbay_reports.core.asking import Question, bound, take


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def put_exclusion(request: HttpRequest, committee: str, held_on: date) -> HttpResponse:
    """The words that it will say, made of what the public may know, and the button."""
    meeting = require(request, Permission.KEEP_PAPERS, meeting_or_none(committee, held_on))
    if not isinstance(request.user, User):
        raise Http404
    by = request.user
    proposed, item = exclusion.propose(meeting), exclusion.item_of(meeting)
    part = newest_instalment_of([meeting])
    question = Question(
        title="Bring the resolution up to date?" if item else "Put the resolution in its place?",
        button="Bring it up to date" if item else "Put it in its place",
        back=DeskPages(part).build if part else meeting.get_absolute_url(),
        back_words="Check list" if part else str(meeting),
        sentences=[
            f"It stands directly before item {proposed.before.number}, and says:" if proposed else "",
            *(proposed.words.splitlines() if proposed else ()),
            "Only the meeting can pass it. Confidential papers need none.",
        ],
        refusal=_refusal(proposed, item),
    )

    def act() -> str:
        kept = exclusion.put_in_place(meeting=meeting, by=by)
        return f"Item {kept.number} is the resolution to exclude the public. It goes out with the next version."

    return take(request, question, forms.Form(**bound(request)), act)


def _refusal(proposed: exclusion.Resolution | None, item: AgendaItem | None) -> str:
    if proposed is None:
        return exclusion.NOT_NEEDED
    if item is not None and proposed.is_met_by(item):
        return exclusion.THERE_ALREADY.format(number=item.number)
    return ""
