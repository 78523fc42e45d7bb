"""Stores a letter that was read, corrects what is said about it, and removes one that was entered by mistake."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

import msgspec
from django.core.exceptions import ValidationError
from django.db import transaction

from ofsted.calculations.letter import LetterText
from ofsted.importing.lengths import PARAGRAPHS, TOO_MANY
from ofsted.kinds import ParagraphKind
from ofsted.models import Finding, Inspection, Letter, LetterParagraph, Visit
from ofsted.selectors.keeping import is_frozen
from ofsted.services.history import locked_letter, note, record_about
from ofsted.services.paragraphs import renumber
from ofsted.services.searching import index_findings
from ofsted.services.themes import drop_unused_themes
from ofsted.services.visits import VisitWords, change_visit, visit_without_letter
from torbay_reports.access.models import User
from torbay_reports.access.record.kinds import RecordKind
from torbay_reports.core import clock
from torbay_reports.core.formatting import count, long_date
from torbay_reports.core.reading import unstorable

PUBLISHED: Final = "Ofsted has published this letter, as was recorded. Take that record back first, then remove it."
FROZEN: Final = "This letter was taken into the pack of a meeting, which does not change. It cannot be removed."
HELD_VISIT: Final = (
    "Everybody may know of this visit, and the letter is held back. Its number and days can be set once Ofsted's "
    "publication is recorded."
)
FROZEN_MONTH: Final = (
    "This letter was taken into the pack of a meeting under the visit's month. Leave the month as it is."
)
DATED_TO_COME: Final = "The date of the letter, {day}, is still to come. Type the day that stands in the letter."
DATED_TOO_LATE: Final = (
    "Ofsted published the letter on {published}, as was recorded: its date cannot be {day}. Type the day that stands "
    "in the letter, or take that record back first."
)
VISIT_TOO_LATE: Final = "The visit's last day, {last}, comes after the date of the letter, {day}. Correct one of them."


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterWords:
    """What is said about a letter besides its paragraphs, a tuple entry for each line."""

    title: str
    dated: date
    visit: VisitWords
    addressee: tuple[str, ...] = ()
    inspectors: tuple[str, ...] = ()
    companions: tuple[str, ...] = ()
    copied_to: tuple[str, ...] = ()
    signed_by: str = ""


@transaction.atomic
def store_letter(
    *,
    inspection: Inspection,
    text: LetterText,
    by: User | None,
    file_name: str = "",
    file_checksum: str = "",
    notice: str = "",
) -> Letter:
    """Stores a letter with its paragraphs and unmarked findings, held back, at the visit that it tells of.

    `by` is None for the demonstration alone, which leaves no entry and no record. Raises LetterIsThere (a
    ValidationError) where the visit has a letter, ValidationError where the text cannot be stored.
    """
    held = Inspection.objects.select_for_update(no_key=True).get(pk=inspection.pk)
    _check(text)
    days = text.visit
    words = VisitWords(number=text.visit_number, printed=days.printed, first=days.first, last=days.last)
    letter = Letter.objects.create(
        visit=visit_without_letter(held, words),
        title=text.title,
        dated=text.dated,
        addressee="\n".join(text.addressee),
        salutation=text.salutation,
        inspectors=list(text.inspectors),
        companions=list(text.companions),
        copied_to=list(text.copied_to),
        signed_by=text.signed_by,
        stamp=text.stamp,
        notice=notice,
        file_name=file_name,
        file_checksum=file_checksum,
        entered_at=clock.now() if by else None,
        entered_by=by,
    )
    _store_paragraphs(letter, text)
    note(letter=letter, says=f"Entered{f' from the file {file_name}' if file_name else ' from pasted text'}.", by=by)
    record_about(kind=RecordKind.LETTER_ENTERED, letter=letter, by=by)
    return letter


@transaction.atomic
def change_letter(*, letter: Letter, words: LetterWords, revision: int, by: User) -> Letter:
    """Sets what is said about the letter and its visit. Raises LetterHasMoved, and ValidationError."""
    stored = locked_letter(letter.pk, revision)
    before = words_of(stored)
    _check_days(stored, words)
    _change_visit(stored, before.visit, words.visit)
    stored.title, stored.dated, stored.signed_by = words.title, words.dated, words.signed_by
    stored.addressee = "\n".join(words.addressee)
    stored.inspectors, stored.companions = list(words.inspectors), list(words.companions)
    stored.copied_to = list(words.copied_to)
    stored.save()
    differences = "; ".join(_differences(before, words))
    if differences:
        note(letter=stored, says=f"Changed {differences}.", by=by)
    return stored


@transaction.atomic
def remove_letter(*, letter: Letter, revision: int, by: User) -> None:
    """Removes a letter that was entered by mistake, and its visit unless everybody may know of that.

    Raises LetterHasMoved, and ValidationError once its publication is recorded or its paper was frozen.
    """
    stored = locked_letter(letter.pk, revision)
    refusal = why_not_removed(stored)
    if refusal:
        raise ValidationError(refusal)
    record_about(kind=RecordKind.LETTER_REMOVED, letter=stored, by=by)
    visit, inspection = stored.visit, stored.visit.inspection
    stored.delete()
    if not visit.is_public:
        Visit.objects.filter(pk=visit.pk).delete()
    drop_unused_themes(inspection.pk)


def why_not_removed(letter: Letter) -> str:
    """Why the letter cannot be removed, in a sentence; nothing where it can."""
    if not letter.is_held_back:
        return PUBLISHED
    return FROZEN if is_frozen(letter) else ""


def words_of(letter: Letter) -> LetterWords:
    """What is said about the letter as it is stored; a visit without days counts from the first of its month."""
    visit = letter.visit
    return LetterWords(
        title=letter.title,
        dated=letter.dated,
        visit=VisitWords(
            number=visit.number,
            printed=visit.dates_printed,
            first=visit.started_on or visit.month,
            last=visit.ended_on or visit.month,
        ),
        addressee=tuple(letter.addressee.splitlines()),
        inspectors=tuple(letter.inspectors),
        companions=tuple(letter.companions),
        copied_to=tuple(letter.copied_to),
        signed_by=letter.signed_by,
    )


def recognised(letter: Letter) -> str:
    """What was recognised, for who entered it: "6 areas, 15 findings, visit 3 of 25 and 26 July 2017"."""
    kinds = list(LetterParagraph.objects.filter(letter=letter).values_list("kind", flat=True))
    number = f"visit {letter.visit.number}" if letter.visit.number else "a visit"
    return (
        f"{count(kinds.count(ParagraphKind.AREA), 'area', 'areas')}, "
        f"{count(kinds.count(ParagraphKind.FINDING), 'finding', 'findings')}, {number} of {letter.visit.dates_printed}"
    )


def _check(text: LetterText) -> None:
    try:
        msgspec.convert(msgspec.to_builtins(text), LetterText)
    except msgspec.ValidationError as error:
        raise ValidationError(f"A part of the letter is empty or too long ({error}). Correct it.") from None
    for place, problem in unstorable(text):
        raise ValidationError(f"The letter{place}: {problem}")
    number = sum(len(section.paragraphs) for section in text.sections)
    if number > PARAGRAPHS:
        raise ValidationError(TOO_MANY.format(number=number))


def _check_days(letter: Letter, words: LetterWords) -> None:
    day, last = words.dated, words.visit.last
    if day > clock.today():
        raise ValidationError({"dated": DATED_TO_COME.format(day=long_date(day))})
    if letter.published_on is not None and day > letter.published_on:
        published = long_date(letter.published_on)
        raise ValidationError({"dated": DATED_TOO_LATE.format(published=published, day=long_date(day))})
    if last > day:
        raise ValidationError({"ended_on": VISIT_TOO_LATE.format(last=long_date(last), day=long_date(day))})


def _store_paragraphs(letter: Letter, text: LetterText) -> None:
    read = [(section.heading, each) for section in text.sections for each in section.paragraphs]
    rows = [
        LetterParagraph(letter=letter, section=heading, position=position, number=1, kind=each.kind, words=each.words)
        for position, (heading, each) in enumerate(read, start=1)
    ]
    renumber(rows)
    stored = LetterParagraph.objects.bulk_create(rows)
    findings = Finding.objects.bulk_create(
        Finding(paragraph=each) for each in stored if each.kind == ParagraphKind.FINDING
    )
    index_findings(each.pk for each in findings)


def _change_visit(letter: Letter, before: VisitWords, after: VisitWords) -> None:
    if before == after:
        return
    if letter.visit.is_public and letter.is_held_back:
        raise ValidationError(HELD_VISIT)
    if before.slug != after.slug and is_frozen(letter):
        raise ValidationError({"started_on": FROZEN_MONTH})
    change_visit(letter.visit, after)


def _differences(before: LetterWords, after: LetterWords) -> Iterator[str]:
    for label, old, new in zip(_LABELS, _in_words(before), _in_words(after), strict=True):
        if old != new:
            yield f"{label} from {_quoted(old)} to {_quoted(new)}"


_LABELS: Final = (
    "title",
    "date",
    "visit number",
    "visit days as printed",
    "first day",
    "last day",
    "addressee",
    "inspectors",
    "companions",
    "copied to",
    "signed by",
)


def _in_words(words: LetterWords) -> tuple[str, ...]:
    visit = words.visit
    return (
        words.title,
        long_date(words.dated),
        str(visit.number or ""),
        visit.printed,
        long_date(visit.first),
        long_date(visit.last),
        *(", ".join(each) for each in (words.addressee, words.inspectors, words.companions, words.copied_to)),
        words.signed_by,
    )


def _quoted(words: str) -> str:
    return f"“{words}”" if words else "nothing"
