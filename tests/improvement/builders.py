"""Plans for tests, made row by row: small ones to tell apart what is read, and large ones to count queries and time."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.postgres.search import SearchVector
from django.utils import timezone

from improvement.kinds import Direction, Status
from improvement.models import (
    Action,
    Change,
    Measure,
    Owner,
    Plan,
    PlanVersion,
    Priority,
    Reading,
    Step,
    StepOwner,
    Theme,
    Update,
    UpdateDecision,
)
from tests.access.cast import SINCE, TODAY, person
from torbay_reports.access.models import RoleAssignment, User
from torbay_reports.access.roles import Role
from torbay_reports.publishing.models import Publication

NOON = time(12)


def at(day: date) -> datetime:
    """Noon of the day."""
    return timezone.make_aware(datetime.combine(day, NOON))


def make_plan(slug: str = "plan", title: str = "Improvement plan") -> Plan:
    """A plan without anything in it."""
    return Plan.objects.create(slug=slug, title=title)


def make_action(plan: Plan, reference: str = "1.1", *, priority: Priority | None = None, what: str = "Act") -> Action:
    """An action, with a theme and a priority of its own unless one is given."""
    if priority is None:
        place = Theme.objects.filter(plan=plan).count()
        theme = Theme.objects.create(plan=plan, number=str(place + 1), title=f"Theme {place + 1}", position=place)
        priority = Priority.objects.create(theme=theme, number=str(place + 1), title="Be better", position=0)
    position = Action.objects.filter(plan=plan).count()
    return Action.objects.create(plan=plan, priority=priority, reference=reference, what=what, position=position)


def make_step(action: Action, *, owners: tuple[str, ...] = (), **fields: Any) -> Step:
    """The next step of the action; a status not given is in progress."""
    number = Step.objects.filter(action=action).count() + 1
    values = {"number": number, "how": f"Do {action.reference}/{number}", "status": Status.IN_PROGRESS, **fields}
    step = Step.objects.create(action=action, **values)
    for position, name in enumerate(owners):
        owner, _ = Owner.objects.get_or_create(plan=action.plan, name=name)
        StepOwner.objects.create(step=step, owner=owner, position=position)
    Step.objects.filter(pk=step.pk).update(search=SearchVector("how", "success", config="english"))
    return step


def add_update(step: Step, text: str = "It went on.", **fields: Any) -> Update:
    """An update that came with a file, recorded on its own day unless another is given."""
    day = fields.get("dated_on") or TODAY
    values = {"recorded_on": day, "written_at": at(day), **fields}
    return Update.objects.create(step=step, text=text, position=Update.objects.filter(step=step).count(), **values)


def decide(update: Update, *, by: User, on: date, is_accepted: bool = True) -> UpdateDecision:
    """What the lead decided on the update at noon of the day."""
    reason = "" if is_accepted else "Say what came of it."
    return UpdateDecision.objects.create(
        update_decided=update, is_accepted=is_accepted, reason=reason, decided_at=at(on), decided_by=by
    )


def add_measure(step: Step, words: str = "Most of them", target: str | None = None, **fields: Any) -> Measure:
    """A measure; with a target it is at least that many per cent unless said otherwise."""
    direction = Direction.AT_LEAST if target else Direction.UNKNOWN
    values: dict[str, Any] = {"direction": direction, "target": target, **fields}
    return Measure.objects.create(step=step, words=words, position=Measure.objects.filter(step=step).count(), **values)


def add_reading(measure: Measure, value: str, **fields: Any) -> Reading:
    """What the measure was found to be, recorded on its own day unless another is given."""
    day = fields.get("dated_on") or TODAY
    return Reading.objects.create(
        measure=measure, **{"words": f"{value}%", "value": value, "recorded_on": day, **fields}
    )


def change(
    step: Step, field: str, before: str, after: str, on: date, by: User | None = None, *, made_on: date | None = None
) -> Change:
    """A change that counts from a day, made that day unless another is given; the step itself is left as it is."""
    return Change.objects.create(
        plan=step.action.plan,
        step=step,
        about=step.reference,
        field=field,
        before=before,
        after=after,
        effective_on=on,
        made_at=at(made_on or on),
        made_by=by,
    )


def brought_in(plan: Plan, as_at: date) -> PlanVersion:
    """A version that was brought in for the paper of that day."""
    return PlanVersion.objects.create(
        plan=plan, as_at=as_at, file_name="plan.csv", checksum="0" * 64, report={}, applied_at=at(TODAY)
    )


def paper_published(plan: Plan, as_at: date, frozen_on: date, by: User) -> Publication:
    """A paper of the plan for the meeting of that day, as far as anybody asks when it was frozen."""
    return Publication.objects.create(
        source="improvement.tracker",
        subject=f"{plan.slug}/{as_at.isoformat()}",
        version=1,
        title=plan.title,
        document_json="{}",
        checksum="0" * 64,
        frozen_at=at(frozen_on),
        frozen_by=by,
    )


def person_with_plan(role: Role, plan: Plan, name: str = "") -> User:
    """A person with that role for that plan."""
    someone = person(name or f"Test {role.label}")
    RoleAssignment.objects.create(person=someone, role=role, starts_on=SINCE, scope_kind="plan", scope_slug=plan.slug)
    return someone


THEMES, PRIORITIES, ACTIONS, STEPS = 6, 18, 54, 172
"""How large the source's tracker is."""


