"""A paper in pieces: where its pages may end, and what each piece's key depends on."""

from collections.abc import Callable
from dataclasses import replace as with_other
from decimal import Decimal
from typing import Any

import pytest
from django.test import override_settings
from msgspec.structs import replace

from tests.publishing import packs
from tests.publishing.parts import papers
from torbay_reports.documents.blocks import (
    Block,
    BulletList,
    CallOut,
    Cell,
    Column,
    Document,
    Facts,
    Figure,
    Heading,
    Paragraph,
    ParagraphLink,
    Row,
    Table,
    words,
)
from torbay_reports.publishing import checksums
from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.frames import LANDSCAPE, PORTRAIT
from torbay_reports.publishing.parts.pieces import (
    BreakOrder,
    Chapter,
    Kind,
    Order,
    Unit,
    break_order_from,
    break_order_of,
    order_from,
    order_of,
)
from torbay_reports.publishing.parts.widths import FEW

COLUMNS = (Column("n", "No", width=1), Column("s", "Story", width=4))


def table(rows: int, kind: str = "", *, level: str = "", notes: tuple[str, ...] = ()) -> Table:
    """A table in rows; `level` is the last one's."""
    levels = ["", *[""] * (rows - 2), level]
    found = tuple(replace(packs.row(f"r{n}", f"{n}", "Done."), level=levels[n]) for n in range(rows))
    return Table("t", "Steps", COLUMNS, found, kind=kind, notes=notes)  # type: ignore[arg-type]


def paper(*blocks: Block) -> Document:
    return Document("a", "b", "Title", blocks)


def units_of(*blocks: Block) -> tuple[Unit, ...]:
    """The pieces of these blocks, without the paper's opening."""
    return tuple(unit for unit in papers.chapter(paper(*blocks)).units if unit.piece.kind != Kind.LINE)


def kinds(*blocks: Block) -> str:
    return " ".join(unit.piece.kind.name for unit in units_of(*blocks))


def bound(*blocks: Block) -> list[bool]:
    return [unit.is_bound for unit in units_of(*blocks)]


def test_a_table_with_shared_widths_is_cut_into_its_head_its_rows_and_its_notes() -> None:
    units = units_of(table(3, notes=("A note.", "Another.")))
    assert [unit.piece.kind.name for unit in units] == ["HEAD", "ROW", "ROW", "ROW", "NOTE", "NOTE"]
    assert [unit.piece.row.anchor for unit in units if unit.piece.row] == ["r0", "r1", "r2"]
    assert [unit.piece.is_last for unit in units[1:4]] == [False, False, True]
    assert [unit.piece.note for unit in units[4:]] == ["A note.", "Another."]


def test_a_table_whose_widths_depend_on_all_rows_is_one_piece_beside_its_notes() -> None:
    auto = replace(table(3, notes=("A note.",)), columns=(Column("n", "No"), Column("s", "Story", width=4)))
    [whole, note] = units_of(auto)
    assert (whole.piece.kind, whole.piece.table.rows, whole.piece.table.notes) == (Kind.BLOCK, auto.rows, ())
    assert (note.piece.kind, note.piece.table.rows) == (Kind.NOTE, ())


def test_a_long_table_is_cut_into_rows_whatever_it_says_of_its_widths() -> None:
    auto = replace(table(FEW + 1), columns=(Column("n", "No"), Column("s", "Story")))
    changed = with_row(auto, 3, packs.row("r3", "3", "Open."))
    units, after = units_of(auto), units_of(changed)
    assert [unit.piece.kind for unit in units] == [Kind.HEAD, *[Kind.ROW] * (FEW + 1)]
    assert [place for place, unit in enumerate(units) if unit.key != after[place].key] == [4]
    wider = with_row(auto, 3, packs.row("r3", "3", "Unquestionably."))
    assert not {unit.key for unit in units} & {unit.key for unit in units_of(wider)}


