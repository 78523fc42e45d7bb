"""Reads a file of committees, meetings and their papers into checked rows; saves nothing. `fixtures/agenda.json` is
the example."""

from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from typing import Annotated, Final, Literal

import msgspec

from torbay_reports.core.reading import Entry, Name, Slug, UnreadableFile, read_json

Day = date
Label = Annotated[str, msgspec.Meta(max_length=100)]
Long = Annotated[str, msgspec.Meta(max_length=200)]
Telephone = Annotated[str, msgspec.Meta(max_length=40)]
Email = Annotated[str, msgspec.Meta(max_length=254, pattern="^[^@ ]+@[^@ ]+$")]
ItemNumber = Annotated[str, msgspec.Meta(pattern="^[0-9A-Za-z][-.0-9A-Za-z]*$", max_length=10)]
"""An item's number as printed: 5, 5.1, 12a."""
InstalmentNumber = Annotated[int, msgspec.Meta(ge=0, le=99)]
"""0 is the agenda, 1 and on are its supplements."""
LETTER: Final = ("salutation", "opening", "closing", "signatory", "signatory_title")
"""What the letter of a supplement needs and an agenda does not."""


class CommitteeEntry(Entry, frozen=True):
    slug: Slug
    name: Name
    short_name: Annotated[str, msgspec.Meta(max_length=12)] = ""
    clerk: Long = ""
    telephone: Telephone = ""
    email: Email | Literal[""] = ""
    office: tuple[str, ...] = ()


class PaperEntry(Entry, frozen=True):
    """A paper; without a source it is to follow. `instalment` brings it, `listed_in` is an earlier one that lists it as
    to follow."""

    slug: Slug
    title: Name
    source: Annotated[str, msgspec.Meta(max_length=80)] = ""
    subject: Annotated[str, msgspec.Meta(max_length=80)] = ""
    instalment: InstalmentNumber = 0
    listed_in: InstalmentNumber | None = None
    why_late: Annotated[str, msgspec.Meta(max_length=300)] = ""


class ItemEntry(Entry, frozen=True):
    """An item; `added_in` is the supplement that lists it first, none for the agenda's own."""

    number: ItemNumber
    title: Name
    words: str = ""
    kind: Literal["business", "urgent", "exclusion"] = "business"
    added_in: InstalmentNumber | None = None
    papers: tuple[PaperEntry, ...] = ()


class InstalmentEntry(Entry, frozen=True):
    """The agenda, or a supplement with its cover letter."""

    number: InstalmentNumber
    dated: date
    clerk: Name
    telephone: Telephone
    email: Email
    office: tuple[str, ...]
    salutation: Label = ""
    opening: str = ""
    closing: Label = ""
    signatory: Long = ""
    signatory_title: Long = ""

    @property
    def name(self) -> str:
        """As a sentence names it: the agenda, supplement 1."""
        return f"supplement {self.number}" if self.number else "the agenda"


class MeetingEntry(Entry, frozen=True):
    committee: str
    date: Day
    starts_at: time | None = None
    """17:30:00."""
    place: Long = ""
    presiding: Long = ""
    convened_on: Day | None = None
    instalments: tuple[InstalmentEntry, ...] = ()
    items: tuple[ItemEntry, ...] = ()


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
        yield from _instalment_problems(meeting, place)
        for item in meeting.items:
            yield from _item_problems(meeting, item, f"{place}, item {item.number}")


def _instalment_problems(meeting: MeetingEntry, place: str) -> Iterator[str]:
    numbers = [each.number for each in meeting.instalments]
    for each in meeting.instalments:
        if numbers.count(each.number) > 1:
            yield f"{place}: {each.name} stands there {numbers.count(each.number)} times. Keep one."
        if each.dated > meeting.date:
            yield f"{place}, {each.name}: it is dated {each.dated}, after the meeting. Give the day when it goes out."
        for name in LETTER if each.number else ():
            if not getattr(each, name):
                yield f"{place}, {each.name}: {name} is empty, and its letter needs it. Fill it in."


def _item_problems(meeting: MeetingEntry, item: ItemEntry, place: str) -> Iterator[str]:
    known = {each.number for each in meeting.instalments}
    if item.added_in is not None and item.added_in not in known - {0}:
        yield f"{place}: there is no supplement {item.added_in} that adds it. Correct the number."
    if len({paper.slug for paper in item.papers}) < len(item.papers):
        yield f"{place}: a paper's slug stands there twice. Give each its own."
    if item.papers and not known:
        yield f"{place} has papers but nothing goes out. Add an agenda or a supplement."
    for paper in item.papers:
        its_place = f"{place}, paper '{paper.slug}'"
        if bool(paper.source) != bool(paper.subject):
            yield f"{its_place}: give both source and subject, or neither."
        if paper.instalment not in known:
            yield f"{its_place}: there is no instalment {paper.instalment}. Correct the number, or add it."
        if paper.listed_in is not None and not (paper.listed_in in known and paper.listed_in < paper.instalment):
            yield f"{its_place}: no instalment {paper.listed_in} goes out before it to list it. Correct the number."
