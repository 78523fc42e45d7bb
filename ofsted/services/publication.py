"""Records that Ofsted has published a letter, takes that back, and names who reads it until then."""

from datetime import date
from typing import Final
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction

from ofsted.models import Letter, NamedReader
from ofsted.selectors.keeping import LETTER_SOURCE, paper_subject
from ofsted.services.history import locked_letter, note
from torbay_reports.access.decisions import may
from torbay_reports.access.models import User
from torbay_reports.access.permissions import Permission
from torbay_reports.access.record.kinds import RecordKind
from torbay_reports.access.record.services import record
from torbay_reports.core import clock
from torbay_reports.core.formatting import long_date
from torbay_reports.documents import registry

GOVERNMENT: Final = ".gov.uk"
LONGEST_ADDRESS: Final = 500
"""Characters of an address and of a reason: the widths of their columns are 500 and 300."""
LONGEST_REASON: Final = 300

ALREADY: Final = "It is recorded already that Ofsted has published this letter. Open the letter to see when and where."
NOT_RECORDED: Final = "Nobody has recorded that Ofsted has published this letter: it is held back as it is."
TOO_EARLY: Final = "Ofsted cannot have published the letter before its own date, {dated}. Type that day or a later one."
TO_COME: Final = "{day} is still to come. Record it once Ofsted has published the letter."
NO_ADDRESS: Final = (
    "Type the whole address at which Ofsted shows the letter, beginning with https:// and of a site under gov.uk, such "
    "as https://files.ofsted.gov.uk/v1/file/2698234."
)
TOO_LONG: Final = "This address is longer than {longest} characters. Copy the one that Ofsted gives."
EVERYBODY: Final = "Ofsted has published this letter: everybody reads it, and nobody has to be named."
NO_REASON: Final = "Say why: it stays with the letter."
READS_ALREADY: Final = "{name} may read it already, and need not be named."
CLOSED: Final = "The account of {name} is closed. Name somebody who can sign in."
NOT_NAMED: Final = "This person is no longer named as a reader."


@transaction.atomic
def record_publication(*, letter: Letter, published_on: date, address: str, by: User, revision: int) -> Letter:
    """Record that Ofsted has published the letter on that day at that https address: from now on it is everybody's.

    Who listens by `documents.registry.when_opened` is told in the same transaction. Raises ValidationError,
    LetterHasMoved, Letter.DoesNotExist.
    """
    stored = locked_letter(letter.pk, revision)
    if not stored.is_held_back:
        raise ValidationError(ALREADY)
    _check_day(stored, published_on)
    _check_address(address)
    says = f"Ofsted published it on {long_date(published_on)} at {address}."
    _set_published(stored, published_on, address)
    note(letter=stored, says=f"Recorded: {says}", by=by)
    _record(RecordKind.LETTER_OPENED, stored, by)
    registry.opened(source=LETTER_SOURCE, subject=paper_subject(stored), why=says, by=by)
    return stored


@transaction.atomic
def take_back(*, letter: Letter, why: str, by: User) -> Letter:
    """Take back what was recorded by mistake: the letter is held back again at once, and its visit with it unless a
    published paper names that.

    Packs that went out meanwhile stay as they are until somebody withdraws them. Raises ValidationError,
    Letter.DoesNotExist.
    """
    stored = locked_letter(letter.pk)
    why = _reason(why, "why")
    if stored.is_held_back:
        raise ValidationError(NOT_RECORDED)
    _set_published(stored, None, "")
    note(letter=stored, says=f"Took back that Ofsted has published it: {why}", by=by)
    _record(RecordKind.LETTER_CLOSED, stored, by)
    return stored


@transaction.atomic
def name_reader(*, letter: Letter, person: User, reason: str, by: User) -> NamedReader:
    """Let one person read the letter while it is held back. Raises ValidationError, Letter.DoesNotExist."""
    stored = locked_letter(letter.pk)
    reason = _reason(reason, "reason")
    if not stored.is_held_back:
        raise ValidationError(EVERYBODY)
    if not person.is_active:
        raise ValidationError({"person": CLOSED.format(name=person.full_name)})
    if may(person, Permission.READ_LETTER, stored):
        raise ValidationError({"person": READS_ALREADY.format(name=person.full_name)})
    named = NamedReader.objects.create(letter=stored, person=person, reason=reason, named_at=clock.now(), named_by=by)
    note(letter=stored, says=f"Named {person.full_name} as a reader: {reason}", by=by)
    _record(RecordKind.LETTER_READER_NAMED, stored, by, f": {person.full_name}")
    return named


@transaction.atomic
def end_reader(*, reader: NamedReader, by: User) -> None:
    """Close the letter to a person who was named, at once. Raises ValidationError, Letter.DoesNotExist."""
    stored = locked_letter(reader.letter_id)
    deleted, _ = NamedReader.objects.filter(pk=reader.pk, letter=stored).delete()
    if not deleted:
        raise ValidationError(NOT_NAMED)
    note(letter=stored, says=f"{reader.person.full_name} is no reader of it any more.", by=by)
    _record(RecordKind.LETTER_READER_NAMED, stored, by, f": {reader.person.full_name}, ended")


def _set_published(letter: Letter, day: date | None, address: str) -> None:
    letter.published_on, letter.published_at_address = day, address
    letter.save(update_fields=["published_on", "published_at_address"])


def _check_day(letter: Letter, day: date) -> None:
    if day < letter.dated:
        raise ValidationError({"published_on": TOO_EARLY.format(dated=long_date(letter.dated))})
    if day > clock.today():
        raise ValidationError({"published_on": TO_COME.format(day=long_date(day))})


def _check_address(address: str) -> None:
    if len(address) > LONGEST_ADDRESS:
        raise ValidationError({"address": TOO_LONG.format(longest=LONGEST_ADDRESS)})
    try:
        URLValidator(schemes=["https"])(address)
    except ValidationError:
        raise ValidationError({"address": NO_ADDRESS}) from None
    parts = urlsplit(address)
    is_under_it = (parts.hostname or "").endswith(GOVERNMENT) and parts.username is None
    if not is_under_it or not address.isprintable():
        raise ValidationError({"address": NO_ADDRESS})


def _reason(words: str, field: str) -> str:
    words = " ".join(words.split())
    if not words:
        raise ValidationError({field: NO_REASON})
    if len(words) > LONGEST_REASON:
        raise ValidationError({field: f"Say it in at most {LONGEST_REASON} characters."})
    return words


def _record(kind: RecordKind, letter: Letter, by: User, whom: str = "") -> None:
    """In the record stand who did it and why they might; what they typed stays with the letter."""
    about = f"Letter of the visit of {letter.visit.month:%B %Y}{whom}"
    reason = may(by, Permission.OPEN_LETTERS, letter.visit.inspection).reason
    record(kind=kind, person=by, about=about, key=f"letter:{letter.pk}", reason=reason)
