"""Who may read one restricted paper, and what the monitoring officer decides about that."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from torbay_reports.access.reach import there
from torbay_reports.agenda import deciding, readers
from torbay_reports.agenda.ground_forms import NO, YES, AdmissionForm, CouncillorsForm, EmptyForm, WordsForm
from torbay_reports.agenda.grounds import ground_words, markings
from torbay_reports.agenda.history import history_of
from torbay_reports.agenda.models import Admission
from torbay_reports.agenda.views.held_back import HeldBack, for_officers, for_the_monitoring_officer
from torbay_reports.core.asking import Question, bound, take
from torbay_reports.core.formatting import long_date


@require_safe
@never_cache
def paper_readers(request: HttpRequest, committee: str, held_on: date, item: str, paper: str) -> HttpResponse:
    """Who may read it and on which ground, whom it is opened to, and what was decided about it."""
    found = for_officers(request, committee, held_on, item, paper)
    context = {
        "paper": found.paper,
        "meeting": found.paper.item.meeting,
        "back": reverse("agenda:build", args=[committee, held_on]),
        "decides": found.decides,
        "ground": ground_words(found.paper),
        "marking": markings(found.paper)[0],
        "readers": readers.readers_sentence(found.paper),
        "waits": readers.waits_for_decision(found.paper),
        "may_decide": readers.by_the_act_alone(found.paper) is None,
        "admissions": deciding.admissions_of(found.paper),
        "public_words": found.paper.held_back.public_words.splitlines(),
        "history": history_of(found.paper),
    }
    return render(request, "agenda/readers.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def councillors_decide(request: HttpRequest, committee: str, held_on: date, item: str, paper: str) -> HttpResponse:
    """Whether every councillor may read a paper of which the Act does not say it."""
    found = for_the_monitoring_officer(request, committee, held_on, item, paper)
    settled = readers.by_the_act_alone(found.paper) is not None
    question = _question(
        found,
        title="May every councillor read this paper?",
        button="Decide it",
        sentences=[readers.readers_sentence(found.paper)],
        refusal=deciding.SETTLED if settled else "",
    )
    decided = {True: YES, False: NO, None: ""}[found.paper.held_back.every_councillor]
    form = CouncillorsForm(**bound(request), initial={"may_read": decided})

    def act() -> str:
        may_read = form.cleaned_data["may_read"] == YES
        deciding.decide_councillors(
            paper=found.paper, may_read=may_read, reason=form.cleaned_data["reason"], by=found.by
        )
        return (
            f"Decided: {'every councillor' if may_read else 'no councillor outside the committee'} may read this paper."
        )

    return take(request, question, form, act)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def reader_admit(request: HttpRequest, committee: str, held_on: date, item: str, paper: str) -> HttpResponse:
    """Opens the paper to one person until a day."""
    found = for_the_monitoring_officer(request, committee, held_on, item, paper)
    question = _question(
        found,
        title="Admit a person to this paper",
        button="Admit them",
        sentences=[
            "Listed are those who cannot read it now. Nobody is admitted by being an administrator, and nobody admits "
            "themselves.",
            f"The last day is {long_date(deciding.latest_day(found.paper))}: then its grounds are looked at again.",
        ],
    )
    form = AdmissionForm(**bound(request), people=deciding.may_be_admitted(found.paper, found.by))

    def act() -> str:
        admission = deciding.admit(paper=found.paper, by=found.by, **form.cleaned_data)
        return f"{admission.person.full_name} may read this paper until {long_date(admission.until)}."

    return take(request, question, form, act)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def reader_end(request: HttpRequest, committee: str, held_on: date, item: str, paper: str, number: int) -> HttpResponse:
    """Closes the paper to somebody who was admitted to it."""
    found = for_the_monitoring_officer(request, committee, held_on, item, paper)
    admissions = Admission.objects.filter(paper=found.paper, pk=number).select_related("person")
    person = there(request, admissions.first()).person
    question = _question(
        found, title=f"End the access of {person.full_name}?", button="End it", sentences=["It ends at once."]
    )

    def act() -> str:
        deciding.end_admission(paper=found.paper, person=person, by=found.by)
        return f"{person.full_name} may not read this paper any more."

    return take(request, question, EmptyForm(**bound(request)), act)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def words_clear(request: HttpRequest, committee: str, held_on: date, item: str, paper: str) -> HttpResponse:
    """Says which words of the paper may be public."""
    found = for_the_monitoring_officer(request, committee, held_on, item, paper)
    question = _question(
        found,
        title="Clear words of this paper",
        button="Clear these words",
        sentences=[
            "Before anything becomes public it is searched for sentences, names and sums of this paper. List what may "
            "be public all the same, such as a sum that the council has announced.",
        ],
        warns=True,
    )
    form = WordsForm(**bound(request), initial={"words": found.paper.held_back.public_words})

    def act() -> str:
        given = form.cleaned_data
        deciding.clear_words(paper=found.paper, words=given["words"].splitlines(), reason=given["reason"], by=found.by)
        return "The words that may be public are kept."

    return take(request, question, form, act)


def _question(
    found: HeldBack, *, title: str, button: str, sentences: list[str], refusal: str = "", warns: bool = False
) -> Question:
    return Question(
        title=title,
        button=button,
        back=found.address("paper-readers"),
        back_words="Who may read it",
        sentences=[found.named, *sentences],
        refusal=refusal,
        warns=warns,
    )
