"""What a bundle's pages say of a pack: its contents with pages, what the meeting is asked, where a paper stands."""

from dataclasses import dataclass

from torbay_reports.core.formatting import page_range
from torbay_reports.documents.blocks import Prose, quoted
from torbay_reports.publishing import numbering
from torbay_reports.publishing.layout import MARKING, PlacedPaper, edition_name, marking_of, placed_papers, words_of
from torbay_reports.publishing.packplan import PackPlan, PageMap, PageRange, PlannedPaper, Restriction


@dataclass(frozen=True)
class PaperLine:
    """A paper in the contents; `address` is empty for one that has no pages here."""

    title: str
    pages: str
    address: str
    marking: str
    is_to_follow: bool
    withdrawn: str


@dataclass(frozen=True)
class ItemLine:
    """An item in the contents; `pages` reads "Pages 2 - 8", or nothing where none of its papers is there. `words` are
    the paragraphs that an agenda has below its title."""

    number: str
    title: str
    pages: str
    papers: tuple[PaperLine, ...]
    words: tuple[str, ...]

    @property
    def where(self) -> str:
        """Its pages, or why it has none; nothing for an item without papers."""
        if not self.pages and any(each.is_to_follow for each in self.papers):
            return "to follow"
        if not self.pages and any(each.marking for each in self.papers):
            return "not for publication"
        return self.pages


@dataclass(frozen=True)
class Recommendation:
    """What a paragraph asks the meeting to decide."""

    content: Prose
    number: str
    anchor: str


@dataclass(frozen=True)
class Asked:
    """What a paper asks the meeting to decide."""

    item: str
    title: str
    address: str
    marking: str
    recommendations: tuple[Recommendation, ...]


def address_of(key: str) -> str:
    """Where a paper stands below the bundle's folder. The page is named, so that a folder on disk will do."""
    return f"papers/{key}/index.html"


def lines(plan: PackPlan, pages: PageMap) -> tuple[ItemLine, ...]:
    """The items in the order of business, with their papers."""
    return tuple(
        ItemLine(
            number=item.number,
            title=item.title,
            pages=_range(pages.items.get(item.number)),
            papers=tuple(_line(paper, pages) for paper in item.papers),
            words=words_of(plan, item),
        )
        for item in plan.items
    )


def asked(plan: PackPlan) -> tuple[Asked, ...]:
    """The papers that ask for a decision, those not for publication after all others."""
    built = [each for each in placed_papers(plan) if each.paper.document is not None]
    return tuple(_asked(each) for each in built if each.document.recommendations)


def shown_papers(plan: PackPlan) -> tuple[PlacedPaper, ...]:
    """The papers that have a page of their own, in the order of their pages: all that have pages in the pack, withdrawn
    ones too, but not those of which only numbers are left."""
    return tuple(each for each in placed_papers(plan) if not each.is_left)


def labels_of(key: str, pages: PageMap) -> tuple[str, ...]:
    """All printed page numbers of a paper."""
    there = pages.papers[key]
    return pages.labels[there.index : pages.labels.index(there.last) + 1]


def letter_pages(pages: PageMap) -> str:
    """The pages of the letter, or the sheets of the agenda, before all papers: "Page 1", "Agenda sheets i - ii"."""
    count = min((each.index for each in pages.papers.values()), default=len(pages.labels))
    first, last = pages.labels[0], pages.labels[count - 1]
    if not numbering.is_roman(first):
        return page_range(first, last)
    return f"Agenda sheet {first}" if first == last else f"Agenda sheets {first} - {last}"


def marking_of_pack(plan: PackPlan) -> str:
    """What the pages about a whole restricted pack say; nothing in the public's edition."""
    edition = edition_name(plan)
    return f"{MARKING}: {edition.lower()}" if edition else ""


def marking_in(plan: PackPlan, paper: PlannedPaper) -> str:
    """What a paper's pages and files say: its own marking, or the edition that an open one stands in."""
    return marking_of(paper) or edition_name(plan)


def pages_of(key: str, pages: PageMap) -> dict[str, str]:
    """The printed page on which each place of a paper begins, by its anchor."""
    return {anchor: page for (owner, anchor), page in pages.anchors.items() if owner == key}


def _line(paper: PlannedPaper, pages: PageMap) -> PaperLine:
    return PaperLine(
        title=paper.called,
        pages=_range(pages.papers.get(paper.key)),
        address=address_of(paper.key) if paper.key in pages.papers else "",
        marking=marking_of(paper),
        is_to_follow=not paper.is_there and not paper.withdrawn and paper.restriction is Restriction.OPEN,
        withdrawn=paper.withdrawn,
    )


def _asked(placed: PlacedPaper) -> Asked:
    return Asked(
        item=placed.item.number,
        title=placed.paper.title,
        address=address_of(placed.paper.key),
        marking=marking_of(placed.paper),
        recommendations=tuple(
            Recommendation(quoted(each.content), each.number, each.anchor) for each in placed.document.recommendations
        ),
    )


def _range(pages: PageRange | None) -> str:
    return pages.words if pages else ""
