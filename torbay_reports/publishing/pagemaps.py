"""Where everything stands in a pack: read from laid-out pages, stored as JSON, read back."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from torbay_reports.publishing.layout import RESTRICTED_PREFIX, PlacedPaper
from torbay_reports.publishing.packplan import PageMap, PageRange


def read(page_anchors: Sequence[Iterable[str]], placed: Sequence[PlacedPaper]) -> PageMap:
    """The page map of a pack whose pages hold these anchors, in the order of pages.

    Every paper begins on a page of its own, so one ends where the next begins.
    """
    place_of: dict[str, int] = {}
    for place, names in enumerate(page_anchors):
        for name in names:
            place_of.setdefault(name, place)
    starts = [place_of[each.paper.key] for each in placed]
    first_restricted = next(
        (start for start, each in zip(starts, placed, strict=True) if each.is_restricted), len(page_anchors)
    )
    labels = tuple(
        str(place + 1) if place < first_restricted else f"{RESTRICTED_PREFIX}{place - first_restricted + 1}"
        for place in range(len(page_anchors))
    )
    papers = {
        each.paper.key: PageRange(labels[start], labels[end - 1], start)
        for each, start, end in zip(placed, starts, [*starts[1:], len(page_anchors)], strict=True)
    }
    anchors = {}
    for name, place in place_of.items():
        key, separator, anchor = name.partition("--")
        if separator:
            anchors[key, anchor] = labels[place]
    return PageMap(papers=papers, items=_items(placed, papers), anchors=anchors, labels=labels)


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
