"""Names and addresses of people, checked."""

from email.errors import MessageError
from typing import Final

from django.core.exceptions import ValidationError
from django.core.mail.message import sanitize_address
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from torbay_reports.access.models import User

LONGEST_NAME: Final = 200
LONGEST_ADDRESS: Final = 254
"""What the columns hold; no address that mail reaches is longer (RFC 5321)."""

REMOVED_DOMAIN: Final = "removed.invalid"
"""Where the addresses seem to be that stand for removed ones; nobody's real one is there (RFC 2606)."""


def checked_name(full_name: str, of: str) -> str:
    """The name with single blanks. Raises ValidationError when nothing is left, or what cannot be stored."""
    name = " ".join(full_name.split())
    if not name:
        raise ValidationError(f"{of} lacks a name. Give the person's full name.")
    if len(name) > LONGEST_NAME:
        raise ValidationError(f"{of} has a name of more than {LONGEST_NAME} characters. Shorten it.")
    if not name.isprintable():
        raise ValidationError(f"{of} has a name with a character that cannot be shown. Type the name anew.")
    return name


def checked_address(email: str) -> str:
    """The address in lower case. Raises ValidationError when it is none; says nothing of whose it is."""
    address = User.objects.normalize_email(email)
    if len(address) > LONGEST_ADDRESS:
        raise ValidationError(f"That address has more than {LONGEST_ADDRESS} characters, so it cannot be one.")
    try:
        validate_email(address)
    except ValidationError:
        raise ValidationError(f"“{email}” is no e-mail address. Write one like name@example.com.") from None
    if not _can_be_written_to(address):
        raise ValidationError(f"No mail can be sent to “{email}”: a part of it is too long. Give another address.")
    if address.endswith(f"@{REMOVED_DOMAIN}"):
        raise ValidationError(f"“{email}” stands for an address that was removed. Give the person's own.")
    return address


def _can_be_written_to(address: str) -> bool:
    """Can a letter be addressed, with a domain such as “müller.example” spelled as mail needs it (RFC 5890)?

    That spelling is longer, and each part of a domain has 63 characters at most.
    """
    try:
        return len(sanitize_address(address, "utf-8")) <= LONGEST_ADDRESS
    except (ValueError, MessageError):
        return False


def save_unless_taken(person: User, refusal: str) -> None:
    """Saves the person, whose name and address are checked; ValidationError with `refusal` when the address is taken.

    Two who send the same form at the same moment cannot both find it free: the database's own constraint decides.
    """
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError:
        if not User.objects.filter(email=person.email).exclude(pk=person.pk).exists():
            raise
        raise ValidationError(refusal) from None
