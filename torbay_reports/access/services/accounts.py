"""Changes, closes and opens the accounts of people."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import transaction

from torbay_reports.access.models import RoleAssignment, User
from torbay_reports.access.models.assignments import held_from
from torbay_reports.access.record.kinds import RecordKind
from torbay_reports.access.record.services import record
from torbay_reports.access.selectors import forget_assignments
from torbay_reports.access.services.actors import check_actor, lock_person
from torbay_reports.access.services.addresses import checked_address, checked_name, save_unless_taken
from torbay_reports.access.services.administrators import check_one_is_left, queue_for_administrators
from torbay_reports.access.services.invitations import withdraw_open_links
from torbay_reports.access.services.roles import store_end, store_taking_back
from torbay_reports.access.services.sessions import end_sessions
from torbay_reports.core import clock
from torbay_reports.core.formatting import listed, long_date

ADDRESS_BY_ANOTHER: Final = "Your own e-mail address is changed by another administrator. Ask one."
FACTOR_BY_ANOTHER: Final = "Ask another administrator. Your own second factor is under “You”."
"""Who has found an administrator's session open must not be able to make the account their own with it."""


@dataclass(frozen=True, slots=True)
class Replaced:
    """The name and the address that a person had until they were changed, whether or not they are others now."""

    full_name: str
    email: str


@transaction.atomic
def change_person(*, person: User, full_name: str, email: str, by: User | None) -> Replaced:
    """Gives the person another name or address, and says what they had before.

    Another address signs them out everywhere, and links that were mailed before open nothing more: an invitation is
    withdrawn, and a link to a new password holds only for the address to which it went. The caller mails both
    addresses (`access.people.notices`), and calls `record_untold` when the old one cannot be reached.

    The record keeps the new name and says only that the address changed. Raises ValidationError when the name is
    empty, the address is none or somebody else's or one's own, or what was personal in the account is removed.
    """
    check_actor(by)
    stored = lock_person(person)
    _check_not_forgotten(stored)
    before = Replaced(stored.full_name, stored.email)
    name = checked_name(full_name, of=stored.full_name)
    address = checked_address(email)
    changes = []
    if name != stored.full_name:
        changes.append(f"name, now {name}")
    if address != stored.email:
        if by == stored:
            raise ValidationError(ADDRESS_BY_ANOTHER)
        changes.append("e-mail address")
        end_sessions(stored)
        withdraw_open_links(stored)
        # By another address than their own nobody is found at sign-in.
        EmailAddress.objects.filter(user=stored).exclude(email=address).delete()
    if changes:
        # What the installation changes is mailed to nobody.
        told = "; told at the old one" if by is not None and address != stored.email else ""
        about = f"{stored.full_name}: {listed(changes)}{told}"
        stored.full_name, stored.email = name, address
        save_unless_taken(stored, f"{address} is somebody else's address. Give another one.")
        record(kind=RecordKind.PERSON_CHANGED, person=by, about=about, key=f"person:{stored.pk}")
    person.full_name, person.email = name, address
    return before


def record_untold(*, person: User, by: User) -> None:
    """Records that the mail about a changed address did not go out, against what the entry of the change says."""
    about = f"{person.full_name}: the old e-mail address could not be told"
    record(kind=RecordKind.PERSON_CHANGED, person=by, about=about, key=f"person:{person.pk}")


@transaction.atomic
def close_account(*, person: User, by: User | None) -> User:
    """Ends the person's roles today, takes back those to come, and signs them out everywhere; nobody can sign in.

    Raises ValidationError when the account is closed already, or when no administrator would be left.
    """
    queue_for_administrators()
    check_actor(by)
    stored = lock_person(person)
    if stored.closed_on is not None:
        raise ValidationError(f"{stored.full_name}'s account was closed on {long_date(stored.closed_on)} already.")
    today = clock.today()
    own = RoleAssignment.objects.filter(person=stored)
    check_one_is_left(without=list(own), after=today - timedelta(days=1), by=by)
    for assignment in own.filter(held_from(today + timedelta(days=1))).select_for_update():
        if assignment.starts_on > today:
            store_taking_back(assignment, by)
        else:
            store_end(assignment, today, by)
    withdraw_open_links(stored)
    stored.is_active, stored.closed_on = False, today
    stored.save(update_fields=["is_active", "closed_on"])
    end_sessions(stored)
    record(kind=RecordKind.ACCOUNT_CLOSED, person=by, about=stored.full_name, key=f"person:{stored.pk}")
    _bring_up_to_date(person, stored)
    return stored


@transaction.atomic
def reopen_account(*, person: User, by: User | None) -> User:
    """Lets the person sign in again; no role comes back.

    Raises ValidationError when the account is open, or what was personal in it is removed.
    """
    check_actor(by)
    stored = lock_person(person)
    if stored.is_active:
        raise ValidationError(f"{stored.full_name}'s account is open already.")
    _check_not_forgotten(stored)
    stored.is_active, stored.closed_on = True, None
    stored.save(update_fields=["is_active", "closed_on"])
    record(kind=RecordKind.ACCOUNT_REOPENED, person=by, about=stored.full_name, key=f"person:{stored.pk}")
    _bring_up_to_date(person, stored)
    return stored


@transaction.atomic
def remove_second_factor(*, person: User, by: User | None) -> None:
    """Removes the person's second factors of every kind and signs them out everywhere.

    Raises ValidationError when they have none, or are who does it: one's own are under “You”, where a proof is asked.
    """
    check_actor(by)
    if by == person:
        raise ValidationError(FACTOR_BY_ANOTHER)
    stored = lock_person(person)
    own = Authenticator.objects.filter(user=stored)
    if not own.exists():
        raise ValidationError(f"{stored.full_name} has no second factor.")
    own.delete()
    end_sessions(stored)
    record(kind=RecordKind.SECOND_FACTOR_REMOVED, person=by, about=stored.full_name, key=f"person:{stored.pk}")


def _check_not_forgotten(person: User) -> None:
    if person.forgotten_on is not None:
        raise ValidationError(
            f"What was personal in {person.full_name}'s account was removed on {long_date(person.forgotten_on)}. "
            "Invite them anew."
        )


def _bring_up_to_date(person: User, stored: User) -> None:
    person.is_active, person.closed_on = stored.is_active, stored.closed_on
    forget_assignments(person)
