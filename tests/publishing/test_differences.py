"""Every difference that a reader could see between two versions is told, with its place, and no other."""

from collections.abc import Callable
from dataclasses import astuple
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.publishing import packs
from tests.publishing.frozen.inventing import documents
from torbay_reports.documents.blocks import (
    Block,
    BulletList,
    CallOut,
    Cell,
    Chart,
    Column,
    Document,
    Facts,
    Figure,
    Heading,
    LineBreak,
    Paragraph,
    Row,
    Table,
    Text,
    WebLink,
    plain,
    words,
)
from torbay_reports.publishing.differences import between, uploads_between

Told = tuple[str, str, str]


def paper(*blocks: Block, **more: object) -> Document:
    return Document("invented", "any", "A paper", blocks, **more)  # type: ignore[arg-type]


def told(before: Document, after: Document) -> list[Told]:
    return [astuple(each)[1:] for each in between(before, after)]


def of_blocks(before: Block, after: Block) -> list[Told]:
    return told(paper(before), paper(after))


def figure(text: str, value: str | None = None) -> Figure:
    return Figure(text=text, ref="net", value=Decimal(value) if value else None, unit="thousands")


def paragraph(*content: Text | Figure | WebLink, number: str = "1.3", anchor: str = "p") -> Paragraph:
    return Paragraph(anchor, content, number)


def say(text: str) -> Text:
    return Text(text=text)


def table(*rows: Row, columns: tuple[str, ...] = ("Service", "Variance"), **more: object) -> Table:
    heads = tuple(Column(label.lower(), label) for label in columns)
    return Table("budget", "Budget", heads, rows, **more)  # type: ignore[arg-type]


ROWS = (
    packs.row("adult", "Adult Services", "900"),
    packs.row("parks", "Parks", "(43)"),
    packs.row("net", "Net", "857"),
)
WHERE = "Table “Budget”"


def test_a_change_carries_the_title_of_the_later_version() -> None:
    (change,) = between(paper(), replace(paper(), title="Another"))
    assert astuple(change) == ("Another", "Title", "A paper", "Another")


def test_a_figure_in_a_sentence_that_stayed_is_told_once_and_by_itself() -> None:
    before = paragraph(say("All is well. The overspend is "), figure("£1.4m"), say(" this year. More follows."))
    after = paragraph(say("All is well. The overspend is "), figure("£1.5m"), say(" this year. More follows."))
    assert of_blocks(before, after) == [("Paragraph 1.3", "£1.4m", "£1.5m")]


def test_a_sentence_whose_words_changed_is_told_whole_and_the_others_are_not() -> None:
    before = paragraph(say("All is well. The overspend is "), figure("£1.4m"), say(" this year."))
    after = paragraph(say("All is well. The overspend will be "), figure("£1.5m"), say(" this year."))
    expected = ("Paragraph 1.3", "The overspend is £1.4m this year.", "The overspend will be £1.5m this year.")
    assert of_blocks(before, after) == [expected]


def test_sentences_that_came_and_went_are_told() -> None:
    before = paragraph(say("First it rains. Then the sun shines."))
    after = paragraph(say("First it rains. Then the sun shines. It is warm."))
    assert of_blocks(before, after) == [("Paragraph 1.3", "", "It is warm.")]
    assert of_blocks(after, before) == [("Paragraph 1.3", "It is warm.", "")]


def test_an_exact_value_that_changed_behind_the_same_words_is_told() -> None:
    (change,) = of_blocks(paragraph(figure("£1.4m", "1365")), paragraph(figure("£1.4m", "1377")))
    assert change == ("Paragraph 1.3", "£1.4m (exactly 1,365 thousands)", "£1.4m (exactly 1,377 thousands)")
    dated = replace(figure("then"), day=date(2031, 6, 30))
    (change,) = of_blocks(paragraph(figure("then")), paragraph(dated))
    assert change[1:] == ("then (no exact value)", "then (exactly 30 June 2031)")


def test_a_link_that_leads_elsewhere_is_told() -> None:
    before, after = (paragraph(WebLink(text="the plan", address=f"https://{at}.invalid")) for at in ("a", "b"))
    assert of_blocks(before, after) == [("Paragraph 1.3, link “the plan”", "https://a.invalid", "https://b.invalid")]


def test_what_nobody_reads_is_no_difference() -> None:
    before = paragraph(say("Two  words,"), say(" and "), figure("£1m"))
    other = Paragraph("p", (Text(text="Two words, and"), LineBreak(), replace(figure("£1m"), ref="other")), "1.3")
    assert of_blocks(before, other) == []
    assert of_blocks(packs.chart(), packs.chart(svg="")) == []


