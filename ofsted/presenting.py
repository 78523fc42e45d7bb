"""How inspections, visits, letters and findings read: sentences for pages and files."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from ofsted.calculations.figures import QuotedFigure, figure_words
from ofsted.calculations.places import Counts, counts_words, place_words
from ofsted.kinds import ParagraphKind
from ofsted.selectors.rows import (
    FOUND_BEGINS,
    FOUND_ENDS,
    FindingRow,
    FoundFinding,
    InspectionRow,
    ParagraphRow,
    ThemeLine,
    VisitLine,
    VisitRow,
)
from torbay_reports.core.formatting import count, long_date

_ORDINALS: Final = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth")


def judgement_sentence(inspection: InspectionRow) -> str:
    """The judgement in a sentence: "Ofsted’s overall judgement in January 2016: inadequate."."""
    return f"Ofsted’s overall judgement in {inspection.judged_in:%B %Y}: {inspection.judgement.label}."


def visit_words(visit: VisitRow) -> str:
    """The visit with its place in the sequence: "Third visit, 25 and 26 July 2017", "Visit of December 2016"."""
    return f"{visit_name(visit)}, {visit.dates_printed}" if visit.number else visit_name(visit)


def visit_name(visit: VisitRow) -> str:
    """The visit in two or three words: "Third visit", "Visit 11", "Visit of December 2016"."""
    if visit.number is None:
        return f"Visit of {visit.dates_printed}"
    return f"{_ORDINALS[visit.number - 1]} visit" if visit.number <= len(_ORDINALS) else f"Visit {visit.number}"


def findings_words(counts: Counts) -> str:
    """How many findings, and of which polarity: "15 findings: 8 weaknesses, 4 signs of progress and 3 strengths"."""
    number = sum(each for _, each in counts)
    return f"{count(number, 'finding', 'findings')}: {counts_words(counts)}" if number else "no findings"


@dataclass(frozen=True, slots=True)
class ToldFinding:
    """A finding, where it stands in its letter, and its figures with the words they read in."""

    finding: FindingRow
    place: str
    measures: tuple[tuple[QuotedFigure, str], ...]


def told(findings: Iterable[FindingRow]) -> list[ToldFinding]:
    """Findings as pages tell them, in the order given."""
    return [
        ToldFinding(
            each, place_words(each.section, each.number), tuple((one, figure_words(one)) for one in each.measures)
        )
        for each in findings
    ]


@dataclass(frozen=True, slots=True)
class Block:
    """Paragraphs of a letter that are set together, each with its findings: its areas as one list."""

    is_list: bool
    paragraphs: tuple[tuple[ParagraphRow, list[ToldFinding]], ...]


def blocks(paragraphs: Iterable[ParagraphRow]) -> list[Block]:
    """A section's paragraphs as they are set, in their order."""
    runs = groupby(paragraphs, key=lambda each: each.kind is ParagraphKind.AREA)
    return [Block(is_list, tuple((each, told(each.findings)) for each in rows)) for is_list, rows in runs]


@dataclass(frozen=True, slots=True)
class ThemeStanding:
    """A theme and where it stands at each visit that has a letter, in order of time."""

    slug: str
    name: str
    visits: tuple[str, ...]


def standings(themes: Iterable[ThemeLine], visits: Iterable[VisitLine]) -> list[ThemeStanding]:
    """Where each theme stands by visit: "Third visit: 1 weakness", "Fourth visit: nothing on it"."""
    with_letter = [each.visit for each in visits if each.dated]
    return [
        ThemeStanding(
            theme.slug,
            theme.name,
            tuple(
                f"{visit_name(each)}: {counts_words(theme.counts.get(each.pk, ())) or 'nothing on it'}"
                for each in with_letter
            ),
        )
        for theme in themes
    ]


def pieces(found: FoundFinding) -> Iterator[tuple[str, bool]]:
    """The finding's words in pieces, each with whether it was looked for."""
    for place, piece in enumerate(found.marked.split(FOUND_BEGINS)):
        word, ends, rest = piece.partition(FOUND_ENDS)
        if place and ends:
            yield word, True
            yield rest, False
        else:
            yield piece, False


@dataclass(frozen=True, slots=True)
class VisitSentence:
    """A visit in a sentence, in two halves: the visit, and its letter, which can be opened where there is one."""

    slug: str
    visit: str
    letter: str
    findings: str


def visit_sentences(lines: Iterable[VisitLine]) -> list[VisitSentence]:
    """The visits in sentences: "Third visit, 25 and 26 July 2017: letter of 24 August 2017, 15 findings: 8 weaknesses
    …", "Visit of December 2016: its letter is not at hand"."""
    return [
        VisitSentence(
            line.visit.slug,
            visit_words(line.visit),
            f"letter of {long_date(line.dated)}" if line.dated else "",
            findings_words(line.counts) if line.dated else "",
        )
        for line in lines
    ]
