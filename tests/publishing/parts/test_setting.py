"""A strip takes the room that its piece takes on a page of WeasyPrint's, and depends on its piece alone."""

from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

import pytest
from msgspec.structs import replace

from tests.publishing import packs
from tests.publishing.frozen.test_letter import LONG
from tests.publishing.parts import papers
from torbay_reports.documents.blocks import Block, BulletList, Column, Document, Facts, Heading, Paragraph, Table, words
from torbay_reports.publishing import layout
from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.layout import placed_papers
from torbay_reports.publishing.parts import breaks, filling, setting, workers
from torbay_reports.publishing.parts.pieces import Chapter, Kind, Unit, break_order_of, order_of
from torbay_reports.publishing.parts.setting import ENDLESS, press
from torbay_reports.publishing.parts.values import (
    CONTENT,
    Part,
    Room,
    Strip,
    content_page,
    from_bytes,
    kid_kind,
    strip_from_bytes,
)
from torbay_reports.publishing.parts.workers import READY

SAMPLE, ALL = range(6), range(120)
NEAR = 0.05
"""Points: the sum of what is rounded in the heights of a paper's pieces."""
LINE = 10.5 * 1.45
"""Points from line to line of a paragraph, as print.css has it."""
COLUMNS = (Column("n", "No", width=1), Column("s", "Story", group="Told", width=4))


def seeds(soak: bool) -> range:
    return ALL if soak else SAMPLE


def of(*blocks: Block) -> Chapter:
    return papers.chapter(Document("a", "b", "Title", blocks))


def last_unit(*blocks: Block) -> tuple[Chapter, Unit]:
    chapter = of(*blocks)
    return chapter, chapter.units[-1]


def broken(chapter: Chapter, unit: Unit, first: float, later: float) -> Strip:
    order = break_order_of(chapter.sheet, unit, first, later)
    [told] = setting.break_piece(order)
    strip = strip_from_bytes(told[3])
    assert Room(*told[:3]) == strip.room
    assert setting.break_piece(order) == [told]
    return strip


def kinds(part: Part, kind: str) -> list[int]:
    """The pages on which the elements of a kind begin."""
    return [each.page for each in part.elements if each.kind == kind]


def pages_of(part: Part, kind: str) -> list[set[int]]:
    """The pages over which each element of a kind goes."""
    return [
        {content_page(kid, each.page) for kid in each.kids if kid_kind(kid) == CONTENT}
        for each in part.elements
        if each.kind == kind
    ]


# Room


def tops(chapter: Chapter, strips: Sequence[Strip]) -> list[float]:
    """Where each piece begins on an endless page, by the rooms of all."""
    pieces = [
        filling.Piece(strip.room, unit.is_bound, unit.can_break)
        for strip, unit in zip(strips, chapter.units, strict=True)
    ]
    with pytest.raises(StopIteration) as filled:
        next(filling.fill(pieces, ENDLESS))
    [page] = filled.value.value
    return [placed.top for placed in page.placed]


def tops_of_one_run(paper: Document, chapter: Chapter) -> list[float]:
    """The same as WeasyPrint has it for the whole paper, with each row below its table."""
    plan = packs.plan(document=paper)
    shown = [layout.line_html(line) for line in layout.opening_of(placed_papers(plan)[0], plan)]
    shown += [layout.block_html(each, chapter.sheet.key) for each in layout.in_context(paper)]
    document = press().set(layout.pieces_html(chapter.sheet, shown, room=ENDLESS, is_apart=False))
    edge = document.pages[0]._page_box.margin_top
    boxes = (box for top in breaks.pieces_on(document, 0) for box in (top, *_rows(top)))
    return [0.75 * (breaks.top(box) - edge if hasattr(box, "margin_top") else box.position_y - edge) for box in boxes]


def _rows(box: Any) -> Iterator[Any]:
    if box.element.tag == "table" and "shared" in box.element.get("class", "").split():
        [table] = breaks._table_boxes(box)
        yield from (row for group in table.children if not group.is_header for row in group.children)


def test_every_piece_begins_where_it_does_between_its_neighbours(soak: bool) -> None:
    seen = set[object]()
    for seed in seeds(soak):
        paper = papers.document(seed)
        chapter = papers.chapter(paper)
        expected = tops_of_one_run(paper, chapter)
        assert tops(chapter, papers.strips(chapter)) == pytest.approx(expected, abs=NEAR), f"seed {seed}"
        for unit in chapter.units:
            block = unit.piece.shown.block if unit.piece.shown else None
            seen.add(type(block) if unit.piece.kind == Kind.BLOCK else unit.piece.kind)
    assert len(seen) >= 4 + 6  # lines, heads, rows and notes; headings, paragraphs, lists, call outs, facts, charts


