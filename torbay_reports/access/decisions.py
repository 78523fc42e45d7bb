"""The one decision: may this person do this, to this object, on this day?

Closed by default. Each permission has one predicate, registered by the app that owns the object; a permission that
nobody has registered is refused. There is no superuser: who administers people reads no exempt paper by that.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AnonymousUser

from torbay_reports.access.models import User
from torbay_reports.access.permissions import Permission
from torbay_reports.access.roles import Role
from torbay_reports.access.selectors import assignments_of
from torbay_reports.access.wording import any_of, held_words
from torbay_reports.core import clock
from torbay_reports.core.formatting import long_date


@dataclass(frozen=True, slots=True)
class Decision:
    """Yes or no, and why in words, as said to the person: "you are clerk since 1 May 2017". True when allowed."""

    allowed: bool
    reason: str

    def __bool__(self) -> bool:
        return self.allowed


Predicate = Callable[[User | AnonymousUser, object, date], Decision]

_predicates: dict[Permission, Predicate] = {}


class AlreadyRegistered(Exception):
    """Two apps claim the same permission."""


def register(permission: Permission, predicate: Predicate) -> None:
    """Names the predicate that answers for the permission: `predicate(person, obj, on) -> Decision`.

    Call it from an AppConfig's `ready`. The predicate is asked for anonymous visitors too, never for a person who
    may no longer sign in. Raises AlreadyRegistered when the permission has one.
    """
    if permission in _predicates:
        raise AlreadyRegistered(
            f"The permission {permission} has a predicate already: {_predicates[permission].__qualname__}. "
            f"Remove one of the two calls of access.decisions.register."
        )
    _predicates[permission] = predicate


def may(
    person: User | AnonymousUser, permission: Permission, obj: object = None, *, on: date | None = None
) -> Decision:
    """May the person do this to the object on that day (by default today, by `core.clock`)?"""
    if person.is_authenticated and not person.is_active:
        return Decision(False, "your account is closed")
    predicate = _predicates.get(permission)
    if predicate is None:
        return Decision(False, f"nobody may: there is no rule yet for {permission}")
    return predicate(person, obj, clock.today() if on is None else on)


def holds(
    person: User | AnonymousUser,
    roles: Iterable[Role],
    on: date,
    scope_kind: str | None = None,
    scope_slug: str | None = None,
) -> Decision:
    """Does the person hold one of the roles on that day, in that scope?

    A role without a scope covers every scope. Asked without a scope, a role limited to any scope counts too: name the
    scope wherever the object has one. Raises ValueError for half a scope or for no role at all.
    """
    wanted = tuple(roles)
    if not wanted:
        raise ValueError("Name at least one role.")
    if (scope_kind is None) != (scope_slug is None):
        raise ValueError("Give both scope_kind and scope_slug, or neither.")
    if not isinstance(person, User):
        return Decision(False, "you are not signed in")
    for assignment in assignments_of(person):
        if assignment.role not in wanted or not assignment.is_held_on(on):
            continue
        if scope_kind is None or scope_slug is None or assignment.is_for(scope_kind, scope_slug):
            return Decision(True, held_words(assignment))
    return Decision(False, f"you are not {any_of(wanted)} on {long_date(on)}{_scope_refusal(scope_kind, scope_slug)}")


def _scope_refusal(scope_kind: str | None, scope_slug: str | None) -> str:
    return "" if scope_kind is None else f" for the {scope_kind} {(scope_slug or '').replace('-', ' ')}"