def test_a_table_without_rows_is_one_piece() -> None:
    assert kinds(replace(table(2), rows=())) == "BLOCK"


def test_any_other_block_is_one_piece_and_a_charts_table_another() -> None:
    facts = Facts("f", "About", (("Meeting", ("Board",)),))
    points = BulletList("l", (words("One."), words("Two.")))
    assert kinds(Heading("h", "H", 2), Paragraph("p", words("A.")), points, facts, CallOut("c", words("So."))) == (
        "BLOCK BLOCK BLOCK BLOCK BLOCK"
    )
    chart = packs.chart()
    assert [unit.piece.shown.block for unit in units_of(chart) if unit.piece.shown] == [chart, chart.table]


def test_each_line_of_the_opening_is_a_piece_and_keeps_with_what_follows() -> None:
    notice = replace(paper(Paragraph("p", words("A."))), notice="Beware.")
    units = papers.chapter(notice).units
    assert [unit.piece.line.text for unit in units if unit.piece.line] == [
        "Agenda item 5: Revenue Budget 2031/32",
        "Title",
        "Beware.",
    ]
    assert [unit.is_bound for unit in units] == [True, True, True, False]
    assert [unit.is_bound for unit in papers.chapter(paper()).units] == [True, False]


def test_headings_and_announcements_keep_with_what_follows() -> None:
    heading, some, announcing = Heading("h", "H", 2), Paragraph("p", words("A.")), Paragraph("q", words("As follows:"))
    assert bound(heading, some, announcing, table(2, "tracker")) == [True, False, True, True, False, False]


def test_no_row_stands_alone_except_in_a_tracker_and_no_total_without_its_sum() -> None:
    assert bound(table(5)) == [True, True, False, False, True, False]
    assert bound(table(5, "tracker")) == [True, False, False, False, False, False]
    assert bound(table(5, "tracker", level="total")) == [True, False, False, False, True, False]
    assert bound(table(2)) == [True, True, False]
    assert bound(table(5, notes=("A note.",)))[-2:] == [False, False]


def test_lines_and_rows_may_part_over_pages_and_what_is_looked_at_whole_may_not() -> None:
    auto = replace(table(3, notes=("A note.",)), columns=(Column("n", "No"), Column("s", "Story")))
    may: list[Block] = [Paragraph("p", words("A.")), BulletList("l", (words("One."),)), Facts("f", "About", ())]
    may_not: list[Block] = [Heading("h", "H", 2), CallOut("c", words("So.")), replace(packs.chart(), table=auto)]
    assert [unit.can_break for unit in units_of(*may, auto)] == [True] * 5
    assert [unit.can_break for unit in units_of(*may_not)] == [False, False, False, True, True]
    assert [unit.can_break for unit in units_of(table(2))] == [False, False, False]


def chapters(*blocks: Block) -> list[str]:
    """The kinds of each chapter's pieces, without the paper's opening."""
    found = papers.chapters(paper(*blocks))
    return [" ".join(unit.piece.kind.name for unit in each.units if unit.piece.line is None) for each in found]


def test_a_band_of_a_theme_below_a_table_begins_a_chapter() -> None:
    theme = [Heading(f"h{n}", "Theme", 2, is_band=True) for n in range(3)]
    action = Heading("a", "Action", 3, is_band=True)
    noted = replace(table(2, notes=("A note.",)), anchor="u", rows=(packs.row("u1", "1", "Done."),))
    found = chapters(theme[0], table(2), action, theme[1], noted, theme[2])
    assert found == ["BLOCK HEAD ROW ROW BLOCK BLOCK HEAD ROW NOTE", "BLOCK"]


def test_a_plain_heading_begins_none_nor_does_a_band_below_anything_else() -> None:
    plain_heading, theme = Heading("h", "H", 2), Heading("b", "B", 2, is_band=True)
    assert len(chapters(table(2), plain_heading, Paragraph("p", words("A.")), theme)) == 1


