"""The improvement lead links a finding with a step, or takes a link away; nothing is linked by itself."""

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from improvement.views.keepers import person
from ofsted.forms.marking import LinkForm
from ofsted.kinds import Relation
from ofsted.models import StepLink
from ofsted.selectors.suggesting import step_called
from ofsted.services.links import link_step, unlink_step
from ofsted.views.marking import GONE, kept_finding
from ofsted.views.sending import about_finding, finding_address
from torbay_reports.core.asking import bound, take

NO_STEP = "The plan has no step “{reference}”. Type a reference such as 13.2/1, as the plan's page has it."


@never_cache
def link(request: HttpRequest, inspection: str, visit: str, pk: int) -> HttpResponse:
    """Links the step of a reference."""
    letter, found = kept_finding(request, inspection, visit, pk)
    plan = letter.visit.inspection.plan
    form = LinkForm(**bound(request))
    step = None
    if request.method == "POST" and form.is_valid():
        step = step_called(plan, form.cleaned_data["reference"])
        if step is None:
            form.add_error("reference", NO_STEP.format(reference=form.cleaned_data["reference"]))
    question = about_finding(
        letter, found, title="Link a step with the finding", button="Link the step", sentences=[f"“{found.words}”"]
    )

    def act() -> str:
        assert step is not None
        given = form.cleaned_data
        relation = Relation(given["relation"])
        made = link_step(finding=found, step=step, relation=relation, why=given["why"], by=person(request))
        return f"Step {made.step.reference} is linked. {relation.sentence}"

    return take(request, question, form, act, {"meanwhile": ()})


@never_cache
@require_POST
def unlink(request: HttpRequest, inspection: str, visit: str, pk: int, link: int) -> HttpResponse:
    """Takes the link away; the letter's history keeps that it was."""
    letter, found = kept_finding(request, inspection, visit, pk)
    stored = StepLink.objects.filter(finding=found, pk=link).select_related("finding__paragraph", "step__action")
    known = stored.first()
    try:
        if known is None:
            messages.error(request, GONE)
        else:
            unlink_step(link=known, by=person(request))
            messages.success(request, f"Step {known.step.reference} is not linked any more.")
    except ObjectDoesNotExist:
        messages.error(request, GONE)
    return redirect(finding_address(letter, found))
