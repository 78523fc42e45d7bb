"""The one next thing that a clerk has to do about a meeting, worked out from where its papers stand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from torbay_reports.agenda.build_desk import DeskPages, EditionLine
from torbay_reports.agenda.calculations.timeliness import Timeliness
from torbay_reports.agenda.desk.addresses import (
    content_address,
    item_add_address,
    letter_address,
    make_agenda_address,
    resolution_address,
    supplement_address,
)
from torbay_reports.agenda.desk.lines import called, has_content
from torbay_reports.agenda.desk.standing import Standing
from torbay_reports.agenda.models import Instalment, Meeting, Paper


@dataclass(frozen=True)
class Step:
    """What a button says and where it leads; `is_done_there` where the button itself does it."""

    words: str
    address: str
    is_done_there: bool = False


@dataclass(frozen=True)
class Situation:
    """What the next thing depends on. `papers` are all of the meeting's with restricted ones, in order; `lines` where
    each edition of each instalment stands, the agenda's first."""

    meeting: Meeting
    today: date
    has_items: bool
    instalments: Sequence[Instalment]
    papers: Sequence[Paper]
    standing: Standing
    times: Timeliness
    lines: Sequence[EditionLine]
    lacks_resolution: bool
    open_warnings: int

    @property
    def unpublished(self) -> Instalment | None:
        """The instalment that is not out yet."""
        return next((each for each in self.instalments if not self.standing.is_out(each)), None)


def next_step(situation: Situation) -> Step | None:
    """The next thing to do; None where nothing waits, or where a build is under way."""
    if situation.meeting.moved_to_id is not None:
        return None
    return next(_steps(situation), None)


def _steps(situation: Situation) -> Iterator[Step]:
    """What waits, the most pressing first."""
    meeting, current = situation.meeting, situation.unpublished
    if not situation.has_items:
        yield Step("Add the first item", item_add_address(meeting))
        return
    if not situation.instalments:
        yield Step("Make the agenda", make_agenda_address(meeting), is_done_there=True)
        return
    if current is not None:
        yield from _about(current, situation)
    if any(each.is_under_way for each in situation.lines):
        return
    yield from _editions(situation.lines)
    waiting = [each for each in situation.papers if not each.is_withdrawn and situation.standing.waits(each)]
    if current is None and waiting and meeting.held_on >= situation.today:
        yield Step("Make a supplement", supplement_address(meeting))


def _about(current: Instalment, situation: Situation) -> Iterator[Step]:
    """What an instalment lacks before it is built."""
    papers = [each for each in situation.papers if each.instalment_id == current.pk and not each.is_withdrawn]
    if current.number and not papers and not _adds_items(current):
        yield Step(f"Choose what goes into {current.name}", letter_address(current))
    if not _has_to_go(current, situation):
        for paper in papers:
            if not has_content(paper):
                yield Step(f"Bring what is missing under item {paper.item.number}", content_address(paper))
    if is_late(current, situation.times) and any(has_content(each) and not each.why_late for each in papers):
        yield Step("Say why papers are late", f"{letter_address(current)}#reasons")
    if situation.lacks_resolution:
        yield Step("Put the resolution to exclude the public in its place", resolution_address(situation.meeting))
    if situation.open_warnings:
        yield Step("Go through the warnings", DeskPages(current, by_name=True).build)


def _editions(lines: Sequence[EditionLine]) -> Iterator[Step]:
    for line in lines:
        if line.refusal or line.waits:
            continue
        what = f"the {line.edition} edition of {called(line.instalment)}"
        if line.changes or (line.stored is None and line.bundle is None):
            yield Step(f"Build {what}", DeskPages(line.instalment, by_name=True).build)
        elif line.stored is not None and not line.is_published:
            yield Step(f"Publish {what}", line.publish_address)


def is_late(instalment: Instalment, times: Timeliness) -> bool:
    """Whether it goes out after the last day on time, by its own date or because that day is over."""
    return times.due_on is not None and max(instalment.dated, times.today) > times.due_on


def _has_to_go(current: Instalment, situation: Situation) -> bool:
    """On the last day on time an agenda goes out with what there is: the rest is to follow."""
    due_on = situation.times.due_on
    return not current.number and due_on is not None and situation.today >= due_on


def _adds_items(instalment: Instalment) -> bool:
    return instalment.added_items.exists()
