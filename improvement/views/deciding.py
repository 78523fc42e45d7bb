"""The lead reads what the owners wrote, and accepts or returns it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from improvement.calculations.words.small_counts import small_count_sentences
from improvement.forms.updates import DecisionForm
from improvement.kinds import Status
from improvement.mail import mail_return
from improvement.models import Update, UpdateDecision
from improvement.selectors.standing import usual_day
from improvement.selectors.steps import steps_in_full
from improvement.selectors.waiting import drafts, update_in
from improvement.services.updates import decide_update
from improvement.views.keepers import kept_plan
from improvement.views.sending import step_address
from torbay_reports.access.models import User
from torbay_reports.core.asking import Question, attempt, bound, show


@never_cache
def waiting(request: HttpRequest, slug: str) -> HttpResponse:
    """The drafts that wait, the oldest first."""
    plan, _ = kept_plan(request, slug)
    return render(request, "improvement/waiting.html", {"plan": plan, "drafts": drafts(plan)})


@never_cache
def decide(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One update beside what is known of its step: accept it, or return it with a reason."""
    plan, by = kept_plan(request, slug)
    update = update_in(plan, pk)
    if update is None:
        raise Http404
    update.step.action.plan = plan
    back = reverse("improvement:waiting-updates", args=[slug])
    question = Question(
        title=f"An update on step {update.step.reference}",
        button="Accept",
        back=back,
        back_words="Updates that wait",
        template="improvement/decide.html",
    )
    form = DecisionForm(**bound(request))
    if request.method == "POST" and form.is_valid():
        said = attempt(form, lambda: _decided(request, update, form, by))
        if said is not None:
            messages.success(request, said)
            return redirect(back)
        if UpdateDecision.objects.filter(update_decided=update).exists():
            # Another lead was faster: there is no form any more on which the refusal could stand.
            messages.error(request, " ".join(map(str, form.non_field_errors())))
            return redirect("improvement:update-decide", slug, pk)
    extra = {
        "update": update,
        "proposed": Status(update.proposed_status).label if update.proposed_status else "",
        "decision": getattr(update, "decision", None),
        "position": steps_in_full([update.step_id], usual_day(plan)).get(update.step_id),
        "small_counts": small_count_sentences(update.text),
        "step_address": step_address(update.step),
    }
    return show(request, question, form, extra)


def _decided(request: HttpRequest, update: Update, form: DecisionForm, by: User) -> str:
    is_accepted = form.cleaned_data["decision"] == "accept"
    decide_update(update=update, is_accepted=is_accepted, by=by, reason=form.cleaned_data["reason"])
    if is_accepted:
        return f"The update on {update.step.reference} counts from now on."
    said = f"The update on {update.step.reference} is returned."
    if mail_return(request, update, by):
        return f"{said} A mail tells its writer."
    return f"{said} Its writer can no longer write on this step, and gets no mail."
