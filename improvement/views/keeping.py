"""The lead changes what steps say, adds steps and drops them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache

from improvement.forms.steps import DropForm, StepChangeForm, StepWordsForm
from improvement.kinds import Status
from improvement.models import Step, StepOwner
from improvement.selectors.meanwhile import seen_of
from improvement.services.steps import add_step, change_step, drop_step
from improvement.views.keepers import kept_action, kept_step
from improvement.views.sending import Values, about_step, step_address, take_as_seen
from torbay_reports.core.asking import Question, attempt, bound, show

BY_FILE = "Themes, priorities and actions change by a newer version of the file. Steps change here too."


@never_cache
def change(request: HttpRequest, slug: str, action: str, number: int) -> HttpResponse:
    """Other words, owners, due date or status for the step."""
    known, by = kept_step(request, slug, action, number)
    # The mark is read first: what comes between it and the words is then noticed.
    seen = seen_of(known)
    step = Step.objects.defer("search").select_related("action__plan").get(pk=known.pk)
    form = StepChangeForm(**bound(request), initial={**_initial(step), "seen": seen})
    question = about_step(
        step,
        title=f"Change step {step.reference}",
        button="Save the changes",
        sentences=[f"What the step said before stays in its history, with your name and today's date. {BY_FILE}"],
        links=[("Take the step out of the plan", reverse("improvement:step-drop", args=[slug, action, number]))],
        template="improvement/change.html",
    )

    def act() -> str:
        change_step(step=step, words=form.words(), seen=form.mark, by=by, reason=form.cleaned_data["reason"])
        return f"Step {step.reference} is changed."

    return take_as_seen(request, question, form, act, stored=_shown)


@never_cache
def drop(request: HttpRequest, slug: str, action: str, number: int) -> HttpResponse:
    """Takes the step out of the plan."""
    step, by = kept_step(request, slug, action, number)
    form = DropForm(**bound(request), initial={"seen": seen_of(step)})
    question = about_step(
        step,
        title=f"Take step {step.reference} out of the plan?",
        button="Take it out",
        sentences=[step.how, "From today on no page and no paper lists it. Its history stays."],
        warns=True,
        done=reverse("improvement:plan", args=[slug]),
        template="improvement/change.html",
    )

    def act() -> str:
        drop_step(step=step, reason=form.cleaned_data["reason"], seen=form.mark, by=by)
        return f"Step {step.reference} has left the plan."

    return take_as_seen(request, question, form, act)


@never_cache
def add(request: HttpRequest, slug: str, action: str) -> HttpResponse:
    """A new step at the end of the action."""
    found, by = kept_action(request, slug, action)
    form = StepWordsForm(**bound(request), initial={"status": Status.NOT_STARTED.value})
    question = Question(
        title=f"Add a step to action {found.reference}",
        button="Add the step",
        back=reverse("improvement:plan", args=[slug]),
        back_words=found.plan.title,
        sentences=[found.what, BY_FILE],
    )
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: add_step(action=found, words=form.words(), by=by))
        if made is not None:
            messages.success(request, f"Step {made.reference} is added.")
            return redirect(step_address(made))
    return show(request, question, form)


def _initial(step: Step) -> dict[str, object]:
    owners = StepOwner.objects.filter(step=step).order_by("position", "pk").values_list("owner__name", flat=True)
    return {
        "how": step.how,
        "owners": "\n".join(owners),
        "when": step.when,
        "due_on": step.due_on,
        "success": step.success,
        "status": step.status,
    }


def _shown(step: Step) -> Values:
    """The same as it stands in the form's fields."""
    values = _initial(step)
    due_on = step.due_on.strftime("%d/%m/%Y") if step.due_on else ""
    return {name: due_on if name == "due_on" else str(value) for name, value in values.items()}
