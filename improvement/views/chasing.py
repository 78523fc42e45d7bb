"""Ask the owners of open steps for updates, and see who has answered."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from improvement.forms.keeping import AskForm
from improvement.mail import mail_request
from improvement.models import UpdateRequest
from improvement.selectors.answering import Asked, answers, chase, rounds, silence
from improvement.services.chasing import ask_for_updates, note_mailed
from improvement.views.keepers import kept_plan
from torbay_reports.core import clock
from torbay_reports.core.asking import Question, attempt, bound, show
from torbay_reports.core.formatting import count, long_date


@never_cache
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """By when the owners are to answer, beside who would be asked and for whose steps there is nobody."""
    plan, by = kept_plan(request, slug)
    known = chase(plan, clock.today())
    question = Question(
        title="Ask for updates",
        button=f"Mail {count(len(known.people), 'person', 'people')}",
        back=reverse("improvement:plan", args=[slug]),
        back_words=plan.title,
        refusal="" if known.people else "Nobody can be asked: no open step has an owner whom a person answers for.",
        template="improvement/ask.html",
    )
    # Without its fields on the page nothing can be wrong with them.
    form = AskForm(**({} if question.refusal else bound(request)))
    if form.is_valid():
        made = attempt(form, lambda: ask_for_updates(plan=plan, by=by, **form.cleaned_data))
        if made is not None:
            _mail(request, made, chase(plan, clock.today()).people)
            return redirect("improvement:round", slug, made.pk)
    return show(request, question, form, {"plan": plan, "known": known})


@never_cache
def all_rounds(request: HttpRequest, slug: str) -> HttpResponse:
    """The rounds of asking, newest first."""
    plan, _ = kept_plan(request, slug)
    return render(request, "improvement/rounds.html", {"plan": plan, "rounds": rounds(plan)})


@never_cache
def one_round(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Who was asked and who has answered; on POST mails those again who have not."""
    plan, _ = kept_plan(request, slug)
    found = rounds(plan).filter(pk=pk).first()
    if found is None:
        raise Http404
    found.plan = plan
    lines = answers(found, clock.today())
    owed = [line for line in lines if line.is_owed]
    if request.method == "POST":
        if owed:
            by_person = {each.person: each for each in chase(plan, clock.today()).people}
            _mail(request, found, [by_person[line.person] for line in owed if line.person in by_person])
        return redirect("improvement:round", slug, pk)
    known = chase(plan, clock.today())
    asked = {line.person for line in lines}
    context = {
        "plan": plan,
        "round": found,
        "lines": lines,
        "owed": owed,
        "known": known,
        "silence": silence(found, [each for each in known.people if each.person in asked]),
    }
    return render(request, "improvement/round.html", context)


def _mail(request: HttpRequest, asked: UpdateRequest, people: "list[Asked] | tuple[Asked, ...]") -> None:
    """Mails these people of the round, notes whom a mail went out to, and has the next page say so."""
    wanted = set(asked.asked.values_list("person", flat=True))
    to_mail = [each for each in people if each.person.pk in wanted]
    mailed = mail_request(request, asked, to_mail)
    note_mailed(request=asked, people=mailed)
    if mailed:
        messages.success(
            request, f"{count(len(mailed), 'person is', 'people are')} asked to answer by {long_date(asked.answer_by)}."
        )
    if len(mailed) < len(to_mail):
        unsent = ", ".join(each.person.full_name for each in to_mail if each.person not in mailed)
        messages.error(request, f"The mail to {unsent} could not be sent. Mail them again once mail works.")