def test_rows_are_as_high_in_their_table_as_alone() -> None:
    """Whatever kind of table they stand in, and whether it has a total."""
    for kind in ("", "small", "tracker"):
        table = replace(papers.table(Random(4), "t", 12, first=0), kind=kind)
        table = replace(table, rows=(*table.rows[:-1], replace(table.rows[-1], level="total")))
        paper = Document("a", "b", "Title", (table, Paragraph("p", words("The end."))))
        chapter = papers.chapter(paper)
        assert tops(chapter, papers.strips(chapter)) == pytest.approx(tops_of_one_run(paper, chapter), abs=NEAR)


def test_the_head_that_is_repeated_is_that_of_the_table_without_its_caption() -> None:
    chapter = of(papers.table(Random(4), "t", 4, first=0))
    [head] = [unit for unit in chapter.units if unit.piece.kind == Kind.HEAD]
    again = chapter.units[-1].again or next(unit.again for unit in chapter.units if unit.again)
    first, repeated = papers.strips(chapter, [head, again])
    assert 0 < repeated.room.heights[0] < first.room.heights[0]
    assert repeated.room.below == first.room.below == 0.0
    assert first.room.above >= 0


def test_a_row_keeps_no_margin_but_the_last_keeps_its_tables() -> None:
    chapter = of(papers.table(Random(4), "t", 4, first=0), Heading("h", "Next", 2))
    rows = [unit for unit in chapter.units if unit.piece.kind == Kind.ROW]
    rooms = [strip.room for strip in papers.strips(chapter, rows)]
    assert [(room.above, room.below > 0) for room in rooms] == [(0.0, False)] * 3 + [(0.0, True)]


# A pure function of the piece


def test_a_strip_is_the_same_alone_and_with_others_in_any_order(soak: bool) -> None:
    for seed in seeds(soak):
        chapter = papers.chapter(papers.document(seed))
        units = [*chapter.units, *{unit.again.key: unit.again for unit in chapter.units if unit.again}.values()]
        together = setting.set_pieces(order_of(chapter.sheet, units))
        shuffled = list(range(len(units)))
        Random(seed).shuffle(shuffled)
        again = setting.set_pieces(order_of(chapter.sheet, [units[place] for place in shuffled]))
        for place, found in zip(shuffled, again, strict=True):
            assert found == together[place], f"seed {seed}, unit {place}"
        for place in shuffled[:: 1 if soak else 4]:
            assert setting.set_pieces(order_of(chapter.sheet, [units[place]])) == [together[place]], f"unit {place}"


def test_a_strip_is_the_same_in_another_process() -> None:
    chapter = papers.chapter(papers.document(3))
    order = order_of(chapter.sheet, list(chapter.units))
    here = setting.set_pieces(order)
    there = workers.one(f"{READY}:set_pieces", order)
    assert [(tuple(heights), *rest) for heights, *rest in there] == here
    paragraph = next(unit for unit in chapter.units if unit.can_break)
    order = break_order_of(chapter.sheet, paragraph, 20.0, 50.0)
    [(heights, *rest)] = workers.one(f"{READY}:break_piece", order)
    assert [(tuple(heights), *rest)] == setting.break_piece(order)


def test_pieces_of_one_key_are_one_strip_whatever_stands_around_them(soak: bool) -> None:
    """So a stored strip never stands where another would have been set."""
    for seed in seeds(soak):
        paper = papers.document(seed, 8)
        turned = replace(paper, blocks=(paper.blocks[0], *reversed(paper.blocks[1:])))
        known = dict[str, bytes]()
        shared = 0
        for each in (paper, turned):
            chapter = papers.chapter(each)
            found = setting.set_pieces(order_of(chapter.sheet, list(chapter.units)))
            for unit, (*_, data) in zip(chapter.units, found, strict=True):
                shared += unit.key in known
                assert known.setdefault(unit.key, data) == data, f"seed {seed}"
        assert shared >= len(paper.blocks)


# Pieces broken over pages


@pytest.mark.parametrize(
    ("room", "lines"),
    [(1, 0), (1.9, 0), (2.1, 2), (3.5, 3), (10.1, 10), (11.9, 11), (12.1, 12), (13.1, 12), (13.9, 12), (14.1, 14)],
)
def test_no_line_of_a_paragraph_stands_alone_at_a_pages_end_or_start(room: float, lines: int) -> None:
    chapter, unit = last_unit(Paragraph("p", words(packs.STORY * 6), ""))
    [whole] = papers.strips(chapter, [unit])
    assert whole.room.heights == pytest.approx((14 * LINE,), abs=0.01)
    found = broken(chapter, unit, room * LINE, 20 * LINE)
    if lines == 14:
        assert found.room == replace(whole.room, above=0.0)
        return
    if not lines:
        assert found.room.heights == (0.0,)
        assert found.part.pages == ()
        return
    assert found.room.heights == pytest.approx((room * LINE, (14 - lines) * LINE), abs=0.01)
    assert found.room.below == whole.room.below
    assert [len(page.owners) for page in found.part.pages] == [lines, 14 - lines]


