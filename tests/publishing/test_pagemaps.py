"""Page maps survive storage; ranges follow from how many pages the parts of papers have."""

import json
from dataclasses import replace

from msgspec.structs import replace as struct_replace

from tests.publishing import packs
from tests.publishing.joining import making
from torbay_reports.publishing import pagemaps
from torbay_reports.publishing.joining.pack import PaperParts
from torbay_reports.publishing.layout import placed_papers
from torbay_reports.publishing.packplan import GivenNumbers, PackPlan, PageRange, PlannedUpload, Restriction
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


def test_a_page_map_tells_the_numbers_of_each_place_for_the_next_version() -> None:
    plan = packs.restricted_plan()
    item = plan.items[0]
    named = replace(item, papers=(replace(item.papers[0], place="report"), *item.papers[1:]))
    papers = papers_of(replace(plan, items=(named, *plan.items[1:])), (part([], []),), (part([]),), (part([], []),))
    pages = pagemaps.read(1, papers)
    assert pages.numbered == (
        GivenNumbers("", ("1",)),
        GivenNumbers("report", ("2", "3")),
        GivenNumbers("item-7-fees", ("4",)),
        GivenNumbers("item-5-appendix", ("E1", "E2"), Restriction.EXEMPT),
    )
    longer = [papers[0], PaperParts(papers[1].placed, papers[1].parts, part([])), papers[2]]
    after = pagemaps.read(2, longer, pages.numbered)
    assert after.labels == ("1", "1a", "2", "3", "4", "4a", "E1", "E2")
    assert after.papers["item-7-fees"] == PageRange("4", "4a", 4)


def test_a_page_map_that_was_stored_without_places_tells_numbers_by_key() -> None:
    _, pages = making.made(packs.restricted_plan())
    stored = pagemaps.to_stored(pages)
    del stored["numbered"]
    assert pagemaps.from_stored(stored) == pages


def test_items_whose_papers_do_not_follow_on_have_their_pages_in_runs() -> None:
    plan = packs.plan()
    late = replace(plan.items[0].papers[0], key="item-5-late")
    item = replace(plan.items[0], papers=(plan.items[0].papers[0], late))
    before = papers_of(plan, (part([]),), (part([]),))
    after = papers_of(replace(plan, items=(item, *plan.items[1:])), (part([]),), (part([]),), (part([]),))
    pages = pagemaps.read(1, after, pagemaps.read(1, before).numbered)
    assert pages.labels == ("1", "2", "4", "3")
    assert pages.items["5"] == PageRange("2", "2", 1, (("4", "4"),))
    assert pagemaps.from_stored(json.loads(json.dumps(pagemaps.to_stored(pages)))) == pages


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
