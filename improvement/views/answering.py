"""One short form with all open steps of the person who was asked."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from improvement.calculations.position import StepPosition
from improvement.forms.updates import AnswerForm
from improvement.kinds import Status
from improvement.models import Plan, Step, Update
from improvement.selectors.answering import latest_round, own_open_steps
from improvement.selectors.meanwhile import Written, seen_of_all
from improvement.selectors.standing import usual_day
from improvement.selectors.steps import steps_in_full
from improvement.selectors.waiting import drafts_by
from improvement.services.answers import NotAnswered, answer
from improvement.services.freshness import StepHasMoved
from improvement.views.keepers import answerable_plan
from torbay_reports.access.decisions import may
from torbay_reports.access.models import User
from torbay_reports.access.permissions import Permission
from torbay_reports.core import clock
from torbay_reports.core.asking import bound
from torbay_reports.core.formatting import count

_NAME: Final = re.compile("step-([0-9]{1,15})-text")
STEPS_ON_A_PAGE: Final = 100
"""A form of more than 199 steps has more fields than Django takes (DATA_UPLOAD_MAX_NUMBER_FIELDS)."""

NOTHING: Final = "You have said nothing yet. Write on one step at least, or leave the page as it is."


@dataclass(slots=True)
class Part:
    """One step's part of the page."""

    step: Step
    position: StepPosition
    form: AnswerForm
    written: tuple[Written, ...] = ()
    waiting: tuple[Update, ...] = ()


@never_cache
def answers(request: HttpRequest, slug: str) -> HttpResponse:
    """A text, a status and evidence for each open step of one's own; what is left empty says nothing."""
    plan, by = answerable_plan(request, slug)
    typed = _typed(request)
    page = _page(request, plan, by, typed)
    parts = _parts(request, plan, by, list(page))
    others = [text for pk, text in typed.items() if pk not in {part.step.pk for part in parts}]
    fault = ""
    if request.method == "POST" and all(part.form.is_valid() for part in parts) and not others:
        spoken = [part for part in parts if not part.form.is_silent]
        if not spoken:
            fault = NOTHING
        elif (said := _answered(plan, spoken, by)) is not None:
            messages.success(request, said)
            return redirect(request.get_full_path())
    asked = latest_round(plan)
    context = {
        "plan": plan,
        "parts": parts,
        "table": {"paginator": page.paginator, "page": page},
        "fault": fault,
        "others": others,
        "has_errors": bool(fault or others) or any(part.form.errors for part in parts),
        "asked": asked if asked and asked.answer_by >= clock.today() else None,
    }
    return render(request, "improvement/answer.html", context)


def _typed(request: HttpRequest) -> dict[int, str]:
    """The texts that were sent, by the numbers of their steps."""
    found = ((_NAME.fullmatch(name), text) for name, text in request.POST.items())
    return {int(match[1]): str(text) for match, text in found if match and str(text).strip()}


def _page(request: HttpRequest, plan: Plan, by: User, typed: Collection[int]) -> Page[Step]:
    """The page that is asked for, with every step that something was typed for, although it may be done by now."""
    steps = list(own_open_steps(plan, by, typed))
    page = Paginator(steps, STEPS_ON_A_PAGE).get_page(request.GET.get("page"))
    wanted = {step.pk for step in page} | set(typed)
    page.object_list = [step for step in steps if step.pk in wanted]
    return page


def _parts(request: HttpRequest, plan: Plan, by: User, steps: list[Step]) -> list[Part]:
    """The parts of the page."""
    # The marks are read first: what comes between them and the words is then noticed.
    seen = seen_of_all(step.pk for step in steps)
    positions = steps_in_full([step.pk for step in steps], usual_day(plan))
    waiting = drafts_by(by, [step.pk for step in steps])
    return [
        Part(
            step,
            positions[step.pk],
            AnswerForm(
                **bound(request), prefix=f"step-{step.pk}", status=Status(step.status), initial={"seen": seen[step.pk]}
            ),
            waiting=waiting.get(step.pk, ()),
        )
        for step in steps
    ]


def _answered(plan: Plan, spoken: list[Part], by: User) -> str | None:
    """What the next page says, or None after each refusal was put on its form."""
    try:
        number = answer(said={part.step: part.form.given() for part in spoken}, by=by)
    except NotAnswered as fault:
        for part in spoken:
            _refuse(part, fault.refused.get(part.step.pk))
        return None
    saved = count(number, "update is", "updates are")
    if may(by, Permission.KEEP_PLAN, plan):
        return f"{saved} saved. What you write as the lead counts at once."
    return f"{saved} saved. The lead of the plan reads what you wrote before it counts."


def _refuse(part: Part, fault: ValidationError | StepHasMoved | None) -> None:
    if isinstance(fault, StepHasMoved):
        part.form.catch_up(fault.seen, str(fault))
        part.written = fault.written
    elif fault is not None:
        for sentence in fault.messages:
            part.form.add_error(None, sentence)
