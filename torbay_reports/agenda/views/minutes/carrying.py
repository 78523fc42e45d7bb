"""The clerk carries an item to a later meeting, and brings a recommendation to the body that it goes to."""

from datetime import date
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from torbay_reports.access.permissions import Permission
from torbay_reports.access.reach import require, there
from torbay_reports.agenda.minutes import carrying as desk
from torbay_reports.agenda.minutes.public import decision_address
from torbay_reports.agenda.minutes_forms import CarryForm, RecommendationForm
from torbay_reports.agenda.models import Decision, Meeting
from torbay_reports.agenda.views.finding import meeting_or_none
from torbay_reports.agenda.views.minutes.finding import BACK_WORDS, decision_of, kept_item, signed_in
from torbay_reports.core.asking import Question, bound, take

NO_LATER: Final = (
    "No later meeting of this committee is on the calendar. Put one there on the desk first, and carry the item then."
)
NO_MEETING: Final = "No meeting to come of {to} is on the calendar. Put one there on the desk first."
PAPERS: Final = (
    "Its papers that nobody has seen go with it. Those that are out stay here too. Papers not for publication stay "
    "that, on the same grounds; who was admitted to one is not admitted to the new one. What was withdrawn is left."
)
OPEN_ONLY: Final = (
    "Only papers that the public can read already are offered. Others can be brought on the desk of that meeting."
)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def item_carry(request: HttpRequest, committee: str, held_on: date, item: str) -> HttpResponse:
    """To which later meeting of the committee."""
    kept, found = kept_item(request, committee, held_on, item)
    meetings = desk.meetings_for(found)
    question = Question(
        title=f"Carry item {found.number} to a later meeting",
        button="Carry it",
        back=kept.back,
        back_words=BACK_WORDS,
        sentences=[f"Item {found.number}, {found.title}. It stays on this agenda, and says where it went.", PAPERS],
        refusal=desk.refusal(found) or ("" if meetings else NO_LATER),
    )
    form = CarryForm(**bound(request), meetings=meetings)

    def act() -> str:
        carried = desk.carry_item(item=found, to=form.chosen, why=form.cleaned_data["why"], by=kept.by)
        return f"Item {found.number} is carried to {carried.meeting}, as item {carried.number}."

    return take(request, question, form, act)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def decision_carry(request: HttpRequest, committee: str, held_on: date, item: str, number: int) -> HttpResponse:
    """To which meeting of the other body, for the clerk of that one."""
    found = _recommendation(request, meeting_or_none(committee, held_on), item, number)
    by = signed_in(request)
    meetings = desk.meetings_of(found)
    papers = desk.offered_papers(found.item)
    question = Question(
        title="Put this recommendation on an agenda",
        button="Put it on the agenda",
        back=decision_address(found),
        back_words="The decision",
        sentences=[desk.quoted(found), OPEN_ONLY],
        refusal=desk.recommendation_refusal(found) or ("" if meetings else NO_MEETING.format(to=found.to)),
    )
    form = RecommendationForm(**bound(request), meetings=meetings, papers=papers)

    def act() -> str:
        chosen = form.cleaned_data.get("papers", [])
        brought = desk.carry_recommendation(decision=found, to=form.chosen, papers=chosen, by=by)
        return f"It is on the agenda of {brought.meeting}, as item {brought.number}."

    return take(request, question, form, act)


def _recommendation(request: HttpRequest, meeting: Meeting | None, item: str, number: int) -> Decision:
    """A published recommendation for the clerk of the body to which it goes. Raises what `require` raises."""
    found = decision_of(meeting, item, number) if meeting else None
    recommendation = there(request, found if found and found.published_at and found.to else None)
    require(request, Permission.KEEP_PAPERS, Meeting(committee=recommendation.to))
    return recommendation
