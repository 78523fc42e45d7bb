"""Who answers for open steps, who was asked for updates, and who has answered."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from improvement.kinds import Status
from improvement.models import AskedPerson, Owner, Plan, Step, StepOwner, Update, UpdateRequest
from improvement.selectors.standing import IN_PRINT
from torbay_reports.access.models import RoleAssignment, User
from torbay_reports.access.models.assignments import held_on
from torbay_reports.access.roles import Role, ScopeKind

OPEN: Final = tuple(status for status in Status if status.is_open)


@dataclass(frozen=True, slots=True)
class Asked:
    """A person who can be asked, and the numbers (primary keys) of the open steps that they answer for."""

    person: User
    steps: frozenset[int]


@dataclass(frozen=True, slots=True)
class Silent:
    """An owner's name that stands for nobody who could be asked, and how many open steps it has alone."""

    name: str
    steps: int


@dataclass(frozen=True, slots=True)
class Chase:
    """Whom one can ask about the open steps of a plan, and for whose steps there is nobody."""

    people: tuple[Asked, ...]
    silent: tuple[Silent, ...]
    without_owner: int

    @property
    def unasked(self) -> int:
        """How many open steps nobody can be asked about."""
        return self.without_owner + sum(each.steps for each in self.silent)


def open_steps(plan: Plan) -> QuerySet[Step]:
    """The steps of the plan for which somebody still owes something, in the order of print."""
    return Step.objects.filter(action__plan=plan, status__in=OPEN, dropped_on=None).order_by(*IN_PRINT)


def own_open_steps(plan: Plan, person: User, besides: Collection[int] = ()) -> QuerySet[Step]:
    """The open steps that the person answers for under one of their owners' names, in the order of print.

    Of the steps of the numbers `besides` also those that are open no longer.
    """
    named = StepOwner.objects.filter(step=OuterRef("pk"), owner__people=person)
    is_open = Q(status__in=OPEN, dropped_on=None)
    steps = Step.objects.filter(is_open | Q(pk__in=list(besides)), Exists(named), action__plan=plan)
    return steps.select_related("action").order_by(*IN_PRINT)


def possible_people(plan: Plan, on: date) -> QuerySet[User]:
    """Everybody who is action owner for the plan on that day and can sign in, by name."""
    held = RoleAssignment.objects.filter(held_on(on), role=Role.ACTION_OWNER)
    held = held.filter(scope_kind="") | held.filter(scope_kind=ScopeKind.PLAN, scope_slug=plan.slug)
    return User.objects.filter(pk__in=held.values("person"), is_active=True).order_by("full_name", "pk")


def chase(plan: Plan, on: date) -> Chase:
    """Who would be asked on that day; four queries."""
    people = {person.pk: person for person in possible_people(plan, on)}
    of_owner = defaultdict[int, set[int]](set)
    for owner, person in Owner.people.through.objects.filter(owner__plan=plan).values_list("owner_id", "user_id"):
        if person in people:
            of_owner[owner].add(person)
    steps = set(open_steps(plan).values_list("pk", flat=True))
    rows = StepOwner.objects.filter(step__in=steps).order_by("owner__name", "step")
    of_step = defaultdict[int, list[tuple[int, str]]](list)
    for step, owner, name in rows.values_list("step_id", "owner_id", "owner__name"):
        of_step[step].append((owner, name))
    asked = defaultdict[int, set[int]](set)
    silent = defaultdict[str, int](int)
    for step, owners in of_step.items():
        answering = {person for owner, _ in owners for person in of_owner[owner]}
        for person in answering:
            asked[person].add(step)
        if not answering:
            silent[" / ".join(name for _, name in owners)] += 1
    return Chase(
        people=tuple(Asked(person, frozenset(asked[pk])) for pk, person in people.items() if pk in asked),
        silent=tuple(Silent(name, count) for name, count in sorted(silent.items())),
        without_owner=len(steps - of_step.keys()),
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """What has become of one person's asking: `answered_at` is when they last wrote on one of their steps since."""

    asked: AskedPerson
    person: User
    steps: int
    answered_at: datetime | None

    @property
    def is_owed(self) -> bool:
        """Whether they have open steps and have not written."""
        return self.answered_at is None and self.steps > 0


def answers(request: UpdateRequest, on: date) -> tuple[Answer, ...]:
    """Everybody who was asked in the round, by name; the number of queries does not depend on how many they are."""
    steps = {each.person.pk: len(each.steps) for each in chase(request.plan, on).people}
    written = _written_since(request)
    rows = AskedPerson.objects.filter(request=request).select_related("person").order_by("person__full_name", "pk")
    return tuple(Answer(each, each.person, steps.get(each.person_id, 0), written.get(each.person_id)) for each in rows)


def written_for(request: UpdateRequest) -> QuerySet[Update]:
    """What somebody wrote on the plan's steps since the round began: the updates that can answer it."""
    return Update.objects.filter(
        step__action__plan=request.plan, written_at__gte=request.asked_at, written_by__isnull=False
    )


def _written_since(request: UpdateRequest) -> Mapping[int, datetime]:
    """When each person who wrote on a step of theirs after the round began did so last."""
    own = StepOwner.objects.filter(step=OuterRef("step"), owner__people=OuterRef("written_by"))
    rows = written_for(request).filter(Exists(own))
    return dict(rows.order_by("written_at").values_list("written_by", "written_at"))


@dataclass(frozen=True, slots=True)
class Silence:
    """How many open steps the people of a round answer for, and on how many of them nobody has written since."""

    steps: int
    silent: int


def silence(request: UpdateRequest, people: Iterable[Asked]) -> Silence:
    """What the round has brought by step; `people` are those who were asked, with their open steps. One query."""
    steps = {step for each in people for step in each.steps}
    written = written_for(request).filter(step__in=steps)
    return Silence(len(steps), len(steps - set(written.values_list("step", flat=True))))


def rounds(plan: Plan) -> QuerySet[UpdateRequest]:
    """The rounds of asking, newest first."""
    return UpdateRequest.objects.filter(plan=plan).select_related("asked_by").order_by("-asked_at", "-pk")


def latest_round(plan: Plan) -> UpdateRequest | None:
    """The newest round, for what its asker wrote to the owners."""
    return rounds(plan).first()
