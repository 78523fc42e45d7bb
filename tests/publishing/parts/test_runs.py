"""A run of pages and its parts: whichever run set a part, it is the same, and its key tells all it depends on."""

import zlib
from dataclasses import replace as with_values
from random import Random

import pytest
from django.conf import settings
from msgspec.structs import replace
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from tests.publishing import packs
from tests.publishing.parts import papers
from torbay_reports.documents.blocks import (
    Block,
    CallOut,
    Cell,
    Column,
    Document,
    Heading,
    Paragraph,
    Row,
    Table,
    words,
)
from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.layout import letter_html, papers_html
from torbay_reports.publishing.packplan import Edition
from torbay_reports.publishing.parts import runs
from torbay_reports.publishing.parts.units import OPENING, Flow
from torbay_reports.publishing.parts.values import CONTENT, Part, content_page, from_bytes, kid_kind
from torbay_reports.publishing.resources import OwnResources

SAMPLE, ALL = range(6), range(120)


def seeds(soak: bool) -> range:
    return ALL if soak else SAMPLE


def part_from(of: Flow, place: int) -> tuple[int, bytes]:
    """The part that begins at a unit, set in a run of its own that is just long enough."""
    for last in range(place + 1, len(of.units) + 1):
        if last < len(of.units) and (last - place) % 12:
            continue
        if found := runs.set_order(of.order(place, last)):
            return found[0]
    raise AssertionError("a run to the paper's end decides on every part")


def told(part: Part) -> str:
    return " ".join(zlib.decompress(page.content).decode("latin-1") for page in part.pages)


def test_a_part_is_the_same_whichever_run_set_it(soak: bool) -> None:
    for seed in seeds(soak):
        flow = papers.flow(papers.document(seed))
        for place, expected in papers.whole(flow).items():
            assert part_from(flow, place) == expected, f"seed {seed}, unit {place}"


def test_parts_of_equal_keys_are_equal_after_any_change(soak: bool) -> None:
    """So a stored part never stands where another would have been set."""
    kept = 0
    for seed in seeds(soak):
        random = Random(seed)
        paper = papers.document(seed, 10)
        before = papers.flow(paper)
        known = {before.key(place, units): data for place, (units, data) in papers.whole(before).items()}
        for _ in range(3):
            paper = changed(paper, random)
            after = papers.flow(paper)
            for place, (units, data) in papers.whole(after).items():
                key = after.key(place, units)
                kept += key in known
                assert known.setdefault(key, data) == data, f"seed {seed}, unit {place}"
    assert kept > len(seeds(soak))


def changed(paper: Document, random: Random) -> Document:
    """One row, paragraph or block changed, moved or taken away."""
    place = random.randrange(1, len(paper.blocks))
    block = paper.blocks[place]
    rest = paper.blocks[place + 1 :]
    if isinstance(block, Table) and random.random() < 0.8:
        at = random.randrange(len(block.rows))
        row = replace(papers.row(random, 9000 + random.randrange(900), 60), level=block.rows[at].level)
        new: tuple[Row, ...] = random.choice([(), (row,), (row, block.rows[at])])
        block = replace(block, rows=(*block.rows[:at], *new, *block.rows[at + 1 :]))
        return replace(paper, blocks=(*paper.blocks[:place], block, *rest))
    if isinstance(block, Paragraph):
        block = replace(block, content=words(papers.sentence(random, 150)))
        return replace(paper, blocks=(*paper.blocks[:place], block, *rest))
    return replace(paper, blocks=(*paper.blocks[:place], *rest))


def test_the_last_part_of_a_run_waits_until_it_is_known_what_follows() -> None:
    flow = papers.flow(packs.report(rows=60))
    whole = runs.set_order(flow.order(0, len(flow.units)))
    some = runs.set_order(flow.order(0, len(flow.units) - 1))
    assert some == whole[: len(some)]
    assert 0 < len(some) < len(whole)


