"""Reads a file of committees, meetings and their papers into checked rows; saves nothing. `fixtures/agenda.json` is
the example."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from torbay_reports.core.reading import Entry, UnreadableFile, read_json


class CommitteeEntry(Entry, frozen=True):
    slug: str
    name: str


class PaperEntry(Entry, frozen=True):
    """A paper; without a source it is to follow."""

    slug: str
    title: str
    source: str = ""
    subject: str = ""


class ItemEntry(Entry, frozen=True):
    number: str
    title: str
    papers: tuple[PaperEntry, ...] = ()


class SupplementEntry(Entry, frozen=True):
    """A supplement with its cover letter; `items` are the numbers of the items whose papers go out with it."""

    number: int
    dated: date
    clerk: str
    telephone: str
    email: str
    office: tuple[str, ...]
    salutation: str
    opening: str
    closing: str
    signatory: str
    signatory_title: str
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
    notice: str = ""


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
        for item in meeting.items:
            for paper in item.papers:
                if bool(paper.source) != bool(paper.subject):
                    yield f"{place}, paper '{paper.slug}': give both source and subject, or neither."
                if meeting.supplement is None:
                    yield f"{place}: item {item.number} has papers but nothing goes out. Add a supplement."
