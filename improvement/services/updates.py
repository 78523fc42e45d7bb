"""Writes updates and decides on them. Nothing that was written is ever changed."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from improvement.calculations.updating import Draft, problems, stamp_of, tidy
from improvement.kinds import Status
from improvement.models import Step, Update, UpdateDecision
from improvement.selectors.meanwhile import Seen
from improvement.selectors.standing import usual_day
from improvement.services.freshness import check_is_kept, locked_as_seen
from improvement.services.searching import index_steps
from improvement.services.writing import count_up, locked_step, record_change
from torbay_reports.access.decisions import may
from torbay_reports.access.models import User
from torbay_reports.access.permissions import Permission
from torbay_reports.core import clock
from torbay_reports.core.formatting import long_date


@transaction.atomic
def write_update(
    *,
    step: Step,
    text: str,
    by: User,
    seen: Seen,
    dated_on: date | None = None,
    proposed_status: str = "",
    completed_on: date | None = None,
    evidence: str = "",
) -> Update:
    """Adds an update to the step: a draft until the lead accepts it; the lead's own counts at once.

    `dated_on` is the day of which it tells, today by default; `seen` how far the writer has read the step.
    Raises StepHasMoved when somebody wrote on the step since then, and ValidationError for what
    `calculations.updating.problems` names and for a step that has left the plan.
    """
    draft = Draft(
        text=tidy(text),
        dated_on=dated_on or clock.today(),
        proposed_status=_known_status(proposed_status),
        completed_on=completed_on,
        evidence=tidy(evidence),
    )
    wrong = problems(draft, clock.today())
    if wrong:
        raise ValidationError(list(wrong.values()))
    stored = locked_as_seen(step, seen)
    update = _stored(stored, draft, by)
    count_up_step(stored)
    if may(by, Permission.KEEP_PLAN, stored.action.plan):
        _decide(stored, update, is_accepted=True, by=by, reason="")
    return update


@transaction.atomic
def decide_update(*, update: Update, is_accepted: bool, by: User, reason: str = "") -> UpdateDecision:
    """Accepts an owner's update, which from then on counts with the status that it proposes, or returns it.

    Raises ValidationError when it is returned without a reason, when somebody has decided on it already, or when its
    step has left the plan.
    """
    stored = locked_step(update.step_id)
    before = UpdateDecision.objects.select_related("decided_by").filter(update_decided=update).first()
    if before is not None:
        decided_on = long_date(timezone.localtime(before.decided_at).date())
        raise ValidationError(f"{before.decided_by.full_name} {before} this update already, on {decided_on}.")
    if not is_accepted and not tidy(reason):
        raise ValidationError("Say why you return it: the writer is told in your words.")
    if is_accepted:
        check_is_kept(stored)
    return _decide(stored, update, is_accepted=is_accepted, by=by, reason=tidy(reason))


def count_up_step(step: Step) -> None:
    """Adds one to the revision of the step alone: a draft changes nothing of what the file of the plan holds."""
    step.revision += 1
    step.save(update_fields=["revision"])


def _known_status(text: str) -> Status | None:
    try:
        return Status(text) if text else None
    except ValueError:
        raise ValidationError("There is no such status. Choose one from the list.") from None


def _stored(step: Step, draft: Draft, by: User) -> Update:
    last = Update.objects.filter(step=step).aggregate(last=Max("position"))["last"]
    return Update.objects.create(
        step=step,
        text=draft.text,
        stamp=stamp_of(draft.dated_on),
        dated_on=draft.dated_on,
        position=0 if last is None else last + 1,
        recorded_on=clock.today(),
        written_at=clock.now(),
        written_by=by,
        proposed_status=draft.proposed_status or "",
        completed_on=draft.completed_on,
        evidence=draft.evidence,
    )


def _decide(step: Step, update: Update, *, is_accepted: bool, by: User, reason: str) -> UpdateDecision:
    decision = UpdateDecision.objects.create(
        update_decided=update, is_accepted=is_accepted, reason=reason, decided_at=clock.now(), decided_by=by
    )
    if is_accepted:
        count_up(plan=step.action.plan, step=step)
        if update.proposed_status:
            set_status(step, Status(update.proposed_status), update.completed_on, by)
        index_steps([step.pk])
    return decision


def set_status(step: Step, status: Status, completed_on: date | None, by: User) -> None:
    """Gives the step the status, which is printed in its own words from now on; the caller holds the step.

    A step that was done before and stays so keeps its day of completion where no other is given.
    """
    if status.is_done and completed_on is None and Status(step.status).is_done:
        completed_on = step.completed_on
    printed = step.status_printed if status == step.status else status.label
    after = {"status": status.value, "status_printed": printed, "completed_on": completed_on}
    set_fields(step, after, by)


def set_fields(step: Step, after: Mapping[str, object], by: User) -> list[str]:
    """Stores the fields that differ, each with its change, and gives their names; the caller holds the step."""
    changed = {field: value for field, value in after.items() if getattr(step, field) != value}
    counts_from = usual_day(step.action.plan)
    for field, value in changed.items():
        record_change(
            plan=step.action.plan,
            step=step,
            about=step.reference,
            field=field,
            before=getattr(step, field),
            after=value,
            effective_on=counts_from,
            by=by,
        )
        setattr(step, field, value)
    if changed:
        step.save(update_fields=list(changed))
    return list(changed)
