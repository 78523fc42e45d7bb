"""Who does it."""

from django.core.exceptions import ValidationError

from torbay_reports.access.models import User


def check_actor(by: User | None) -> None:
    """Raises ValidationError when the account of who does it is closed by now; None is the installation itself."""
    if by is not None and not User.objects.filter(pk=by.pk, is_active=True).exists():
        raise ValidationError(f"{by.full_name}'s account is closed; somebody else has to do this.")


def lock_person(person: User, *, to_delete: bool = False) -> User:
    """The person as stored, held until the transaction ends: whatever changes a person waits here for its turn.

    New rows that name the person, such as entries of what they do meanwhile, wait only where the person is to be
    deleted. Raises ValidationError when the person is deleted already.
    """
    stored = User.objects.select_for_update(no_key=not to_delete).filter(pk=person.pk).first()
    if stored is None:
        raise ValidationError(f"{person.full_name} is no longer in the list of people. Invite them anew.")
    return stored
