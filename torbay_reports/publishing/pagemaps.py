"""Where everything stands in a pack: read from the parts of its papers, stored as JSON, read back."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from torbay_reports.publishing.joining.pack import PaperParts
from torbay_reports.publishing.layout import RESTRICTED_PREFIX, PlacedPaper
from torbay_reports.publishing.markup import element_id
from torbay_reports.publishing.packplan import PageMap, PageRange


def read(letter_pages: int, papers: Sequence[PaperParts]) -> PageMap:
    """The page map of a pack whose letter takes so many pages and whose papers consist of these parts.

    Every paper begins on a page of its own. What goes on over a page counts where it begins.
    """
    lengths = [sum(len(part.pages) for part in each.parts) for each in papers]
    starts = [letter_pages + sum(lengths[:place]) for place in range(len(papers))]
    count = letter_pages + sum(lengths)
    first_restricted = next(
        (start for start, each in zip(starts, papers, strict=True) if each.placed.is_restricted), count
    )
    labels = tuple(
        str(place + 1) if place < first_restricted else f"{RESTRICTED_PREFIX}{place - first_restricted + 1}"
        for place in range(count)
    )
    ranges = {
        each.placed.paper.key: PageRange(labels[start], labels[start + length - 1], start)
        for each, start, length in zip(papers, starts, lengths, strict=True)
    }
    anchors: dict[tuple[str, str], str] = {}
    for each, start in zip(papers, starts, strict=True):
        for anchor, place in _anchors(each):
            anchors.setdefault((each.placed.paper.key, anchor), labels[start + place])
    return PageMap(
        papers=ranges, items=_items([each.placed for each in papers], ranges), anchors=anchors, labels=labels
    )


def _anchors(paper: PaperParts) -> Iterator[tuple[str, int]]:
    """The named places of a paper without its key, each with its page counted from the paper's first."""
    is_brought = paper.placed.paper.upload is not None
    prefix = element_id(paper.placed.paper.key, "")
    first = 0
    for part in paper.parts:
        for name, (page, _, _) in part.destinations.items():
            if is_brought:
                yield name, first + page
            elif name.startswith(prefix):
                yield name.removeprefix(prefix), first + page
        first += len(part.pages)


def _items(placed: Sequence[PlacedPaper], papers: Mapping[str, PageRange]) -> dict[str, PageRange]:
    """The pages of each item: those of its open papers, or of the others where none is open."""
    items: dict[str, PageRange] = {}
    with_open = {each.item.number for each in placed if not each.is_restricted}
    for each in placed:
        number = each.item.number
        if each.is_restricted and number in with_open:
            continue
        pages = papers[each.paper.key]
        begun = items.get(number, pages)
        items[number] = PageRange(begun.first, pages.last, begun.index)
    return items


def to_stored(pages: PageMap) -> dict[str, Any]:
    """A page map as JSON values."""
    return {
        "papers": {key: [each.first, each.last, each.index] for key, each in pages.papers.items()},
        "items": {key: [each.first, each.last, each.index] for key, each in pages.items.items()},
        "anchors": [[paper, anchor, page] for (paper, anchor), page in pages.anchors.items()],
        "labels": list(pages.labels),
    }


def from_stored(stored: Mapping[str, Any]) -> PageMap:
    """A page map read back from JSON values."""
    return PageMap(
        papers={key: PageRange(*values) for key, values in stored["papers"].items()},
        items={key: PageRange(*values) for key, values in stored["items"].items()},
        anchors={(paper, anchor): page for paper, anchor, page in stored["anchors"]},
        labels=tuple(stored["labels"]),
    )
