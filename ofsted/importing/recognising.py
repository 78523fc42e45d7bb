"""A monitoring letter recognised from its words alone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from ofsted.calculations.letter import LetterText, ParagraphText, SectionText, VisitDays
from ofsted.importing import headings, people, visits
from ofsted.importing.characters import plain, require_room
from ofsted.importing.ends import Foot, foot_begins_at, foot_of, head_of, is_salutation, is_stamp
from ofsted.importing.headings import SectionKind
from ofsted.importing.lengths import require_lengths, require_paragraphs
from ofsted.importing.lines import Line, lines_of, tidy, without
from ofsted.importing.paragraphs import blocks_of
from ofsted.importing.refusals import UnreadableLetter, missing, no_words, not_a_letter
from ofsted.importing.sections import AFTER_SIGNATURE, Section, sections_of, text_of, titled
from ofsted.importing.sentences import only_tells

_MOST_LINES: Final = 5_000
_MOST_BEFORE: Final = 60
"""Lines before the salutation."""

_MOST_AFTER: Final = 40
"""Lines after the signature; more are another paper."""


def recognise(text: str) -> LetterText:
    """The letter that a text holds, pasted or out of a file. Raises UnreadableLetter.

    Line ends may be wrapped or not, paragraphs parted by blank lines or not; form feeds part pages. A letter without a
    title gets one from its visit's days. What stands after the signature comes last, under a heading of its own.
    """
    return recognise_lines(lines_of(plain(text)))


def recognise_lines(lines: Sequence[Line]) -> LetterText:
    """The letter that these lines hold. Raises UnreadableLetter."""
    if not any(line.words for line in lines):
        raise no_words()
    if len(lines) > _MOST_LINES:
        raise UnreadableLetter(
            f"The text has {len(lines):,} lines; {_MOST_LINES:,} is the most of a letter. "
            "Leave out what is not the letter."
        )
    require_room(sum(len(line.words) for line in lines))
    parts = _parted(tidy(lines))
    head, foot = head_of(parts.head), foot_of(parts.foot)
    title, blocks = titled(blocks_of(parts.body))
    title = title or " ".join(head.title)
    sections = sections_of(blocks)
    require_paragraphs(sections)
    _require_letter(title, sections, has_salutation=bool(parts.salutation))
    paragraphs = [block.words for section in sections for block in section.blocks if not block.mark]
    opening = [block.words for block in sections[0].blocks] if not sections[0].heading else []
    visit = _visit(title, opening, paragraphs)
    letter = LetterText(
        title=title or f"Monitoring visit, {visit.printed}",
        dated=_dated(head.dated or foot.dated),
        visit=visit,
        sections=tuple(_sections(sections, foot)),
        visit_number=visits.number_of(title, opening or paragraphs[:1]),
        addressee=head.addressee,
        salutation=parts.salutation,
        inspectors=people.inspectors_of(paragraphs),
        companions=people.companions_of(paragraphs),
        copied_to=(*people.copied_to(paragraphs), *foot.copied_to),
        signed_by=foot.signed_by,
        stamp=head.stamp or parts.stamp or foot.stamp,
    )
    require_lengths(letter)
    if not letter.findings:
        raise missing("finding", "Put each finding on a paragraph of its own, under a heading such as “Overview”.")
    return letter


@dataclass(frozen=True, slots=True)
class _Parts:
    """The lines of a letter before the salutation, after it, and from the closing words on."""

    head: list[Line]
    salutation: str
    body: list[Line]
    foot: list[Line]
    stamp: str


def _parted(lines: list[Line]) -> _Parts:
    greeting = next((place for place, line in enumerate(lines[:_MOST_BEFORE]) if is_salutation(line.words)), None)
    if greeting is None:
        begins = _title_at(lines)
        salutation = ""
    else:
        begins = greeting + 1
        salutation = lines[greeting].words
    head = lines[: greeting if greeting is not None else begins]
    rest = lines[begins:]
    ends = foot_begins_at(rest)
    body = rest[:ends]
    stamps = {place for place, line in enumerate(body) if is_stamp(line.words)}
    stamp = body[min(stamps)].words if stamps else ""
    return _Parts(head, salutation, without(body, stamps), rest[ends:], stamp)


def _title_at(lines: Sequence[Line]) -> int:
    """Where a letter without salutation begins: at the first line that names the visit or says what the letter is."""
    places = (
        place
        for place, line in enumerate(lines[:_MOST_BEFORE])
        if visits.names_monitoring_visit(line.words) or only_tells(line.words)
    )
    return next(places, 0)


def _require_letter(title: str, sections: Sequence[Section], *, has_salutation: bool) -> None:
    """Raises UnreadableLetter for a text of another kind."""
    opening = [block.words for section in sections[:1] for block in section.blocks]
    if not visits.names_monitoring_visit(" ".join([title, *opening])):
        raise not_a_letter("no sentence at its beginning says when a monitoring visit was")
    if not (has_salutation or any(words.lower().startswith("this letter") for words in opening)):
        raise not_a_letter("it greets nobody, and no sentence says what “this letter” is")
    if not any(headings.names_findings(section.heading) and section.blocks for section in sections):
        raise missing(
            "heading such as “Overview”, “Headline findings” or “Findings and evaluation of progress”",
            "Put each heading on a line of its own, with its paragraphs beneath.",
        )


def _visit(title: str, opening: Sequence[str], paragraphs: Sequence[str]) -> VisitDays:
    visit = visits.days_of(opening) or visits.days_of([title]) or visits.days_of(_on_the_visit(paragraphs))
    if visit is None:
        raise missing(
            "days of the visit",
            "Write them with their year where the letter begins, like “the monitoring visit on 25 and 26 July 2017”.",
        )
    return visit


def _on_the_visit(paragraphs: Sequence[str]) -> list[str]:
    return [words for words in paragraphs if only_tells(words)]


def _dated(dated: date | None) -> date:
    if dated is None:
        raise missing("date", "Write it on a line of its own above the salutation, like “24 August 2017”.")
    return dated


def _sections(sections: Sequence[Section], foot: Foot) -> Iterator[SectionText]:
    for section in sections:
        if section.blocks or section.kind is not SectionKind.OPENING:
            yield text_of(section)
    if len(foot.rest) > _MOST_AFTER:
        raise UnreadableLetter(
            f"{len(foot.rest):,} lines stand after the signature, as if another paper followed. Give the letter alone."
        )
    if foot.rest:
        yield SectionText(heading=AFTER_SIGNATURE, paragraphs=tuple(ParagraphText(words=words) for words in foot.rest))
