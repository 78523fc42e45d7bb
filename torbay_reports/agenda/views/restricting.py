"""Opening a brought paper that is exempt or confidential by mistake: one person asks, another confirms."""

from datetime import date
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from torbay_reports.access.models import User
from torbay_reports.agenda import opening
from torbay_reports.agenda.build_desk import check_list_of
from torbay_reports.agenda.forms import AskOpeningForm, ConfirmOpeningForm, OpeningForm
from torbay_reports.agenda.models import OpeningAsked, Paper
from torbay_reports.agenda.restricting import refusal
from torbay_reports.agenda.views.openings.finding import named, officers_paper, page_of
from torbay_reports.core.asking import Question, bound, take
from torbay_reports.core.formatting import long_date

FOR_EVER: Final = (
    "Open it only if it was restricted by mistake. Everybody in the world may read it once the public pack is "
    "published, and what the public has read cannot be taken back. If you are in doubt, ask the monitoring officer "
    "first."
)
AFTERWARDS: Final = (
    "Packs that are built stay as they are. Warnings about its file wait to be passed anew. The record keeps both "
    "names."
)
FILE: Final = "Look at the file (PDF)"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def paper_open(request: HttpRequest, committee: str, held_on: date, item: str, paper: str) -> HttpResponse:
    """Asks for the opening, or where another person has asked, for its confirmation; no button once a pack holds it."""
    found, by = officers_paper(request, committee, held_on, item, paper)
    row = opening.asked(found)
    if row is None:
        return _ask(request, found, by)
    return _confirm(request, found, row, by)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def opening_end(request: HttpRequest, committee: str, held_on: date, item: str, paper: str) -> HttpResponse:
    """Declines what another person has asked, or takes back what one has asked oneself."""
    found, by = officers_paper(request, committee, held_on, item, paper)
    row = opening.asked(found)
    is_own = row is not None and row.asked_by_id == by.pk
    question = Question(
        title="Take back that this paper be opened?" if is_own else "Decline to open this paper?",
        button="Take it back" if is_own else "Decline it",
        back=page_of(found, "paper-open"),
        back_words="Open it to the public",
        done=check_list_of(found),
        sentences=[named(found), f"It stays {found.held_back_as}. Anybody who keeps it may ask anew."],
        refusal="" if row is not None else opening.NOT_ASKED,
    )

    def act() -> str:
        opening.decline(paper=found, by=by)
        return f"The paper stays {found.held_back_as}."

    return take(request, question, OpeningForm(**bound(request), initial=_seen(found)), act)


def _ask(request: HttpRequest, paper: Paper, by: User) -> HttpResponse:
    question = Question(
        title="Ask to open this paper to the public?",
        button="Ask for it",
        back=check_list_of(paper),
        back_words="Check list",
        sentences=[_now(paper), FOR_EVER, "Another person has to confirm it: a clerk or the monitoring officer."],
        links=[(FILE, page_of(paper, "paper-file"))],
        refusal=refusal(paper),
    )
    form = AskOpeningForm(**bound(request), initial=_seen(paper))

    def act() -> str:
        opening.ask(paper=paper, upload=form.cleaned_data["upload"], why=form.cleaned_data["why"], by=by)
        return (
            f"You have asked for it. The paper stays {paper.held_back_as} until somebody else confirms it: another "
            f"clerk of the {paper.item.meeting.committee}, or the monitoring officer. Send them to this check list, or "
            f"to {request.build_absolute_uri()}"
        )

    return take(request, question, form, act)


def _confirm(request: HttpRequest, paper: Paper, row: OpeningAsked, by: User) -> HttpResponse:
    on = long_date(timezone.localtime(row.asked_at).date())
    is_own = row.asked_by_id == by.pk
    ended = "Take it back" if is_own else "Decline it: it stays as it is"
    question = Question(
        title="Open this paper to the public?",
        button="Open it to everybody",
        warns=True,
        back=check_list_of(paper),
        back_words="Check list",
        sentences=[_now(paper), f"{row.asked_by.full_name} asked for it on {on}: “{row.why}”", FOR_EVER, AFTERWARDS],
        refusal=opening.ANOTHER.format(committee=paper.item.meeting.committee) if is_own else "",
        template="agenda/openings/open.html",
    )
    shown = {**_seen(paper), "seen": opening.opening_mark(paper, row)}
    form = ConfirmOpeningForm(**bound(request), initial=shown)

    def act() -> str:
        kept = opening.confirm(paper=paper, by=by, **form.cleaned_data)
        return f"“{kept.content.title}” is open from now on. Everybody reads it once the public pack is published."

    ways = [(FILE, page_of(paper, "paper-file")), (ended, page_of(paper, "opening-end"))]
    return take(request, question, form, act, {"asked": row, "on": on, "ways": ways})


def _now(paper: Paper) -> str:
    return (
        f"Item {paper.item.number}, {paper.content.title}: {paper.held_back_as} now, by the agenda or by a choice made "
        "with its file."
    )


def _seen(paper: Paper) -> dict[str, int | None]:
    return {"upload": paper.content.upload_id}