def test_a_cell_is_named_by_table_row_and_column() -> None:
    after = table(packs.row("adult", "Adult Services", "950"), *ROWS[1:])
    place = f"{WHERE}, row “Adult Services”, column “Variance”"
    assert of_blocks(table(*ROWS), after) == [(place, "900", "950")]


def test_what_is_heard_beside_a_cell_counts() -> None:
    row, *others = ROWS
    spoken = replace(row, cells=(row.cells[0], replace(row.cells[1], spoken="overspend")))
    place = f"{WHERE}, row “Adult Services”, column “Variance”, as it is heard"
    assert of_blocks(table(*ROWS), table(spoken, *others)) == [(place, "", "overspend")]


def test_rows_that_came_went_and_moved_are_told() -> None:
    new = packs.row("roads", "Roads", "12")
    assert of_blocks(table(*ROWS), table(*ROWS, new)) == [(f"{WHERE}, row “Roads”", "", "Roads; 12")]
    assert of_blocks(table(*ROWS, new), table(*ROWS)) == [(f"{WHERE}, row “Roads”", "Roads; 12", "")]
    assert of_blocks(table(*ROWS), table(ROWS[1], ROWS[2], ROWS[0])) == [
        (f"{WHERE}, row “Adult Services”", "at the beginning", "behind row “Net”")
    ]


def test_rows_whose_anchors_count_them_are_told_by_their_words() -> None:
    risks = ("A wall may fall", "Fees may be late", "Ships may stay away")
    before = table(*(packs.row(f"risks-{at}", risk, "High") for at, risk in enumerate(risks, start=1)))
    more = ("The sea may rise", *risks)
    after = table(*(packs.row(f"risks-{at}", risk, "High") for at, risk in enumerate(more, start=1)))
    assert of_blocks(before, after) == [(f"{WHERE}, row “The sea may rise”", "", "The sea may rise; High")]


def test_columns_that_came_went_moved_and_changed_are_told() -> None:
    before = table(packs.row("a", "Parks", "1", "2"), columns=("Service", "Net", "Variance"))
    fewer = table(packs.row("a", "Parks", "2"), columns=("Service", "Variance"))
    assert of_blocks(before, fewer) == [(f"{WHERE}, column “Net”", "Net: 1", "")]
    assert of_blocks(fewer, before) == [(f"{WHERE}, column “Net”", "", "Net: 1")]
    turned = table(packs.row("a", "Parks", "2", "1"), columns=("Service", "Variance", "Net"))
    assert of_blocks(before, turned) == [
        (f"{WHERE}, column “Net”", "behind column “Service”", "behind column “Variance”")
    ]
    in_pounds = replace(before, columns=(*before.columns[:2], replace(before.columns[2], unit="£")))
    assert of_blocks(before, in_pounds) == [(f"{WHERE}, head of column “Variance”", "Variance", "Variance, £")]


def test_columns_of_one_label_are_told_apart_by_their_groups() -> None:
    columns = (Column("s", "Service"), *(Column(f"net{year}", "Net", group=f"203{year}") for year in (1, 2)))
    before = replace(table(packs.row("a", "Parks", "1", "2")), columns=columns)
    after = replace(table(packs.row("a", "Parks", "1", "3")), columns=columns)
    assert of_blocks(before, after) == [(f"{WHERE}, row “Parks”, column “2032: Net”", "2", "3")]


def test_rows_and_blocks_of_one_name_are_told_apart() -> None:
    twins = (packs.row("a", "Parks", "1"), packs.row("b", "Parks", "1"))
    after = (twins[0], packs.row("b", "Parks", "2"))
    assert of_blocks(table(*twins), table(*after)) == [(f"{WHERE}, row “Parks” (2nd), column “Variance”", "1", "2")]
    first, second = table(*ROWS), replace(table(*ROWS), anchor="other")
    changed = replace(second, notes=("New.",))
    assert told(paper(first, second), paper(first, changed)) == [("Table “Budget” (2nd), note", "", "New.")]


def test_caption_notes_and_rows_in_words_are_told() -> None:
    before = table(*ROWS, notes=("In £000s. Rounded.",))
    assert of_blocks(before, replace(before, caption="Sums")) == [("Table “Sums”, title", "Budget", "Sums")]
    assert of_blocks(before, replace(before, notes=("In £000s. Not rounded.",))) == [
        (f"{WHERE}, note", "Rounded.", "Not rounded.")
    ]
    worded = replace(ROWS[0], sentence="Adult Services: £900k over")
    assert of_blocks(table(*ROWS), table(worded, *ROWS[1:])) == [
        (f"{WHERE}, row “Adult Services”, in words", "", "Adult Services: £900k over")
    ]


