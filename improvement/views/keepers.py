"""Who may open the pages on which a plan is kept, and what they are about."""

from typing import TypeVar

from django.http import Http404, HttpRequest

from improvement.models import Action, Measure, Owner, Plan, Step, WaitingImport
from improvement.selectors.waiting import waiting_import
from torbay_reports.access.decisions import holds
from torbay_reports.access.models import User
from torbay_reports.access.permissions import Permission
from torbay_reports.access.reach import require
from torbay_reports.access.roles import Role, ScopeKind
from torbay_reports.core import clock

T = TypeVar("T")


def person(request: HttpRequest) -> User:
    """Who asks. Raises Http404 for nobody."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def kept_plan(request: HttpRequest, slug: str) -> tuple[Plan, User]:
    """The plan, and its lead who asks. Raises Http404 for everybody else."""
    plan = require(request, Permission.KEEP_PLAN, Plan.objects.filter(slug=slug).first())
    return plan, person(request)


def kept_step(request: HttpRequest, slug: str, action: str, number: int) -> tuple[Step, User]:
    """The step, and the lead of its plan who asks. Raises Http404 for everybody else."""
    plan, by = kept_plan(request, slug)
    steps = Step.objects.filter(action__plan=plan, action__reference=action, number=number, dropped_on=None)
    return _found(steps.select_related("action__plan").first()), by


def step_to_update(request: HttpRequest, slug: str, action: str, number: int) -> tuple[Step, User]:
    """The step, and who asks and may write on it. Raises Http404 for everybody else."""
    steps = Step.objects.filter(action__plan__slug=slug, action__reference=action, number=number, dropped_on=None)
    found = steps.select_related("action__plan").prefetch_related("owners__people").first()
    return require(request, Permission.UPDATE_STEP, found), person(request)


def answerable_plan(request: HttpRequest, slug: str) -> tuple[Plan, User]:
    """The plan, and its action owner or lead who asks for the form of their own steps. Raises Http404 for others."""
    plan = require(request, Permission.READ_PLAN, Plan.objects.filter(slug=slug).first())
    by = person(request)
    if not holds(by, (Role.ACTION_OWNER, Role.IMPROVEMENT_LEAD), clock.today(), ScopeKind.PLAN, plan.slug):
        raise Http404
    return plan, by


def kept_action(request: HttpRequest, slug: str, reference: str) -> tuple[Action, User]:
    """The action, and the lead of its plan who asks. Raises Http404 for everybody else."""
    plan, by = kept_plan(request, slug)
    return _found(
        Action.objects.select_related("plan").filter(plan=plan, reference=reference, dropped_on=None).first()
    ), by


def kept_measure(request: HttpRequest, slug: str, pk: int) -> tuple[Measure, User]:
    """The measure, and the lead of its plan who asks. Raises Http404 for everybody else."""
    plan, by = kept_plan(request, slug)
    measures = Measure.objects.filter(step__action__plan=plan, step__dropped_on=None, pk=pk)
    return _found(measures.select_related("step__action__plan").first()), by


def kept_owner(plan: Plan, pk: int) -> Owner:
    """The plan's owner of that number. Raises Http404 where there is none."""
    return _found(Owner.objects.filter(plan=plan, pk=pk).first())


def kept_import(request: HttpRequest, pk: int) -> tuple[WaitingImport, User]:
    """The uploaded file, and a lead of its plan who asks. Raises Http404 for everybody else."""
    waiting = waiting_import(pk)
    require(request, Permission.KEEP_PLAN, (waiting.plan or Plan(slug=waiting.slug)) if waiting else None)
    return _found(waiting), person(request)


def _found(thing: T | None) -> T:
    if thing is None:
        raise Http404
    return thing
