"""Write an update on a step."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from improvement.forms.updates import UpdateForm
from improvement.kinds import Status
from improvement.selectors.meanwhile import seen_of
from improvement.selectors.standing import usual_day
from improvement.selectors.steps import steps_in_full
from improvement.selectors.waiting import drafts_for, returned_to
from improvement.services.updates import write_update
from improvement.views.keepers import step_to_update
from improvement.views.sending import about_step, take_as_seen
from torbay_reports.access.decisions import may
from torbay_reports.access.permissions import Permission
from torbay_reports.core.asking import bound

COUNTS = "Your update on {reference} counts from now on."
WAITS = "Your update on {reference} waits for the lead. It counts once they have accepted it."


@never_cache
def write(request: HttpRequest, slug: str, action: str, number: int) -> HttpResponse:
    """What came of the step: a draft of its owner's, or the lead's own words, which count at once."""
    step, by = step_to_update(request, slug, action, number)
    seen, is_keeper = seen_of(step), bool(may(by, Permission.KEEP_PLAN, step.action.plan))
    form = UpdateForm(**bound(request), status=Status(step.status), initial={"seen": seen})
    question = about_step(
        step,
        title=f"Write an update on {step.reference}",
        button="Save the update",
        sentences=[
            "Your update counts at once, with the status that you choose."
            if is_keeper
            else "The lead of the plan reads your update first. It counts once they have accepted it.",
        ],
        template="improvement/update.html",
    )

    def act() -> str:
        write_update(step=step, by=by, **form.given())
        return (COUNTS if is_keeper else WAITS).format(reference=step.reference)

    extra = {
        "position": steps_in_full([step.pk], usual_day(step.action.plan))[step.pk],
        "drafts": drafts_for(step, by, is_keeper=is_keeper),
        "returned": returned_to(step, by)[:3],
    }
    return take_as_seen(request, question, form, act, extra)
