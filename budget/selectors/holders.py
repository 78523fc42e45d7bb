"""Reads: the budget holders who answer for each service."""

from collections.abc import Mapping
from datetime import date

from torbay_reports.access.models import RoleAssignment, User
from torbay_reports.access.models.assignments import held_on
from torbay_reports.access.roles import Role, ScopeKind


def holders_of(above: Mapping[str, tuple[str, ...]], on: date) -> dict[str, tuple[User, ...]]:
    """Who answers for each of these services on that day, by short name; one query.

    `above` names the groups above each, the nearest first. Who holds a group answers for what is in it, unless that
    has a holder of its own. Whose account is closed is nobody's holder.
    """
    named: dict[str, list[User]] = {}
    roles = RoleAssignment.objects.filter(
        held_on(on), role=Role.BUDGET_HOLDER, scope_kind=ScopeKind.SERVICE, person__is_active=True
    )
    for role in roles.select_related("person").order_by("person__full_name", "person_id"):
        people = named.setdefault(role.scope_slug, [])
        if role.person not in people:
            people.append(role.person)
    return {
        slug: next((tuple(named[each]) for each in (slug, *groups) if each in named), ())
        for slug, groups in above.items()
    }
