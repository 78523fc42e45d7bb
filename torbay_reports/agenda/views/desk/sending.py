"""How a form of the desk is sent: what somebody else wrote in between is told, and what was typed stays."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from torbay_reports.agenda.desk.addresses import desk_address
from torbay_reports.agenda.desk.refusals import ChangedMeanwhile
from torbay_reports.agenda.desk_forms import SeenForm
from torbay_reports.agenda.models import Meeting
from torbay_reports.core.asking import Question, attempt, show

T = TypeVar("T")


def about(meeting: Meeting, *, title: str, button: str, anchor: str = "", **more: Any) -> Question:
    """A question that leads back to the meeting's desk, or to a place on it."""
    return Question(
        title=title,
        button=button,
        back=desk_address(meeting, anchor),
        back_words=f"Clerk's desk: {meeting}",
        **more,
    )


def take_as_seen(
    request: HttpRequest,
    question: Question,
    form: SeenForm,
    act: Callable[[], T],
    said: Callable[[T], tuple[str, str]],
    extra: dict[str, Any] | None = None,
) -> HttpResponse:
    """Asks; on POST does it, and says what `said` makes of what was done, on the page that it names."""

    def acted() -> tuple[T]:
        try:
            return (act(),)
        except ChangedMeanwhile as meanwhile:
            form.catch_up(meanwhile.now)
            raise

    if request.method == "POST" and not question.refusal and form.is_valid():
        done = attempt(form, acted)
        if done is not None:
            sentence, address = said(done[0])
            messages.success(request, sentence)
            return redirect(address)
    return show(request, question, form, extra)
