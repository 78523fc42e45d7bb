"""A letter as values: what is recognised in a file, and what a fixture holds."""

from datetime import date
from typing import Annotated

import msgspec

from ofsted.kinds import ParagraphKind
from torbay_reports.core.reading import Entry

Words = Annotated[str, msgspec.Meta(min_length=1, max_length=20_000)]
Line = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class ParagraphText(Entry, frozen=True):
    """A paragraph or point with what it is; one of kind finding is offered as a finding."""

    words: Words
    kind: ParagraphKind = ParagraphKind.TEXT


class SectionText(Entry, frozen=True):
    """A heading with its paragraphs; the opening has no heading."""

    heading: Annotated[str, msgspec.Meta(max_length=200)]
    paragraphs: tuple[ParagraphText, ...]


class VisitDays(Entry, frozen=True):
    """When a visit was: as printed ("25 and 26 July 2017"), and its first and last day."""

    printed: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
    first: date
    last: date


class LetterText(Entry, frozen=True):
    """A letter with all that its words say. `visit_number` is empty where the letter gives none."""

    title: Annotated[str, msgspec.Meta(min_length=1, max_length=300)]
    dated: date
    visit: VisitDays
    sections: tuple[SectionText, ...]
    visit_number: Annotated[int, msgspec.Meta(ge=1, le=99)] | None = None
    addressee: tuple[Line, ...] = ()
    salutation: Annotated[str, msgspec.Meta(max_length=100)] = ""
    inspectors: tuple[Line, ...] = ()
    companions: tuple[Line, ...] = ()
    copied_to: tuple[Line, ...] = ()
    signed_by: Annotated[str, msgspec.Meta(max_length=200)] = ""
    stamp: Annotated[str, msgspec.Meta(max_length=100)] = ""

    @property
    def areas(self) -> tuple[str, ...]:
        """The areas that the visit covered, in their order."""
        return self._of(ParagraphKind.AREA)

    @property
    def findings(self) -> tuple[str, ...]:
        """The paragraphs that are offered as findings, in their order."""
        return self._of(ParagraphKind.FINDING)

    def _of(self, kind: ParagraphKind) -> tuple[str, ...]:
        return tuple(each.words for section in self.sections for each in section.paragraphs if each.kind is kind)
