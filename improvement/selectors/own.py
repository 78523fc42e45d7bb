"""The steps that a person answers for, and what they were asked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from improvement.calculations.position import StepPosition
from improvement.kinds import Flag
from improvement.models import Plan, Update, UpdateRequest
from improvement.selectors.answering import written_for
from improvement.selectors.standing import steps_of, usual_day
from improvement.selectors.steps import steps_in_full
from improvement.selectors.waiting import returned_still
from torbay_reports.access.models import User


@dataclass(frozen=True, slots=True)
class OwnStep:
    """A step of one's own. `is_asked` says that an answer is still owed to the newest asking, `is_returned` that the
    lead has returned what the person wrote, and nothing was written since.
    """

    step: StepPosition
    is_asked: bool
    has_draft: bool
    is_returned: bool

    @property
    def wants_something(self) -> bool:
        """Whether the person has to do something: to answer, to write anew, or to tell of a late or a silent step."""
        if not self.step.status.is_open or self.has_draft:
            return False
        return self.is_asked or self.is_returned or bool(self.step.flags & {Flag.OVERDUE, Flag.STALE})


@dataclass(frozen=True, slots=True)
class OwnSteps:
    """The person's steps of one plan, those that want something first, and the newest asking, if there was one."""

    plan: Plan
    as_at: date
    steps: tuple[OwnStep, ...]
    request: UpdateRequest | None

    @property
    def open(self) -> list[OwnStep]:
        """The open ones."""
        return [each for each in self.steps if each.step.status.is_open]

    @property
    def closed(self) -> list[OwnStep]:
        """The ones for which nobody owes anything."""
        return [each for each in self.steps if not each.step.status.is_open]

    @property
    def asked(self) -> int:
        """How many steps still want an answer to the asking."""
        return sum(each.is_asked for each in self.steps)


def own_steps(plan: Plan, person: User) -> OwnSteps:
    """The steps of the plan that the person answers for, as the plan stands; a constant number of queries."""
    as_at = usual_day(plan)
    numbers = list(dict.fromkeys(steps_of(plan, as_at).filter(owners__people=person).values_list("pk", flat=True)))
    request = UpdateRequest.objects.filter(plan=plan, asked__person=person).order_by("-asked_at", "-pk").first()
    answered = set[int]()
    if request:
        answered.update(written_for(request).filter(written_by=person).values_list("step", flat=True))
    drafts = set(Update.objects.drafts().filter(step__in=numbers, written_by=person).values_list("step", flat=True))
    returned = set(returned_still().filter(step__in=numbers, written_by=person).values_list("step", flat=True))
    found = [
        OwnStep(
            step,
            is_asked=request is not None and step.status.is_open and step.pk not in answered,
            has_draft=step.pk in drafts,
            is_returned=step.pk in returned,
        )
        for step in steps_in_full(numbers, as_at).values()
    ]
    return OwnSteps(plan, as_at, tuple(sorted(found, key=_urgency)), request)


def _urgency(own: OwnStep) -> tuple[bool, ...]:
    step = own.step
    return (not step.status.is_open, not own.wants_something, Flag.OVERDUE not in step.flags, not own.is_asked)


def first_wanting(everything: list[OwnSteps]) -> tuple[Plan, StepPosition] | None:
    """The first step that wants something of the person, with its plan."""
    return next(_wanting(everything), None)


def _wanting(everything: list[OwnSteps]) -> Iterator[tuple[Plan, StepPosition]]:
    for of_plan in everything:
        for each in of_plan.steps:
            if each.wants_something:
                yield of_plan.plan, each.step
