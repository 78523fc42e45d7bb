"""Corrects a letter's paragraphs, says which of them are findings, and quotes parts of them as further findings."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from improvement.calculations.updating import tidy
from ofsted.kinds import ParagraphKind
from ofsted.models import Finding, LetterParagraph
from ofsted.services.history import locked_letter, note
from ofsted.services.searching import index_findings
from torbay_reports.access.models import User

NO_WORDS: Final = "Type the words of the paragraph."
QUOTED: Final = "A finding quotes “{quote}”. Leave these words in the paragraph, or remove that finding first."
IN_USE: Final = (
    "A finding of this paragraph is marked, measured or linked. Take that away on the finding's page first, then "
    "choose another kind."
)
NOT_WORD_FOR_WORD: Final = "The paragraph does not say these words. Copy them from it, word for word."
WHOLE: Final = "These are all the words of the paragraph, which is a finding already. Quote a part of it."
QUOTED_ALREADY: Final = "A finding quotes these words already."
NOT_A_FINDING: Final = "Only a paragraph of the kind “finding” has findings. Choose that kind and save it first."
LAST_ONE: Final = "A finding that is a whole paragraph goes by choosing another kind for the paragraph."
MARKED: Final = "This finding is marked, measured or linked. Take that away first, then remove it."


@transaction.atomic
def change_paragraph(
    *, paragraph: LetterParagraph, words: str, kind: ParagraphKind, revision: int, by: User
) -> LetterParagraph:
    """Corrects the words and says what the paragraph is; one that becomes a finding is one, unmarked.

    Raises LetterHasMoved, and ValidationError where a quote would be lost, or a finding that is marked or linked.
    """
    letter = locked_letter(paragraph.letter_id, revision)
    stored = LetterParagraph.objects.get(pk=paragraph.pk)
    words = tidy(words)
    if not words:
        raise ValidationError({"words": NO_WORDS})
    says = []
    if words != stored.words:
        _check_quotes(stored, words)
        says.append(f"words from “{stored.words}” to “{words}”")
    if kind != stored.kind:
        says.append(f"kind from {stored.kind} to {kind}")
        _change_kind(stored, kind)
    if not says:
        return stored
    place, stored.words, stored.kind = str(stored), words, kind
    stored.save()
    _renumber_section(stored)
    index_findings(stored.findings.values_list("pk", flat=True))
    note(letter=letter, says=f"Changed {place}: {'; '.join(says)}.", by=by)
    return stored


@transaction.atomic
def add_quote(*, paragraph: LetterParagraph, quote: str, revision: int, by: User) -> Finding:
    """Adds a further finding that quotes a part of the paragraph.

    Raises LetterHasMoved, and ValidationError for words that the paragraph does not say or a finding quotes already.
    """
    letter = locked_letter(paragraph.letter_id, revision)
    stored = LetterParagraph.objects.get(pk=paragraph.pk)
    quote = tidy(quote)
    if stored.kind != ParagraphKind.FINDING:
        raise ValidationError(NOT_A_FINDING)
    if not quote or quote not in stored.words:
        raise ValidationError({"quote": NOT_WORD_FOR_WORD})
    if quote == stored.words:
        raise ValidationError({"quote": WHOLE})
    findings = Finding.objects.filter(paragraph=stored)
    if findings.filter(quote=quote).exists():
        raise ValidationError({"quote": QUOTED_ALREADY})
    last = findings.aggregate(last=Max("position"))["last"] or 0
    finding = Finding.objects.create(paragraph=stored, position=last + 1, quote=quote)
    index_findings([finding.pk])
    note(letter=letter, says=f"Added a finding of {stored}: “{quote}”.", by=by)
    return finding


@transaction.atomic
def remove_quote(*, finding: Finding, revision: int, by: User) -> None:
    """Removes a finding that quotes a part. Raises LetterHasMoved, and ValidationError where it is in use or whole."""
    letter = locked_letter(finding.paragraph.letter_id, revision)
    stored = Finding.objects.select_related("paragraph").get(pk=finding.pk)
    if not stored.quote:
        raise ValidationError(LAST_ONE)
    if is_in_use(stored):
        raise ValidationError(MARKED)
    note(letter=letter, says=f"Removed a finding of {stored.paragraph}: “{stored.quote}”.", by=by)
    stored.delete()


def is_in_use(finding: Finding) -> bool:
    """Whether somebody has marked, measured or linked the finding."""
    marks = (finding.polarity, finding.theme_id, finding.since_last, finding.since_last_words)
    return any(marks) or finding.measures.exists() or finding.links.exists()


def renumber(paragraphs: Iterable[LetterParagraph]) -> None:
    """Numbers the paragraphs of each kind within each section from one, in the order given; saves nothing."""
    seen: Counter[tuple[str, str]] = Counter()
    for each in paragraphs:
        seen[each.section, each.kind] += 1
        each.number = seen[each.section, each.kind]


def _renumber_section(paragraph: LetterParagraph) -> None:
    rows = list(
        LetterParagraph.objects.filter(letter=paragraph.letter_id, section=paragraph.section).order_by("position")
    )
    renumber(rows)
    LetterParagraph.objects.bulk_update(rows, ["number"])


def _check_quotes(paragraph: LetterParagraph, words: str) -> None:
    for quote in paragraph.findings.exclude(quote="").values_list("quote", flat=True):
        if quote not in words:
            raise ValidationError({"words": QUOTED.format(quote=quote)})


def _change_kind(paragraph: LetterParagraph, kind: ParagraphKind) -> None:
    if kind is ParagraphKind.FINDING:
        Finding.objects.create(paragraph=paragraph)
        return
    findings = list(paragraph.findings.all())
    if any(is_in_use(each) for each in findings):
        raise ValidationError({"kind": IN_USE})
    paragraph.findings.all().delete()
