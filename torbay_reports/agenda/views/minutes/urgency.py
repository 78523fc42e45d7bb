"""The clerk has urgency asked for, and records what the person presiding decided."""

from datetime import date
from typing import Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from torbay_reports.agenda.desk.items import next_number
from torbay_reports.agenda.minutes import urgency as desk
from torbay_reports.agenda.minutes.holding import not_yet
from torbay_reports.agenda.minutes.words import urgency_minute
from torbay_reports.agenda.minutes_forms import AdmittedForm, OutcomeForm, UrgencyForm
from torbay_reports.agenda.models import AgendaItem
from torbay_reports.agenda.views.minutes.finding import BACK_WORDS, caught_up, kept_item, kept_meeting
from torbay_reports.core.asking import Question, bound, take

ONLY_ASKED: Final = (
    "Only the person presiding decides, at the meeting: until then a letter can say no more than that they will be "
    "asked."
)
EVERYBODY: Final = "Everybody reads the minute on the meeting's page."


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def urgency_ask(request: HttpRequest, committee: str, held_on: date, item: str) -> HttpResponse:
    """Why the item, or the late paper under it, cannot wait."""
    kept, found = kept_item(request, committee, held_on, item)
    urgency = desk.urgency_of(found)
    is_decided = urgency is not None and bool(urgency.outcome)
    refusal = desk.DECIDED if is_decided else "" if desk.may_be_asked(found) else desk.NOT_URGENT
    question = Question(
        title=f"Ask that item {found.number} be taken as urgent",
        button="Keep it",
        back=kept.back,
        back_words=BACK_WORDS,
        sentences=[_named(found), ONLY_ASKED],
        refusal=refusal.format(number=found.number),
    )
    given = {"seen": desk.urgency_mark(urgency), "because": urgency.because if urgency else ""}
    form = UrgencyForm(**bound(request), initial=given)

    def act() -> str:
        desk.ask(item=found, because=form.cleaned_data["because"], seen=form.cleaned_data["seen"], by=kept.by)
        return f"Urgency is asked for item {found.number}."

    return take(request, question, form, caught_up(form, act))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def urgency_withdraw(request: HttpRequest, committee: str, held_on: date, item: str) -> HttpResponse:
    """Asks before the asking is withdrawn."""
    kept, found = kept_item(request, committee, held_on, item)
    urgency = desk.urgency_of(found)
    refusal = desk.NOT_ASKED if urgency is None else desk.DECIDED if urgency.outcome else ""
    question = Question(
        title=f"Ask no longer that item {found.number} be taken as urgent?",
        button="Ask no longer",
        back=kept.back,
        back_words=BACK_WORDS,
        sentences=[_named(found), "Letters that are not published yet say nothing of it then."],
        refusal=refusal.format(number=found.number),
    )

    def act() -> str:
        desk.withdraw_asking(item=found, by=kept.by)
        return f"Urgency is not asked for item {found.number} any more."

    return take(request, question, forms.Form(**bound(request)), act)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def urgency_decide(request: HttpRequest, committee: str, held_on: date, item: str) -> HttpResponse:
    """What the person presiding decided, recorded or corrected, with the sentence for the minutes."""
    kept, found = kept_item(request, committee, held_on, item)
    urgency = desk.urgency_of(found)
    if urgency is not None:
        urgency.item = found
    is_correction = urgency is not None and bool(urgency.outcome)
    refusal = not_yet(held_on, desk.RECORDED) or ("" if urgency else desk.NOT_ASKED.format(number=found.number))
    question = Question(
        title=f"Correct what was decided on item {found.number}"
        if is_correction
        else f"Urgency of item {found.number}",
        button="Correct it" if is_correction else "Record the decision",
        back=kept.back,
        back_words=BACK_WORDS,
        sentences=[_named(found), f"Asked because: {urgency.because}" if urgency else "", EVERYBODY],
        refusal=refusal,
        template="agenda/minutes/urgency.html",
    )
    given = {
        "seen": desk.urgency_mark(urgency),
        "outcome": urgency.outcome if urgency else "",
        "circumstances": urgency.circumstances if urgency else "",
        "decided_by": (urgency.decided_by if urgency else "") or kept.meeting.presiding,
    }
    form = OutcomeForm(**bound(request), is_correction=is_correction, initial=given)

    def act() -> str:
        decide = desk.correct_outcome if is_correction else desk.record_outcome
        decide(item=found, by=kept.by, **form.cleaned_data)
        return f"What was decided on item {found.number} is recorded."

    context = {"minute": urgency_minute(urgency) if urgency else ""}
    return take(request, question, form, caught_up(form, act), context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def urgent_item_admit(request: HttpRequest, committee: str, held_on: date) -> HttpResponse:
    """An item that was on no agenda, admitted at the meeting."""
    kept = kept_meeting(request, committee, held_on)
    question = Question(
        title="An urgent item that was admitted at the meeting",
        button="Record the item",
        back=kept.back,
        back_words=BACK_WORDS,
        sentences=[
            f"{kept.meeting}. What is published of its agenda stays as it is.",
            "An item that was refused is not recorded here: add it on the desk, have urgency asked, and record that.",
            EVERYBODY,
        ],
        refusal=not_yet(held_on, desk.RECORDED),
    )
    given = {"number": next_number(kept.meeting), "decided_by": kept.meeting.presiding}
    form = AdmittedForm(**bound(request), initial=given)

    def act() -> str:
        item = desk.admit_urgent_item(meeting=kept.meeting, by=kept.by, **form.cleaned_data)
        return f"Item {item.number} is recorded as admitted."

    return take(request, question, form, act)


def _named(item: AgendaItem) -> str:
    return f"Item {item.number}, {item.title}."
