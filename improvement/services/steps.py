"""Changes what a step says, adds steps and drops them. Themes, priorities and actions come with a file alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from improvement.calculations.updating import tidy
from improvement.kinds import Status
from improvement.models import Action, Deadline, Owner, Step, StepOwner
from improvement.references import step_reference
from improvement.selectors.meanwhile import Seen
from improvement.selectors.standing import usual_day
from improvement.services.freshness import locked_as_seen
from improvement.services.searching import index_steps
from improvement.services.updates import set_fields, set_status
from improvement.services.writing import locked_plan, record_change
from torbay_reports.access.models import User

LISTED_OWNERS = "\n"
"""Stands between the owners where a step is printed: a line each, which a file reads back as the same owners."""

DONE_BY_UPDATE = "A step becomes done by an update with its evidence. Write that update, or leave the status as it is."


@dataclass(frozen=True, slots=True, kw_only=True)
class StepWords:
    """What the lead wants a step to say. `owners` are names that the plan knows, in the order of print."""

    how: str
    owners: tuple[str, ...] = ()
    when: str = ""
    due_on: date | None = None
    success: str = ""
    status: Status = Status.NOT_STATED


@transaction.atomic
def change_step(*, step: Step, words: StepWords, seen: Seen, by: User, reason: str = "") -> Step:
    """Changes the step to these words; each field that differs is a change with who and when.

    A due date that moves keeps the earlier one, and needs a `reason`. Raises StepHasMoved when somebody wrote on the
    step since `seen`, ValidationError with what to do where the words cannot be.
    """
    stored = locked_as_seen(step, seen)
    _check_how(words)
    _check_status(Status(stored.status), words.status)
    owners = _owners(stored.action, words.owners)
    due_moves = (words.when, words.due_on) != (stored.when, stored.due_on)
    if due_moves and not tidy(reason):
        raise ValidationError("Say why the due date moves: the reason stands beside the earlier date.")
    _set_owners(stored, owners, by)
    set_fields(stored, {"how": words.how, "success": words.success, "when": words.when, "due_on": words.due_on}, by)
    if due_moves:
        _keep_deadline(stored, by, tidy(reason))
    if words.status != stored.status:
        set_status(stored, words.status, None, by)
    index_steps([stored.pk])
    return stored


@transaction.atomic
def add_step(*, action: Action, words: StepWords, by: User) -> Step:
    """Adds a step at the end of the action, begun today.

    Raises ValidationError where the words cannot be or are another step's, and when the action has left the plan.
    """
    plan = locked_plan(action.plan_id)
    _check_how(words)
    _check_is_new(action, words)
    _check_status(Status.NOT_STATED, words.status)
    owners = _owners(action, words.owners)
    last = Step.objects.filter(action=action).aggregate(last=Max("number"))["last"] or 0
    step = Step.objects.create(
        action=action,
        number=last + 1,
        how=words.how,
        who=LISTED_OWNERS.join(words.owners),
        when=words.when,
        due_on=words.due_on,
        success=words.success,
        status=words.status,
        status_printed=words.status.label,
        begun_on=usual_day(plan),
    )
    _link(step, owners)
    if words.when or words.due_on:
        _keep_deadline(step, by, "")
    record_change(
        plan=plan,
        step=step,
        about=step.reference,
        field="added",
        before="",
        after=step.how,
        effective_on=usual_day(plan),
        by=by,
    )
    index_steps([step.pk])
    return step


@transaction.atomic
def drop_step(*, step: Step, reason: str, seen: Seen, by: User) -> Step:
    """Takes the step out of the plan from today on; its history stays. Raises StepHasMoved and ValidationError."""
    stored = locked_as_seen(step, seen)
    if not tidy(reason):
        raise ValidationError("Say why the step leaves the plan: the reason stays in its history.")
    day = usual_day(stored.action.plan)
    record_change(
        plan=stored.action.plan,
        step=stored,
        about=stored.reference,
        field="dropped",
        before=stored.how,
        after=tidy(reason),
        effective_on=day,
        by=by,
    )
    stored.dropped_on = day
    stored.save(update_fields=["dropped_on"])
    return stored


def _check_how(words: StepWords) -> None:
    if not tidy(words.how):
        raise ValidationError("Say what is to be done, under “How”.")


def _check_is_new(action: Action, words: StepWords) -> None:
    """The form that is sent twice adds one step; and a newer file may have dropped the action meanwhile."""
    if not Action.objects.filter(pk=action.pk, dropped_on=None).exists():
        raise ValidationError(f"Action {action.reference} has left the plan. Add the step to another action.")
    same = Step.objects.filter(action=action, how=words.how, dropped_on=None).first()
    if same is not None:
        known = step_reference(action.reference, same.number)
        raise ValidationError(f"Step {known} says these very words already. Say what is different in this one.")


def _check_status(before: Status, after: Status) -> None:
    if after.is_done and not before.is_done:
        raise ValidationError({"status": DONE_BY_UPDATE})


def _owners(action: Action, names: Sequence[str]) -> list[Owner]:
    known = {each.name: each for each in Owner.objects.filter(plan=action.plan_id, name__in=names)}
    missing = [name for name in names if name not in known]
    if missing:
        raise ValidationError(
            [f"The plan has no owner “{name}”. Correct the name, or add it among the owners first." for name in missing]
        )
    return [known[name] for name in dict.fromkeys(names)]


def _set_owners(step: Step, owners: Sequence[Owner], by: User) -> None:
    rows = StepOwner.objects.filter(step=step).order_by("position", "pk")
    before = list(rows.values_list("owner__name", flat=True))
    after = [owner.name for owner in owners]
    if before == after:
        return
    record_change(
        plan=step.action.plan,
        step=step,
        about=step.reference,
        field="owners",
        before=before,
        after=after,
        effective_on=usual_day(step.action.plan),
        by=by,
    )
    rows.delete()
    _link(step, owners)
    set_fields(step, {"who": LISTED_OWNERS.join(after)}, by)


def _link(step: Step, owners: Sequence[Owner]) -> None:
    StepOwner.objects.bulk_create(
        StepOwner(step=step, owner=owner, position=position) for position, owner in enumerate(owners)
    )


def _keep_deadline(step: Step, by: User, reason: str) -> None:
    Deadline.objects.create(
        step=step, when=step.when, due_on=step.due_on, set_on=usual_day(step.action.plan), set_by=by, reason=reason
    )
