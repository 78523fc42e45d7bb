"""What the addresses name, for who may read it; for everybody else it is as if it were not there."""

from django.http import Http404, HttpRequest

from improvement.models import Plan, Step
from improvement.permissions import READERS
from improvement.selectors.plans import UnknownPlan, all_plans
from improvement.selectors.plans import plan as find_plan
from improvement.selectors.steps import find_step
from torbay_reports.access.decisions import holds_for_all, may
from torbay_reports.access.permissions import Permission
from torbay_reports.access.reach import require, there
from torbay_reports.core import clock


def readable_plans(request: HttpRequest) -> list[Plan]:
    """The plans that the reader may read, by title; none yet for who may read every plan.

    Raises Refused, with the reason, for who may read none, and Http404 where their role is limited to something else.
    """
    require(request, Permission.READ_PLAN, "plans", say_why=True)
    found = [each for each in all_plans() if may(request.user, Permission.READ_PLAN, each)]
    if not found and not holds_for_all(request.user, READERS, clock.today()):
        raise Http404
    return found


def plan_there(request: HttpRequest, slug: str) -> Plan:
    """The plan, for who may read it as it is kept. Raises what `access.reach.require` raises for everybody else."""
    try:
        found = find_plan(slug)
    except UnknownPlan:
        found = None
    return require(request, Permission.READ_PLAN, found)


def step_there(request: HttpRequest, plan: Plan, action: str, number: int) -> Step:
    """The plan's step of that reference. Raises what `access.reach.there` raises where there is none."""
    return there(request, find_step(plan, action, number))
