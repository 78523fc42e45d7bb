"""Reads a file of committees, meetings and their papers into checked rows; saves nothing. `fixtures/agenda.json` is
the example."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated

import msgspec

from torbay_reports.core.reading import Entry, Name, Slug, UnreadableFile, read_json

Label = Annotated[str, msgspec.Meta(max_length=100)]
ItemNumber = Annotated[str, msgspec.Meta(pattern="^[0-9A-Za-z][-.0-9A-Za-z]*$", max_length=10)]
"""An item's number as printed: 5, 5.1, 12a."""


class CommitteeEntry(Entry, frozen=True):
    slug: Slug
    name: Name


class PaperEntry(Entry, frozen=True):
    """A paper; without a source it is to follow."""

    slug: Slug
    title: Name
    source: Annotated[str, msgspec.Meta(max_length=80)] = ""
    subject: Annotated[str, msgspec.Meta(max_length=80)] = ""


class ItemEntry(Entry, frozen=True):
    number: ItemNumber
    title: Name
    papers: tuple[PaperEntry, ...] = ()


class SupplementEntry(Entry, frozen=True):
    """A supplement with its cover letter; `items` are the numbers of the items whose papers go out with it."""

    number: Annotated[int, msgspec.Meta(ge=0, le=99)]
    dated: date
    clerk: Name
    telephone: Annotated[str, msgspec.Meta(max_length=40)]
    email: Annotated[str, msgspec.Meta(max_length=254, pattern="^[^@ ]+@[^@ ]+$")]
    office: tuple[str, ...]
    salutation: Label
    opening: str
    closing: Label
    signatory: Name
    signatory_title: Name
    items: tuple[str, ...]


class MeetingEntry(Entry, frozen=True):
    committee: str
    date: date
    items: tuple[ItemEntry, ...] = ()
    supplement: SupplementEntry | None = None


class AgendaFile(Entry, frozen=True):
    """Committees and meetings as the file holds them."""

    committees: tuple[CommitteeEntry, ...]
    meetings: tuple[MeetingEntry, ...]
    notice: Annotated[str, msgspec.Meta(max_length=300)] = ""


def read_agenda(path: Path) -> AgendaFile:
    """Read and check the file. Raises UnreadableFile at the first thing that is wrong."""
    content = read_json(path, AgendaFile)
    for problem in _problems(content):
        raise UnreadableFile(f"{path.name}, {problem}")
    return content


def _problems(content: AgendaFile) -> Iterator[str]:
    known = {each.slug for each in content.committees}
    if len(known) < len(content.committees):
        yield "committees: a slug stands there twice. Give each its own."
    days = [(meeting.committee, meeting.date) for meeting in content.meetings]
    for committee, day in {each for each in days if days.count(each) > 1}:
        yield f"meeting of {day}: '{committee}' stands there {days.count((committee, day))} times. Keep one."
    for meeting in content.meetings:
        place = f"meeting of {meeting.date}"
        if meeting.committee not in known:
            yield f"{place}: there is no committee '{meeting.committee}'. Correct its spelling."
        numbers = [item.number for item in meeting.items]
        for number in {number for number in numbers if numbers.count(number) > 1}:
            yield f"{place}: item {number} stands there {numbers.count(number)} times. Number each once."
        missing = [
            number for number in (meeting.supplement.items if meeting.supplement else ()) if number not in numbers
        ]
        if missing:
            yield f"{place}: the supplement names item {missing[0]}, which is not on the agenda. Correct the number."
        yield from _paper_problems(meeting, place)


def _paper_problems(meeting: MeetingEntry, place: str) -> Iterator[str]:
    for item in meeting.items:
        if len({paper.slug for paper in item.papers}) < len(item.papers):
            yield f"{place}, item {item.number}: a paper's slug stands there twice. Give each its own."
        for paper in item.papers:
            if bool(paper.source) != bool(paper.subject):
                yield f"{place}, paper '{paper.slug}': give both source and subject, or neither."
            if meeting.supplement is None:
                yield f"{place}: item {item.number} has papers but nothing goes out. Add a supplement."
