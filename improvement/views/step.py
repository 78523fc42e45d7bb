"""One step: what was promised in the words that were printed, what has become of it, and how it came about."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from improvement.calculations.position import StepPosition
from improvement.calculations.wording import measure_words
from improvement.models import Step
from improvement.selectors.history import history_of
from improvement.selectors.standing import usual_day
from improvement.selectors.steps import inspections_of, steps_in_full
from improvement.selectors.waiting import drafts_for, returned_for
from improvement.views.asking import day_asked, known_since
from improvement.views.guard import plan_there, step_there
from torbay_reports.access.decisions import may
from torbay_reports.access.models import User
from torbay_reports.access.permissions import Permission
from torbay_reports.documents import registry


@dataclass(frozen=True, slots=True)
class StepShown:
    """What other rooms are given for the slot of a step's page: its row, how it stood on the day, and whether its words
    or its action's cite an inspection."""

    row: Step
    position: StepPosition
    as_at: date
    cites: bool


@never_cache
@require_safe
def step(request: HttpRequest, slug: str, action: str, number: int) -> HttpResponse:
    """The step as at a day."""
    plan = plan_there(request, slug)
    found = step_there(request, plan, action, number)
    usual = usual_day(plan)
    as_at = day_asked(request.GET, usual, known_since(request.GET, plan))
    position = steps_in_full([found.pk], as_at)[found.pk]
    may_keep = bool(may(request.user, Permission.KEEP_PLAN, plan))
    inspections = inspections_of(found)
    context = {
        "plan": plan,
        "stored": found,
        "step": position,
        "as_at": as_at,
        "is_usual_day": as_at == usual,
        "flags": position.flags_in_order,
        "measures": [(each, measure_words(each)) for each in position.measures],
        "done_on": position.done_on(as_at),
        "moved": list(pairwise(position.deadlines)),
        "updates": position.updates[::-1],
        "history": history_of(found, as_at),
        "inspections": inspections,
        "slot": registry.slot("improvement:step", request, StepShown(found, position, as_at, bool(inspections))),
        **_own_words(request, found, may_keep=may_keep),
        "may_keep": may_keep,
        "may_update": bool(may(request.user, Permission.UPDATE_STEP, found)),
    }
    return render(request, "improvement/step.html", context)


def _own_words(request: HttpRequest, step: Step, *, may_keep: bool) -> dict[str, object]:
    """Updates that wait for the lead, and those that came back: for the lead all of them, for a writer their own."""
    if not isinstance(request.user, User):
        return {"drafts": (), "returned": ()}
    return {
        "drafts": drafts_for(step, request.user, is_keeper=may_keep),
        "returned": returned_for(step, request.user, is_keeper=may_keep),
    }
