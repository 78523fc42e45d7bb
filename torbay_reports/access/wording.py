"""Turns roles into sentences; the one place that words them.

Names of committees and services come from `names`, a function like `access.scopes.name_of`, which reads them anew at
each call; a page that shows many of them takes one `names_read_once()`.
"""

from collections.abc import Callable, Mapping
from datetime import date

from torbay_reports.access.models import RoleAssignment
from torbay_reports.access.roles import Role, ScopeKind
from torbay_reports.access.scopes import name_of, names_of
from torbay_reports.core.formatting import from_to, listed, long_date

Names = Callable[[ScopeKind, str], str]
"""From the kind and the slug of a scope to its name: (committee, "council") -> "Council"."""


def names_read_once() -> Names:
    """Like `access.scopes.name_of`, but each kind's names are read once, when the first of them is asked for."""
    read: dict[ScopeKind, Mapping[str, str]] = {}

    def name(kind: ScopeKind, slug: str) -> str:
        if kind not in read:
            read[kind] = names_of(kind)
        return read[kind].get(slug) or slug.replace("-", " ")

    return name


def scope_words(assignment: RoleAssignment, names: Names = name_of) -> str:
    """What the role is limited to, as the end of a sentence: " of the Council"; nothing when it is everything."""
    return _scope_words(assignment.scope_kind, assignment.scope_slug, names)


def role_words(assignment: RoleAssignment, names: Names = name_of) -> str:
    """The role with its limit: "clerk of the Council", "substitute member of the Overview and Scrutiny Board"."""
    substitute = "substitute " if assignment.is_substitute else ""
    return f"{substitute}{Role(assignment.role).label}{scope_words(assignment, names)}"


def held_words(assignment: RoleAssignment, names: Names = name_of) -> str:
    """Why the person may: "you sit on the Council since 9 May 2017", "you are clerk from 1 to 31 May 2017"."""
    return f"you {_what(assignment, names, 'sit', 'are')} {_days(assignment, since='since')}"


def missed_words(assignment: RoleAssignment, on: date, names: Names = name_of) -> str:
    """Why the person may not, though they have the role on other days: "your seat on the Council ended on 4 May 2017".

    Seen from the day `on`, on which the role is not held.
    """
    if assignment.is_substitute:
        role = f"time as a substitute on {_the(_name(assignment, names))}"
    elif assignment.role == Role.MEMBER:
        role = f"seat on {_the(_name(assignment, names))}"
    else:
        role = f"role as {role_words(assignment, names)}"
    if assignment.ends_on is None or assignment.starts_on > on:
        return f"your {role} begins on {long_date(assignment.starts_on)}"
    return f"your {role} ended on {long_date(assignment.ends_on)}"


def refused_words(roles: tuple[Role, ...], on: date, kind: str, slug: str, names: Names = name_of) -> str:
    """What is missing: "you do not sit on the Council on 5 September 2017, and you are not its clerk".

    `kind` and `slug` are the scope that was asked about, both empty where none was.
    """
    others = tuple(role for role in roles if role is not Role.MEMBER)
    if Role.MEMBER not in roles:
        return f"you are not {any_of(others)}{_scope_words(kind, slug, names)} on {long_date(on)}"
    if kind == ScopeKind.COMMITTEE:
        seat, its = f"you do not sit on {_the(names(ScopeKind.COMMITTEE, slug))}", "its "
    else:
        seat, its = "you sit on no committee", ""
    return f"{seat} on {long_date(on)}" + (f", and you are not {its}{any_of(others)}" if others else "")


def whole_words(roles: tuple[Role, ...], on: date) -> str:
    """What is missing where a limited role does not count."""
    return f"you are not {any_of(roles)} of the whole council on {long_date(on)}"


def given_words(assignment: RoleAssignment, names: Names = name_of) -> str:
    """Whose role it is and for how long: "Robin Vale: clerk from 1 May to 30 June 2017"."""
    return f"{assignment.person.full_name}: {role_words(assignment, names)} {_days(assignment, since='from')}"


def role_sentence(assignment: RoleAssignment, on: date, names: Names = name_of) -> str:
    """The role as a full sentence, past, present or to come, seen from the day `on`."""
    if assignment.starts_on > on:
        return f"You will {_what(assignment, names, 'sit', 'be')} {_days(assignment, since='from')}."
    if assignment.ends_on is not None and assignment.ends_on < on:
        return f"You {_what(assignment, names, 'sat', 'were')} {_days(assignment, since='from')}."
    return f"You {_what(assignment, names, 'sit', 'are')} {_days(assignment, since='since')}."


def any_of(roles: tuple[Role, ...]) -> str:
    """Several roles as a choice: "clerk, member or administrator"."""
    return listed([role.label for role in roles], last="or")


def _what(assignment: RoleAssignment, names: Names, sit: str, be: str) -> str:
    """What the person does or is, with the verbs of the tense."""
    if assignment.is_substitute:
        return f"{be} a substitute on {_the(_name(assignment, names))}"
    if assignment.role == Role.MEMBER:
        return f"{sit} on {_the(_name(assignment, names))}"
    return f"{be} {role_words(assignment, names)}"


def _days(assignment: RoleAssignment, *, since: str) -> str:
    if assignment.ends_on is None:
        return f"{since} {long_date(assignment.starts_on)}"
    return from_to(assignment.starts_on, assignment.ends_on)


def _name(assignment: RoleAssignment, names: Names) -> str:
    return names(ScopeKind(assignment.scope_kind), assignment.scope_slug)


def _scope_words(kind: str, slug: str, names: Names) -> str:
    if not kind:
        return ""
    name = names(ScopeKind(kind), slug)
    match ScopeKind(kind):
        case ScopeKind.COMMITTEE:
            return f" of {_the(name)}"
        case ScopeKind.SERVICE:
            return f" for {name}"
        case ScopeKind.PLAN:
            return f" for the plan {name}"


def _the(name: str) -> str:
    return name if name.lower().startswith("the ") else f"the {name}"
