"""Inspections, letters, themes and findings as values for pages and files.

Everything here is read before it is handed out, so that nothing of it asks the database again under another role.
What is found depends on the role it is asked under: `ofsted.selectors.public` asks for what everybody reads, and gives
no `letters`; who may read held-back ones asks for these by name.
"""

from collections import defaultdict
from collections.abc import Collection
from itertools import groupby
from typing import Any, Final

from django.contrib.postgres.search import SearchHeadline, SearchQuery
from django.db.models import Count, F, QuerySet, TextField, Value
from django.db.models.functions import Coalesce, NullIf

from ofsted.calculations.places import in_order
from ofsted.kinds import ParagraphKind, Polarity
from ofsted.models import Finding, FindingTheme, Inspection, Letter, LetterParagraph, Visit
from ofsted.selectors.rows import (
    FOUND_BEGINS,
    FOUND_ENDS,
    FindingRow,
    Followed,
    FoundFinding,
    InspectionRow,
    LetterRow,
    ParagraphRow,
    ThemeLine,
    VisitLine,
    finding_row,
    inspection_row,
    visit_row,
)

SEARCH_CONFIG: Final = "english"
"""PostgreSQL's text search configuration, the one that findings are indexed with."""


def inspection_rows() -> list[InspectionRow]:
    """Every inspection, newest first; one query."""
    return [inspection_row(each) for each in Inspection.objects.order_by("-judged_in", "title")]


def visit_lines(inspections: Collection[int]) -> dict[int, list[VisitLine]]:
    """The visits of these inspections in order of time, by the inspection's number; two queries."""
    counts: dict[int, dict[Polarity, int]] = defaultdict(dict)
    of_these = Finding.objects.filter(paragraph__letter__visit__inspection__in=inspections)
    for visited, polarity, number in _counted(of_these, "paragraph__letter__visit"):
        counts[visited][Polarity(polarity)] = number
    lines: dict[int, list[VisitLine]] = {each: [] for each in inspections}
    for visit in Visit.objects.filter(inspection__in=inspections).annotate(dated=F("letter__dated")):
        row = visit_row(visit)
        lines[visit.inspection_id].append(VisitLine(row, visit.dated, in_order(counts[visit.pk])))
    for each in lines.values():
        each.sort(key=lambda line: line.visit.place)
    return lines


def theme_lines(inspection: int) -> list[ThemeLine]:
    """The themes of the inspection by name, with their findings by visit; two queries."""
    counts: dict[int, dict[int, dict[Polarity, int]]] = defaultdict(lambda: defaultdict(dict))
    of_these = Finding.objects.filter(theme__inspection=inspection)
    for theme, visit, polarity, number in _counted(of_these, "theme", "paragraph__letter__visit"):
        counts[theme][visit][Polarity(polarity)] = number
    return [
        ThemeLine(theme.slug, theme.name, {visit: in_order(by) for visit, by in counts[theme.pk].items()})
        for theme in FindingTheme.objects.filter(inspection=inspection).order_by("name", "pk")
    ]


def letter(inspection: str, visit: str) -> LetterRow | None:
    """The letter of that visit, by slugs; four queries, one where there is none."""
    letters = Letter.objects.select_related("visit__inspection")
    found = letters.filter(visit__slug=visit, visit__inspection__slug=inspection).first()
    if found is None:
        return None
    of_paragraph: dict[int, list[FindingRow]] = defaultdict(list)
    for finding in _findings().filter(paragraph__letter=found.pk):
        of_paragraph[finding.paragraph_id].append(finding_row(finding))
    paragraphs = LetterParagraph.objects.filter(letter=found.pk).order_by("position")
    return LetterRow(
        pk=found.pk,
        inspection=inspection_row(found.visit.inspection),
        visit=visit_row(found.visit),
        title=found.title,
        dated=found.dated,
        addressee=tuple(found.addressee.splitlines()),
        salutation=found.salutation,
        inspectors=tuple(found.inspectors),
        companions=tuple(found.companions),
        copied_to=tuple(found.copied_to),
        signed_by=found.signed_by,
        notice=found.notice,
        published_on=found.published_on,
        published_at_address=found.published_at_address,
        sections=tuple(
            (heading, tuple(_paragraph_row(each, of_paragraph[each.pk]) for each in rows))
            for heading, rows in groupby(paragraphs, key=lambda each: each.section)
        ),
    )


