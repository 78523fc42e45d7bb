"""Sends a form about a step on which somebody else may be writing at the same moment."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from improvement.calculations.updating import tidy
from improvement.forms.fields import SeenForm
from improvement.models import Step
from improvement.services.freshness import StepHasMoved
from torbay_reports.core.asking import Question, attempt, show

Values = Mapping[str, str]


def step_address(step: Step) -> str:
    """Where the step's own page stands."""
    return reverse("improvement:step", args=[step.action.plan.slug, step.action.reference, step.number])


def about_step(step: Step, **more: Any) -> Question:
    """A question that is about a step and leads back to its page; `more` is the rest of the Question."""
    return Question(back=step_address(step), back_words=f"Step {step.reference}", **more)


def take_as_seen(
    request: HttpRequest,
    question: Question,
    form: SeenForm,
    act: Callable[[], str],
    extra: Mapping[str, Any] | None = None,
    stored: Callable[[Step], Values] | None = None,
) -> HttpResponse:
    """Asks the question; on POST does it by `act`, whose sentence the next page says.

    Where the step has moved on, the page says what was written meanwhile and keeps what was typed; with `stored`, which
    gives the fields as they stand now, it sets both values of each field side by side.
    """
    known: dict[str, Any] = {"written": (), "both": (), **(extra or {})}
    if request.method == "POST" and form.is_valid():
        try:
            said = attempt(form, act)
        except StepHasMoved as moved:
            form.catch_up(moved.seen, str(moved))
            known["written"] = moved.written
            known["both"] = _both(form, stored(moved.step)) if stored else ()
            question = replace(question, button="Send again")
        else:
            if said is not None:
                messages.success(request, said)
                return redirect(question.done or question.back)
    return show(request, question, form, known)


def _both(form: SeenForm, stored: Values) -> list[tuple[str, str, str]]:
    """Label, value as it stands now and value as typed, of each field in which they differ."""
    typed = {name: tidy(str(form.data.get(form.add_prefix(name), ""))) for name in stored}
    return [
        (str(form.fields[name].label), value, typed[name])
        for name, value in stored.items()
        if tidy(value) != typed[name]
    ]