def test_a_chapter_knows_its_paper_and_its_pages() -> None:
    upright = papers.chapter(paper())
    lying = papers.chapter(replace(paper(), orientation="landscape"))
    assert (upright.title, upright.frame, lying.frame) == ("Quarter 1 report", PORTRAIT, LANDSCAPE)


def test_a_reference_to_what_the_paper_does_not_have_is_told_with_the_papers_name() -> None:
    lost = Paragraph("p", (ParagraphLink(text="9.9", anchor="nowhere"),))
    with pytest.raises(PackFault, match="The paper “Quarter 1 report” refers to 9.9, which it does not have."):
        papers.chapters(paper(lost))


def test_a_name_that_stands_twice_is_told_with_the_papers_name() -> None:
    with pytest.raises(PackFault, match="The paper “Quarter 1 report” has two places named “p”"):
        papers.chapters(paper(Paragraph("p", words("A.")), Paragraph("p", words("B."))))


def keys(*blocks: Block) -> list[str]:
    return [unit.key for unit in units_of(*blocks)]


def key_of(row: str, source: Table) -> str:
    """The key of that row of a table."""
    [key] = [unit.key for unit in units_of(source) if unit.piece.row and unit.piece.row.anchor == row]
    return key


TABLE = table(5)


def with_row(source: Table, place: int, new: Row) -> Table:
    return replace(source, rows=(*source.rows[:place], new, *source.rows[place + 1 :]))


ROW = TABLE.rows[2]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(with_row(TABLE, 2, replace(ROW, cells=(ROW.cells[0], Cell(words("To do."))))), id="words"),
        pytest.param(with_row(TABLE, 2, replace(ROW, cells=(ROW.cells[0], packs.cell("Done.", "adverse")))), id="tone"),
        pytest.param(with_row(TABLE, 2, replace(ROW, level="directorate")), id="level"),
        pytest.param(with_row(TABLE, 2, replace(ROW, depth=1)), id="depth"),
        pytest.param(replace(TABLE, columns=(replace(COLUMNS[0], width=2), COLUMNS[1])), id="widths"),
        pytest.param(replace(TABLE, columns=(COLUMNS[0], replace(COLUMNS[1], numeric=True))), id="columns"),
        pytest.param(replace(TABLE, kind="tracker"), id="kind"),
        pytest.param(replace(TABLE, anchor="other"), id="the table's name"),
        pytest.param(replace(TABLE, rows=TABLE.rows[:3]), id="last of its table"),
    ],
)
def test_a_rows_key_depends_on_its_words_and_on_what_its_table_makes_of_it(other: Table) -> None:
    assert key_of("r2", other) != key_of("r2", TABLE)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(with_row(TABLE, 1, packs.row("r1", "1", "Other words.")), id="the row before"),
        pytest.param(with_row(TABLE, 3, packs.row("r3", "3", "Other words.")), id="the row behind"),
        pytest.param(replace(TABLE, rows=(packs.row("new", "9", "New."), *TABLE.rows)), id="a new row before it"),
        pytest.param(replace(TABLE, rows=(ROW, TABLE.rows[0], *TABLE.rows[3:])), id="its place"),
        pytest.param(replace(TABLE, caption="Other"), id="the caption"),
        pytest.param(replace(TABLE, notes=("A note.",)), id="notes"),
    ],
)
def test_a_rows_key_depends_on_nothing_else_of_its_table(other: Table) -> None:
    assert key_of("r2", other) == key_of("r2", TABLE)


def test_whether_rows_are_headed_by_their_first_cells_is_part_of_their_keys() -> None:
    columns = (*COLUMNS, Column("o", "Outcome", width=1))
    rows = tuple(packs.row(f"r{n}", f"{n}", "Done.", "Good.") for n in range(3))
    short, long = (units_of(Table("t", "Steps", columns, rows[:number]))[1] for number in (2, 3))
    assert [short.piece.has_row_heads, long.piece.has_row_heads] == [False, True]
    assert short.key != long.key