def test_headings_lists_notices_and_facts_are_told() -> None:
    assert of_blocks(Heading("h", "Fees", 2, "4.1"), Heading("h", "Tolls", 3, "4.2")) == [
        ("Heading 4.2", "Fees", "Tolls"),
        ("Heading 4.2, number", "4.1", "4.2"),
        ("Heading 4.2, level", "2", "3"),
    ]
    points = (words("the first limit"), words("the second limit"))
    assert of_blocks(BulletList("l", points), BulletList("l", (*points, words("one more")))) == [
        ("List at the beginning, point 3", "", "one more")
    ]
    assert of_blocks(BulletList("l", points), BulletList("l", (points[0], words("the second sum")))) == [
        ("List at the beginning, point 2", "the second limit", "the second sum")
    ]
    assert of_blocks(CallOut("c", words("Soon.")), CallOut("c", words("Late."))) == [
        ("Notice at the beginning", "Soon.", "Late.")
    ]
    facts = Facts("f", "About", (("Wards", ("All",)), ("Meeting", ("Board",))))
    assert of_blocks(facts, replace(facts, rows=(("Wards", ("Two",)), *facts.rows[1:]))) == [
        ("Table “About”, “Wards”", "All", "Two")
    ]
    assert of_blocks(facts, replace(facts, rows=(("Places", ("All",)), *facts.rows[1:]))) == [
        ("Table “About”, “Places”, label", "Wards", "Places")
    ]


def test_a_chart_is_told_by_its_figures() -> None:
    chart = packs.chart()
    row = packs.row("c-parks", "Parks", "(44)", "under")
    after = replace(chart, table=replace(chart.table, rows=(chart.table.rows[0], row, chart.table.rows[2])))
    place = "Chart “Variance by service”, its figures, row “Parks”, column “Variance”"
    assert of_blocks(chart, after) == [(place, "(43)", "(44)")]


def test_places_without_number_are_told_by_what_they_stand_behind() -> None:
    before = (paragraph(say("One.")), paragraph(say("Two."), number="", anchor="q"))
    more = paragraph(say("Three."), number="", anchor="r")
    assert told(paper(*before), paper(*before, more)) == [("2nd paragraph after paragraph 1.3", "", "Three.")]


def test_blocks_that_went_and_moved_are_told() -> None:
    first, second, third = (paragraph(say(f"Word{at}."), number=f"1.{at}", anchor=f"p{at}") for at in (1, 2, 3))
    assert told(paper(first, second, third), paper(first, third)) == [("Paragraph 1.2", "Word2.", "")]
    assert told(paper(first, second, third), paper(second, third, first)) == [
        ("Paragraph 1.1", "at the beginning", "behind paragraph 1.3")
    ]
    assert told(paper(first), paper(first, table(*ROWS))) == [(WHERE, "", "Budget: a table of 3 rows and 2 columns")]


def test_twins_that_change_places_are_no_difference() -> None:
    twins = (packs.row("a", "Parks", "1"), packs.row("b", "Parks", "1"))
    assert of_blocks(table(*twins), table(*twins[::-1])) == []
    first, second = paragraph(say("One.")), paragraph(say("One."), anchor="q")
    assert told(paper(first, second), paper(second, first)) == []


def test_what_stands_on_every_page_is_told() -> None:
    before = paper(as_at=date(2031, 6, 30), notice="Old.")
    after = paper(as_at=date(2031, 7, 31), notice="New.", draft=True)
    assert told(before, after) == [
        ("Notice", "Old.", "New."),
        ("Figures as at", "30 June 2031", "31 July 2031"),
        ("Marking", "", "DRAFT"),
    ]


def test_brought_files_are_compared_page_by_page_and_sentence_by_sentence() -> None:
    before = ["Boats in the harbours\n\nAll berths are let. Two\nare dry.", "The wall holds."]
    after = ["Boats in the harbours\n\nAll berths are let.", "Two are dry. The wall\nfell. Nobody was hurt."]
    found = [astuple(each) for each in uploads_between("Boats", before, after)]
    assert found == [
        ("Boats", "Page 2", "The wall holds.", "The wall fell."),
        ("Boats", "Page 2", "", "Nobody was hurt."),
    ]
    assert uploads_between("Boats", after, after) == ()


def test_long_files_that_have_nothing_in_common_are_told_in_full() -> None:
    before, after = ([" ".join(f"{kind}{at} is." for at in range(300))] for kind in "ab")
    assert len(uploads_between("Boats", before, after)) == 600


def read(document: Document) -> list[str]:
    """All that a reader reads of a Document, in order."""
    found = [document.title, document.notice, str(document.as_at), str(document.draft)]
    for block in document.blocks:
        found.append(type(block).__name__)
        match block:
            case Heading():
                found += [block.number, block.text, str(block.level)]
            case Paragraph():
                found += [block.number, plain(block.content), block.role]
            case CallOut():
                found.append(plain(block.content))
            case BulletList():
                found += [plain(item) for item in block.items]
            case Facts():
                found += [block.caption, *(" ".join((label, *lines)) for label, lines in block.rows)]
            case Chart():
                found += [block.title, plain(block.sentence), *read_table(block.table)]
            case Table():
                found += read_table(block)
    return [" ".join(each.split()) for each in found]


