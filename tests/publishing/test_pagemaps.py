"""Page maps survive storage; ranges follow from where papers begin."""

import json

from tests.publishing import packs
from torbay_reports.publishing import pagemaps
from torbay_reports.publishing.layout import placed_papers
from torbay_reports.publishing.packplan import PageRange, RenderedPack


def test_a_stored_page_map_reads_back_equal(restricted_pack: RenderedPack) -> None:
    stored = json.loads(json.dumps(pagemaps.to_stored(restricted_pack.pages)))
    assert pagemaps.from_stored(stored) == restricted_pack.pages


def test_a_paper_ends_where_the_next_begins() -> None:
    placed = placed_papers(packs.restricted_plan())
    pages = pagemaps.read(
        [
            ["letter"],
            ["item-5-report", "item-5-report--p1-1"],
            ["item-5-report--p2-1"],
            ["item-7-fees"],
            ["item-5-appendix"],
            [],
        ],
        placed,
    )
    assert pages.papers == {
        "item-5-report": PageRange("2", "3", 1),
        "item-7-fees": PageRange("4", "4", 3),
        "item-5-appendix": PageRange("E1", "E2", 4),
    }
    assert pages.items == {"5": PageRange("2", "3", 1), "7": PageRange("4", "4", 3)}
    assert pages.anchors == {("item-5-report", "p1-1"): "2", ("item-5-report", "p2-1"): "3"}
    assert pages.labels == ("1", "2", "3", "4", "E1", "E2")


def test_an_anchor_that_goes_on_over_a_page_counts_where_it_begins() -> None:
    placed = placed_papers(packs.plan())
    pages = pagemaps.read(
        [["letter"], ["item-5-report", "item-5-report--t"], ["item-5-report--t"], ["item-7-fees"]], placed
    )
    assert pages.anchors["item-5-report", "t"] == "2"