def test_a_run_too_short_to_decide_on_a_page_gives_nothing() -> None:
    flow = papers.flow(packs.report())
    assert runs.set_order(flow.order(0, 2)) == []


def test_a_row_that_is_higher_than_a_page_stays_in_one_part_and_is_one_row() -> None:
    rows = tuple(
        Row(f"r{n}", (Cell(content=words(f"{n}")), Cell(content=words(packs.STORY * (60 if n == 2 else 1)))))
        for n in range(5)
    )
    table = Table("t", "Steps", (Column("n", "No", width=1), Column("s", "Story", width=4)), rows)
    flow = papers.flow(packs.report(extra=(table,)))
    parts = [from_bytes(data) for _, data in papers.whole(flow).values()]
    [tall] = [part for part in parts if "item-5-report--r2" in part.destinations]
    begun = [part for part in parts if any(name.startswith("item-5-report--r") for name in part.destinations)]
    assert len(tall.pages) > 1
    assert sum(each.kind == "TR" for part in begun for each in part.elements if not each.scope) >= 5
    inside = [row for row in tall.elements if row.kind == "TR"]
    for row in inside:
        assert {tall.elements[number].page for _, number in row.kids} == {row.page}
    pages = {content_page(kid, cell.page) for cell in tall.elements for kid in cell.kids if kid_kind(kid) == CONTENT}
    assert pages == set(range(len(tall.pages)))


def test_a_table_that_goes_on_says_so_in_the_running_head_and_repeats_its_head_unheard() -> None:
    flow = papers.flow(papers.document(3, 1))
    table = papers.table(Random(1), "long", 60, first=0)
    paper = replace(papers.document(3, 1), blocks=(papers.document(3, 1).blocks[0], replace(table, kind="tracker")))
    flow = papers.flow(paper)
    parts = [from_bytes(data) for _, data in runs.set_order(flow.order(0, len(flow.units)))]
    later = parts[1]
    assert later.goes_on
    assert later.pages[0].going_on.startswith("Continued: long:")
    assert [page.going_on for page in parts[0].pages] == [""]
    assert later.elements[later.tops[0]].kind == "Table"
    assert "THead" not in {each.kind for each in later.elements}
    assert {each.scope for each in later.elements} <= {"", "Row"}
    assert not parts[0].goes_on


def test_header_cells_have_the_same_names_on_every_page_of_a_table() -> None:
    table = papers.table(Random(2), "long", 60, first=0)
    paper = replace(papers.document(3, 1), blocks=(papers.document(3, 1).blocks[0], table))
    flow = papers.flow(paper)
    parts = [from_bytes(data) for _, data in runs.set_order(flow.order(0, len(flow.units)))]
    columns = {each.name for each in parts[0].elements if each.scope == "Column"}
    assert len(columns) == 5  # four columns and the group over two of them
    for part in parts:
        rows = {each.name for each in part.elements if each.scope == "Row"}
        for cell in part.elements:
            if cell.kind == "TD":
                assert {name for name in cell.headers if name not in rows} <= columns
                assert cell.headers or not cell.kids  # an empty one stands over each column without a group
    names = [each.name for part in parts for each in part.elements if each.name]
    assert len(names) == len(set(names))


def test_nothing_of_the_edition_or_of_page_numbers_stands_in_a_part() -> None:
    public = papers.flow(packs.report(), packs.plan())
    restricted = papers.flow(packs.report(), packs.restricted_plan())
    keys = [(place, units) for place, (units, _) in papers.whole(public).items()]
    assert [public.key(*each) for each in keys] == [restricted.key(*each) for each in keys]
    assert papers.whole(public) == papers.whole(restricted)


def test_a_link_to_another_page_of_the_pack_needs_no_page_of_this_run() -> None:
    flow = papers.flow(packs.report())
    targets = {link.target for _, data in papers.whole(flow).values() for link in from_bytes(data).links}
    assert targets == {"#item-5-report--p2-1", "https://council.invalid/plan.pdf"}