def theme_name(inspection: str, theme: str, letters: Collection[int] | None = None) -> str | None:
    """The theme's name, None where there is no such theme, or none that these letters speak of; by slugs, one query."""
    found = FindingTheme.objects.filter(inspection__slug=inspection, slug=theme)
    if letters is not None:
        found = found.filter(findings__paragraph__letter__in=letters)
    return found.values_list("name", flat=True).first()


def followed(inspection: str, theme: str, letters: Collection[int] | None = None) -> list[Followed]:
    """What each visit says on the theme, in order of time: every visit, or those of these letters; three queries."""
    said: dict[int, list[FindingRow]] = defaultdict(list)
    of_theme = _findings().filter(theme__slug=theme, theme__inspection__slug=inspection)
    visits = Visit.objects.filter(inspection__slug=inspection)
    if letters is not None:
        of_theme = of_theme.filter(paragraph__letter__in=letters)
        visits = visits.filter(letter__in=letters)
    for finding in of_theme.annotate(visit=F("paragraph__letter__visit")):
        said[finding.visit].append(finding_row(finding))
    dated = visits.annotate(dated=F("letter__dated"), published=F("letter__published_on"))
    rows = [
        Followed(visit_row(each), each.dated, bool(each.dated and not each.published), tuple(said[each.pk]))
        for each in dated
    ]
    return sorted(rows, key=lambda each: each.visit.place)


def found_findings(inspection: str, words: str, letters: Collection[int] | None = None) -> list[FoundFinding]:
    """The findings in which the words are found, in order of time and letter: of every letter, or of these; one query.

    `words` are read as a search engine reads them: “care leavers” together, or, -without.
    """
    query = SearchQuery(words, config=SEARCH_CONFIG, search_type="websearch")
    findings = Finding.objects.filter(paragraph__letter__visit__inspection__slug=inspection, search=query)
    if letters is not None:
        findings = findings.filter(paragraph__letter__in=letters)
    said = Coalesce(NullIf("quote", Value("", output_field=TextField())), "paragraph__words", output_field=TextField())
    marked = SearchHeadline(
        said, query, config=SEARCH_CONFIG, start_sel=FOUND_BEGINS, stop_sel=FOUND_ENDS, highlight_all=True
    )
    told = findings.select_related("paragraph__letter__visit", "theme").defer("search").annotate(marked=marked)
    rows = [
        FoundFinding(
            visit=visit_row(each.paragraph.letter.visit),
            is_held_back=each.paragraph.letter.is_held_back,
            place=each.paragraph.position,
            section=each.paragraph.section,
            number=each.paragraph.number,
            polarity=Polarity(each.polarity),
            theme_name=each.theme.name if each.theme else "",
            marked=each.marked,
        )
        for each in told.order_by("paragraph__position", "position")
    ]
    return sorted(rows, key=lambda each: each.visit.place)


def _paragraph_row(paragraph: LetterParagraph, findings: list[FindingRow]) -> ParagraphRow:
    return ParagraphRow(paragraph.position, ParagraphKind(paragraph.kind), paragraph.words, tuple(findings))


def _findings() -> QuerySet[Finding]:
    found = Finding.objects.select_related("paragraph", "theme").prefetch_related("measures").defer("search")
    return found.order_by("paragraph__position", "position")


def _counted(findings: QuerySet[Finding], *by: str) -> QuerySet[Finding, Any]:
    """How many findings there are of each polarity, by these fields."""
    return findings.order_by().values_list(*by, "polarity").annotate(number=Count("pk"))
