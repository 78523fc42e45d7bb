"""Turns roles into sentences; the one place that words them."""

from datetime import date

from torbay_reports.access.models import RoleAssignment
from torbay_reports.access.roles import Role
from torbay_reports.core.formatting import listed, long_date


def scope_words(assignment: RoleAssignment) -> str:
    """What the role is limited to, as the end of a sentence: " for the committee X"; nothing when it is everything."""
    if not assignment.scope_kind:
        return ""
    return f" for the {assignment.scope_kind} {assignment.scope_slug.replace('-', ' ')}"


def held_words(assignment: RoleAssignment) -> str:
    """Why the person may: "you are clerk since 1 May 2017"."""
    role = Role(assignment.role)
    until = f" until {long_date(assignment.ends_on)}" if assignment.ends_on else ""
    return f"you are {role.label}{scope_words(assignment)} since {long_date(assignment.starts_on)}{until}"


def given_words(assignment: RoleAssignment) -> str:
    """Whose role it is and for how long: "Robin Vale: clerk from 1 May 2017 until 30 June 2017"."""
    until = f" until {long_date(assignment.ends_on)}" if assignment.ends_on else ""
    role = f"{Role(assignment.role).label}{scope_words(assignment)}"
    return f"{assignment.person.full_name}: {role} from {long_date(assignment.starts_on)}{until}"


def role_sentence(assignment: RoleAssignment, on: date) -> str:
    """The role as a full sentence, past, present or to come, seen from the day `on`."""
    label = f"{Role(assignment.role).label}{scope_words(assignment)}"
    start, end = long_date(assignment.starts_on), assignment.ends_on
    if assignment.starts_on > on:
        return f"You will be {label} from {start}{f' until {long_date(end)}' if end else ''}."
    if end is not None and end < on:
        return f"You were {label} from {start} until {long_date(end)}."
    return f"You are {label} since {start}{f', until {long_date(end)}' if end else ''}."


def any_of(roles: tuple[Role, ...]) -> str:
    """Several roles as a choice: "clerk, member or administrator"."""
    return listed([role.label for role in roles], last="or")
