"""What stands for a paper: the page on which its clerk chooses it, and the questions that lead from there."""

from collections.abc import Callable
from datetime import date
from typing import Final

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from torbay_reports.access.models import User
from torbay_reports.access.reach import there
from torbay_reports.agenda.build_desk import check_list_of
from torbay_reports.agenda.desk import content
from torbay_reports.agenda.forms import ReportForm, SeenContentForm
from torbay_reports.agenda.models import Paper
from torbay_reports.agenda.published import is_out
from torbay_reports.agenda.views.finding import kept_paper
from torbay_reports.agenda.views.openings.finding import named, page_of
from torbay_reports.core.asking import Question, attempt, bound, show, take
from torbay_reports.core.formatting import count, long_date
from torbay_reports.documents import registry
from torbay_reports.publishing.models.publications import FrozenDocument
from torbay_reports.publishing.selectors import DamagedPublication

SHOWN: Final = 20
"""How many of the changes the page tells one by one."""
SECONDS: Final = "Its charts are drawn now, which can take some seconds. Wait for the page that follows."
VERSION: Final = (
    "It is published: readers see the new state once you publish another version of the pack, with a reason."
)
SAME: Final = "What the report says has not changed since it was frozen."


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def paper_content(request: HttpRequest, committee: str, held_on: date, item: str, paper: str) -> HttpResponse:
    """What stands for the paper, the ways to something else, and the choice of a report."""
    found, by = kept_paper(request, committee, held_on, item, paper)
    stands = found.content
    question = Question(
        title="What stands for this paper",
        button="Choose this report",
        back=check_list_of(found),
        back_words="Check list",
        done=page_of(found, "paper-content"),
        sentences=["Choose another report:" if stands.source else "Choose a report of the council's own figures:"],
        refusal=content.refusal(found),
        template="agenda/openings/content.html",
    )
    chosen = f"{stands.source} {stands.subject}".strip()
    form = ReportForm(**bound(request), meets_on=held_on, initial={"seen": content.seen_of(found), "report": chosen})

    def act() -> str:
        wanted = form.cleaned_data
        content.choose(paper=found, source=wanted["source"], subject=wanted["subject"], seen=wanted["seen"], by=by)
        return "The report is chosen. Freeze it, or attach a state of it that is frozen already."

    return take(request, question, form, act, _context(found, by))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def content_freeze(request: HttpRequest, committee: str, held_on: date, item: str, paper: str) -> HttpResponse:
    """Freezes the report as it is now, after the page has told what differs from what was frozen before."""
    found, by = kept_paper(request, committee, held_on, item, paper)
    refusal, told = content.freeze_refusal(found), list[str]()
    if not refusal:
        refusal, told = _differs(found)
    obstacles = [] if refusal else list(registry.source(found.content.source).obstacles(found.content.subject))
    question = _question(
        found,
        "Freeze this report anew?" if found.content.publication_id else "Freeze this report?",
        "Freeze it",
        [SECONDS, *([VERSION] if is_out(found) else []), *told],
        refusal=refusal or " ".join(obstacles),
    )

    form = _seen_form(request, found)
    if request.method == "POST" and not question.refusal and form.is_valid():
        kept = attempt(form, lambda: content.freeze(paper=found, seen=form.cleaned_data["seen"], by=by))
        if kept is not None:
            became = "" if kept.restriction == found.restriction else f" The paper is {kept.held_back_as} from now on."
            messages.success(request, f"The report is frozen.{became}")
            # One that is closed by it has another address.
            return redirect(page_of(kept, "paper-content"))
    return show(request, question, form)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def content_attach(
    request: HttpRequest, committee: str, held_on: date, item: str, paper: str, number: int
) -> HttpResponse:
    """Lets a state of the report stand that was frozen before, perhaps for another meeting."""
    found, by = kept_paper(request, committee, held_on, item, paper)
    state = there(request, next((each for each in content.frozen_states(found, by) if each.pk == number), None))
    sentence = f"{_words(state)} stands for it then, in this pack with this pack's page numbers."
    refusal = content.freeze_refusal(found)
    question = _question(found, "Attach what is frozen?", "Attach it", [sentence], refusal=refusal)

    def act(seen: str) -> str:
        content.attach(paper=found, number=number, seen=seen, by=by)
        return f"{_words(state)} stands for this paper."

    return _take(request, question, found, act)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def content_clear(request: HttpRequest, committee: str, held_on: date, item: str, paper: str) -> HttpResponse:
    """Takes the report away, so that a file can be brought."""
    found, by = kept_paper(request, committee, held_on, item, paper)
    refusal = content.refusal(found) or ("" if found.is_built else content.NO_SOURCE)
    says = ["It is to follow again then, and a PDF or a Word file can be brought for it. What is frozen is kept."]
    question = _question(found, "Take the report away from this paper?", "Take it away", says, refusal=refusal)

    def act(seen: str) -> str:
        content.clear(paper=found, seen=seen, by=by)
        return "No report stands for this paper any more: it is to follow until a file is brought."

    return _take(request, question, found, act)


