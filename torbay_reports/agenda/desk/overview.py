"""The clerk's desk of a meeting at a glance: what is in time, the one next thing, where each part of the pack stands,
the agenda, and what to look at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from torbay_reports.agenda.build_desk import DeskPages, EditionLine, edition_lines
from torbay_reports.agenda.checklist import checklist
from torbay_reports.agenda.desk import exclusion
from torbay_reports.agenda.desk.addresses import letter_address, of_meeting, paper_page, resolution_address
from torbay_reports.agenda.desk.instalments import supplement_refusal
from torbay_reports.agenda.desk.lines import DeskItem, desk_items
from torbay_reports.agenda.desk.standing import standing_of
from torbay_reports.agenda.desk.steps import Situation, Step, next_step
from torbay_reports.agenda.lateness import timeliness
from torbay_reports.agenda.models import Instalment, Meeting, Paper
from torbay_reports.core.formatting import count
from torbay_reports.publishing.packplan import Edition


@dataclass(frozen=True)
class Link:
    """Words and where they lead."""

    words: str
    address: str


@dataclass(frozen=True)
class EditionState:
    """Where one edition of an instalment stands, in a word or two with a colour, the version that readers
    have, and what can be read of it."""

    edition: Edition
    tag: str
    colour: str
    version: int | None
    links: tuple[Link, ...]


@dataclass(frozen=True)
class InstalmentLine:
    """A part of the pack on the desk."""

    instalment: Instalment
    letter: str
    build: str
    editions: tuple[EditionState, ...]


@dataclass(frozen=True)
class Caution:
    """Something to look at, and where; without an address where the sentence says all."""

    sentence: str
    words: str = ""
    address: str = ""


@dataclass(frozen=True)
class Desk:
    """All that the page shows, but for the history."""

    line: str
    step: Step | None
    is_under_way: bool
    instalments: tuple[InstalmentLine, ...]
    items: tuple[DeskItem, ...]
    warnings: tuple[Caution, ...]
    supplement_refusal: str


def desk_of(meeting: Meeting, *, today: date, editions: Sequence[Edition]) -> Desk:
    """The desk of a meeting, whose restricted papers are read where `editions` has the restricted one.

    A number of queries that depends on how many instalments there are, and on nothing else.
    """
    restricted = Edition.RESTRICTED in editions
    standing, times = standing_of(meeting), timeliness(meeting, today)
    instalments = list(meeting.instalments.order_by("number"))
    papers = _papers(meeting)
    lines = _lines(meeting, instalments, editions)
    items = desk_items(meeting, papers, standing, times, restricted=restricted)
    current = next((each for each in instalments if not standing.is_out(each)), None)
    warnings = _warnings(meeting, current, editions[-1])
    situation = Situation(
        meeting=meeting,
        today=today,
        has_items=bool(items),
        instalments=instalments,
        papers=papers,
        standing=standing,
        times=times,
        lines=lines,
        lacks_resolution=exclusion.is_missing(meeting),
        open_warnings=sum(each.is_open for each in warnings),
    )
    return Desk(
        line=times.line,
        step=next_step(situation),
        is_under_way=any(each.is_under_way for each in lines),
        instalments=tuple(_instalment(each, lines) for each in instalments),
        items=tuple(items),
        warnings=tuple(each.warning for each in warnings),
        supplement_refusal=supplement_refusal(meeting, standing),
    )


def _papers(meeting: Meeting) -> list[Paper]:
    """All of the meeting's papers in order, with what stands for them but without what that says; one query."""
    found = Paper.objects.with_content(restricted=True).filter(item__meeting=meeting)
    found = found.defer("publication__document_json", "held_back__publication__document_json")
    papers = list(
        found.select_related("item", "instalment", "listed_in").order_by("item__position", "item", "position", "pk")
    )
    for each in papers:
        each.item.meeting = meeting
        each.instalment.meeting = meeting
    return papers


def _lines(meeting: Meeting, instalments: Sequence[Instalment], editions: Sequence[Edition]) -> list[EditionLine]:
    lines: list[EditionLine] = []
    for each in instalments:
        each.meeting = meeting
        lines += edition_lines(each, editions, DeskPages(each, by_name=True))
    return lines


def _instalment(instalment: Instalment, lines: Sequence[EditionLine]) -> InstalmentLine:
    own = [line for line in lines if line.instalment.pk == instalment.pk]
    return InstalmentLine(
        instalment=instalment,
        letter=letter_address(instalment),
        build=DeskPages(instalment, by_name=True).build,
        editions=tuple(_state(line) for line in own if not line.refusal or line.stored or line.bundle),
    )


def _state(line: EditionLine) -> EditionState:
    tag, colour = _tag(line)
    links = []
    if line.stored is not None and not line.is_published:
        links.append(Link("Read what is built", line.address))
    if line.bundle is not None:
        page = "instalment-pdf" if line.edition is Edition.PUBLIC else "instalment-restricted-pdf"
        links.append(Link("The published PDF", of_meeting(page, line.instalment.meeting, line.instalment.number)))
    return EditionState(line.edition, tag, colour, line.bundle.version if line.bundle else None, tuple(links))


def _tag(line: EditionLine) -> tuple[str, str]:
    """Not built, being built, built, published, or out of date; with its colour."""
    if line.is_under_way:
        return "Being built", "govuk-tag--blue"
    if line.bundle is None:
        if line.stored is None:
            return "Not built", "govuk-tag--grey"
        return ("Out of date", "govuk-tag--yellow") if line.changes else ("Built", "govuk-tag--blue")
    is_old = bool(line.changes) or (line.stored is not None and not line.is_published)
    return ("Out of date", "govuk-tag--yellow") if is_old else ("Published", "govuk-tag--green")


@dataclass(frozen=True)
class _Found:
    warning: Caution
    is_open: bool = False


def _warnings(meeting: Meeting, current: Instalment | None, widest: Edition) -> list[_Found]:
    """What stands against the part that goes out next, and what the agenda lacks."""
    advice = exclusion.advice(meeting)
    found = [_Found(Caution(advice, "See what it says", resolution_address(meeting)))] if advice else []
    if current is None:
        return found
    known = checklist(current, widest)
    if number := known.open_warnings:
        said = f"{count(number, 'warning', 'warnings')} about brought files {'is' if number == 1 else 'are'} open."
        pages = DeskPages(current, by_name=True)
        found.append(_Found(Caution(said, "Go through them", pages.build), is_open=True))
    found += [_Found(Caution(sentence)) for sentence in known.confidential_by_now]
    for line in known.held_back:
        if not line.paper.has_grounds:
            line.paper.item = line.item
            line.item.meeting = meeting
            said = f"Item {line.item.number}: a paper that is {line.paper.held_back_as} has no grounds yet."
            found.append(_Found(Caution(said, "Give its grounds", paper_page("paper-grounds", line.paper))))
    return found
