"""A letter as a paper for a meeting: its words in their order, without letterhead and signature."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Final

from ofsted.kinds import ParagraphKind
from ofsted.models import Letter, LetterParagraph
from ofsted.selectors.letters import find_letter, paragraphs_of
from torbay_reports.core.formatting import listed, long_date
from torbay_reports.documents.blocks import (
    Block,
    BulletList,
    Document,
    Heading,
    Inline,
    LineBreak,
    Paragraph,
    Prose,
    Text,
    words,
)
from torbay_reports.documents.registry import Confidence, ReportSource

LETTER: Final = "ofsted.letter"
HELD_BACK: Final = Confidence(furnished_by="Ofsted", terms="Ofsted has not published this letter yet.")


class UnknownLetter(LookupError):
    """A subject that is no inspection's short name and the month of a visit with a letter."""

    def __init__(self, subject: str) -> None:
        super().__init__(
            f"There is no letter '{subject}': write the inspection and the month of the visit, like "
            "childrens-services-2016/2017-07."
        )


def letter_paper(subject: str) -> Document:
    """The draft of a letter's paper for a subject such as childrens-services-2016/2017-07, in three queries.

    Raises UnknownLetter where there is no such letter.
    """
    letter = _find(subject)
    if letter is None:
        raise UnknownLetter(subject)
    return document(subject=subject, letter=letter, paragraphs=paragraphs_of(letter))


def document(*, subject: str, letter: Letter, paragraphs: Sequence[LetterParagraph]) -> Document:
    """The paper from what was read; asks nothing of the database."""
    return Document(
        source=LETTER,
        subject=subject,
        title=letter.title,
        blocks=(*_opening(letter), *_sections(paragraphs), *_closing(letter)),
        draft=True,
        notice=letter.notice,
    )


def confidence(subject: str) -> Confidence | None:
    """Confidential until somebody has recorded that Ofsted has published it; two queries at most."""
    letter = _find(subject)
    return HELD_BACK if letter is not None and letter.is_held_back else None


def _find(subject: str) -> Letter | None:
    inspection, _, visit = subject.rpartition("/")
    return find_letter(inspection, visit)


def _opening(letter: Letter) -> Iterator[Block]:
    """When and to whom it was written. Its title stands above, as that of any paper."""
    yield Paragraph(anchor="dated", content=words(long_date(letter.dated)))
    if letter.addressee:
        yield Paragraph(anchor="addressee", content=_lines(letter.addressee.splitlines()))
    if letter.salutation:
        yield Paragraph(anchor="salutation", content=words(letter.salutation))


def _sections(paragraphs: Sequence[LetterParagraph]) -> Iterator[Block]:
    """What it says, its areas as points of a list, each section under its heading."""
    for place, (section, within) in enumerate(groupby(paragraphs, lambda each: each.section)):
        if section:
            yield Heading(anchor=f"section-{place}", text=section, level=2)
        for is_area, run in groupby(within, lambda each: each.kind == ParagraphKind.AREA):
            together = list(run)
            yield from _points(together) if is_area else _paragraphs(together)


def _points(areas: Sequence[LetterParagraph]) -> Iterator[Block]:
    yield BulletList(anchor=f"areas-{areas[0].position}", items=tuple(words(each.words) for each in areas))


def _paragraphs(paragraphs: Sequence[LetterParagraph]) -> Iterator[Block]:
    for each in paragraphs:
        yield Paragraph(anchor=f"paragraph-{each.position}", content=words(each.words))


def _closing(letter: Letter) -> Iterator[Block]:
    """What the original has besides its words, told as what it is."""
    if letter.signed_by:
        yield Paragraph(anchor="signed-by", content=words(f"Signed in the original by {letter.signed_by}."))
    if letter.copied_to:
        yield Paragraph(anchor="copied-to", content=words(f"Copied to: {listed(letter.copied_to)}."))
    if letter.stamp:
        yield Paragraph(anchor="stamp", content=words(f"The printed copy is marked “{letter.stamp}”."))


def _lines(lines: Sequence[str]) -> Prose:
    parts: list[Inline] = []
    for line in lines:
        parts += [LineBreak(), Text(text=line)] if parts else [Text(text=line)]
    return tuple(parts)


def subjects(_meets_on: date) -> list[str]:
    """Every letter that Ofsted has published: that there is another is not for everybody. One query."""
    letters = Letter.objects.filter(published_on__isnull=False).order_by("visit__inspection__slug", "visit__slug")
    return ["/".join(names) for names in letters.values_list("visit__inspection__slug", "visit__slug")]


SOURCE: Final = ReportSource(
    name=LETTER, title="Letter of Ofsted", build=letter_paper, confidence=confidence, subjects=subjects
)
