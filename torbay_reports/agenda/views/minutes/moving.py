"""The clerk moves a meeting to another day."""

from datetime import date
from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from torbay_reports.agenda.minutes import moving as desk
from torbay_reports.agenda.minutes.public import address
from torbay_reports.agenda.minutes_forms import MoveForm
from torbay_reports.agenda.models import Meeting
from torbay_reports.agenda.views.minutes.finding import BACK_WORDS, kept_meeting
from torbay_reports.core.asking import Question, attempt, bound, show
from torbay_reports.core.formatting import full_date

NOTHING_OUT: Final = (
    "Nothing of it is published, so its day changes and everything else stays. Packs that were built are built again."
)
SOMETHING_OUT: Final = (
    "Something of it is published. That stays as it is, and says where the meeting went. The new meeting has all its "
    "items and papers on an agenda of its own, and its notice of five clear days counts anew.",
    "Papers not for publication keep their grounds. Who was admitted to one is not admitted to the new one: the "
    "monitoring officer admits them again. What was withdrawn is left. Subscriptions are to the committee, and stay.",
)
GO_BACK: Final = (
    "It stands in the place of the meeting of {day}. Moved back to that day, that meeting is taken up again with what "
    "was published for it; what is new since goes out with a supplement."
)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def meeting_move(request: HttpRequest, committee: str, held_on: date) -> HttpResponse:
    """To which day, and why."""
    kept = kept_meeting(request, committee, held_on)
    question = Question(
        title=f"Move the meeting of {full_date(held_on)}",
        button="Move the meeting",
        back=kept.back,
        back_words=BACK_WORDS,
        sentences=_sentences(kept.meeting),
        refusal=desk.refusal(kept.meeting),
    )
    form = MoveForm(**bound(request), initial={"starts_at": kept.meeting.starts_at})
    if request.method == "POST" and not question.refusal and form.is_valid():
        moved = attempt(form, lambda: desk.move_meeting(meeting=kept.meeting, by=kept.by, **form.cleaned_data))
        if moved is not None:
            messages.success(request, f"The meeting is moved to {full_date(moved.held_on)}.")
            return redirect(address(moved, "minutes"))
    return show(request, question, form)


def _sentences(meeting: Meeting) -> list[str]:
    said = list(SOMETHING_OUT) if desk.is_anything_out(meeting) else [NOTHING_OUT]
    earlier: Meeting | None = getattr(meeting, "moved_from", None)
    return [*said, GO_BACK.format(day=full_date(earlier.held_on))] if earlier is not None else said
