"""Who reads a plan as it is kept, who keeps it, and who answers for a step."""

from collections.abc import Iterator
from datetime import date

from django.contrib.auth.models import AnonymousUser

from improvement.models import Plan, Step
from torbay_reports.access.decisions import Decision, holds, no_things
from torbay_reports.access.decisions import register as register_predicate
from torbay_reports.access.models import User
from torbay_reports.access.permissions import Permission
from torbay_reports.access.roles import Role, ScopeKind

KEEPERS = (Role.IMPROVEMENT_LEAD,)
READERS = (Role.IMPROVEMENT_LEAD, Role.ACTION_OWNER, Role.MONITORING_OFFICER)


def may_read_plan(person: User | AnonymousUser, obj: object, on: date) -> Decision:
    """The lead and the action owners of the plan, and the monitoring officer; everybody else waits for the paper."""
    return _holds(person, READERS, obj, on)


def may_keep_plan(person: User | AnonymousUser, obj: object, on: date) -> Decision:
    """The lead of the plan; of any plan where the object is none."""
    return _holds(person, KEEPERS, obj, on)


def may_update_step(person: User | AnonymousUser, obj: object, on: date) -> Decision:
    """The lead of the step's plan, and the action owners who answer for the step under one of its owners' names."""
    if not isinstance(obj, Step):
        return Decision(False, "there is no such step")
    keeps = may_keep_plan(person, obj.action.plan, on)
    if keeps:
        return keeps
    owns = _holds(person, (Role.ACTION_OWNER,), obj.action.plan, on)
    if owns and not any(each == person for owner in obj.owners.all() for each in owner.people.all()):
        return Decision(False, "this step has other owners")
    return owns


def _holds(person: User | AnonymousUser, roles: tuple[Role, ...], obj: object, on: date) -> Decision:
    if isinstance(obj, Plan):
        return holds(person, roles, on, ScopeKind.PLAN, obj.slug)
    return holds(person, roles, on)


def every_plan() -> Iterator[tuple[str, Plan]]:
    """Each plan with its title; one query."""
    for plan in Plan.objects.order_by("title"):
        yield plan.title, plan


def register() -> None:
    """Tell the access room who decides about plans and steps."""
    register_predicate(Permission.READ_PLAN, may_read_plan, every_plan)
    register_predicate(Permission.KEEP_PLAN, may_keep_plan, every_plan)
    register_predicate(Permission.UPDATE_STEP, may_update_step, no_things)
