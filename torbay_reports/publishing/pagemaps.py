"""Where everything stands in a pack: read from the parts of its papers, stored as JSON, read back."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from torbay_reports.publishing import numbering
from torbay_reports.publishing.joining.pack import PaperParts
from torbay_reports.publishing.layout import PlacedPaper
from torbay_reports.publishing.markup import element_id
from torbay_reports.publishing.numbering import LETTER_PLACE, NOTHING_REACHED, RESTRICTED_PREFIX, Numbers
from torbay_reports.publishing.packplan import GivenNumbers, PageMap, PageRange, Reached, Restriction


def read(
    letter_pages: int,
    papers: Sequence[PaperParts],
    earlier: Sequence[GivenNumbers] = (),
    *,
    reached: Reached = NOTHING_REACHED,
    is_agenda: bool = False,
) -> PageMap:
    """The page map of a pack whose letter takes so many pages and whose papers consist of these parts, with the page
    numbers that an `earlier` version gave, and new ones after those `reached`. One that `is_agenda` begins with sheets
    in place of a letter.

    Every paper begins on a page of its own. What goes on over a page counts where it begins.
    """
    numbers = Numbers(earlier, reached)
    letter = numbers.take(LETTER_PLACE, letter_pages, are_sheets=is_agenda)
    numbered = [GivenNumbers(LETTER_PLACE, letter)]
    labels = list(letter)
    ranges: dict[str, PageRange] = {}
    anchors: dict[tuple[str, str], str] = {}
    for each in papers:
        paper = each.placed.paper
        own = numbers.take(paper.slot, each.pages, is_restricted=each.placed.is_restricted)
        numbered.append(GivenNumbers(paper.slot, own, paper.restriction))
        ranges[paper.key] = PageRange(own[0], own[-1], len(labels))
        for anchor, place in _anchors(each):
            anchors.setdefault((paper.key, anchor), own[place])
        labels.extend(own)
    return PageMap(
        papers=ranges,
        items=_items([each.placed for each in papers], ranges),
        anchors=anchors,
        labels=tuple(labels),
        numbered=tuple(numbered),
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
    own: dict[str, list[PageRange]] = {}
    with_open = {each.item.number for each in placed if not each.is_restricted}
    for each in placed:
        number = each.item.number
        if not each.is_left and not (each.is_restricted and number in with_open):
            own.setdefault(number, []).append(papers[each.paper.key])
    return {number: numbering.joined(ranges) for number, ranges in own.items()}


def to_stored(pages: PageMap) -> dict[str, Any]:
    """A page map as JSON values."""
    return {
        "papers": {key: _stored_range(each) for key, each in pages.papers.items()},
        "items": {key: _stored_range(each) for key, each in pages.items.items()},
        "anchors": [[paper, anchor, page] for (paper, anchor), page in pages.anchors.items()],
        "labels": list(pages.labels),
        "numbered": [[each.place, list(each.labels), each.restriction.value] for each in pages.numbered],
    }


def _stored_range(pages: PageRange) -> list[Any]:
    more = [[list(run) for run in pages.more]] if pages.more else []
    return [pages.first, pages.last, pages.index, *more]


def from_stored(stored: Mapping[str, Any]) -> PageMap:
    """A page map read back from JSON values."""
    papers = {key: _range(values) for key, values in stored["papers"].items()}
    labels = tuple(stored["labels"])
    numbered = tuple(
        GivenNumbers(place, tuple(own), Restriction(restriction))
        for place, own, restriction in stored.get("numbered", ())
    )
    return PageMap(
        papers=papers,
        items={key: _range(values) for key, values in stored["items"].items()},
        anchors={(paper, anchor): page for paper, anchor, page in stored["anchors"]},
        labels=labels,
        numbered=numbered or _by_keys(papers, labels),
    )


def _range(values: Sequence[Any]) -> PageRange:
    first, last, index, *more = values
    return PageRange(first, last, index, tuple((begin, end) for begin, end in more[0]) if more else ())


def _by_keys(papers: Mapping[str, PageRange], labels: Sequence[str]) -> tuple[GivenNumbers, ...]:
    """The page numbers of a pack that was stored before they were noted by place: by its papers' keys."""
    ranges = sorted(papers.items(), key=lambda each: each[1].index)
    starts = [0, *(pages.index for _, pages in ranges)]
    places = [LETTER_PLACE, *(key for key, _ in ranges)]
    return tuple(
        GivenNumbers(place, own, Restriction.EXEMPT if own[0].startswith(RESTRICTED_PREFIX) else Restriction.OPEN)
        for place, start, end in zip(places, starts, [*starts[1:], len(labels)], strict=True)
        if (own := tuple(labels[start:end]))
    )
