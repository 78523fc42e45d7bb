"""Writes about people: invitations and roles.

Each is one transaction, its entry in the record included, and names who does it in `by`.
"""

from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q

from torbay_reports.access.models import RoleAssignment, User
from torbay_reports.access.record.kinds import RecordKind
from torbay_reports.access.record.services import record
from torbay_reports.access.roles import Role, ScopeKind
from torbay_reports.access.selectors import forget_assignments
from torbay_reports.access.wording import given_words, scope_words
from torbay_reports.core.formatting import long_date


@transaction.atomic
def invite(*, email: str, full_name: str, by: User | None) -> User:
    """A new person, without a role and without a password. `by` is None for what the installation itself does.

    Raises ValidationError when the address is no e-mail address or has a person already, or the name is empty.
    """
    _check_actor(by)
    person = User(email=User.objects.normalize_email(email), full_name=" ".join(full_name.split()))
    if not person.full_name:
        raise ValidationError(f"The invitation to {person.email} lacks a name. Give the person's full name.")
    try:
        validate_email(person.email)
    except ValidationError:
        raise ValidationError(f"“{email}” is no e-mail address. Write one like name@example.com.") from None
    if User.objects.filter(email=person.email).exists():
        raise ValidationError(f"{person.email} is invited already. Give that person a role instead.")
    person.set_unusable_password()
    person.full_clean()
    person.save(force_insert=True)
    record(kind=RecordKind.INVITED, person=by, about=person.full_name, key=f"person:{person.pk}")
    return person


@transaction.atomic
def give_role(
    *,
    person: User,
    role: Role,
    starts_on: date,
    ends_on: date | None = None,
    scope_kind: str = "",
    scope_slug: str = "",
    by: User | None,
) -> RoleAssignment:
    """Gives the person the role from `starts_on` to `ends_on`, both days included, in the scope, if one is named.

    Raises ValidationError when the dates are the wrong way round, the scope is half named or unknown, the person's
    account is closed, or they hold the same role in the same scope on one of these days already.
    """
    _check_actor(by)
    assignment = RoleAssignment(
        person=person,
        role=_known_role(role),
        scope_kind=scope_kind,
        scope_slug=scope_slug,
        starts_on=starts_on,
        ends_on=ends_on,
        given_by=by,
    )
    _check_dates(starts_on, ends_on)
    _check_scope(scope_kind, scope_slug)
    # The row lock makes two gifts at the same moment wait for each other, so that they cannot both miss the overlap.
    current = User.objects.select_for_update().get(pk=person.pk)
    if not current.is_active:
        raise ValidationError(f"{current.full_name}'s account is closed. Open it before giving a role.")
    _check_overlap(assignment)
    assignment.full_clean()
    assignment.save(force_insert=True)
    _record_change(RecordKind.ROLE_GIVEN, assignment, by)
    forget_assignments(person)
    return assignment


@transaction.atomic
def end_role(*, assignment: RoleAssignment, ends_on: date, by: User | None) -> RoleAssignment:
    """Ends the role with the day `ends_on`, on which it is still held; brings an end forward, never back.

    Raises ValidationError when that day is before the role's first day or after the end it has already.
    """
    _check_actor(by)
    stored = RoleAssignment.objects.select_for_update().get(pk=assignment.pk)
    _check_dates(stored.starts_on, ends_on)
    if stored.ends_on is not None and ends_on > stored.ends_on:
        raise ValidationError(
            f"This role ends on {long_date(stored.ends_on)} already. "
            "To prolong it, give the role anew from the day after."
        )
    stored.ends_on = ends_on
    stored.ended_by = by
    stored.full_clean()
    stored.save(update_fields=["ends_on", "ended_by"])
    _record_change(RecordKind.ROLE_ENDED, stored, by)
    assignment.ends_on, assignment.ended_by = ends_on, by
    forget_assignments(assignment.person)
    return stored


@transaction.atomic
def take_back_role(*, assignment: RoleAssignment, by: User | None) -> None:
    """Removes a role as if it had never been given; only the record still knows. To end one, use `end_role`."""
    _check_actor(by)
    _record_change(RecordKind.ROLE_TAKEN_BACK, assignment, by)
    assignment.delete()
    forget_assignments(assignment.person)


def _record_change(kind: RecordKind, assignment: RoleAssignment, by: User | None) -> None:
    record(kind=kind, person=by, about=given_words(assignment), key=f"role:{assignment.pk}")


def _check_actor(by: User | None) -> None:
    if by is not None and not by.is_active:
        raise ValidationError(f"{by.full_name}'s account is closed; somebody else has to do this.")


def _known_role(role: str) -> Role:
    try:
        return Role(role)
    except ValueError:
        known = ", ".join(Role)
        raise ValidationError(f"There is no role “{role}”. Choose one of: {known}.") from None


def _check_dates(starts_on: date, ends_on: date | None) -> None:
    if ends_on is not None and ends_on < starts_on:
        raise ValidationError(
            f"The role would end on {long_date(ends_on)}, before it begins on {long_date(starts_on)}. "
            "Choose a later end."
        )


def _check_scope(scope_kind: str, scope_slug: str) -> None:
    if bool(scope_kind) != bool(scope_slug):
        raise ValidationError("A scope needs both its kind and its name. Give both, or neither for a role everywhere.")
    if scope_kind and scope_kind not in set(ScopeKind):
        raise ValidationError(f"A role cannot be limited to a “{scope_kind}”. Choose service, committee or plan.")


def _check_overlap(new: RoleAssignment) -> None:
    same = RoleAssignment.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=new.starts_on),
        person=new.person,
        role=new.role,
        scope_kind=new.scope_kind,
        scope_slug=new.scope_slug,
    )
    if new.ends_on is not None:
        same = same.filter(starts_on__lte=new.ends_on)
    other = same.order_by("starts_on").first()
    if other is not None:
        until = f"until {long_date(other.ends_on)}" if other.ends_on else "without an end"
        raise ValidationError(
            f"{new.person.full_name} is {Role(new.role).label}{scope_words(new)} from {long_date(other.starts_on)} "
            f"{until} already. End that role first, or choose other dates."
        )
