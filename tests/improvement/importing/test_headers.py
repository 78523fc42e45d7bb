"""The header row is found under other heads and in another order; a missing column is named with sheet and row."""

import pytest

from improvement.importing.reading import UnreadableTracker, read_tracker
from tests.improvement.importing.making import delimited, document, new_workbook, saved, workbook
from tests.improvement.importing.rows import (
    ABOVE,
    FIRST,
    PRIORITY,
    THEME,
    TITLE,
    notes,
    read_whole,
    sentence,
    steps,
)
from tests.improvement.importing.traps import HEADS


@pytest.mark.parametrize(
    "heads",
    [
        ["nos", "WHAT", "who ?", "how", "when", "success measure", "status", "outcome"],
        ["Ref", "Action", "Lead", "Steps", "By when", "Measures of success", "Status", "Outcomes"],
        ["NOS", "Waht?", "Who?", "How?", "When?", "Sucess measures", "Curent Status", "Outcome - (report for Q1, Q2)"],
        ["NOS", "What?", "Who?", "How", "When??", "Success\nmeasures", "Current  Status", "Outcome (Q1–Q4)"],
    ],
)
def test_close_spellings_are_the_same_columns(heads: list[str]) -> None:
    found = read_whole(TITLE, heads, THEME, PRIORITY, FIRST)
    assert steps(found) == steps(read_whole(*ABOVE, FIRST))


def test_columns_may_stand_in_any_order() -> None:
    def turned(row: list[str]) -> list[str]:
        return [*row, *[""] * (8 - len(row))][::-1]

    found = read_whole(*(turned(row) for row in [[], HEADS, THEME, PRIORITY, FIRST]))
    assert steps(found) == steps(read_whole(*ABOVE, FIRST))


@pytest.mark.parametrize("missing", range(8))
def test_a_missing_column_is_named_with_its_row(missing: int) -> None:
    rows = [[cell for at, cell in enumerate(row) if at != missing] for row in [["x"] * 8, HEADS, FIRST]]
    with pytest.raises(UnreadableTracker) as refused:
        read_tracker(delimited(rows), "plan.csv")
    assert str(refused.value) == (
        f"plan.csv, row 2: the header row has no column “{HEADS[missing]}”. Put the column in, empty where there is "
        "nothing to say, or correct its head."
    )


def test_a_missing_column_is_named_with_its_sheet() -> None:
    data = workbook([HEADS[:6], FIRST], title="Version 17")
    with pytest.raises(UnreadableTracker, match="Version 17, row 1: the header row has no column “Current Status” and"):
        read_tracker(data, "plan.xlsx")


def test_a_file_without_a_header_names_the_sheets_that_were_looked_at() -> None:
    book, sheet = new_workbook("Budget")
    sheet.append(["Service", "Budget", "Spend"])
    book.create_sheet("Staff").append(["Name", "Post"])
    with pytest.raises(
        UnreadableTracker, match="no header row was found in “Budget” and “Staff”. A tracker has one row"
    ):
        read_tracker(saved(book), "plan.xlsx")


def test_a_document_without_a_table_says_so() -> None:
    with pytest.raises(UnreadableTracker, match="no header row was found"):
        read_tracker(document([], title="A plan"), "plan.docx")


def test_a_header_with_nothing_below_is_refused() -> None:
    with pytest.raises(UnreadableTracker, match="plan.csv, row 2: nothing stands below the header row"):
        read_whole(TITLE, HEADS)


def test_a_column_that_nobody_knows_is_named_with_every_word_in_it() -> None:
    found = read_whole(
        TITLE, [*HEADS, "RAG"], THEME, PRIORITY, [*FIRST, "Green"], ["", "", "", "More", *[""] * 4, "Green"]
    )
    assert steps(found)[0] == steps(read_whole(*ABOVE, FIRST))[0]
    assert sentence(found, "column left out") == (
        "The column “RAG” is none of the tracker's and is left out: “Green” (rows 5, 6)."
    )


def test_words_beside_the_last_column_are_named() -> None:
    found = read_whole(*ABOVE, [*FIRST, "a stray remark", "and more"])
    said = " ".join(note.sentence for note in found.report.decide)
    assert "“a stray remark”" in said
    assert "“and more”" in said


def test_the_first_line_is_the_title_and_the_others_are_named() -> None:
    found = read_whole(["A plan"], ["Version 17", "of June"], HEADS, THEME, PRIORITY, FIRST)
    assert found.tracker.title == "A plan"
    assert sentence(found, "left out") == ("This stands above the tracker and is left out: “Version 17” and “of June”.")


def test_without_a_title_the_file_lends_its_name() -> None:
    found = read_tracker(delimited([HEADS, THEME, PRIORITY, FIRST]), "our plan.csv")
    assert found.tracker.title == "our plan"
    assert [note.row for note in notes(found, "title missing")] == [1]