def test_a_character_of_another_type_brings_that_types_glyphs_along() -> None:
    paper = packs.report(extra=(Paragraph("arrow", words("Moved from A → B.")),))
    parts = [from_bytes(data) for _, data in papers.whole(papers.flow(paper)).values()]
    fonts = [font for part in parts for font in part.fonts if not font.face]
    assert "→" in {text for font in fonts for _, text in font.glyphs}
    assert all(font.raw >= 0 for font in fonts)


def test_a_character_that_no_type_has_is_refused_with_its_paper() -> None:
    paper = packs.report(extra=(Paragraph("odd", words("Read \U000f1234 here.")),))
    with pytest.raises(PackFault, match="“Quarter 1 report” has the character .* which no type on this server has"):
        papers.whole(papers.flow(paper))


def test_a_chart_without_a_drawing_is_refused() -> None:
    with pytest.raises(PackFault, match="has no drawing: publish it first"):
        papers.whole(papers.flow(packs.report(svg="")))


def test_a_letter_is_one_part() -> None:
    part = from_bytes(runs.set_letter(letter_html(packs.plan(), {})))
    assert len(part.pages) == 1
    assert {link.target for link in part.links} >= {"mailto:clerk@council.invalid", "#item-5-report"}


def test_the_packs_of_two_meetings_share_the_parts_of_one_paper() -> None:
    plan = packs.plan()
    board = papers.flow(packs.report(), plan)
    council = with_values(plan, committee="Council", notice="Another notice.", edition=Edition.RESTRICTED)
    again = papers.flow(packs.report(), council)
    assert [board.start_key(place) for place in range(len(board.units))] == [
        again.start_key(place) for place in range(len(again.units))
    ]
    assert papers.whole(board) == papers.whole(again)


def test_a_pictures_box_is_where_it_is_drawn_in_points_from_the_foot_of_its_page() -> None:
    flow = papers.flow(packs.report())
    parts = [from_bytes(data) for _, data in papers.whole(flow).values()]
    [(part, figure)] = [(part, each) for part in parts for each in part.elements if each.kind == "Figure"]
    left, bottom, right, top = figure.box
    page = part.pages[figure.page]
    assert 0 < left < right < page.width
    assert 0 < bottom < top < page.height
    _, _, above = part.destinations["item-5-report--chart"]
    _, _, below = part.destinations["item-5-report--chart-table"]
    assert below < bottom < top < above


def bands() -> Document:
    """A tracker of three themes, each with a table."""
    random = Random(5)
    found: list[Block] = [Paragraph("before", words("The steps follow."))]
    for theme in range(3):
        found.append(Heading(f"theme-{theme}", f"Theme {theme}", 2, is_band=True))
        found.append(Heading(f"priority-{theme}", f"Priority {theme}", 3, is_band=True))
        table = papers.table(random, f"t{theme}", 14, first=100 * theme)
        found.append(replace(table, kind="tracker", rows=tuple(replace(row, level="") for row in table.rows)))
    return Document("a", "b", "Tracker", tuple(found), orientation="landscape")


def test_each_theme_after_the_first_begins_a_chapter_and_so_a_page() -> None:
    chapters = papers.chapters(bands())
    assert [chapter.placed.document.blocks[chapter.units[0].block].anchor for chapter in chapters[1:]] == [
        "theme-1",
        "theme-2",
    ]
    for chapter in chapters:
        _, first = next(iter(papers.whole(chapter).values()))
        assert not from_bytes(first).goes_on
    [whole] = [chapter for chapter in chapters if chapter.units[0].block == OPENING]
    assert len(whole.units) > 14