def read_table(block: Table) -> list[str]:
    """All of a table."""
    heads = [f"{each.group} {each.label} {each.unit}" for each in block.columns]
    cells = [f"{cell.text} {cell.spoken}" for row in block.rows for cell in row.cells]
    return [block.caption, *heads, *cells, *block.notes, *(row.sentence for row in block.rows)]


Edit = Callable[[st.DrawFn, Document], Document]


def _with(document: Document, at: int, *blocks: Block) -> Document:
    return replace(document, blocks=(*document.blocks[:at], *blocks, *document.blocks[at + 1 :]))


def edit_title(draw: st.DrawFn, document: Document) -> Document:
    return replace(document, title=f"{document.title} again")


def remove_a_block(draw: st.DrawFn, document: Document) -> Document:
    return _with(document, draw(st.integers(0, len(document.blocks) - 1)))


def add_a_block(draw: st.DrawFn, document: Document) -> Document:
    at = draw(st.integers(0, len(document.blocks) - 1))
    return _with(document, at, document.blocks[at], Paragraph("quite-new", words("Quite new words stand here.")))


def turn_two_blocks(draw: st.DrawFn, document: Document) -> Document:
    at = draw(st.integers(0, max(len(document.blocks) - 2, 0)))
    return replace(
        document, blocks=(*document.blocks[:at], *document.blocks[at : at + 2][::-1], *document.blocks[at + 2 :])
    )


def edit_a_block(draw: st.DrawFn, document: Document) -> Document:
    at = draw(st.integers(0, len(document.blocks) - 1))
    block = document.blocks[at]
    match block:
        case Heading():
            changed: Block = replace(block, text=f"{block.text} now")
        case Paragraph() | CallOut():
            changed = replace(block, content=(*block.content, Text(text=" And so on.")))
        case BulletList():
            changed = replace(block, items=block.items[:-1])
        case Facts():
            label, lines = block.rows[-1]
            changed = replace(block, rows=(*block.rows[:-1], (label, (*lines, "One more line"))))
        case Chart():
            changed = replace(block, table=_edited(draw, block.table))
        case Table():
            changed = _edited(draw, block)
    return _with(document, at, changed)


def _edited(draw: st.DrawFn, block: Table) -> Table:
    row = draw(st.integers(0, len(block.rows) - 1))
    kind = draw(st.sampled_from(("cell", "row", "row", "turn", "column", "caption", "note", "head")))
    rows, columns = block.rows, block.columns
    match kind:
        case "cell":
            cells = list(rows[row].cells)
            at = draw(st.integers(0, len(cells) - 1))
            cells[at] = Cell((*cells[at].content, Text(text=" changed")))
            return replace(block, rows=(*rows[:row], replace(rows[row], cells=tuple(cells)), *rows[row + 1 :]))
        case "row":
            return replace(block, rows=(*rows[:row], *rows[row + 1 :]))
        case "turn":
            return replace(block, rows=(*rows[:row], *rows[row : row + 2][::-1], *rows[row + 2 :]))
        case "column":
            bare = tuple(replace(each, cells=each.cells[:-1]) for each in rows)
            return replace(block, rows=bare, columns=columns[:-1])
        case "caption":
            return replace(block, caption=f"{block.caption} now")
        case "note":
            return replace(block, notes=(*block.notes, "A note that is new."))
    return replace(block, columns=(replace(columns[0], label=f"{columns[0].label} now"), *columns[1:]))


EDITS: tuple[Edit, ...] = (edit_title, remove_a_block, add_a_block, turn_two_blocks, edit_a_block, edit_a_block)


@st.composite
def edited(draw: st.DrawFn) -> tuple[Document, Document]:
    """A paper and the same with one thing changed."""
    document = draw(documents())
    return document, draw(st.sampled_from(EDITS))(draw, document)


@given(edited())
def test_whatever_reads_differently_is_told_and_nothing_else(papers: tuple[Document, Document]) -> None:
    before, after = papers
    for one, other in ((before, after), (after, before), (before, before)):
        changes = between(one, other)
        assert bool(changes) == (read(one) != read(other))
        assert all(each.where and each.before != each.after for each in changes)


@given(documents(), documents())
def test_papers_that_have_nothing_to_do_with_each_other_are_told_apart(one: Document, other: Document) -> None:
    assert bool(between(one, other)) == (read(one) != read(other))


@pytest.mark.parametrize("block", packs.report().blocks, ids=lambda block: block.anchor)
def test_each_kind_of_block_reads_the_same_as_itself(block: Block) -> None:
    assert of_blocks(block, block) == []
