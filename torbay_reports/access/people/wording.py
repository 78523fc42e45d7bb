"""Roles, accounts and invitations in words, the same on screen, in messages and in files."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone

from torbay_reports.access.models import Invitation, RoleAssignment
from torbay_reports.access.roles import ROLE_SCOPES, ROLES_THAT_NEED_A_SCOPE, Role, ScopeKind
from torbay_reports.access.wording import Names, role_words
from torbay_reports.core.formatting import from_to, listed, long_date


def period_words(assignment: RoleAssignment, on: date) -> str:
    """The role's days: "since 9 May 2017" of what has begun and has no end, else "from 9 May to 30 June 2017"."""
    if assignment.ends_on is not None:
        return from_to(assignment.starts_on, assignment.ends_on)
    return f"{'from' if assignment.starts_on > on else 'since'} {long_date(assignment.starts_on)}"


def role_line(assignment: RoleAssignment, names: Names, on: date) -> str:
    """Role and days in a line: "Clerk since 1 May 2017"."""
    return capital(f"{role_words(assignment, names)} {period_words(assignment, on)}")


def role_lines(assignments: Iterable[RoleAssignment], names: Names, on: date) -> list[str]:
    """One line for each role."""
    return [role_line(each, names, on) for each in assignments]


def seat_words(assignment: RoleAssignment, on: date) -> str:
    """A seat's days where the committee is plain: "since 9 May 2017", "as a substitute from 4 to 6 September 2017"."""
    return f"{'as a substitute ' if assignment.is_substitute else ''}{period_words(assignment, on)}"


def giver_words(assignment: RoleAssignment) -> str:
    """Who gave the role and who ended it, as a sentence."""
    given = f"Given by {assignment.given_by.full_name if assignment.given_by else 'the installation'}"
    return f"{given}, ended by {assignment.ended_by.full_name}." if assignment.ended_by else f"{given}."


def vacancy_words(assignment: RoleAssignment, names: Names, on: date) -> str:
    """What is missing from that day on: "Children's Services has no budget holder from 6 September 2017." """
    label, day = Role(assignment.role).label, long_date(on)
    if not assignment.scope_kind:
        return f"Nobody is {label} from {day}."
    return f"{capital(names(ScopeKind(assignment.scope_kind), assignment.scope_slug))} has no {label} from {day}."


def invitation_words(invitation: Invitation | None, now: datetime) -> str:
    """What has become of the link by which a person first signs in."""
    if invitation is None:
        return "No link has been sent yet."
    made = f"A link was made on {moment(invitation.made_at)}"
    if invitation.used_at is not None:
        return f"{made} and used on {moment(invitation.used_at)}."
    if invitation.withdrawn_at is not None:
        return f"{made} and withdrawn on {moment(invitation.withdrawn_at)}."
    if invitation.expires_at <= now:
        return f"{made}. It ran out on {moment(invitation.expires_at)} without being used."
    return f"{made}. It works until {moment(invitation.expires_at)} and has not been used."


def moment(at: datetime) -> str:
    """5 September 2017, 14:05, in the council's time zone."""
    local = timezone.localtime(at)
    return f"{long_date(local.date())}, {local:%H:%M}"


def limits(role: Role) -> str:
    """What the role can be limited to, in one sentence."""
    kinds = ROLE_SCOPES.get(role, ())
    if not kinds:
        return "Is always the whole council's."
    one = listed([f"one {ScopeKind(kind).value}" for kind in kinds], last="or")
    return f"Is always for {one}." if role in ROLES_THAT_NEED_A_SCOPE else f"Can be limited to {one}."


def capital(text: str) -> str:
    """The text with a capital at its beginning, the rest as it is."""
    return text[:1].upper() + text[1:]


def role_guide() -> list[tuple[str, str]]:
    """Every role with what it does and what it can be limited to."""
    return [(capital(role.label), f"{role.sentence} {limits(role)}") for role in Role]
