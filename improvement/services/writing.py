"""What every service that changes a plan shares: the order of locks, the note of a change, the revisions."""

from datetime import date, datetime

from django.db.models import F

from improvement.calculations.versions.change_words import in_text
from improvement.models import Change, Plan, PlanVersion, Step
from torbay_reports.access.models import User
from torbay_reports.core import clock


def locked_plan(pk: int) -> Plan:
    """The plan as stored, held until the transaction ends. Raises Plan.DoesNotExist."""
    return Plan.objects.select_for_update(no_key=True).get(pk=pk)


def locked_step(pk: int) -> Step:
    """The step as stored with its action and plan, both held until the transaction ends.

    The plan comes first, always: two writers who lock in different orders would wait for each other for ever.
    Raises Step.DoesNotExist.
    """
    plan = locked_plan(Step.objects.values_list("action__plan", flat=True).get(pk=pk))
    step = (
        Step.objects.select_for_update(no_key=True, of=("self",)).select_related("action__priority__theme").get(pk=pk)
    )
    step.action.plan = plan
    return step


def record_change(
    *,
    plan: Plan,
    step: Step | None,
    about: str,
    field: str,
    before: object,
    after: object,
    effective_on: date | None = None,
    by: User | None,
    version: PlanVersion | None = None,
) -> Change:
    """Note that the field went from one value to the other, and count the revisions of step and plan up by one.

    The caller holds the plan (`locked_plan`, `locked_step`) and stores the value. Without `effective_on` the change
    counts from today. Values are noted by `change_words.in_text`.
    """
    change = unsaved_change(
        plan=plan,
        step=step,
        about=about,
        field=field,
        before=before,
        after=after,
        effective_on=clock.today() if effective_on is None else effective_on,
        made_at=clock.now(),
        by=by,
        version=version,
    )
    change.save()
    count_up(plan=plan, step=step)
    return change


def unsaved_change(
    *,
    plan: Plan,
    step: Step | None,
    about: str,
    field: str,
    before: object,
    after: object,
    effective_on: date,
    made_at: datetime,
    by: User | None,
    version: PlanVersion | None,
) -> Change:
    """The row of such a note, for a writer who stores many at once."""
    return Change(
        plan=plan,
        step=step,
        about=about[:200],
        field=field,
        before=in_text(before),
        after=in_text(after),
        effective_on=effective_on,
        made_at=made_at,
        made_by=by,
        version=version,
    )


def count_up(*, plan: Plan, step: Step | None = None) -> None:
    """Add one to the revisions of the plan and the step, stored and at hand; for what changes without a Change."""
    Plan.objects.filter(pk=plan.pk).update(revision=F("revision") + 1)
    plan.revision += 1
    if step is not None:
        Step.objects.filter(pk=step.pk).update(revision=F("revision") + 1)
        step.revision += 1
