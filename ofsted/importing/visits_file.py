"""Reads a file of an inspection with its visits, letters and findings into checked rows; saves nothing.

`fixtures/ofsted.json` is the example.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, TypeVar

import msgspec

from improvement.kinds import Direction
from ofsted.calculations.letter import LetterText
from ofsted.kinds import Judgement, ParagraphKind, Polarity, Relation, SinceLast
from torbay_reports.core.reading import Entry, Name, UnreadableFile, read_json

T = TypeVar("T")

ShortSlug = Annotated[str, msgspec.Meta(pattern="^[-a-zA-Z0-9_]+$", max_length=60)]
ThemeName = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
StepReference = Annotated[str, msgspec.Meta(pattern="^.+/[0-9]{1,4}$", max_length=30)]
"""A step's own reference: 13.2/1."""
Remark = Annotated[str, msgspec.Meta(max_length=300)]


class LinkEntry(Entry, frozen=True):
    """A step that a person tied to a finding, and how the two belong together."""

    step: StepReference
    relation: Relation
    why: Remark = ""


class FigureEntry(Entry, frozen=True):
    """A figure that a finding quotes; target and direction come together."""

    words: Annotated[str, msgspec.Meta(min_length=1, max_length=300)]
    value: Decimal
    out_of: Annotated[int, msgspec.Meta(ge=1)] | None = None
    unit: Annotated[str, msgspec.Meta(max_length=40)] = ""
    population: Annotated[str, msgspec.Meta(max_length=200)] = ""
    direction: Direction = Direction.UNKNOWN
    target: Decimal | None = None


class MarkEntry(Entry, frozen=True):
    """How a finding is read. It is named as its paragraph is: section and number, the opening by an empty section."""

    section: Annotated[str, msgspec.Meta(max_length=200)]
    number: Annotated[int, msgspec.Meta(ge=1)]
    theme: ThemeName
    polarity: Polarity
    since_last: SinceLast = SinceLast.NOT_STATED
    since_last_words: Remark = ""
    measures: tuple[FigureEntry, ...] = ()
    links: tuple[LinkEntry, ...] = ()

    @property
    def place(self) -> tuple[str, int]:
        """What the finding is found by in its letter."""
        return self.section, self.number

    @property
    def name(self) -> str:
        """What a person finds it by: "Overview, paragraph 2"."""
        return f"{self.section or 'opening'}, paragraph {self.number}"


class PublishedEntry(Entry, frozen=True):
    """When and where Ofsted published a letter."""

    on: date
    address: Annotated[str, msgspec.Meta(pattern="^https?://[^ ]+$", max_length=500)]


class LetterEntry(Entry, frozen=True):
    """A letter with its marked findings; held back where nothing says that Ofsted published it."""

    text: LetterText
    findings: tuple[MarkEntry, ...] = ()
    published: PublishedEntry | None = None
    notice: Remark = ""


class BareVisitEntry(Entry, frozen=True):
    """A visit whose letter is not at hand: its month, and when it was as printed."""

    printed: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
    month: date
    is_public: bool = False


class InspectionFile(Entry, frozen=True):
    """An inspection with the visits that followed it: those without a letter, and the letters of the others."""

    slug: ShortSlug
    plan: ShortSlug
    title: Name
    judgement: Judgement
    judged_in: date
    visits: tuple[BareVisitEntry, ...] = ()
    letters: tuple[LetterEntry, ...] = ()
    notice: Remark = ""


def read_visits(path: Path) -> InspectionFile:
    """Read and check the file. Raises UnreadableFile at the first thing that is wrong."""
    content = read_json(path, InspectionFile)
    for problem in _problems(content):
        raise UnreadableFile(f"{path.name}, {problem}")
    return content


def _problems(content: InspectionFile) -> Iterator[str]:
    days = [("judged_in", content.judged_in), *((f"visit of {each.printed}", each.month) for each in content.visits)]
    for place, day in days:
        if day.day != 1:
            yield f"{place}: {day} stands for its month. Write the first day of it."
    begun = [each.text.visit.first for each in content.letters]
    months = [*(each.month for each in content.visits), *(day.replace(day=1) for day in begun)]
    for month in _twice(months):
        yield f"visits: {month:%Y-%m} stands there twice. Keep one visit a month."
    for letter in content.letters:
        yield from _letter_problems(letter)


def _letter_problems(letter: LetterEntry) -> Iterator[str]:
    where = f"letter of {letter.text.dated}"
    known = set(_findings_of(letter.text))
    for name in _twice([mark.name for mark in letter.findings]):
        yield f"{where}, findings: {name} stands there twice. Mark each once."
    for mark in letter.findings:
        if mark.place not in known:
            yield f"{where}, findings, {mark.name}: the letter has no such finding. Correct section or number."


def _findings_of(text: LetterText) -> Iterator[tuple[str, int]]:
    """Section and number of every finding."""
    for section in text.sections:
        findings = [each for each in section.paragraphs if each.kind is ParagraphKind.FINDING]
        yield from ((section.heading, number) for number in range(1, len(findings) + 1))


def _twice(values: Iterable[T]) -> list[T]:
    """What stands there more than once, each named once."""
    listed = list(values)
    return [each for each in dict.fromkeys(listed) if listed.count(each) > 1]
