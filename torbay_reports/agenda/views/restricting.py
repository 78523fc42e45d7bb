"""Asks the clerk before a brought paper that is exempt or confidential by mistake is opened to the public."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from torbay_reports.access.decisions import may
from torbay_reports.access.permissions import Permission
from torbay_reports.agenda.forms import OpeningForm
from torbay_reports.agenda.restricting import open_to_public, refusal
from torbay_reports.agenda.views.finding import kept_paper
from torbay_reports.core.asking import Question, bound, take


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def paper_open(request: HttpRequest, committee: str, held_on: date, item: str, paper: str) -> HttpResponse:
    """The question, with what follows from a yes; it has no button once a pack holds the paper."""
    found, by = kept_paper(request, committee, held_on, item, paper)
    restriction = found.held_back_as
    question = Question(
        title="Open this paper to the public?",
        button="Open it to everybody",
        warns=True,
        back=reverse("agenda:build", args=[committee, held_on]),
        back_words="Check list",
        sentences=[
            f"Item {item}, {found.content.title}: {restriction} now, by the agenda or by a choice made with its file.",
            "Open it only if that was a mistake. Everybody in the world may read it once the public pack is built, "
            "and what the public has read cannot be taken back. If you are in doubt, ask the monitoring officer first.",
            "Packs that are built stay as they are. Warnings about its file wait to be passed anew. The record keeps "
            "your name.",
        ],
        refusal=refusal(found),
    )
    form = OpeningForm(**bound(request), initial={"upload": found.content.upload_id})
    why = may(request.user, Permission.KEEP_PAPERS, found.item.meeting).reason

    def act() -> str:
        kept = open_to_public(paper=found, upload=form.cleaned_data["upload"], why=why, by=by)
        return f"“{kept.content.title}” is open from now on. Everybody reads it once you publish the public pack."

    return take(request, question, form, act)
