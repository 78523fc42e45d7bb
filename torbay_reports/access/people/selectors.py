"""Reads people, their accounts' states and their roles, each list in a constant number of queries."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Value, When
from django.db.models.lookups import Exact

from torbay_reports.access.models import Invitation, RoleAssignment, User
from torbay_reports.access.models.assignments import held_from, held_on
from torbay_reports.access.people.states import State
from torbay_reports.access.roles import Role, ScopeKind
from torbay_reports.access.scopes import names_of
from torbay_reports.access.selectors import has_password

ScopeChoices = Mapping[ScopeKind, Mapping[str, str]]
"""For each kind of scope the names by slug."""

_HELD = "roles_on_the_day"
_BY_NAME = ("person__full_name", "starts_on", "pk")


def scope_choices() -> ScopeChoices:
    """The names of everything that a role can be limited to, in one query a kind."""
    return {kind: names_of(kind) for kind in ScopeKind}


def _people() -> QuerySet[User]:
    """Everybody with the state of their account; `access.selectors.has_signed_in` says the same of one person."""
    council_account = Exists(SocialAccount.objects.filter(user=OuterRef("pk")))
    state = Case(
        When(is_active=False, then=Value(State.CLOSED.value)),
        When(~has_password() & ~council_account & Q(last_login__isnull=True), then=Value(State.INVITED.value)),
        default=Value(State.SIGNS_IN.value),
        output_field=CharField(),
    )
    return User.objects.annotate(state=state)


def people(*, on: date, words: str = "", role: Role | None = None, state: State | None = None) -> QuerySet[User]:
    """The people by name, each with their state and with the roles that they hold on the day.

    Every one of the `words` stands in the name or the e-mail address; `role` finds who holds it on the day.
    """
    found = _people()
    for word in words.split():
        found = found.filter(Q(full_name__icontains=word) | Q(email__icontains=word))
    if role is not None:
        found = found.filter(Exists(RoleAssignment.objects.filter(held_on(on), person=OuterRef("pk"), role=role)))
    if state is not None:
        found = found.filter(Exact(F("state"), state.value))
    held = RoleAssignment.objects.filter(held_on(on)).order_by("starts_on", "pk")
    return found.prefetch_related(Prefetch("assignments", held, to_attr=_HELD)).order_by("full_name", "pk")


def state_of(person: User) -> State:
    """The state of a person whom `people` or `find_person` read."""
    return State(person.__dict__["state"])


def roles_on_the_day(person: User) -> list[RoleAssignment]:
    """The roles of a person whom `people` read, on the day that it was asked for."""
    return cast(list[RoleAssignment], person.__dict__[_HELD])


def find_person(pk: int) -> User | None:
    """The person with that number and the state of their account."""
    return _people().filter(pk=pk).first()


def find_role(person: User, pk: int) -> RoleAssignment | None:
    """The role with that number, when it is this person's."""
    return RoleAssignment.objects.select_related("person").filter(pk=pk, person=person).first()


@dataclass(frozen=True, slots=True)
class Roles:
    """Roles as they stand seen from one day."""

    held: list[RoleAssignment]
    to_come: list[RoleAssignment]
    past: list[RoleAssignment]


def by_time(assignments: QuerySet[RoleAssignment], on: date) -> Roles:
    """The roles in three lists, in one query; the past ones newest first."""
    roles = Roles([], [], [])
    for each in assignments:
        fitting = roles.held if each.is_held_on(on) else roles.to_come if each.starts_on > on else roles.past
        fitting.append(each)
    roles.past.reverse()
    return roles


def roles_of(person: User, on: date) -> Roles:
    """All roles of the person, with who gave and who ended them."""
    given = RoleAssignment.objects.filter(person=person).select_related("person", "given_by", "ended_by")
    return by_time(given.order_by("starts_on", "pk"), on)


def lasting_roles(person: User, on: date) -> list[RoleAssignment]:
    """The person's roles on that day or later, in order of their first day."""
    given = RoleAssignment.objects.filter(held_from(on), person=person).select_related("person")
    return list(given.order_by("starts_on", "pk"))


def last_invitation(person: User) -> Invitation | None:
    """The person's newest invitation, whatever has become of it."""
    return Invitation.objects.select_related("made_by").filter(person=person).order_by("made_at", "pk").last()


def has_second_factor(person: User) -> bool:
    """Has the person an authenticator app, a passkey or recovery codes?"""
    return bool(Authenticator.objects.filter(user=person).exists())


def possible_holders() -> QuerySet[User]:
    """Everybody to whom a role can be given, by name."""
    return User.objects.filter(is_active=True).order_by("full_name", "pk")


def monitoring_officers(on: date) -> QuerySet[User]:
    """Who is monitoring officer of the whole council on the day and has an open account."""
    held = RoleAssignment.objects.filter(held_on(on), role=Role.MONITORING_OFFICER, scope_kind="")
    return User.objects.filter(pk__in=held.values("person"), is_active=True).order_by("full_name", "pk")


def held_by_nobody_else(person: User, on: date) -> list[RoleAssignment]:
    """The person's roles that nobody else holds on that day, for the same service, committee or plan or for all.

    Who cannot sign in any more holds nothing.
    """
    own = [each for each in lasting_roles(person, on) if each.is_held_on(on)]
    others = RoleAssignment.objects.filter(held_on(on), person__is_active=True).exclude(person=person)
    held = set(others.values_list("role", "scope_kind", "scope_slug"))
    return [each for each in own if not held & {(each.role, each.scope_kind, each.scope_slug), (each.role, "", "")}]


def _seats() -> QuerySet[RoleAssignment]:
    return RoleAssignment.objects.filter(role=Role.MEMBER, scope_kind=ScopeKind.COMMITTEE)


def seats_by_committee(on: date) -> Mapping[str, tuple[int, int]]:
    """How many members and how many substitutes each committee has on the day; none where it has neither."""
    counted = _seats().filter(held_on(on)).values("scope_slug", "is_substitute").order_by()
    found: dict[str, tuple[int, int]] = {}
    for row in counted.annotate(people=Count("person", distinct=True)):
        members, substitutes = found.get(row["scope_slug"], (0, 0))
        if row["is_substitute"]:
            substitutes = row["people"]
        else:
            members = row["people"]
        found[row["scope_slug"]] = members, substitutes
    return found


def seats_of(committee: str, on: date) -> Roles:
    """The committee's seats seen from the day, by their holders' names."""
    return by_time(_seats().filter(scope_slug=committee).select_related("person").order_by(*_BY_NAME), on)


def lasting_seats(committee: str, on: date) -> list[RoleAssignment]:
    """The committee's seats on that day or later, by their holders' names."""
    return list(_seats().filter(held_from(on), scope_slug=committee).select_related("person").order_by(*_BY_NAME))
