"""What is done with the services that are ticked on a quarter's desk: each step for all of them, or for none."""

from collections.abc import Callable
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from budget.forms.closing import ChosenForm, SendBackForm
from budget.mail import mail_reminders, mail_sent_back
from budget.models import Quarter
from budget.selectors.desk import Desk, desk
from budget.selectors.reminders import reminders
from budget.selectors.unchanged import unchanged_edits
from budget.services.reminding import note_reminded
from budget.services.returns import agree, send_back, submit, take_back
from budget.views.desk import OF_FINANCE, address_of, desk_page
from budget.views.guard import quarter_there, signed_in
from budget.views.preview import show_preview
from torbay_reports.access.models import User
from torbay_reports.access.permissions import Permission
from torbay_reports.access.reach import require
from torbay_reports.core.asking import Question, attempt, show
from torbay_reports.core.formatting import count, listed

SIMPLE: Final = {"submit": (submit, "submitted"), "agree": (agree, "agreed"), "take-back": (take_back, "taken back")}
ASKED: Final = "asked"
"""In the form of a question that a step asks first."""


@never_cache
def step(request: HttpRequest, year: str, number: int, step: str) -> HttpResponse:
    """Does one step with the services that are ticked, or asks first. Who comes by a link is sent to the desk."""
    quarter, by = quarter_there(request, year, number), signed_in(request)
    if step in OF_FINANCE:
        require(request, Permission.KEEP_BUDGET, quarter)
    if step not in SIMPLE and step not in _ASKING:
        raise Http404
    if request.method != "POST":
        return redirect(address_of("desk", quarter))
    found = desk(quarter, by)
    return _simple(request, found, by, step) if step in SIMPLE else _ASKING[step](request, found, by)


def _chosen(request: HttpRequest, found: Desk) -> ChosenForm:
    return ChosenForm(request.POST, slugs=[each.slug for each in found.theirs])


def _simple(request: HttpRequest, found: Desk, by: User, name: str) -> HttpResponse:
    act, words = SIMPLE[name]
    form, quarter = _chosen(request, found), found.quarter
    if form.is_valid():
        done = attempt(form, lambda: act(quarter=quarter, slugs=form.chosen, by=by))
        if done is not None:
            messages.success(request, f"{count(len(done), 'service', 'services')} {words}.")
            return redirect(address_of("desk", quarter))
    return desk_page(request, quarter, form=form)


def _no_change(request: HttpRequest, found: Desk, by: User) -> HttpResponse:
    """The preview of what "no change" makes of them."""
    form, quarter = _chosen(request, found), found.quarter
    if not form.is_valid():
        return desk_page(request, quarter, form=form)
    edits = unchanged_edits(found.grid, form.chosen)
    before = found.neighbours.before
    note = (
        f"No change: each service keeps the variance of {before}, on its budget of today."
        if before is not None
        else "No change: there is no quarter before, so that each service is on budget."
    )
    return show_preview(request, quarter, edits, back=address_of("desk", quarter), notes=[note])


def _send_back(request: HttpRequest, found: Desk, by: User) -> HttpResponse:
    quarter, is_asked = found.quarter, ASKED in request.POST
    slugs = [each.slug for each in found.rows]
    form = SendBackForm(request.POST, slugs=slugs) if is_asked else _chosen(request, found)
    if not is_asked and not form.is_valid():
        return desk_page(request, quarter, form=form)
    names = {each.slug: each.name for each in found.rows}
    if is_asked and form.is_valid():
        why = form.cleaned_data["why"]
        gone = attempt(form, lambda: send_back(quarter=quarter, slugs=form.chosen, by=by, why=why))
        if gone is not None:
            mail_sent_back(request, quarter, gone, names, by)
            messages.success(request, f"{count(len(form.chosen), 'service', 'services')} sent back.")
            return redirect(address_of("desk", quarter))
    chosen = [slug for slug in form.chosen if slug in names]
    shown = form if is_asked else SendBackForm(slugs=slugs, initial={"slug": chosen})
    question = _question(
        quarter,
        title=f"Send back {count(len(chosen), 'service', 'services')}?",
        button="Send back",
        sentences=[
            f"{listed([names[slug] for slug in chosen])}.",
            "Who submitted them is told by mail, without figures.",
        ],
    )
    return show(request, question, shown)


def _remind(request: HttpRequest, found: Desk, by: User) -> HttpResponse:
    form, quarter = _chosen(request, found), found.quarter
    if not form.is_valid():
        return desk_page(request, quarter, form=form)
    rows = [each for each in found.rows if each.slug in form.chosen]
    people, nobody = reminders(rows)
    if ASKED in request.POST:
        reached = mail_reminders(request, quarter, people, by)
        told = {row.slug for each in people if each.person in reached for row in each.rows}
        if told and attempt(form, lambda: note_reminded(quarter=quarter, slugs=told, by=by)) is None:
            return desk_page(request, quarter, form=form)
        missed = [each.person.full_name for each in people if each.person not in reached]
        said = f"{count(len(reached), 'budget holder was', 'budget holders were')} reminded by mail."
        messages.success(request, said)
        if missed:
            messages.warning(request, f"No mail could be sent to {listed(missed)}. Tell them another way.")
        return redirect(address_of("desk", quarter))
    sentences = [f"{each.person.full_name}: {listed([row.name for row in each.rows])}." for each in people]
    if nobody:
        sentences.append(f"Nobody answers for {listed([row.name for row in nobody])}: name a budget holder first.")
    question = _question(
        quarter,
        title=f"Remind {count(len(people), 'budget holder', 'budget holders')}?",
        button="Send the reminders",
        sentences=[*sentences, "Each gets one mail, without figures, with the link to this desk."] if people else [],
        refusal="" if people else " ".join(sentences),
    )
    return show(request, question, ChosenForm(slugs=form.chosen, initial={"slug": form.chosen}))


def _question(quarter: Quarter, *, title: str, button: str, sentences: list[str], refusal: str = "") -> Question:
    return Question(
        title=title,
        button=button,
        back=address_of("desk", quarter),
        back_words=str(quarter),
        sentences=sentences,
        refusal=refusal,
        template="budget/step.html",
    )


_ASKING: Final[dict[str, Callable[[HttpRequest, Desk, User], HttpResponse]]] = {
    "no-change": _no_change,
    "send-back": _send_back,
    "remind": _remind,
}
