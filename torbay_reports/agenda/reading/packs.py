"""The pack so far: what every published instalment brings, under the items in the order of business."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from django.urls import reverse
from django.utils import timezone

from torbay_reports.agenda.models import AgendaItem, Meeting, Paper
from torbay_reports.agenda.published import PublishedInstalment, contents_of, published_of
from torbay_reports.core.formatting import long_date
from torbay_reports.publishing.bundles.reading import published_address
from torbay_reports.publishing.bundles.values import ItemEntry, PaperEntry
from torbay_reports.publishing.numbering import joined
from torbay_reports.publishing.packplan import Edition, PageMap, PageRange
from torbay_reports.publishing.pagemaps import from_stored


@dataclass(frozen=True)
class PaperLine:
    """A paper in the contents: `pages` read "Pages 2 - 8", `brought_in` names the supplement that brings it, and
    `marking` stands at one that is not for publication."""

    item: str
    entry: PaperEntry
    address: str
    pages: str = ""
    brought_in: str = ""
    marking: str = ""

    @property
    def is_to_follow(self) -> bool:
        """Whether readers still wait for it."""
        return not (self.entry.publication or self.entry.upload or self.entry.withdrawn)

    @property
    def title(self) -> str:
        return self.entry.title

    @property
    def is_readable(self) -> bool:
        """Whether there is something of it to read."""
        return not (self.is_to_follow or self.entry.withdrawn)


@dataclass(frozen=True)
class ItemLine:
    """An item in the contents; `pages` are those of all its papers, or nothing."""

    entry: ItemEntry
    papers: tuple[PaperLine, ...]
    pages: str = ""


@dataclass(frozen=True)
class Part:
    """A published instalment as readers have it."""

    published: PublishedInstalment

    @property
    def name(self) -> str:
        """Agenda, Supplement 1."""
        return self.published.instalment.name

    @cached_property
    def pages(self) -> PageMap:
        """Where everything stands in it."""
        return from_stored(self.published.bundle.pages)

    @cached_property
    def items(self) -> tuple[ItemEntry, ...]:
        """What it lists."""
        return contents_of(self.published.bundle)

    @property
    def page_words(self) -> str:
        """All its pages: Pages i - ii and 1 - 8."""
        return words_of(self.pages.labels)

    @property
    def letter_labels(self) -> tuple[str, ...]:
        """The pages of its letter, or of the agenda's sheets, which stand before all papers."""
        first = min((each.index for each in self.pages.papers.values()), default=len(self.pages.labels))
        return self.pages.labels[:first]

    @property
    def letter_pages(self) -> str:
        return words_of(self.letter_labels)

    @property
    def published_words(self) -> str:
        """4 September 2017 at 16.05, by the council's clock."""
        at = timezone.localtime(self.published.bundle.published_at, timezone.get_default_timezone())
        return f"{long_date(at.date())} at {at:%H.%M}"

    @property
    def pdf(self) -> str:
        """The address of it alone as a PDF."""
        meeting = self.published.instalment.meeting
        where = [meeting.committee.slug, meeting.held_on, self.published.instalment.number]
        return reverse("agenda:instalment-pdf", args=where)

    @property
    def permanent(self) -> str:
        """Where this version stands for good."""
        return published_address(self.published.bundle)


