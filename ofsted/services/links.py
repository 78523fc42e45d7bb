"""Links findings with the steps that answer them; each link is a person's judgement."""

from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction

from improvement.models import Step
from ofsted.kinds import Relation
from ofsted.models import Finding, StepLink
from ofsted.services.findings import place_of
from ofsted.services.history import locked_letter, note
from torbay_reports.access.models import User
from torbay_reports.core import clock

OTHER_PLAN: Final = "Step {reference} is not of the plan that answers to this inspection. Choose one of that plan."
LEFT: Final = "Step {reference} has left the plan. Choose one that stands in it."
LINKED: Final = "Step {reference} is linked with this finding already. Remove that link first, to choose otherwise."


@transaction.atomic
def link_step(*, finding: Finding, step: Step, relation: Relation, why: str, by: User | None) -> StepLink:
    """Links the step with the finding, and says how they belong together; `why` may be empty.

    Raises ValidationError where the step is of another plan, has left its plan or is linked already.
    """
    letter = locked_letter(finding.paragraph.letter_id)
    stored = Finding.objects.select_related("paragraph").defer("search").get(pk=finding.pk)
    linked = Step.objects.select_related("action").defer("search").get(pk=step.pk)
    if linked.action.plan_id != letter.visit.inspection.plan_id:
        raise ValidationError(OTHER_PLAN.format(reference=linked.reference))
    if linked.dropped_on is not None:
        raise ValidationError(LEFT.format(reference=linked.reference))
    if StepLink.objects.filter(finding=stored, step=linked).exists():
        raise ValidationError(LINKED.format(reference=linked.reference))
    link = StepLink.objects.create(
        finding=stored,
        step=linked,
        relation=relation,
        why=" ".join(why.split()),
        linked_at=clock.now() if by else None,
        linked_by=by,
    )
    note(letter=letter, says=f"Linked step {linked.reference} with {place_of(stored)}: {_words(link)}.", by=by)
    return link


@transaction.atomic
def unlink_step(*, link: StepLink, by: User) -> None:
    """Takes the link away; the letter's history keeps that it was. Raises StepLink.DoesNotExist where it is gone."""
    letter = locked_letter(link.finding.paragraph.letter_id)
    stored = StepLink.objects.select_related("finding__paragraph", "step__action").get(pk=link.pk)
    says = f"Removed the link of step {stored.step.reference} with {place_of(stored.finding)}: {_words(stored)}."
    note(letter=letter, says=says, by=by)
    stored.delete()


def _words(link: StepLink) -> str:
    because = f", because “{link.why}”" if link.why else ""
    return f"the step {Relation(link.relation).label}{because}"
