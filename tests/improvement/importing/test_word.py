"""A Word document is read as it stands: tables one after another, merged cells, paragraphs as lines."""

from collections.abc import Callable
from io import BytesIO

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from improvement.importing.reading import ReadTracker, UnreadableTracker, read_tracker
from tests.improvement.importing.making import document
from tests.improvement.importing.rows import ABOVE, FIRST, actions, notes, references, sentence, step, steps
from tests.improvement.importing.traps import HEADS

BODY = [[*row, *[""] * (8 - len(row))] for row in [*ABOVE[1:], FIRST]]


def read(
    *tables: list[list[str]], change: Callable[[Document], None] = lambda made: None, title: str = "A plan"
) -> ReadTracker:
    """What the reader makes of a document with these tables, once it was changed."""
    made = docx.Document(BytesIO(document(tables, title)))
    change(made)
    kept = BytesIO()
    made.save(kept)
    return read_tracker(kept.getvalue(), "plan.docx")


def test_the_title_stands_above_the_table() -> None:
    assert read(BODY).tracker.title == "A plan"


def test_several_tables_are_one_tracker_with_or_without_a_header_of_their_own() -> None:
    found = read(BODY, [HEADS, step("a")], [step("b"), step("c", nos="1.2", what="Another", who="Clerk")])
    assert [each.how for each in steps(found)] == ["Write it down", "a", "b", "c"]
    assert references(found) == ["1.1", "1.2"]
    assert [(note.sheet, note.row) for note in notes(found, "repeated header")] == [("table 2", 1)]
    assert [note.sheet for note in notes(found, "repeated title")] == ["words before table 2", "words before table 3"]


def test_paragraphs_of_a_cell_are_lines() -> None:
    def change(made: Document) -> None:
        made.tables[0].rows[3].cells[3].add_paragraph("Then read it.")
        made.tables[0].rows[3].cells[3].add_paragraph().add_run("Then\nkeep it.")

    assert steps(read(BODY, change=change))[0].how == "Write it down\nThen read it.\nThen\nkeep it."


def test_cells_merged_down_stand_for_all_their_rows() -> None:
    def change(made: Document) -> None:
        for column in range(3):
            made.tables[0].cell(3, column).merge(made.tables[0].cell(4, column))

    found = read([*BODY, step("a")], change=change)
    assert len(actions(found)) == 1
    assert [each.owners for each in steps(found)] == [("Lead",), ("Lead",)]
    assert [note.row for note in notes(found, "merged cells")] == [5]


def test_a_heading_merged_across_is_one_cell() -> None:
    def change(made: Document) -> None:
        row = made.tables[0].rows[1]
        row.cells[0].merge(row.cells[7])
        row.cells[0].text = "1 BETTER FOR ALL"

    found = read(BODY, change=change)
    assert [theme.title for theme in found.tracker.themes] == ["BETTER FOR ALL"]


def test_a_head_merged_over_two_columns_takes_both() -> None:
    wide = [[*row[:2], "", *row[2:]] for row in BODY]
    wide[3][2] = "and everywhere"

    def change(made: Document) -> None:
        made.tables[0].cell(0, 1).merge(made.tables[0].cell(0, 2))

    assert actions(read(wide, change=change))[0].what == "Act at once\nand everywhere"


def change_run(made: Document, xml: str) -> None:
    paragraph = made.tables[0].rows[3].cells[3].paragraphs[0]._p
    paragraph.append(parse_xml(xml.replace("<w:", "<w:", 1).replace(">", f" {nsdecls('w')}>", 1)))


def test_tracked_changes_are_read_as_accepted_and_asked_about() -> None:
    def change(made: Document) -> None:
        change_run(made, "<w:ins><w:r><w:t> twice</w:t></w:r></w:ins>")
        change_run(made, "<w:del><w:r><w:delText> never</w:delText></w:r></w:del>")
        change_run(made, "<w:moveFrom><w:r><w:t> gone</w:t></w:r></w:moveFrom>")

    found = read(BODY, change=change)
    assert steps(found)[0].how == "Write it down twice"
    assert "as if all of them were accepted" in sentence(found, "tracked changes")


def test_words_in_content_controls_and_fields_are_read() -> None:
    def change(made: Document) -> None:
        change_run(made, "<w:sdt><w:sdtContent><w:r><w:t> well</w:t></w:r></w:sdtContent></w:sdt>")
        change_run(made, "<w:r><w:noBreakHyphen/><w:tab/><w:t>made</w:t></w:r>")
        table = made.tables[0]._tbl
        row = table.findall(qn("w:tr"))[-1]
        control = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtContent/></w:sdt>")
        table.replace(row, control)
        control[0].append(row)

    assert steps(read(BODY, change=change))[0].how == "Write it down well- made"


def test_a_table_inside_a_cell_gives_its_words_to_the_cell() -> None:
    def change(made: Document) -> None:
        inner = made.tables[0].rows[3].cells[5].add_table(rows=1, cols=2)
        inner.cell(0, 0).text, inner.cell(0, 1).text = "left", "right"

    assert steps(read(BODY, change=change))[0].success.split() == ["It", "is", "written", "left", "right"]


def between(words: str, *, at_end: bool = False) -> ReadTracker:
    """What the reader makes of words between two tables, or behind them."""

    def change(made: Document) -> None:
        paragraph = made.add_paragraph(words)
        if not at_end:
            made.tables[1]._tbl.addprevious(paragraph._p)

    return read(BODY, [HEADS, step("Meet", nos="2.1", what="Talk", who="Clerk")], change=change)


@pytest.mark.parametrize("words", ["2 Work with others", "Priority 2: Work with others"])
def test_a_heading_may_stand_between_two_tables(words: str) -> None:
    priorities = between(words).tracker.themes[0].priorities
    assert [(each.number, each.title) for each in priorities][1] == ("2", "Work with others")


def test_other_words_outside_the_tables_are_left_out_and_named() -> None:
    for found in (between("Agreed by the Board"), between("2 copies were made", at_end=True)):
        assert len(found.tracker.themes[0].priorities) == 1
        assert "stands outside the tables and is left out" in sentence(found, "left out")


def test_comments_are_named() -> None:
    def change(made: Document) -> None:
        runs = made.tables[0].rows[3].cells[3].paragraphs[0].runs
        made.add_comment(runs, text="Ask the Lead first", author="A clerk")

    assert "“Ask the Lead first”" in sentence(read(BODY, change=change), "comment left out")


def test_an_absurd_span_is_refused_with_its_place() -> None:
    def change(made: Document) -> None:
        look = made.tables[0].rows[2].cells[1]._tc.get_or_add_tcPr()
        look.append(parse_xml(f'<w:gridSpan {nsdecls("w")} w:val="99999"/>'))

    with pytest.raises(UnreadableTracker, match="plan.docx, table 1, row 3: there are more than 100 columns"):
        read(BODY, change=change)