@dataclass(frozen=True)
class PackSoFar:
    """All that stands of a meeting for the public: its instalments in turn, its items in the order of business."""

    meeting: Meeting
    parts: tuple[Part, ...]
    items: tuple[ItemLine, ...]

    @property
    def papers(self) -> list[PaperLine]:
        """What can be read, in the order of business."""
        return [paper for item in self.items for paper in item.papers if paper.is_readable]

    @property
    def missing(self) -> list[PaperLine]:
        """What readers still wait for."""
        return [paper for item in self.items for paper in item.papers if paper.is_to_follow]

    @property
    def labels(self) -> tuple[str, ...]:
        """The printed numbers of all pages, in turn."""
        return tuple(label for part in self.parts for label in part.pages.labels)

    @property
    def page_words(self) -> str:
        return words_of(self.labels)

    @property
    def newest(self) -> Part | None:
        """What was published last, be it a new instalment or a later version of an older one."""
        return max(self.parts, key=lambda part: part.published.bundle.published_at, default=None)

    def around(self, paper: int) -> tuple[PaperLine | None, PaperLine | None]:
        """The papers before and after the one of that key."""
        papers = self.papers
        place = next((place for place, each in enumerate(papers) if each.entry.row == paper), None)
        if place is None:
            return None, None
        before = papers[place - 1] if place else None
        return before, papers[place + 1] if place + 1 < len(papers) else None

    def with_paper(self, line: PaperLine, item: AgendaItem) -> "PackSoFar":
        """The contents with one more paper, for who may read what the public does not know of."""
        if all(each.entry.number != item.number for each in self.items):
            own = ItemLine(ItemEntry(item.number, item.title, ()), (line,))
            return replace(self, items=(*self.items, own))
        return replace(
            self,
            items=tuple(
                replace(each, papers=(*each.papers, line)) if each.entry.number == item.number else each
                for each in self.items
            ),
        )


def pack_of(meeting: Meeting) -> PackSoFar:
    """What stands of a meeting for the public; three queries."""
    return so_far(meeting, published_of([meeting], Edition.PUBLIC))


def so_far(meeting: Meeting, published: Sequence[PublishedInstalment]) -> PackSoFar:
    """The pack that these published instalments of a meeting make; one query."""
    parts = tuple(Part(each) for each in sorted(published, key=lambda each: each.instalment.number))
    return PackSoFar(meeting, parts, tuple(_items(meeting, parts)) if parts else ())


def paper_address(meeting: Meeting, item: str, slug: str) -> str:
    """Where a paper is read."""
    return reverse("agenda:paper", args=[meeting.committee.slug, meeting.held_on, item, slug])


def restricted_line(paper: Paper, pages: PageMap | None, key: str) -> PaperLine:
    """A paper that is not for publication as its readers see it in the contents."""
    content = paper.content
    entry = PaperEntry(
        key, paper.slug, content.title, paper.pk, paper.restriction, content.publication_id, content.upload_id
    )
    there = pages.papers.get(key) if pages else None
    address = paper_address(paper.item.meeting, paper.item.number, paper.slug)
    return PaperLine(paper.item.number, entry, address, there.words if there else "", marking=paper.restriction)


def words_of(labels: Sequence[str]) -> str:
    """Pages as they are named: Pages i - ii and 1 - 8."""
    return joined([PageRange(each, each, place) for place, each in enumerate(labels)]).words if labels else ""


def _items(meeting: Meeting, parts: Sequence[Part]) -> Iterator[ItemLine]:
    places = dict(AgendaItem.objects.filter(meeting=meeting).values_list("number", "position"))
    named: dict[str, ItemEntry] = {}
    papers: dict[str, dict[int, PaperLine]] = {}
    ranges: dict[str, list[PageRange]] = {}
    for part in parts:
        for item in part.items:
            named.setdefault(item.number, item)
            under = papers.setdefault(item.number, {})
            for entry in item.papers:
                line = _line(meeting, part, item.number, entry)
                if entry.row not in under or not line.is_to_follow:
                    under[entry.row] = line
            if item.number in part.pages.items:
                ranges.setdefault(item.number, []).append(part.pages.items[item.number])
    for number in sorted(named, key=lambda each: places.get(each, len(places) + len(named))):
        pages = joined(ranges[number]).words if number in ranges else ""
        yield ItemLine(named[number], tuple(papers[number].values()), pages)


def _line(meeting: Meeting, part: Part, item: str, entry: PaperEntry) -> PaperLine:
    there = part.pages.papers.get(entry.key)
    is_there = bool(entry.publication or entry.upload or entry.withdrawn)
    return PaperLine(
        item=item,
        entry=entry,
        address=paper_address(meeting, item, entry.slug),
        pages=there.words if there else "",
        brought_in=part.name if is_there and part.published.instalment.number else "",
    )
