"""Gives, ends and takes back roles."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from torbay_reports.access.models import RoleAssignment, User
from torbay_reports.access.record.kinds import RecordKind
from torbay_reports.access.record.services import record
from torbay_reports.access.roles import Role
from torbay_reports.access.selectors import forget_assignments
from torbay_reports.access.services.actors import check_actor, lock_person
from torbay_reports.access.services.administrators import check_one_is_left, queue_for_administrators
from torbay_reports.access.services.role_rules import (
    check_dates,
    check_giver,
    check_overlap,
    check_scope,
    check_scope_exists,
    check_substitute,
    known_role,
)
from torbay_reports.access.wording import given_words
from torbay_reports.core import clock
from torbay_reports.core.formatting import long_date


@transaction.atomic
def give_role(
    *,
    person: User,
    role: Role,
    starts_on: date,
    ends_on: date | None = None,
    scope_kind: str = "",
    scope_slug: str = "",
    is_substitute: bool = False,
    by: User | None,
) -> RoleAssignment:
    """Gives the person the role from `starts_on` to `ends_on`, both days included, in the scope, if one is named.

    Raises ValidationError when the dates are the wrong way round, the role cannot be limited so or has to be, the
    scope is unknown, the person's account is closed, they hold the same role in the same scope on one of these days
    already, or somebody gives it to themselves. For the installation itself a scope need not exist yet.
    """
    check_actor(by)
    check_giver(person, by)
    known = known_role(role)
    check_dates(starts_on, ends_on)
    check_scope(known, scope_kind, scope_slug, is_substitute=is_substitute)
    check_substitute(is_substitute=is_substitute, ends_on=ends_on)
    assignment = RoleAssignment(
        person=person,
        role=known,
        scope_kind=scope_kind,
        scope_slug=scope_slug,
        is_substitute=is_substitute,
        starts_on=starts_on,
        ends_on=ends_on,
        given_by=by,
    )
    assignment.clean_fields()
    if by is not None:
        check_scope_exists(scope_kind, scope_slug)
    # Two gifts at the same moment wait for each other here, so that they cannot both miss the overlap.
    current = lock_person(person)
    if not current.is_active:
        raise ValidationError(f"{current.full_name}'s account is closed. Open it before giving a role.")
    return store_role(assignment, by)


@transaction.atomic
def end_role(*, assignment: RoleAssignment, ends_on: date, by: User | None) -> RoleAssignment:
    """Ends the role with the day `ends_on`, on which it is still held; brings an end forward, never back.

    Raises ValidationError when that day is before the role's first day or after the end it has already, or when no
    administrator would be left.
    """
    if assignment.role == Role.ADMINISTRATOR:
        queue_for_administrators()
    check_actor(by)
    stored = lock_role(assignment)
    check_dates(stored.starts_on, ends_on)
    if stored.ends_on is not None and ends_on > stored.ends_on:
        raise ValidationError(
            f"This role ends on {long_date(stored.ends_on)} already. "
            "To prolong it, give the role anew from the day after."
        )
    check_one_is_left(without=[stored], after=ends_on, by=by)
    store_end(stored, ends_on, by)
    assignment.ends_on, assignment.ended_by = ends_on, by
    forget_assignments(assignment.person)
    return stored


@transaction.atomic
def take_back_role(*, assignment: RoleAssignment, by: User | None) -> None:
    """Removes a role as if it had never been given; only the record still knows. To end one, use `end_role`.

    Raises ValidationError when it is gone already, or when no administrator would be left.
    """
    if assignment.role == Role.ADMINISTRATOR:
        queue_for_administrators()
    check_actor(by)
    stored = lock_role(assignment)
    check_one_is_left(without=[stored], after=clock.today() - timedelta(days=1), by=by)
    store_taking_back(stored, by)
    forget_assignments(assignment.person)


def store_role(assignment: RoleAssignment, by: User | None) -> RoleAssignment:
    """Stores and records the new role; the caller has checked it and holds the person."""
    check_overlap(assignment)
    assignment.full_clean()
    assignment.save(force_insert=True)
    _record_change(RecordKind.ROLE_GIVEN, assignment, by)
    forget_assignments(assignment.person)
    return assignment


def store_end(assignment: RoleAssignment, ends_on: date, by: User | None) -> None:
    """Stores and records the end; the caller has checked it and holds the role."""
    assignment.ends_on = ends_on
    assignment.ended_by = by
    assignment.full_clean()
    assignment.save(update_fields=["ends_on", "ended_by"])
    _record_change(RecordKind.ROLE_ENDED, assignment, by)


def store_taking_back(assignment: RoleAssignment, by: User | None) -> None:
    """Removes and records the role; the caller has checked it and holds the role."""
    _record_change(RecordKind.ROLE_TAKEN_BACK, assignment, by)
    assignment.delete()


def lock_role(assignment: RoleAssignment) -> RoleAssignment:
    """The role as stored, held until the transaction ends. Raises ValidationError when it is taken back."""
    roles = RoleAssignment.objects.select_for_update(of=("self",)).select_related("person")
    stored = roles.filter(pk=assignment.pk).first()
    if stored is None:
        raise ValidationError("This role was taken back already. Load the page again to see what is left.")
    return stored


def _record_change(kind: RecordKind, assignment: RoleAssignment, by: User | None) -> None:
    record(kind=kind, person=by, about=given_words(assignment), key=f"role:{assignment.pk}")