def test_two_rows_of_one_content_are_told_apart_by_their_anchors() -> None:
    twin = replace(TABLE.rows[1], anchor="twin")
    units = units_of(replace(TABLE, rows=(TABLE.rows[0], TABLE.rows[1], twin, TABLE.rows[3])))
    assert units[2].key != units[3].key


def test_a_heads_key_depends_on_caption_and_columns_and_not_on_rows_or_notes() -> None:
    def head(source: Table) -> str:
        return keys(source)[0]

    assert head(replace(TABLE, rows=TABLE.rows[:2], notes=("A note.",))) == head(TABLE)
    others = [
        replace(TABLE, caption="Other"),
        replace(TABLE, kind="small"),
        replace(TABLE, columns=(COLUMNS[0], replace(COLUMNS[1], label="Tale"))),
    ]
    assert len({head(each) for each in (TABLE, *others)}) == 4


def test_tables_with_the_same_columns_share_the_head_that_is_repeated() -> None:
    def again(source: Table) -> Unit:
        [found] = {unit.again.key: unit.again for unit in units_of(source) if unit.again}.values()
        return found

    twin = replace(TABLE, anchor="twin", caption="Other", rows=TABLE.rows[:2], notes=("A note.",))
    assert again(twin).key == again(TABLE).key
    assert again(TABLE).piece.kind == Kind.AGAIN
    assert again(TABLE).key not in keys(TABLE)
    assert again(replace(TABLE, kind="small")).key != again(TABLE).key
    assert again(replace(TABLE, columns=(COLUMNS[0], replace(COLUMNS[1], unit="£")))).key != again(TABLE).key


def test_rows_alone_bring_the_head_again_and_say_what_goes_on() -> None:
    head, *rows, note = units_of(replace(TABLE, notes=("A note.",)))
    assert [(unit.again is None, unit.continued) for unit in (head, note)] == [(True, ""), (True, "")]
    assert {unit.continued for unit in rows} == {"Continued: Steps"}
    assert all(unit.again for unit in rows)


def test_a_notes_key_depends_on_its_words_and_its_tables_kind_alone() -> None:
    def note(source: Table) -> str:
        return keys(source)[-1]

    noted = replace(TABLE, notes=("A note.",))
    assert note(replace(noted, rows=TABLE.rows[:2], caption="Other", notes=("Before.", "A note."))) == note(noted)
    assert len({note(noted), note(replace(noted, notes=("Other.",))), note(replace(noted, kind="tracker"))}) == 3


def test_a_block_depends_on_what_its_neighbours_make_of_it_and_on_nothing_else_of_them() -> None:
    greater, band, some = Heading("g", "G", 2, is_band=True), Heading("b", "B", 3, is_band=True), Heading("h", "H", 2)
    assert keys(greater, band)[1] != keys(some, band)[1]
    assert keys(some, band)[1] == keys(Paragraph("p", words("A.")), band)[1]
    announcing = Paragraph("q", words("As follows:"))
    assert keys(announcing, TABLE)[0] != keys(announcing)[0]
    assert keys(announcing, TABLE)[0] == keys(announcing, BulletList("l", (words("One."),)))[0]


def test_the_exact_value_of_a_figure_is_told_apart() -> None:
    def paragraph(value: str) -> Paragraph:
        return Paragraph("p", (Figure(text="£1m", ref="net", value=Decimal(value)),))

    assert keys(paragraph("1000000")) == keys(paragraph("1000000"))
    assert keys(paragraph("1000000")) != keys(paragraph("1000001"))


def all_keys(chapter: Chapter) -> set[str]:
    return {unit.key for unit in chapter.units} | {unit.again.key for unit in chapter.units if unit.again}


