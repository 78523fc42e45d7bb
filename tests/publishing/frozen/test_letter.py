"""A cover letter over pages is one table, in which every line stands under its item wherever a page ends."""

from dataclasses import replace
from pathlib import Path

import outloud
import pytest
from pdfua import validate

from tests.publishing import packs
from tests.publishing.frozen.building import built
from tests.publishing.frozen.comparing import differences
from tests.publishing.frozen.reading import read_pack
from tests.publishing.frozen.things import Grid
from torbay_reports.publishing.packplan import PackPlan, PlannedItem, PlannedPaper, RenderedPack

PLACES = ("Harbours", "Parks", "Libraries", "Schools", "Roads", "Museums", "Beaches", "Allotments")
MATTERS = ("fees", "debts", "leases", "repairs", "grants", "byelaws", "staffing", "opening hours", "savings")


def plan_of(*papers: int) -> PackPlan:
    """A pack of items with so many papers each; a single one is called as its item. Of every tenth item, beginning with
    the first, one paper is there."""
    whole = packs.plan()
    there = whole.items[2].papers[0]
    items = list[PlannedItem]()
    line = 0
    for number, count in enumerate(papers, start=1):
        called = f"{MATTERS[number % 9]} of the {PLACES[number % 8]}"
        named = list[PlannedPaper]()
        for place in range(1, count + 1):
            line += 1
            # No two lines of neighbouring pages are alike, as they are where they stand at each page's head.
            title = called if count == 1 else f"{PLACES[line % 8]}: {MATTERS[line % 9]}"
            document = there.document if place == 1 and number % 10 == 1 else None
            named.append(PlannedPaper(f"item-{number}-{place}", title, document))
        items.append(PlannedItem(str(number), called, tuple(named)))
    return replace(whole, items=tuple(items))


LONG = plan_of(*(2 + item % 4 for item in range(60)))


@pytest.fixture(scope="module")
def long_pack() -> RenderedPack:
    return built(LONG)


def pages_of_items(pack: RenderedPack) -> list[set[int]]:
    """For each item the pages on which its line and its papers' lines stand, from 0."""
    (table,) = (thing for thing in read_pack(pack.pdf).papers[0].things if isinstance(thing, Grid))
    found = list[set[int]]()
    for line in table.lines[1:]:
        if line.cells[0].kind == "TH":
            found.append(set())
        found[-1].add(line.page)
    return found


def said_by_checkers(pack: RenderedPack, folder: Path) -> list[str]:
    path = folder / "pack.pdf"
    path.write_bytes(pack.pdf)
    return [str(finding) for finding in (*outloud.check(str(path)).findings, *validate(str(path)).findings)]


def test_papers_beyond_a_pages_end_stand_under_their_item(long_pack: RenderedPack) -> None:
    pages = pages_of_items(long_pack)
    assert len(pages) == 60
    assert max(pages[-1]) >= 2
    assert any(len(each) > 1 for each in pages)
    assert differences(long_pack.pdf, LONG, long_pack.pages) == []


def test_an_item_whose_papers_fill_three_pages_heads_them_all() -> None:
    plan = plan_of(3, 120, 2)
    pack = built(plan)
    assert len(pages_of_items(pack)[1]) >= 3
    assert differences(pack.pdf, plan, pack.pages) == []


def test_it_does_not_matter_where_in_an_item_the_page_ends() -> None:
    broken = 0
    for before in range(15, 25):
        plan = plan_of(before, 3, 2)
        pack = built(plan)
        broken += len(pages_of_items(pack)[1]) > 1
        assert differences(pack.pdf, plan, pack.pages) == []
    assert broken == 3


def test_outloud_and_pdfua_find_neither_error_nor_warning(long_pack: RenderedPack, tmp_path: Path) -> None:
    assert said_by_checkers(long_pack, tmp_path) == []


@pytest.mark.parametrize("papers", [(1,), (1, 1), (1, 1, 1), (2,), (1, 2), (2, 1)])
def test_a_letter_of_few_lines_has_no_more_heads_than_they_bear(papers: tuple[int, ...], tmp_path: Path) -> None:
    plan = plan_of(*papers)
    pack = built(plan)
    assert differences(pack.pdf, plan, pack.pages) == []
    assert said_by_checkers(pack, tmp_path) == []
