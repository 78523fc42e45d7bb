"""How inspections, visits, letters and findings read: sentences for pages and files."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from improvement.calculations.wording import amount_words
from improvement.kinds import Direction
from ofsted.kinds import ParagraphKind, Polarity
from ofsted.selectors.rows import (
    FOUND_BEGINS,
    FOUND_ENDS,
    Counts,
    FindingRow,
    FoundFinding,
    InspectionRow,
    MeasureRow,
    ParagraphRow,
    ThemeLine,
    VisitLine,
    VisitRow,
    in_order,
)
from torbay_reports.core.formatting import count, listed, long_date

OPENING: Final = "Opening"
"""Where the paragraphs before a letter's first heading stand."""
_ORDINALS: Final = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth")
_NOUNS: Final[Mapping[Polarity, tuple[str, str]]] = {
    Polarity.WEAKNESS: ("weakness", "weaknesses"),
    Polarity.PROGRESS: ("sign of progress", "signs of progress"),
    Polarity.STRENGTH: ("strength", "strengths"),
    Polarity.NOT_MARKED: ("not marked yet", "not marked yet"),
}
_SIDES: Final[Mapping[Direction, str]] = {Direction.AT_LEAST: "at least", Direction.AT_MOST: "at most"}


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


def counts_words(counts: Counts) -> str:
    """How many findings of each polarity: "8 weaknesses, 4 signs of progress and 3 strengths"."""
    return listed([count(number, *_NOUNS[polarity]) for polarity, number in counts])


def counts_of(findings: Iterable[FindingRow]) -> Counts:
    """How many of these findings have each polarity."""
    return in_order(Counter(each.polarity for each in findings))


def findings_words(counts: Counts) -> str:
    """How many findings, and of which polarity: "15 findings: 8 weaknesses, 4 signs of progress and 3 strengths"."""
    number = sum(each for _, each in counts)
    return f"{count(number, 'finding', 'findings')}: {counts_words(counts)}" if number else "no findings"


def measure_words(measure: MeasureRow) -> str:
    """The figure in a sentence's words: "52% of care leavers; at most 40% was the target"."""
    if measure.out_of is not None:
        # “6 audits completed for this visit” says what the unit, “audits”, says.
        named = measure.population if measure.population.startswith(measure.unit) else measure.unit
        whom = "" if named == measure.population else measure.population
        found = f"{amount_words(measure.value, '')} of {measure.out_of:,} {named}".rstrip()
    else:
        found, whom = amount_words(measure.value, measure.unit), measure.population
        if measure.unit == "%" and whom:
            found, whom = f"{found} of {whom}", ""
    if whom:
        found = f"{found} ({whom})"
    if measure.target is None:
        return found
    return f"{found}; {_SIDES[measure.direction]} {amount_words(measure.target, measure.unit)} was the target"


@dataclass(frozen=True, slots=True)
class ToldFinding:
    """A finding, where it stands in its letter, and its figures with the words they read in."""

    finding: FindingRow
    place: str
    measures: tuple[tuple[MeasureRow, str], ...]


def told(findings: Iterable[FindingRow]) -> list[ToldFinding]:
    """Findings as pages tell them, in the order given."""
    return [
        ToldFinding(
            each, place_words(each.section, each.number), tuple((one, measure_words(one)) for one in each.measures)
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


def place_words(section: str, number: int) -> str:
    """Where a finding stands in its letter: "Overview, paragraph 2"."""
    return f"{section or OPENING}, paragraph {number}"


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