def large_plan(slug: str, copies: int) -> Plan:
    """A plan with so many times as many themes, priorities, actions and steps as the source's, and things on them."""
    plan = make_plan(slug, f"Plan {slug}")
    themes = Theme.objects.bulk_create(
        Theme(plan=plan, number=str(n + 1), title=f"Theme with a title of some length {n}", position=n)
        for n in range(copies * THEMES)
    )
    priorities = Priority.objects.bulk_create(
        Priority(theme=themes[n // 3], number=str(n + 1), title=f"Priority to make something better {n}", position=n)
        for n in range(copies * PRIORITIES)
    )
    actions = Action.objects.bulk_create(
        Action(plan=plan, priority=priorities[n // 3], reference=f"{n // 3 + 1}.{n % 3 + 1}", what="Act", position=n)
        for n in range(copies * ACTIONS)
    )
    steps = Step.objects.bulk_create(_steps(actions, copies * STEPS))
    owners = Owner.objects.bulk_create(Owner(plan=plan, name=f"Head of Service {n}") for n in range(copies * 20))
    StepOwner.objects.bulk_create(
        StepOwner(step=step, owner=owners[n % len(owners)], position=0) for n, step in enumerate(steps) if n % 40
    )
    Update.objects.bulk_create(_updates(steps))
    measures = Measure.objects.bulk_create(
        Measure(
            step=step,
            words="Most",
            position=0,
            direction="at_least" if n % 3 else "unknown",
            target=90 if n % 3 else None,
        )
        for n, step in enumerate(steps)
        if n % 7
    )
    Reading.objects.bulk_create(
        Reading(measure=each, words=f"{80 + n % 20}%", value=80 + n % 20, recorded_on=date(2017, 6, 1))
        for n, each in enumerate(measures)
        if n % 2
    )
    Step.objects.filter(pk__in=[each.pk for each in steps]).update(
        search=SearchVector("how", "success", config="english")
    )
    return plan


def _steps(actions: list[Action], number: int) -> Iterator[Step]:
    statuses = [Status.DONE] * 6 + [Status.IN_PROGRESS, Status.NOT_STATED]
    for n in range(number):
        yield Step(
            action=actions[n * len(actions) // number],
            number=n + 1,
            how=f"Hold a workshop about practice number {n} and write down what came of it for everybody",
            when="Dec 2016",
            due_on=date(2016, 12, 1) + timedelta(days=30 * (n % 14)) if n % 8 else None,
            success="At least 90% of visits in time",
            status=statuses[n % len(statuses)],
        )


def _updates(steps: list[Step]) -> Iterator[Update]:
    for n, step in enumerate(steps):
        for position in range(n % 3):
            day = date(2016, 12, 9) + timedelta(days=30 * ((n + position) % 8))
            yield Update(
                step=step,
                text="The workshop was held and its notes were sent round to all teams. " * 2,
                dated_on=day,
                position=position,
                recorded_on=day,
                written_at=at(day),
            )