def test_a_paragraph_over_three_pages_is_one_element() -> None:
    chapter, unit = last_unit(Paragraph("p", words(packs.STORY * 6), ""))
    found = broken(chapter, unit, 2.5 * LINE, 6.5 * LINE)
    assert [len(page.owners) for page in found.part.pages] == [2, 6, 6]
    assert pages_of(found.part, "P") == [{0, 1, 2}]
    assert [page.height for page in found.part.pages] == list(found.room.heights)
    assert {name: page for name, (page, *_) in found.part.destinations.items()} == {"item-5-report--p": 0}


def test_a_list_over_pages_is_one_list_of_its_items() -> None:
    items = tuple(words(packs.STORY * 2) for _ in range(8))
    chapter, unit = last_unit(BulletList("l", items))
    found = broken(chapter, unit, 4 * LINE + 2, 10 * LINE)
    assert len(found.part.pages) >= 3
    assert kinds(found.part, "L") == [0]
    assert len(kinds(found.part, "LI")) == 8
    assert {page for each in pages_of(found.part, "LBody") for page in each} == set(range(len(found.part.pages)))
    assert any(len(each) > 1 for each in pages_of(found.part, "LBody"))


def test_facts_over_pages_are_one_table_of_whole_rows() -> None:
    chapter, unit = last_unit(Facts("f", "About", tuple((f"Fact {n}", ("one", "two")) for n in range(12))))
    [whole] = papers.strips(chapter, [unit])
    found = broken(chapter, unit, 120, 200)
    assert len(found.part.pages) == 3
    assert (kinds(found.part, "Table"), kinds(found.part, "Caption")) == ([0], [0])
    assert len(kinds(found.part, "TR")) == 12
    for page in found.part.pages:
        assert len(page.owners) % 3 == (page is found.part.pages[0])  # a label and two lines a row; the caption
    assert sum(found.room.heights) >= whole.room.heights[0]


def test_a_table_in_one_piece_repeats_its_head_unheard_and_says_that_it_goes_on() -> None:
    chapter, unit = last_unit(packs.long_table(12))
    assert unit.piece.kind == Kind.BLOCK
    found = broken(chapter, unit, 220, 300)
    pages = len(found.part.pages)
    assert pages == 4
    assert (kinds(found.part, "Table"), kinds(found.part, "THead"), kinds(found.part, "TBody")) == ([0], [0], [0])
    rows = kinds(found.part, "TR")
    assert len(rows) == 1 + 12
    assert sorted(rows) == rows
    assert set(rows) == set(range(pages))
    caption = "Continued: Risks to the budget and what…"
    assert [page.going_on for page in found.part.pages] == ["", *[caption] * (pages - 1)]
    names = [each.name for each in found.part.elements if each.name]
    assert len(names) == len(set(names)) == 3 + 12
    cells = [each for each in found.part.elements if each.kind == "TD"]
    assert {len(each.headers) for each in cells} == {2}
    assert {name for each in cells for name in each.headers} <= set(names)


def test_a_table_of_which_not_even_two_rows_have_room_begins_on_the_next_page() -> None:
    chapter, unit = last_unit(packs.long_table(12))
    assert broken(chapter, unit, 100, 700).room.heights == (0.0,)


def test_a_row_higher_than_a_page_breaks_in_a_table_in_one_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    # So long a row would else be set by itself.
    monkeypatch.setattr("torbay_reports.publishing.parts.pieces.with_widths", lambda table, **_: table)
    rows = tuple(packs.row(f"r{n}", f"{n}", packs.STORY * (40 if n == 1 else 1)) for n in range(4))
    chapter, unit = last_unit(Table("t", "Steps", (Column("n", "No"), Column("s", "Story")), rows))
    found = broken(chapter, unit, 300, 600)
    assert len(found.part.pages) == 4
    assert kinds(found.part, "THead") == [0]
    assert kinds(found.part, "TR") == [0, 0, 0, 3, 3]
    assert {0, 1, 2, 3} in pages_of(found.part, "TD")
    assert [bool(page.going_on) for page in found.part.pages] == [False, True, True, True]


