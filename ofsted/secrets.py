"""What letters that Ofsted has not published would give away, for the scan of everything that becomes public."""

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from django.db.models import Prefetch, QuerySet

from ofsted.models import Finding, FindingTheme, Letter, LetterParagraph
from torbay_reports.publishing.leaks import providers
from torbay_reports.publishing.leaks.secrets import Secret, secret_of, tells
from torbay_reports.publishing.leaks.words import normalised

AT_ONCE: Final = 20
"""Letters read from the database at once."""


def number() -> int:
    """How many letters are held back; one query."""
    return Letter.objects.filter(published_on=None).count()


def secrets(without: Sequence[str]) -> Iterator[Secret]:
    """What each letter that is held back would give away, besides what everybody may know.

    Five queries for every twenty letters, and one more.
    """
    known = FindingTheme.objects.filter(findings__paragraph__letter__published_on__isnull=False)
    themes = set(known.values_list("pk", flat=True))
    for letter in _held_back().iterator(chunk_size=AT_ONCE):
        inspection = letter.visit.inspection
        yield _secret(letter, themes, [*without, inspection.title, inspection.plan.title])


def is_public(phrase: str) -> bool:
    """Whether these normalised words stand in a letter that Ofsted has published; two queries."""
    published = Letter.objects.exclude(published_on=None)
    said = list(LetterParagraph.objects.filter(letter__in=published).values_list("words", flat=True))
    for letter in published.only("title", "inspectors", "companions"):
        said += [letter.title, *letter.inspectors, *letter.companions]
    return any(f" {phrase} " in f" {normalised(each)} " for each in said)


def register() -> None:
    """Tell the scan for leaks about letters."""
    providers.register(providers.Provider("ofsted", number, secrets, is_public))


def _held_back() -> QuerySet[Letter]:
    findings = Finding.objects.select_related("theme").prefetch_related("measures", "links")
    paragraphs = LetterParagraph.objects.prefetch_related(Prefetch("findings", findings))
    letters = Letter.objects.filter(published_on=None).select_related("visit__inspection__plan")
    return letters.prefetch_related(Prefetch("paragraphs", paragraphs)).order_by("pk")


def _secret(letter: Letter, public_themes: Collection[int], without: Sequence[str]) -> Secret:
    paragraphs = list(letter.paragraphs.all())
    findings = [finding for paragraph in paragraphs for finding in paragraph.findings.all()]
    themes = [each.theme.name for each in findings if each.theme and each.theme.pk not in public_themes]
    titles = [letter.title, *(paragraph.section for paragraph in paragraphs), *themes]
    return secret_of(
        label=f"the held-back letter of the visit of {letter.visit.month:%B %Y}",
        key=f"letter:{letter.pk}",
        strings=[*titles, *(each.words for each in paragraphs), *_said(findings)],
        names=[*_people([*letter.inspectors, *letter.companions]), *filter(tells, titles)],
        without=without,
    )


def _said(findings: Sequence[Finding]) -> Iterator[str]:
    for finding in findings:
        yield from (finding.quote, finding.since_last_words)
        for measure in finding.measures.all():
            yield from (measure.words, measure.population)
        yield from (link.why for link in finding.links.all())


def _people(lines: Sequence[str]) -> Iterator[str]:
    """Each line and the name at its beginning: “Ina Inspector HMI” and “Sam Senior, senior HMI” have one each."""
    for line in lines:
        words = line.split(",")[0].split()
        while len(words) > 1 and words[-1].isupper() and len(words[-1]) > 1:
            words.pop()
        yield from (line, " ".join(words))
