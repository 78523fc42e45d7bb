"""The one decision: may this person do this, to this object, on this day?

Closed by default. Each permission has one predicate, registered by the app that owns the object; a permission that
nobody has registered is refused. There is no superuser: who administers people reads no exempt paper by that.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.contrib.auth.models import AnonymousUser

from torbay_reports.access.models import RoleAssignment, User
from torbay_reports.access.permissions import Permission
from torbay_reports.access.roles import Role
from torbay_reports.access.scopes import name_of
from torbay_reports.access.selectors import assignments_of
from torbay_reports.access.wording import Names, held_words, missed_words, names_read_once, refused_words, whole_words
from torbay_reports.core import clock


@dataclass(frozen=True, slots=True, eq=False)
class Decision:
    """Yes or no, and why in words, as said to the person: "you are clerk since 1 May 2017". True when allowed.

    `words` is the reason, or what makes it from the names of committees and services: these are read from the
    database, and only a reason that is shown costs that. Equal to a decision that says the same in the same words.
    """

    allowed: bool
    words: str | Callable[[Names], str]

    def __bool__(self) -> bool:
        return self.allowed

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Decision):
            return NotImplemented
        return (self.allowed, self.reason) == (other.allowed, other.reason)

    def __hash__(self) -> int:
        return hash((self.allowed, self.reason))

    @property
    def reason(self) -> str:
        """Why, in words; one query where a committee or a service is named."""
        return self.reason_by(name_of)

    def reason_by(self, names: Names) -> str:
        """Why, in words, with names from a mapping that the caller keeps for a page."""
        return self.words if isinstance(self.words, str) else self.words(names)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the decision about one permission is for one person, and about which thing, where it depends on one."""

    permission: Permission
    thing: str
    decision: Decision


Predicate = Callable[[User | AnonymousUser, object, date], Decision]
Things = Callable[[], Iterable[tuple[str, object]]]


@dataclass(frozen=True, slots=True)
class _Rule:
    predicate: Predicate
    things: Things | None


_rules: dict[Permission, _Rule] = {}


class AlreadyRegistered(Exception):
    """Two apps claim the same permission."""


def no_things() -> tuple[tuple[str, object], ...]:
    """The `things` of a permission that `answers` leaves out: the same for everybody, or about each single paper."""
    return ()


def register(permission: Permission, predicate: Predicate, things: Things | None = None) -> None:
    """Names the predicate that answers for the permission: `predicate(person, obj, on) -> Decision`.

    Call it from an AppConfig's `ready`. The predicate is asked for anonymous visitors too, never for a person who
    may no longer sign in. `things` gives, with their names, the objects about which `answers` asks, in a constant
    number of queries, and names nothing that is restricted; without it `answers` asks once, about no object.
    Raises AlreadyRegistered when the permission has a predicate.
    """
    if permission in _rules:
        raise AlreadyRegistered(
            f"The permission {permission} has a predicate already: {_rules[permission].predicate.__qualname__}. "
            f"Remove one of the two calls of access.decisions.register."
        )
    _rules[permission] = _Rule(predicate, things)


def may(
    person: User | AnonymousUser, permission: Permission, obj: object = None, *, on: date | None = None
) -> Decision:
    """May the person do this to the object on that day (by default today, by `core.clock`)?"""
    if person.is_authenticated and not person.is_active:
        return Decision(False, "your account is closed")
    rule = _rules.get(permission)
    if rule is None:
        return Decision(False, f"nobody may: there is no rule yet for {permission}")
    return rule.predicate(person, obj, clock.today() if on is None else on)


def answers(person: User, on: date) -> list[Answer]:
    """Every permission, about each of its things, for this person on that day: what an administrator is shown.

    The number of queries does not depend on how many roles, committees or services there are.
    """
    names = names_read_once()
    found = []
    # Several permissions are about the same things, which are read once.
    things = cache(lambda read: tuple(read()) if read else (("", None),))
    for permission in Permission:
        rule = _rules.get(permission)
        if rule is None:
            continue
        for thing, obj in things(rule.things):
            decision = may(person, permission, obj, on=on)
            found.append(Answer(permission, thing, Decision(decision.allowed, decision.reason_by(names))))
    return found


def holds(
    person: User | AnonymousUser,
    roles: Iterable[Role],
    on: date,
    scope_kind: str | None = None,
    scope_slug: str | None = None,
) -> Decision:
    """Does the person hold one of the roles on that day, in that scope?

    A role without a scope covers every scope; a member's always has one, and a substitute holds it as a member does.
    Asked without a scope, a role limited to any scope counts too: name the scope wherever the object has one, or ask
    `holds_for_all`. Raises ValueError for half a scope or for no role at all.
    """
    wanted = _at_least_one(roles)
    if (scope_kind is None) != (scope_slug is None):
        raise ValueError("Give both scope_kind and scope_slug, or neither.")
    kind, slug = scope_kind or "", scope_slug or ""
    fitting = [each for each in assignments_of(person) if each.role in wanted and (not kind or each.is_for(kind, slug))]
    return _decided(person, fitting, on, lambda names: refused_words(wanted, on, kind, slug, names))


def holds_for_all(person: User | AnonymousUser, roles: Iterable[Role], on: date) -> Decision:
    """Does the person hold one of the roles on that day, for the whole council? A limited one does not count.

    Raises ValueError for no role at all.
    """
    wanted = _at_least_one(roles)
    fitting = [each for each in assignments_of(person) if each.role in wanted and not each.scope_kind]
    return _decided(person, fitting, on, whole_words(wanted, on))


def _at_least_one(roles: Iterable[Role]) -> tuple[Role, ...]:
    wanted = tuple(roles)
    if not wanted:
        raise ValueError("Name at least one role.")
    return wanted


def _decided(
    person: User | AnonymousUser, fitting: list[RoleAssignment], on: date, refusal: str | Callable[[Names], str]
) -> Decision:
    """By the first of these roles that is held on that day; else by the one that comes next or that ended last."""
    if not isinstance(person, User):
        return Decision(False, "you are not signed in")
    held = next((each for each in fitting if each.is_held_on(on)), None)
    if held is not None:
        return Decision(True, lambda names: held_words(held, names))
    to_come = [each for each in fitting if each.starts_on > on]
    ended = sorted((each for each in fitting if each.starts_on <= on), key=lambda each: each.ends_on or on)
    missed = to_come[:1] or ended[-1:]
    return Decision(False, lambda names: missed_words(missed[0], on, names)) if missed else Decision(False, refusal)
