"""What is read of inspections, letters, themes and findings, as values: nothing of it asks the database again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from improvement.kinds import Direction
from ofsted.calculations.figures import QuotedFigure
from ofsted.calculations.places import Counts
from ofsted.kinds import Judgement, ParagraphKind, Polarity, SinceLast
from ofsted.models import Finding, FindingMeasure, Inspection, Visit

FOUND_BEGINS: Final = "\ue000"
"""Stands before each word found: a character for private use, which no letter has."""
FOUND_ENDS: Final = "\ue001"
"""Stands after it."""


@dataclass(frozen=True, slots=True)
class InspectionRow:
    """An inspection and its judgement."""

    pk: int
    slug: str
    title: str
    judgement: Judgement
    judged_in: date
    notice: str


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A visit; `month` is the first day of the month it began in, `started_on` the day where that is known."""

    pk: int
    slug: str
    number: int | None
    month: date
    started_on: date | None
    dates_printed: str

    @property
    def place(self) -> tuple[date, date, int]:
        """Where it stands among the visits, in order of time."""
        return self.month, self.started_on or date.min, self.pk


@dataclass(frozen=True, slots=True)
class VisitLine:
    """A visit with the day of its letter, None where that is not at hand, and how many findings of each polarity."""

    visit: VisitRow
    dated: date | None
    counts: Counts


@dataclass(frozen=True, slots=True)
class ThemeLine:
    """A theme with how many findings of each polarity each visit has on it, by the visit's number (primary key)."""

    slug: str
    name: str
    counts: Mapping[int, Counts]


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding in the inspector's words; `place` is its paragraph's position in the letter.

    `is_part` where it is a part of its paragraph only.
    """

    pk: int
    place: int
    section: str
    number: int
    words: str
    is_part: bool
    theme_slug: str
    theme_name: str
    polarity: Polarity
    since_last: SinceLast
    since_last_words: str
    measures: tuple[QuotedFigure, ...]


@dataclass(frozen=True, slots=True)
class ParagraphRow:
    """A paragraph of a letter with its findings."""

    place: int
    kind: ParagraphKind
    words: str
    findings: tuple[FindingRow, ...]


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A letter as Ofsted sent it, and where Ofsted published it."""

    pk: int
    inspection: InspectionRow
    visit: VisitRow
    title: str
    dated: date
    addressee: tuple[str, ...]
    salutation: str
    inspectors: tuple[str, ...]
    companions: tuple[str, ...]
    copied_to: tuple[str, ...]
    signed_by: str
    notice: str
    published_on: date | None
    published_at_address: str
    sections: tuple[tuple[str, tuple[ParagraphRow, ...]], ...]

    @property
    def findings(self) -> Iterator[FindingRow]:
        """The findings in the order of the letter."""
        return (finding for _, rows in self.sections for row in rows for finding in row.findings)


@dataclass(frozen=True, slots=True)
class Followed:
    """What a visit's letter says on a theme; `dated` is None where there is no letter."""

    visit: VisitRow
    dated: date | None
    is_held_back: bool
    findings: tuple[FindingRow, ...]


@dataclass(frozen=True, slots=True)
class FoundFinding:
    """A finding that was looked for: its visit, and its words with FOUND_BEGINS and FOUND_ENDS about those found."""

    visit: VisitRow
    is_held_back: bool
    place: int
    section: str
    number: int
    polarity: Polarity
    theme_name: str
    marked: str


def inspection_row(inspection: Inspection) -> InspectionRow:
    """The inspection as a value."""
    return InspectionRow(
        pk=inspection.pk,
        slug=inspection.slug,
        title=inspection.title,
        judgement=Judgement(inspection.judgement),
        judged_in=inspection.judged_in,
        notice=inspection.notice,
    )


def visit_row(visit: Visit) -> VisitRow:
    """The visit as a value."""
    return VisitRow(visit.pk, visit.slug, visit.number, visit.month, visit.started_on, visit.dates_printed)


def finding_row(finding: Finding) -> FindingRow:
    """The finding as a value; no query where it was read with its paragraph, theme and measures."""
    theme = finding.theme
    return FindingRow(
        pk=finding.pk,
        place=finding.paragraph.position,
        section=finding.paragraph.section,
        number=finding.paragraph.number,
        words=finding.words,
        is_part=bool(finding.quote),
        theme_slug=theme.slug if theme else "",
        theme_name=theme.name if theme else "",
        polarity=Polarity(finding.polarity),
        since_last=SinceLast(finding.since_last),
        since_last_words=finding.since_last_words,
        measures=tuple(quoted(each) for each in finding.measures.all()),
    )


def quoted(measure: FindingMeasure) -> QuotedFigure:
    """The figure as a value."""
    return QuotedFigure(
        words=measure.words,
        value=measure.value,
        out_of=measure.out_of,
        unit=measure.unit,
        population=measure.population,
        direction=Direction(measure.direction),
        target=measure.target,
    )
