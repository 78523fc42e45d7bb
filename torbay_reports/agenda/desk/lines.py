"""An agenda as its clerk sees it: items and papers in order, where each paper stands, and what can be done with it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from django.utils import timezone

from torbay_reports.agenda.calculations.timeliness import PaperState, Timeliness
from torbay_reports.agenda.desk.addresses import content_address
from torbay_reports.agenda.desk.papers import place_refusal
from torbay_reports.agenda.desk.standing import Standing
from torbay_reports.agenda.grounds import ground_words
from torbay_reports.agenda.models import AgendaItem, Instalment, ItemKind, Meeting, Paper
from torbay_reports.core.formatting import count, long_date

T = TypeVar("T", AgendaItem, Paper)

YELLOW: Final = "govuk-tag--yellow"
GREEN: Final = "govuk-tag--green"
RED: Final = "govuk-tag--red"
GREY: Final = "govuk-tag--grey"
TAGS: Final = {PaperState.ON_TIME: ("On time", GREEN), PaperState.LATE: ("Late", YELLOW)}


@dataclass(frozen=True)
class Neighbours:
    """The keys of the rows above and below one that it may pass; none where it is the first or the last, or where both
    are out, so that their order stays."""

    above: int | None = None
    below: int | None = None


@dataclass(frozen=True)
class PaperLine:
    """A paper on the desk. `title` says only what its reader may know; `tags` are words with their colour, `said` is
    what stands for it and where it goes out; `stays` why it stays where it is, and is empty where it can go."""

    paper: Paper
    title: str
    tags: tuple[tuple[str, str], ...]
    said: str
    past: Neighbours
    stays: str
    is_out: bool
    is_missing: bool

    @property
    def anchor(self) -> str:
        """Its place on the desk's page."""
        return f"paper-{self.paper.pk}"

    @property
    def content_address(self) -> str:
        """Where it is given what it says."""
        return content_address(self.paper)


@dataclass(frozen=True)
class DeskItem:
    """An item on the desk with its papers. `is_out` tells that number, title and order stay."""

    item: AgendaItem
    papers: tuple[PaperLine, ...]
    past: Neighbours
    is_out: bool
    added_in: str

    @property
    def anchor(self) -> str:
        """Its place on the desk's page."""
        return f"item-{self.item.pk}"

    @property
    def is_resolution(self) -> bool:
        """Whether it is the resolution to exclude the public."""
        return self.item.kind == ItemKind.EXCLUSION

    @property
    def is_urgent(self) -> bool:
        """Whether it was not on the agenda five clear days before."""
        return self.item.kind == ItemKind.URGENT

    @property
    def may_be_asked_for(self) -> bool:
        """Whether the person presiding can be asked to take it as urgent: the agenda has not got it, or has not got one
        of its papers."""
        papers = [each.paper for each in self.papers]
        comes_later = any(each.instalment.number or each.listed_in_id for each in papers)
        return not self.is_resolution and (self.is_urgent or self.item.added_in_id is not None or comes_later)

    @property
    def may_be_carried(self) -> bool:
        """Whether it can be put on a later agenda: it is business, and was not carried yet."""
        return not self.is_resolution and getattr(self.item, "carried_to", None) is None


def desk_items(
    meeting: Meeting, papers: Iterable[Paper], standing: Standing, times: Timeliness, *, restricted: bool
) -> list[DeskItem]:
    """The meeting's items with these papers, in order; two queries. Without `restricted` no title of a restricted paper
    is read."""
    instalments = {each.pk: each for each in meeting.instalments.all()}
    under: dict[int, list[Paper]] = {}
    for paper in papers:
        under.setdefault(paper.item_id, []).append(paper)
    items = list(meeting.items.select_related("carried_to").order_by("position", "pk"))
    past = _neighbours(items, {each.pk for each in items if standing.has_item(each)})
    return [
        DeskItem(
            item=item,
            papers=tuple(_paper_lines(under.get(item.pk, []), standing, times, restricted=restricted)),
            past=past[item.pk],
            is_out=standing.has_item(item),
            added_in=_added_in(item, instalments),
        )
        for item in items
    ]


def _added_in(item: AgendaItem, instalments: Mapping[int, Instalment]) -> str:
    """Where an item stands that is none of the agenda's own."""
    if item.at_meeting:
        return "Admitted at the meeting, and on no agenda."
    return f"Added in {instalments[item.added_in_id].name}." if item.added_in_id else ""


def _paper_lines(
    papers: Sequence[Paper], standing: Standing, times: Timeliness, *, restricted: bool
) -> Iterable[PaperLine]:
    past = _neighbours(papers, {each.pk for each in papers if standing.has_paper(each)})
    for paper in papers:
        is_shown = restricted or not paper.is_restricted
        yield PaperLine(
            paper=paper,
            title=paper.content.title if is_shown else f"A paper that is {paper.held_back_as}",
            tags=tuple(_tags(paper, standing, times, is_shown=is_shown)),
            said=" ".join(_said(paper, standing, is_shown=is_shown)),
            past=past[paper.pk],
            stays=place_refusal(paper, standing),
            is_out=paper.pk in standing.papers,
            is_missing=is_shown and not paper.is_withdrawn and not has_content(paper),
        )


def has_content(paper: Paper) -> bool:
    """Whether something is frozen or brought for it."""
    return paper.content.publication_id is not None or paper.content.upload_id is not None


def _tags(paper: Paper, standing: Standing, times: Timeliness, *, is_shown: bool) -> Iterable[tuple[str, str]]:
    if paper.is_restricted:
        yield str(paper.held_back_as).capitalize(), RED
    if paper.is_withdrawn:
        yield "Withdrawn", GREY
    elif paper.pk in standing.papers:
        yield TAGS.get(times.state_of(paper.pk), ("Published", GREEN))
    elif is_shown and not has_content(paper):
        yield "To follow", YELLOW
    else:
        yield "Not out yet", GREY


def _said(paper: Paper, standing: Standing, *, is_shown: bool) -> Iterable[str]:
    if not paper.is_withdrawn:
        if is_shown:
            yield from _content(paper)
        if paper.pk not in standing.papers:
            yield _goes_out(paper, standing)
    if paper.why_late:
        yield f"Late: {paper.why_late}"


def _content(paper: Paper) -> Iterable[str]:
    content = paper.content
    if content.publication is not None:
        yield f"Frozen on {long_date(timezone.localtime(content.publication.frozen_at).date())}."
    elif content.upload is not None:
        pages = count(content.upload.pages, "page", "pages")
        yield f"Brought: {content.upload.name}, {pages}."
    if paper.is_restricted:
        yield f"{ground_words(paper)}." if paper.has_grounds else "Its grounds are missing."


def _goes_out(paper: Paper, standing: Standing) -> str:
    if standing.waits(paper):
        return f"{_capital(called(paper.instalment))} went out without it, so a supplement brings it."
    listed = f" {_capital(called(paper.listed_in))} lists it as to follow." if paper.listed_in else ""
    return f"It goes out with {called(paper.instalment)}.{listed}"


def called(instalment: Instalment) -> str:
    """Its name inside a sentence: the agenda, Supplement 1."""
    return instalment.name if instalment.number else "the agenda"


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def _neighbours(rows: Sequence[T], out: set[int]) -> Mapping[int, Neighbours]:
    """Whom each row may pass."""
    found = {}
    for place, each in enumerate(rows):
        above = rows[place - 1].pk if place else None
        below = rows[place + 1].pk if place + 1 < len(rows) else None
        stays = out if each.pk in out else set()
        found[each.pk] = Neighbours(above=None if above in stays else above, below=None if below in stays else below)
    return found
