"""Invites people, and takes an invitation back."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError, QuerySet, RestrictedError
from django.views.decorators.debug import sensitive_variables

from torbay_reports.access.invitations import VALID_FOR, digest_of, new_secret
from torbay_reports.access.models import Invitation, RoleAssignment, User
from torbay_reports.access.record.kinds import RecordKind
from torbay_reports.access.record.services import record
from torbay_reports.access.selectors import find_invitation, has_signed_in
from torbay_reports.access.services.actors import check_actor, lock_person
from torbay_reports.access.services.addresses import checked_address, checked_name, save_unless_taken
from torbay_reports.access.services.administrators import queue_for_administrators
from torbay_reports.access.services.roles import take_back_role
from torbay_reports.core import clock


@transaction.atomic
def invite(*, email: str, full_name: str, by: User | None) -> User:
    """A new person, without a role and without a password. `by` is None for what the installation itself does.

    Raises ValidationError when the address is no e-mail address or has a person already, or the name is empty.
    """
    check_actor(by)
    name = checked_name(full_name, of=f"The invitation to {email.strip()}")
    person = User(email=checked_address(email), full_name=name)
    person.set_unusable_password()
    save_unless_taken(person, f"{person.email} is invited already. Give that person a role instead.")
    record(kind=RecordKind.INVITED, person=by, about=person.full_name, key=f"person:{person.pk}")
    return person


@transaction.atomic
def make_link(*, person: User, by: User | None) -> str:
    """The secret of a new invitation's link, which is stored nowhere; an older open one is withdrawn.

    Raises ValidationError when the account is closed or the person has signed in already.
    """
    check_actor(by)
    stored = lock_person(person)
    if not stored.is_active:
        raise ValidationError(f"{stored.full_name}'s account is closed. Open it before sending an invitation.")
    if has_signed_in(stored):
        raise ValidationError(
            f"{stored.full_name} has signed in already and needs no invitation. Who forgot the password asks for a new "
            "one at sign-in."
        )
    withdraw_open_links(stored)
    secret, now = new_secret(), clock.now()
    Invitation.objects.create(
        person=stored, digest=digest_of(secret), made_at=now, made_by=by, expires_at=now + VALID_FOR
    )
    record(kind=RecordKind.INVITATION_SENT, person=by, about=stored.full_name, key=f"person:{stored.pk}")
    return secret


@sensitive_variables()
@transaction.atomic
def accept_invitation(*, secret: str, password: str) -> User:
    """The person whose invitation it is, with the password set; a link works once, however often it is sent at once.

    Raises InvitationRefused when the link opens nothing, ValidationError when the password is too weak.
    """
    # Locked and then read anew: whoever held the lock before may have used or withdrawn the link.
    User.objects.select_for_update(no_key=True).filter(pk=find_invitation(secret).person_id).first()
    invitation = find_invitation(secret)
    person = invitation.person
    validate_password(password, user=person)
    person.set_password(password)
    person.save(update_fields=["password"])
    invitation.used_at = clock.now()
    invitation.save(update_fields=["used_at"])
    record(kind=RecordKind.INVITATION_ACCEPTED, person=person, about=person.full_name, key=f"person:{person.pk}")
    return person


@transaction.atomic
def withdraw_invitation(*, person: User, by: User | None) -> None:
    """Takes back the invitation, and the roles, of somebody who never signed in.

    Their row goes too, unless history names it, such as by a failed sign-in; then the account is closed. Raises
    ValidationError when they have signed in already.
    """
    queue_for_administrators()
    check_actor(by)
    stored = lock_person(person, to_delete=True)
    if has_signed_in(stored):
        raise ValidationError(f"{stored.full_name} has signed in already. Close the account instead.")
    if stored.closed_on is not None:
        raise ValidationError(f"{stored.full_name}'s account is closed already.")
    for assignment in RoleAssignment.objects.filter(person=stored):
        take_back_role(assignment=assignment, by=by)
    withdraw_open_links(stored)
    key = f"person:{stored.pk}"
    record(kind=RecordKind.INVITATION_WITHDRAWN, person=by, about=stored.full_name, key=key)
    if not delete_unless_named(stored):
        stored.is_active, stored.closed_on = False, clock.today()
        stored.save(update_fields=["is_active", "closed_on"])
        record(kind=RecordKind.ACCOUNT_CLOSED, person=by, about=stored.full_name, key=key)


def withdraw_open_links(person: User) -> int:
    """Makes links that were sent to the person open nothing more, and says how many; the caller holds the person."""
    return _open_links(person).update(withdrawn_at=clock.now())


def use_open_links(person: User) -> int:
    """Marks links that were sent to the person as used, when they have come in by another way, and says how many."""
    return _open_links(person).update(used_at=clock.now())


def _open_links(person: User) -> QuerySet[Invitation]:
    return Invitation.objects.filter(person=person, used_at__isnull=True, withdrawn_at__isnull=True)


def delete_unless_named(person: User) -> bool:
    """Deletes the person with what is theirs alone; False, and nothing deleted, when a row of history names them."""
    try:
        with transaction.atomic():
            person.delete()
    except (ProtectedError, RestrictedError):
        return False
    return True
