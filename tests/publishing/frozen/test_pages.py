"""A pack in parts has the pages of one run: the same words on each, in the same places, and no white space more."""

import pytest
from hypothesis import HealthCheck, given, settings
from msgspec.structs import replace

from tests.publishing import packs
from tests.publishing.frozen import inventing, plain
from tests.publishing.frozen.building import QUICK, built, with_document
from tests.publishing.frozen.plain import Compared
from tests.publishing.frozen.test_letter import LONG
from tests.publishing.parts import papers
from torbay_reports.documents.blocks import Block, Column, Document, Facts, Heading, Table
from torbay_reports.publishing.packplan import PackPlan, RenderedPack

MOST = 1.05
ROWS = 300
EXAMPLES = max(settings().max_examples // 8, 1)
SAMPLE, ALL = (3, 5, 8, 13), range(120)
TALL = 16


def compared(plan: PackPlan, pack: RenderedPack | None = None) -> Compared:
    """The papers of a pack beside one run of them."""
    pack = pack or built(plan)
    letters = len(plain.letter_of(plan, pack))
    return plain.compared(plan, plain.sheets(pack.pdf, letters)[letters:])


def tracker() -> Document:
    """A landscape paper whose rows are of many heights, in tables that begin where the one before ends."""
    columns = tuple(Column(name, name.title(), width=width) for name, width in (("nos", 1), ("how", 4), ("what", 5)))
    rows = [
        packs.row(f"step-{n}", f"1/{n}", f"Step {n} " + packs.STORY * (n % 3), packs.STORY * (n * 7 % 5) or "None.")
        for n in range(ROWS)
    ]
    blocks = list[Block]()
    for first in range(0, ROWS, 50):
        blocks.append(Heading(f"band-{first}", f"Priority {first}", 2, is_band=True))
        some = tuple(rows[first : first + 50])
        blocks.append(Table(f"table-{first}", f"Steps from {first}", columns, some, kind="tracker"))
    return Document("invented.tracker", "2031", "Tracker", tuple(blocks), orientation="landscape")


def test_a_long_tracker_has_the_pages_of_one_run() -> None:
    found = compared(with_document(tracker()))
    assert found.pages > 40
    assert found.differences == []


@pytest.mark.parametrize(("orientation", "rows"), [("portrait", 250), ("landscape", 60)])
def test_a_report_has_the_pages_of_one_run(orientation: str, rows: int) -> None:
    paper = replace(packs.report(rows=rows), orientation=orientation)
    found = compared(with_document(paper))
    assert found.pages > 10
    assert found.differences == []


def test_a_theme_behind_facts_begins_no_page_and_one_behind_a_table_does() -> None:
    facts = Facts("facts", "About this report", (("Wards", ("All",)),))
    themes = [Heading(f"theme-{n}", f"Theme {n}", 2, is_band=True) for n in range(3)]
    blocks = (facts, themes[0], packs.budget_table(), themes[1], packs.chart(), themes[2])
    found = compared(with_document(Document("a", "b", "Title", blocks)))
    assert found.pages == 3
    assert found.differences == []


@pytest.mark.parametrize("name", ["public", "restricted"])
def test_a_pack_of_several_papers_has_the_pages_of_one_run(name: str, request: pytest.FixtureRequest) -> None:
    plan = packs.plan() if name == "public" else packs.restricted_plan()
    found = compared(plan, request.getfixturevalue(f"{name}_pack"))
    assert found.pages > 10
    assert found.differences == []


@pytest.mark.parametrize("plan", [packs.plan(), LONG], ids=["short", "long"])
def test_the_letter_has_the_pages_of_a_run_of_its_own(plan: PackPlan) -> None:
    pack = built(plan)
    letter = plain.letter_of(plan, pack)
    assert plain.differences(plain.sheets(pack.pdf, len(letter))[: len(letter)], letter) == []


def has_the_same_pages_or_fuller(found: plain.Compared) -> bool:
    """WeasyPrint sends some pieces to the next page although they have room, such as a note under a table, whose margin
    above is negative, or the last point of a list that fits. Then the first page that differs has more in the pack."""
    return found.differences == [] or found.differences[0].endswith(" for nothing")


def test_invented_papers_have_the_pages_of_one_run(soak: bool) -> None:
    seeds = ALL if soak else SAMPLE
    pages = pages_of_one_run = 0
    for seed in seeds:
        found = compared(with_document(papers.document(seed)))
        assert has_the_same_pages_or_fuller(found), f"seed {seed}: {found.differences}"
        pages += found.pages
        pages_of_one_run += found.pages_of_one_run
    # A short paper may have a page more, for a paragraph that is kept whole: of many papers that is next to nothing.
    assert pages <= (MOST * pages_of_one_run if soak else pages_of_one_run + 1)


def test_a_row_higher_than_a_page_breaks_where_it_does_in_one_run_and_below_its_tables_head() -> None:
    found = compared(with_document(papers.document(TALL)))
    assert found.has_tall_rows
    assert found.differences == []
    assert found.pages <= found.pages_of_one_run


@settings(max_examples=EXAMPLES, phases=QUICK, suppress_health_check=list(HealthCheck))
@given(document=inventing.documents())
def test_whatever_a_paper_holds_it_has_the_pages_of_one_run(document: Document) -> None:
    found = compared(with_document(document))
    assert has_the_same_pages_or_fuller(found), found.differences
