"""A paper in units: where its pages may end, and what each part's key depends on."""

from msgspec.structs import replace

from tests.publishing import packs
from tests.publishing.parts import papers
from torbay_reports.documents.blocks import Column, Document, Heading, Paragraph, Row, Table, words
from torbay_reports.publishing.parts.units import NOTES, OPENING, WHOLE, Unit, order_from

COLUMNS = (Column("n", "No", width=1), Column("s", "Story", width=4))


def table(rows: int, kind: str = "", *, level: str = "", notes: tuple[str, ...] = ()) -> Table:
    levels = ["", *[""] * (rows - 2), level]
    found = tuple(replace(packs.row(f"r{n}", f"{n}", "Done."), level=levels[n]) for n in range(rows))
    return Table("t", "Steps", COLUMNS, found, kind=kind, notes=notes)  # type: ignore[arg-type]


def units_of(*blocks: Heading | Paragraph | Table) -> tuple[Unit, ...]:
    return papers.flow(Document("a", "b", "Title", blocks)).units


def bound(*blocks: Heading | Paragraph | Table) -> list[bool]:
    return [unit.is_bound for unit in units_of(*blocks)]


def test_a_table_with_shared_widths_is_cut_into_its_rows_and_its_notes() -> None:
    units = units_of(table(3, notes=("A note.",)))
    assert [(unit.block, unit.row) for unit in units] == [(OPENING, WHOLE), (0, 0), (0, 1), (0, 2), (0, NOTES)]


def test_a_table_whose_widths_depend_on_all_rows_is_one_unit() -> None:
    auto = replace(table(3), columns=(Column("n", "No"), Column("s", "Story")))
    assert [unit.row for unit in units_of(auto)] == [WHOLE, WHOLE]


def test_the_opening_and_headings_and_announcements_keep_with_what_follows() -> None:
    heading, plain, announcing = Heading("h", "H", 2), Paragraph("p", words("A.")), Paragraph("q", words("As follows:"))
    assert bound(heading, plain, announcing, table(2, "tracker")) == [True, True, False, True, False, False]


def test_no_row_stands_alone_except_in_a_tracker_and_no_total_without_its_sum() -> None:
    assert bound(table(5)) == [True, True, False, False, True, False]
    assert bound(table(5, "tracker")) == [True, False, False, False, False, False]
    assert bound(table(5, "tracker", level="total")) == [True, False, False, False, True, False]


def keys(paper: Document, stretches: list[tuple[int, int]]) -> list[str]:
    flow = papers.flow(paper)
    return [flow.key(place, count) for place, count in stretches]


def test_a_changed_row_changes_the_key_of_its_part_and_of_the_one_before_that_had_no_room_for_it() -> None:
    rows = table(9, "tracker")
    before = Document("a", "b", "Title", (rows,))
    other = replace(rows.rows[6], cells=packs.row("r6", "6", "Other words").cells)
    after = replace(before, blocks=(replace(rows, rows=(*rows.rows[:6], other, *rows.rows[7:])),))
    stretches = [(0, 4), (4, 3), (7, 2), (9, 1)]  # unit 7 is row 6
    changed = [a != b for a, b in zip(keys(before, stretches), keys(after, stretches), strict=True)]
    assert changed == [False, True, True, False]


def test_a_part_depends_on_all_that_is_bound_to_what_follows_it() -> None:
    one = (Paragraph("p", words("A.")), Heading("h", "H", 2), Heading("i", "I", 3), Paragraph("q", words("Old.")))
    other = (*one[:3], Paragraph("q", words("New.")))
    assert keys(Document("a", "b", "T", one), [(0, 2)]) != keys(Document("a", "b", "T", other), [(0, 2)])


def test_a_caption_changes_the_keys_of_parts_that_begin_in_the_midst_of_its_table() -> None:
    rows = table(9, "tracker")
    one, other = (Document("a", "b", "T", (each,)) for each in (rows, replace(rows, caption="Other")))
    assert keys(one, [(4, 2)]) != keys(other, [(4, 2)])


def test_the_end_of_a_paper_is_told_from_a_page_that_had_no_more_room() -> None:
    longer = Document("a", "b", "T", (table(9, "tracker"),))
    shorter = Document("a", "b", "T", (table(9, "tracker"), Paragraph("p", words("More."))))
    assert keys(longer, [(4, 6)]) != keys(shorter, [(4, 6)])


def test_an_order_holds_only_its_own_rows_and_reads_back() -> None:
    flow = papers.flow(Document("a", "b", "T", (table(9, "tracker", notes=("Note",)), Paragraph("p", words("More.")))))
    order = order_from(flow.order(4, 7))
    [only] = order.slices
    assert isinstance(only.block, Table)
    assert [row.anchor for row in only.block.rows] == ["r3", "r4", "r5"]
    assert (only.first, only.rows, only.block.notes) == (3, 9, ())
    assert order.opening is None
    assert not order.is_end
    assert order.units[0] == ("item-5-report--r3", 3)


def test_an_order_of_notes_alone_holds_no_row() -> None:
    flow = papers.flow(Document("a", "b", "T", (table(3, "tracker", notes=("Note",)), Paragraph("p", words("More.")))))
    order = order_from(flow.order(4, 6))
    assert isinstance(order.slices[0].block, Table)
    assert order.slices[0].block.rows == ()
    assert order.slices[0].block.notes == ("Note",)
    assert order.units[0] == ("item-5-report--t-notes", NOTES)
    assert order.is_end


def test_weights_grow_with_what_a_unit_says() -> None:
    short, long = (units_of(Paragraph("p", words(text)))[1].weight for text in ("A.", "word " * 900))
    assert long > 10 * short


def test_two_rows_of_one_content_are_told_apart_by_their_anchors() -> None:
    row = packs.row("same", "1", "Done.")
    twin = Row("twin", row.cells)
    units = units_of(Table("t", "Steps", COLUMNS, (row, row, twin, row), kind="tracker"))
    assert units[2].digest != units[3].digest
