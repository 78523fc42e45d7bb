"""Reads a file of people and their roles into checked entries; saves nothing."""

from datetime import date
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.validators import validate_email, validate_slug

from torbay_reports.access.roles import ROLE_SCOPES, ROLES_THAT_NEED_A_SCOPE, Role, ScopeKind
from torbay_reports.core.reading import Entry, UnreadableFile, read_json


class RoleEntry(Entry, frozen=True):
    """One role of a person, both days included; no end means until further notice."""

    role: Role
    starts_on: date
    ends_on: date | None = None
    scope_kind: str = ""
    scope_slug: str = ""
    is_substitute: bool = False


class PersonEntry(Entry, frozen=True):
    """One person, with at least one role."""

    email: str
    full_name: str
    roles: tuple[RoleEntry, ...]


class PeopleFile(Entry, frozen=True):
    """The whole file."""

    people: tuple[PersonEntry, ...]


def read_people(path: Path) -> tuple[PersonEntry, ...]:
    """All people of the file. Raises UnreadableFile at the first thing that is wrong."""
    people = read_json(path, PeopleFile).people
    if not people:
        raise UnreadableFile(f"{path.name}: it names nobody. Add at least one person.")
    seen: set[str] = set()
    for number, person in enumerate(people, start=1):
        place = f"{path.name}, person {number}"
        _check_person(person, place)
        if person.email in seen:
            raise UnreadableFile(f"{place}: {person.email} stands there twice. Keep one.")
        seen.add(person.email)
    return people


def _check_person(person: PersonEntry, place: str) -> None:
    try:
        validate_email(person.email)
    except ValidationError:
        raise UnreadableFile(
            f"{place}: “{person.email}” is no e-mail address. Write one like name@example.com."
        ) from None
    if person.email != person.email.lower():
        raise UnreadableFile(f"{place}: “{person.email}” has capitals. Write it in lower case.")
    if not person.full_name.strip() or len(person.full_name) > 200:
        raise UnreadableFile(f"{place}: full_name needs a name of at most 200 characters.")
    if not person.roles:
        raise UnreadableFile(f"{place}: roles is empty. Give at least one role.")
    for number, role in enumerate(person.roles, start=1):
        _check_role(role, f"{place}, role {number}")


def _check_role(role: RoleEntry, place: str) -> None:
    if role.ends_on is not None and role.ends_on < role.starts_on:
        raise UnreadableFile(
            f"{place}: it ends on {role.ends_on}, before it begins on {role.starts_on}. Choose a later end."
        )
    if bool(role.scope_kind) != bool(role.scope_slug):
        raise UnreadableFile(f"{place}: half a scope. Give both scope_kind and scope_slug, or neither.")
    if role.is_substitute and role.role is not Role.MEMBER:
        raise UnreadableFile(f"{place}: only a member has a substitute. Take is_substitute away.")
    if role.is_substitute and role.ends_on is None:
        raise UnreadableFile(f"{place}: a substitute sits until a day. Give ends_on.")
    _check_scope(role, place)


def _check_scope(role: RoleEntry, place: str) -> None:
    allowed = ROLE_SCOPES.get(role.role, ())
    if not role.scope_kind:
        if role.role in ROLES_THAT_NEED_A_SCOPE:
            raise UnreadableFile(f"{place}: {role.role.label} needs a {allowed[0]}. Give scope_kind and scope_slug.")
        return
    if role.scope_kind not in list(ScopeKind):
        known = ", ".join(ScopeKind)
        raise UnreadableFile(f"{place}: there is no scope “{role.scope_kind}”. Choose one of: {known}.")
    if role.scope_kind not in allowed:
        cure = f"Choose {allowed[0]}" if allowed else "Leave the scope away"
        raise UnreadableFile(f"{place}: {role.role.label} cannot be limited to a {role.scope_kind}. {cure}.")
    try:
        validate_slug(role.scope_slug)
    except ValidationError:
        raise UnreadableFile(f"{place}: “{role.scope_slug}” is no slug. Use letters, digits and hyphens.") from None
