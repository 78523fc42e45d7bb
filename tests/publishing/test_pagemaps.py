"""Page maps survive storage; ranges follow from how many pages the parts of papers have."""

import json
from dataclasses import replace

from msgspec.structs import replace as struct_replace

from tests.publishing import packs
from tests.publishing.joining import making
from torbay_reports.publishing import pagemaps
from torbay_reports.publishing.joining.pack import PaperParts
from torbay_reports.publishing.layout import placed_papers
from torbay_reports.publishing.packplan import PackPlan, PageRange, PlannedUpload
from torbay_reports.publishing.parts.values import Part


def part(*pages: list[str]) -> Part:
    """A part whose pages hold these places."""
    made = making.sheet_of_words(["x"]).part()
    places = {name: (page, 0.0, 0.0) for page, names in enumerate(pages) for name in names}
    return struct_replace(made, pages=made.pages * len(pages), destinations=places)


def papers_of(plan: PackPlan, *parts: tuple[Part, ...]) -> list[PaperParts]:
    return [PaperParts(placed, each) for placed, each in zip(placed_papers(plan), parts, strict=True)]


def test_a_stored_page_map_reads_back_equal() -> None:
    _, pages = making.made(packs.restricted_plan())
    stored = json.loads(json.dumps(pagemaps.to_stored(pages)))
    assert pagemaps.from_stored(stored) == pages


def test_a_paper_ends_where_the_next_begins() -> None:
    papers = papers_of(
        packs.restricted_plan(),
        (part(["item-5-report", "item-5-report--p1-1"]), part(["item-5-report--p2-1"])),
        (part(["item-7-fees"]),),
        (part(["item-5-appendix"], []),),
    )
    pages = pagemaps.read(1, papers)
    assert pages.papers == {
        "item-5-report": PageRange("2", "3", 1),
        "item-7-fees": PageRange("4", "4", 3),
        "item-5-appendix": PageRange("E1", "E2", 4),
    }
    assert pages.items == {"5": PageRange("2", "3", 1), "7": PageRange("4", "4", 3)}
    assert pages.anchors == {("item-5-report", "p1-1"): "2", ("item-5-report", "p2-1"): "3"}
    assert pages.labels == ("1", "2", "3", "4", "E1", "E2")


def test_an_anchor_that_stands_in_two_parts_counts_where_it_begins() -> None:
    report = (part(["item-5-report--t"]), part(["item-5-report--t"]))
    pages = pagemaps.read(2, papers_of(packs.plan(), report, (part([]),)))
    assert pages.anchors == {("item-5-report", "t"): "3"}


def test_places_of_a_brought_paper_are_its_own() -> None:
    plan = packs.plan()
    item = plan.items[2]
    late = replace(item.papers[1], upload=PlannedUpload(b"", "0", is_tagged=False))
    plan = replace(plan, items=(*plan.items[:2], replace(item, papers=(item.papers[0], late))))
    pages = pagemaps.read(1, papers_of(plan, (part([]),), (part([]),), (part(["page-1"], ["page-2"]),)))
    assert pages.anchors == {("item-7-late", "page-1"): "4", ("item-7-late", "page-2"): "5"}
    assert pages.items["7"] == PageRange("3", "5", 2)