@pytest.mark.parametrize("story", [40, 100])
def test_a_row_higher_than_a_page_is_one_row_under_its_tables_heads(story: int) -> None:
    rows = (packs.row("r0", "1", packs.STORY * story), packs.row("r1", "2", "Short."))
    chapter = of(Table("t", "Steps", COLUMNS, rows))
    head, tall, _ = (unit for unit in chapter.units if unit.piece.kind in {Kind.HEAD, Kind.ROW})
    under, whole = papers.strips(chapter, [head, tall])
    found = broken(chapter, tall, 200, 600)
    assert whole.room.heights[0] > 600
    assert len(found.part.pages) > 2
    assert found.part.goes_on
    assert (kinds(found.part, "Table"), kinds(found.part, "TR"), kinds(found.part, "THead")) == ([0], [0], [])
    heads = {each.name: each.scope for each in under.part.elements if each.name}
    number, told = (each for each in found.part.elements if each.kind == "TD")
    assert [heads[name] for name in (*number.headers, *told.headers)] == ["Column"] * 3
    assert pages_of(found.part, "TD") == [{0}, set(range(len(found.part.pages)))]
    [set_whole] = [each for each in whole.part.elements if each.headers == told.headers]
    assert len(set_whole.kids) == len(told.kids)


def test_a_note_over_pages_is_one_paragraph() -> None:
    table = Table("t", "Steps", COLUMNS, (packs.row("r0", "1", "Short."),), (packs.STORY * 10,))
    chapter, unit = last_unit(table)
    assert unit.piece.kind == Kind.NOTE
    found = broken(chapter, unit, 40, 60)
    assert len(found.part.pages) == 5
    assert pages_of(found.part, "P") == [set(range(5))]


def test_a_landscape_piece_is_broken_on_its_own_sheet() -> None:
    paper = Document("a", "b", "T", (Paragraph("p", words(packs.STORY * 9)),), orientation="landscape")
    chapter = papers.chapter(paper)
    found = broken(chapter, chapter.units[-1], 50, 60)
    assert len(found.part.pages) > 2
    assert {round(page.width) for page in found.part.pages} == {842}


# The letter


@pytest.mark.parametrize(("plan", "least"), [(packs.plan(), 1), (LONG, 3)], ids=["short", "long"])
def test_a_letter_is_one_part_of_whole_pages(plan: Any, least: int) -> None:
    html = layout.letter_html(plan, {})
    data = setting.set_letter(html)
    part = from_bytes(data)
    assert len(part.pages) >= least
    assert {(round(page.width), round(page.height)) for page in part.pages} == {(595, 842)}
    assert kinds(part, "Table") == [0]
    assert "mailto:clerk@council.invalid" in {link.target for link in part.links}
    assert sum(link.target.startswith("#item-") for link in part.links) > least
    assert setting.set_letter(html) == data


# Faults

ODD = words("Read \U000f1234 here.")
NO_TYPE = "“Quarter 1 report” has the character .* which no type on this server has"
ELSEWHERE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="{}" width="5" height="5"/></svg>'


def test_a_character_that_no_type_has_is_refused_with_its_paper() -> None:
    chapter, unit = last_unit(Paragraph("odd", ODD))
    with pytest.raises(PackFault, match=NO_TYPE):
        papers.strips(chapter, [unit])
    with pytest.raises(PackFault, match=NO_TYPE):
        broken(chapter, unit, 40, 700)
    html = layout.letter_html(packs.plan(), {}).replace("Dear Member", "Dear \U000f1234")
    with pytest.raises(PackFault, match="cover letter has the character"):
        setting.set_letter(html)


def test_a_chart_without_a_drawing_is_refused_with_its_paper() -> None:
    chapter = of(packs.chart(""))
    with pytest.raises(PackFault, match="“item-5-report” has no drawing: publish it first"):
        papers.strips(chapter)


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/x.png", "file:///etc/passwd"])
def test_nothing_is_fetched_for_a_page(address: str) -> None:
    html = layout.letter_html(packs.plan(), {}).replace("<h1>", f'<p><img alt="x" src="{address}"></p><h1>')
    with pytest.raises(PackFault, match=f"A pack may not fetch “{address}”"):
        setting.set_letter(html)
    chapter = of(packs.chart(ELSEWHERE.format(address)))
    with pytest.raises(PackFault, match="“Quarter 1 report”"):
        papers.strips(chapter)


def test_a_worker_that_has_warmed_up_sets_the_same() -> None:
    chapter = papers.chapter(papers.document(1))
    order = order_of(chapter.sheet, list(chapter.units))
    before = setting.set_pieces(order)
    setting.warm_up()
    assert setting.set_pieces(order) == before
