"""What a role must be before it is stored; each mistake has its sentence."""

from datetime import date
from typing import Final

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from torbay_reports.access import scopes
from torbay_reports.access.models import RoleAssignment, User
from torbay_reports.access.models.assignments import held_from
from torbay_reports.access.roles import ROLE_SCOPES, ROLES_THAT_NEED_A_SCOPE, Role, ScopeKind
from torbay_reports.access.wording import scope_words
from torbay_reports.core.formatting import listed, long_date

ROLE_BY_ANOTHER: Final = "Nobody gives themselves a role. Ask another administrator."


def known_role(role: str) -> Role:
    """The role. Raises ValidationError when there is none of that name."""
    try:
        return Role(role)
    except ValueError:
        known = ", ".join(Role)
        raise ValidationError(f"There is no role “{role}”. Choose one of: {known}.") from None


def check_giver(person: User, by: User | None) -> None:
    """Raises ValidationError when somebody gives themselves a role."""
    if by is not None and by.pk == person.pk:
        raise ValidationError(ROLE_BY_ANOTHER)


def check_dates(starts_on: date, ends_on: date | None) -> None:
    """Raises ValidationError when the role would end before it begins."""
    if ends_on is not None and ends_on < starts_on:
        raise ValidationError(
            f"The role would end on {long_date(ends_on)}, before it begins on {long_date(starts_on)}. "
            "Choose a later end."
        )


def check_substitute(*, is_substitute: bool, ends_on: date | None) -> None:
    """Raises ValidationError when a substitute has no last day: without one they would read exempt papers for good."""
    if is_substitute and ends_on is None:
        raise ValidationError("A substitute sits until a day. Give the last one, such as the day of the meeting.")


def check_scope(role: Role, scope_kind: str, scope_slug: str, *, is_substitute: bool) -> None:
    """Raises ValidationError when the role cannot be limited so, or has to be limited and is not."""
    if bool(scope_kind) != bool(scope_slug):
        raise ValidationError("A scope needs both its kind and its name. Give both, or neither for a role everywhere.")
    if scope_kind and scope_kind not in set(ScopeKind):
        raise ValidationError(f"A role cannot be limited to a “{scope_kind}”. Choose service, committee or plan.")
    allowed = ROLE_SCOPES.get(role, ())
    if scope_kind and not allowed:
        raise ValidationError(f"The role {role.label} is the whole council's. Choose the whole council.")
    if scope_kind and scope_kind not in allowed:
        kinds = listed([kind.value for kind in allowed], last="or")
        raise ValidationError(f"The role {role.label} is limited to a {kinds}, not to a {scope_kind}.")
    if not scope_kind and role in ROLES_THAT_NEED_A_SCOPE:
        raise ValidationError(
            f"The role {role.label} is for one {allowed[0]}. Choose which; several are several roles."
        )
    if is_substitute and role is not Role.MEMBER:
        raise ValidationError(f"Only a member has a substitute. A {role.label} is given the role itself.")


def check_scope_exists(scope_kind: str, scope_slug: str) -> None:
    """Raises ValidationError when names of that kind are known, and this is none of them."""
    if not scope_kind:
        return
    known = scopes.names_of(ScopeKind(scope_kind))
    if known and scope_slug not in known:
        raise ValidationError(f"There is no {scope_kind} “{scope_slug}”. Choose one of: {', '.join(known)}.")


def same_on_some_day(
    person: User, like: RoleAssignment, starts_on: date, ends_on: date | None
) -> QuerySet[RoleAssignment]:
    """The person's roles of the same kind in the same scope on any of these days, the earliest first."""
    same = RoleAssignment.objects.filter(
        held_from(starts_on),
        person=person,
        role=like.role,
        scope_kind=like.scope_kind,
        scope_slug=like.scope_slug,
    )
    if ends_on is not None:
        same = same.filter(starts_on__lte=ends_on)
    return same.order_by("starts_on")


def check_overlap(new: RoleAssignment) -> None:
    """Raises ValidationError when the person holds the role in that scope on one of its days already."""
    other = same_on_some_day(new.person, new, new.starts_on, new.ends_on).first()
    if other is not None:
        until = f"until {long_date(other.ends_on)}" if other.ends_on else "without an end"
        raise ValidationError(
            f"{new.person.full_name} is {Role(new.role).label}{scope_words(new)} from {long_date(other.starts_on)} "
            f"{until} already. End that role first, or choose other dates."
        )
