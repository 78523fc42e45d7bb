"""Hands the roles of who leaves to who comes after."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction

from torbay_reports.access.models import RoleAssignment, User
from torbay_reports.access.roles import Role
from torbay_reports.access.selectors import forget_assignments
from torbay_reports.access.services.actors import check_actor, lock_person
from torbay_reports.access.services.role_rules import check_giver, same_on_some_day
from torbay_reports.access.services.roles import lock_role, store_end, store_role
from torbay_reports.access.wording import scope_words
from torbay_reports.core.formatting import long_date

NOT_HANDED_OVER: Final = (Role.ADMINISTRATOR, Role.MEMBER)
"""Nobody inherits a seat, which the council fills, nor the power to give roles."""


@transaction.atomic
def hand_over(
    *, holder: User, to: User, starts_on: date, assignments: Sequence[RoleAssignment], by: User | None
) -> tuple[RoleAssignment, ...]:
    """Ends each of the holder's roles the day before `starts_on` and gives it to `to` from that day until its old end.

    All or nothing. Returns the roles that were given; where `to` holds the same role on all these days already, the
    holder's ends and none is given. Raises ValidationError when one of the roles is not the holder's, is a seat or an
    administrator's, does not reach over that day, or is held by `to` on some of these days only; when `to` has a closed
    account, is the holder, or does it themselves.
    """
    check_actor(by)
    if to.pk == holder.pk:
        raise ValidationError(f"{holder.full_name} holds these roles already. Choose who comes after.")
    check_giver(to, by)
    if not assignments:
        raise ValidationError("Choose at least one role to hand over.")
    # In one order, so that two who hand over to each other at the same moment cannot block each other.
    locked = {each.pk: lock_person(each) for each in sorted((holder, to), key=lambda person: person.pk)}
    if not locked[to.pk].is_active:
        raise ValidationError(f"{to.full_name}'s account is closed. Open it, or choose somebody else.")
    stored = [lock_role(each) for each in sorted(set(assignments), key=lambda role: role.pk)]
    for each in stored:
        _check(each, holder, starts_on)
    given = []
    for each in stored:
        new = _successor(each, to, starts_on, by)
        is_covered = _is_covered(new)
        store_end(each, starts_on - timedelta(days=1), by)
        if not is_covered:
            given.append(store_role(new, by))
    for person in (holder, to):
        forget_assignments(person)
    return tuple(given)


def _check(role: RoleAssignment, holder: User, starts_on: date) -> None:
    label = f"{Role(role.role).label}{scope_words(role)}"
    if role.person_id != holder.pk:
        raise ValidationError(f"{holder.full_name} does not hold one of the chosen roles. Choose among theirs.")
    if role.role in NOT_HANDED_OVER:
        raise ValidationError(f"The role {label} is not handed over. End it, and give it to somebody else by itself.")
    if starts_on <= role.starts_on:
        raise ValidationError(
            f"{holder.full_name} is {label} from {long_date(role.starts_on)}. Hand it over on a later day, or take it "
            "back."
        )
    if role.ends_on is not None and starts_on > role.ends_on:
        raise ValidationError(
            f"{holder.full_name} is {label} until {long_date(role.ends_on)}. Hand it over by that day."
        )


def _successor(role: RoleAssignment, to: User, starts_on: date, by: User | None) -> RoleAssignment:
    return RoleAssignment(
        person=to,
        role=role.role,
        scope_kind=role.scope_kind,
        scope_slug=role.scope_slug,
        starts_on=starts_on,
        ends_on=role.ends_on,
        given_by=by,
    )


def _is_covered(new: RoleAssignment) -> bool:
    """Does the person hold the same role on all days of the new one already? On some only, storing it is refused."""
    held = same_on_some_day(new.person, new, new.starts_on, new.ends_on)
    return any(
        each.starts_on <= new.starts_on
        and (each.ends_on is None or (new.ends_on is not None and new.ends_on <= each.ends_on))
        for each in held
    )
