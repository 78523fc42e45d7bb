"""Findings of Ofsted against steps as a paper: published letters only, as at the meeting's day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from improvement.reports.cells import number, sentence
from ofsted.calculations.answer_words import Told, makeup_words, told
from ofsted.calculations.answering import FindingPosition, LetterPosition
from ofsted.calculations.citing import CitedVisit, without_finding
from ofsted.models import Inspection, Letter
from ofsted.reports.findings_tables import cited_blocks, contradicted_blocks, rank_blocks
from ofsted.selectors.answering import (
    citations,
    finding_positions,
    letter_position,
    published_letters,
    visit_positions,
)
from torbay_reports.core.formatting import long_date
from torbay_reports.documents.blocks import (
    Block,
    Document,
    Figure,
    Heading,
    Highlight,
    Inline,
    Paragraph,
    Prose,
    Text,
    words,
)
from torbay_reports.documents.registry import ReportSource
from torbay_reports.documents.subjects import slug_and_day, subject_of

FINDINGS: Final = "ofsted.findings"
TITLE: Final = "Findings of Ofsted against steps"
SUMMARY: Final = "summary"
LETTERS: Final = "in-short-letters"
_LETTER: Final = "letter:"
_DATED: Final = ".dated"
_FIRST: Final = ("contradicted", "unanswered")
"""What is said before everything else."""


class UnknownFindings(LookupError):
    """A subject that is no inspection's short name and a meeting's day; the message says how one is written."""


def findings_paper(subject: str) -> Document:
    """The draft of the paper for a subject such as childrens-services-2016/2017-09-06, in a constant number of queries.

    Raises LookupError with a sentence where there is no such inspection, or where the subject names no day.
    """
    inspection, as_at = _inspection_and_day(subject)
    letters = published_letters(inspection, as_at)
    findings = finding_positions(inspection, as_at, letters)
    cited = without_finding(citations(inspection, as_at), visit_positions(inspection, letters), findings)
    against = AgainstSteps(as_at, tuple(letter_position(each) for each in letters), tuple(findings), cited)
    return document(
        subject=subject, against=against, about=inspection.title, notice=inspection.notice or inspection.plan.notice
    )


@dataclass(frozen=True, slots=True)
class AgainstSteps:
    """What the paper is made of: the letters that it knows, their findings, and what cites a visit without one."""

    as_at: date
    letters: tuple[LetterPosition, ...]
    findings: tuple[FindingPosition, ...]
    cited: tuple[CitedVisit, ...]


def document(*, subject: str, against: AgainstSteps, about: str, notice: str = "") -> Document:
    """The paper from what was read; asks nothing of the database."""
    said = told(against.findings, against.cited)
    summary = _prose([each for each in said if each.about in _FIRST])
    return Document(
        source=FINDINGS,
        subject=subject,
        title=TITLE,
        blocks=(
            *_opening(against, about, said, summary),
            *contradicted_blocks(against.findings),
            *rank_blocks(against.findings),
            *cited_blocks(against.cited),
        ),
        draft=True,
        notice=notice,
        highlights=(Highlight(key=SUMMARY, content=summary),) if against.letters else (),
        orientation="landscape",
    )


def _opening(against: AgainstSteps, about: str, said: Sequence[Told], summary: Prose) -> Iterator[Block]:
    day = long_date(against.as_at)
    yield Heading(anchor="in-short", text="In short", level=2)
    if not against.letters:
        none = f"{about}: no letter of Ofsted that is dated by {day} has been published. Its findings will stand here."
        yield Paragraph(anchor="in-short-none", content=words(none))
        return
    yield Paragraph(anchor="in-short-summary", content=summary, role="summary")
    rest = [each for each in said if each.about not in _FIRST]
    if rest:
        yield Paragraph(anchor="in-short-rest", content=_prose(rest))
    makeup = makeup_words(against.findings) if against.findings else "The letters have no findings."
    before = f"{about}, as at {day}. Published letters dated by then: "
    yield Paragraph(anchor=LETTERS, content=sentence(before, *_letters(against.letters), f". {makeup}"))
    yield Paragraph(anchor="in-short-meaning", content=words(MEANING))


def _letters(letters: Sequence[LetterPosition]) -> Iterator[str | Inline]:
    """The letters by their days, each named by its visit, so that the frozen paper tells what it rests on."""
    for place, each in enumerate(letters, start=1):
        if place > 1:
            yield " and " if place == len(letters) else ", "
        yield Figure(text=long_date(each.dated), ref=f"{_LETTER}{each.visit}{_DATED}", day=each.dated)
        yield f" (visit of {each.visit_printed})"


def is_withheld(document: Document) -> bool:
    """Whether a frozen paper rests on a letter that is not, or no longer, published; one query."""
    refs = (
        each.ref
        for block in document.blocks
        if isinstance(block, Paragraph) and block.anchor == LETTERS
        for each in block.content
        if isinstance(each, Figure)
    )
    visits = {ref.removeprefix(_LETTER).removesuffix(_DATED) for ref in refs if ref.startswith(_LETTER)}
    inspection, _ = slug_and_day(document.subject)
    published = Letter.objects.filter(visit__inspection__slug=inspection, published_on__isnull=False)
    return not visits <= set(published.values_list("visit__slug", flat=True))


MEANING: Final = (
    "A person has said which steps belong to a finding, and how. That a step is done is what the plan says; where a "
    "finding says otherwise, both stand here side by side."
)


def _prose(said: Sequence[Told]) -> Prose:
    """The sentences one after the other, each count as a figure."""
    parts: list[str | Inline] = []
    for each in said:
        if parts:
            parts.append(Text(text=" "))
        counted = number(each.number, f"findings.{each.about}", each.counted)
        parts += [each.before, counted, each.after] if each.before else [counted, each.after]
    return sentence(*parts)


def _inspection_and_day(subject: str) -> tuple[Inspection, date]:
    try:
        slug, as_at = slug_and_day(subject)
    except ValueError:
        raise UnknownFindings(
            f"'{subject}' names no findings against steps: write the inspection and the meeting's day, like "
            "childrens-services-2016/2017-09-06."
        ) from None
    found = Inspection.objects.select_related("plan").filter(slug=slug).first()
    if found is None:
        known = ", ".join(Inspection.objects.order_by("slug").values_list("slug", flat=True)) or "none yet"
        raise UnknownFindings(f"There is no inspection '{slug}'. Inspections are: {known}.")
    return found, as_at


def subjects(meets_on: date) -> list[str]:
    """Every inspection as at the meeting's day; one query."""
    return [subject_of(slug, meets_on) for slug in Inspection.objects.order_by("slug").values_list("slug", flat=True)]


SOURCE: Final = ReportSource(name=FINDINGS, title=TITLE, build=findings_paper, withheld=is_withheld, subjects=subjects)