def test_one_run_over_all_themes_breaks_where_the_chapters_do() -> None:
    """So a pack of parts has no page more than one run of the same style."""
    paper = bands()
    chapters = papers.chapters(paper)
    parts = [from_bytes(data) for chapter in chapters for _, data in papers.whole(chapter).values()]
    html = papers_html(packs.plan(document=paper))
    css = CSS(
        string=runs.style_sheet(),
        font_config=(fonts := FontConfiguration()),
        url_fetcher=OwnResources(settings.FONTS_DIR),
    )
    document = HTML(string=html, url_fetcher=OwnResources(settings.FONTS_DIR)).render(
        font_config=fonts, stylesheets=[css]
    )
    starts = {name for part in parts for name in part.destinations}
    pages = sum("item-5-report" in page.anchors or bool(starts & page.anchors.keys()) for page in document.pages)
    assert sum(len(part.pages) for part in parts) == pages


def test_a_change_in_one_theme_sets_no_page_of_another_anew() -> None:
    before = bands()
    table = before.blocks[3]
    assert isinstance(table, Table)
    longer = replace(table.rows[-1], cells=papers.row(Random(8), 1, 90).cells)
    after = replace(
        before, blocks=(*before.blocks[:3], replace(table, rows=(*table.rows[:-1], longer)), *before.blocks[4:])
    )
    one, other = papers.chapters(before), papers.chapters(after)
    assert papers.whole(one[0]) != papers.whole(other[0])
    for left, right in zip(one[1:], other[1:], strict=True):
        assert [left.key(place, n) for place, (n, _) in papers.whole(left).items()] == [
            right.key(place, n) for place, (n, _) in papers.whole(right).items()
        ]


def stored_and_fresh(before: Document, after: Document) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """The parts of `after` whose keys `before` has, as they were stored and as they are set anew."""
    one, other = papers.flow(before), papers.flow(after)
    known = {one.key(place, units): data for place, (units, data) in papers.whole(one).items()}
    fresh = {other.key(place, units): data for place, (units, data) in papers.whole(other).items()}
    shared = known.keys() & fresh.keys()
    return {key: known[key] for key in shared}, {key: fresh[key] for key in shared}


@pytest.mark.parametrize("kind", ["", "tracker"])
def test_a_row_put_in_or_taken_out_leaves_the_pages_behind_it_as_they_were(kind: str) -> None:
    """Rows of one height, so that a page ends again where one ended before."""
    columns = (Column("a", "A", width=1), Column("b", "B", width=4), Column("c", "C", width=4))
    rows = tuple(packs.row(f"r{n}", f"{n}", packs.STORY, "Done.") for n in range(60))
    table = Table("t", "Steps", columns, rows, kind=kind)  # type: ignore[arg-type]
    paper = Document("a", "b", "Title", (table,), orientation="landscape")
    (_, _), (place, (count, _)), *_ = papers.whole(papers.flow(paper)).items()
    on_page = slice(place - 1, place - 1 + count)  # the opening is the first unit
    more = tuple(packs.row(f"new{n}", "N", packs.STORY, "Done.") for n in range(count))
    for changed_rows in (
        (*rows[: on_page.start], *rows[on_page.stop :]),
        (*rows[: on_page.start], *more, *rows[on_page.start :]),
    ):
        stored, fresh = stored_and_fresh(paper, replace(paper, blocks=(replace(table, rows=changed_rows),)))
        assert stored == fresh
        assert len(stored) > 2


def test_a_table_of_one_row_does_not_hold_on_to_what_follows() -> None:
    columns = (Column("a", "A", width=1), Column("b", "B", width=4))
    table = Table("t", "Steps", columns, (packs.row("r", "1", "Done."),))
    for lines in range(14, 24):
        before = tuple(Paragraph(f"p{n}", words("A line.")) for n in range(lines))
        long, short = (
            Document("a", "b", "T", (*before, table, CallOut("c", words(packs.STORY * times))), orientation="landscape")
            for times in (10, 1)
        )
        stored, fresh = stored_and_fresh(long, short)
        assert stored == fresh