MIXED = paper(Heading("h", "H", 2), Paragraph("p", words("A.")), replace(TABLE, notes=("A note.",)))


@pytest.mark.parametrize(
    "change",
    [
        lambda: papers.chapter(replace(MIXED, orientation="landscape")),
        lambda: papers.chapter(replace(MIXED, language="cy")),
        lambda: papers.chapter(MIXED, with_paper(title="Other report")),
        lambda: papers.chapter(MIXED, with_paper(key="item-5-other")),
    ],
)
def test_every_key_depends_on_the_sheet(change: Callable[[], Chapter]) -> None:
    assert not all_keys(change()) & all_keys(papers.chapter(MIXED))


def test_every_key_depends_on_the_councils_colour() -> None:
    before = all_keys(papers.chapter(MIXED))
    with override_settings(COUNCIL_COLOUR="#123456"):
        assert not all_keys(papers.chapter(MIXED)) & before


def test_every_key_depends_on_style_and_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    before = all_keys(papers.chapter(MIXED))
    monkeypatch.setattr(checksums, "setting", lambda: "another style")
    assert not all_keys(papers.chapter(MIXED)) & before


def with_paper(**changes: Any) -> Any:
    """The plan with its first paper changed."""
    plan = packs.plan(document=MIXED)
    item = plan.items[0]
    first = with_other(item.papers[0], **changes)
    return with_other(plan, items=(with_other(item, papers=(first, *item.papers[1:])), *plan.items[1:]))


def test_only_the_opening_depends_on_the_meeting() -> None:
    plan = packs.plan(document=MIXED)
    moved = with_other(plan, committee="Other", items=(with_other(plan.items[0], number="9"), *plan.items[1:]))
    units = [papers.chapter(MIXED, each).units for each in (plan, moved)]
    changed = [one.key != other.key for one, other in zip(*units, strict=True)]
    assert changed == [True, *[False] * (len(changed) - 1)]


def test_a_broken_piece_has_a_key_for_each_place_at_which_it_may_break() -> None:
    chapter = papers.chapter(MIXED)
    paragraph, note = chapter.units[3], chapter.units[-1]
    rooms = [(100.0, 700.0), (100.01, 700.0), (100.0, 690.0)]
    found = [chapter.break_key(unit, *room) for unit in (paragraph, note) for room in rooms]
    assert len({*found, paragraph.key, note.key}) == 8
    assert chapter.break_key(paragraph, 100.0, 700.0) == found[0]


@pytest.mark.parametrize("seed", range(4))
def test_orders_go_through_bytes_unchanged(seed: int) -> None:
    figure = Paragraph("figure", (Figure(text="£1m", ref="net", value=Decimal("1.50"), day=packs.letter().dated),))
    source = papers.document(seed)
    chapter = papers.chapter(replace(source, blocks=(*source.blocks, figure, packs.chart())))
    units = [*chapter.units, *(unit.again for unit in chapter.units if unit.again)]
    assert order_from(order_of(chapter.sheet, units)) == Order(chapter.sheet, tuple(unit.piece for unit in units))
    for unit in units:
        back = break_order_from(break_order_of(chapter.sheet, unit, 99.5, 690.25))
        assert back == BreakOrder(chapter.sheet, unit.piece, 99.5, 690.25)


def test_rows_tell_nothing_of_one_another() -> None:
    pieces = [unit.piece for unit in units_of(TABLE)]
    assert all(piece.table.rows == () and piece.table.notes == () for piece in pieces)
    assert {piece.table.caption for piece in pieces if piece.row} == {""}


def test_rough_heights_grow_with_what_a_piece_says() -> None:
    short, long = (units_of(Paragraph("p", words(text)))[0].points for text in ("A.", "word " * 900))
    brief, told = (
        units_of(replace(TABLE, rows=(packs.row("r", "1", text),)))[1].points for text in ("Done.", "word " * 900)
    )
    assert long > 10 * short
    assert told > 10 * brief