def _question(paper: Paper, title: str, button: str, sentences: list[str], *, refusal: str) -> Question:
    return Question(
        title=title,
        button=button,
        back=page_of(paper, "paper-content"),
        back_words="What stands for this paper",
        sentences=[named(paper), *sentences],
        refusal=refusal,
    )


def _take(request: HttpRequest, question: Question, paper: Paper, act: Callable[[str], str]) -> HttpResponse:
    form = _seen_form(request, paper)
    return take(request, question, form, lambda: act(form.cleaned_data["seen"]))


def _seen_form(request: HttpRequest, paper: Paper) -> SeenContentForm:
    return SeenContentForm(**bound(request), initial={"seen": content.seen_of(paper)})


def _differs(paper: Paper) -> tuple[str, list[str]]:
    """Why the report cannot be built, or what differs from what is frozen, a sentence each."""
    try:
        changes = content.changes(paper)
        if paper.content.publication_id is None:
            content.draft(paper.content.source, paper.content.subject)
            return "", []
    except ValidationError as error:
        return " ".join(error.messages), []
    except DamagedPublication as error:
        return str(error), []
    if not changes:
        return "", [SAME]
    told = [f"{each.where}: “{each.before}” is now “{each.after}”." for each in changes[:SHOWN]]
    more = len(changes) - SHOWN
    rest = [f"And {count(more, 'more change', 'more changes')}."] if more > 0 else []
    return "", [f"{count(len(changes), 'place differs', 'places differ')} from what is frozen.", *told, *rest]


def _context(paper: Paper, by: User) -> dict[str, object]:
    stands = paper.content
    states = [] if paper.is_withdrawn else content.frozen_states(paper, by)
    return {
        "paper": paper,
        "stands": _stands(paper),
        "states": [
            (_words(each), page_of(paper, "content-attach", each.pk))
            for each in states
            if each.pk != stands.publication_id
        ],
        "freeze": page_of(paper, "content-freeze") if stands.source and not paper.is_withdrawn else "",
        "freeze_words": "Freeze it anew" if stands.publication_id else "Freeze it",
        "clear": page_of(paper, "content-clear") if stands.source and not content.refusal(paper) else "",
        "upload": "" if paper.is_built or paper.is_withdrawn else page_of(paper, "paper-upload"),
    }


def _stands(paper: Paper) -> str:
    stands = paper.content
    if stands.upload is not None:
        on = long_date(timezone.localtime(stands.upload.uploaded_at).date())
        return f"{stands.upload.name}, brought on {on}."
    if stands.publication is not None:
        return f"{_words(stands.publication)}."
    if stands.source:
        title = next((each.title for each in registry.sources() if each.name == stands.source), stands.source)
        return f"{title}, {stands.subject}: chosen, and not frozen yet, so it is still to follow."
    return "Nothing yet: it is to follow. Choose a report, or bring a PDF or a Word file."


def _words(state: FrozenDocument) -> str:
    on = long_date(timezone.localtime(state.frozen_at).date())
    return f"“{state.title}” ({state.subject}), state {state.version}, frozen on {on}"
