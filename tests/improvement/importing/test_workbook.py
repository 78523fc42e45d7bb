"""A workbook is read as a person sees it: dates and numbers by their format, merged cells for all their rows."""

from datetime import date, datetime, time

import pytest
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from improvement.importing.opening.values import shown
from improvement.importing.reading import ReadTracker, UnreadableTracker, read_tracker
from tests.improvement.importing.making import new_workbook, saved
from tests.improvement.importing.rows import ABOVE, FIRST, actions, notes, references, sentence, step, steps


def sheet_with(*rows: list[str]) -> Worksheet:
    """A sheet of these rows below title, header, theme and priority; empty cells stay empty."""
    _, sheet = new_workbook()
    for row in [*ABOVE, FIRST, *rows]:
        sheet.append([text or None for text in row])
    return sheet


def read(sheet: Worksheet) -> ReadTracker:
    assert sheet.parent is not None
    return read_tracker(saved(sheet.parent), "plan.xlsx")


@pytest.mark.parametrize(
    ("value", "number_format", "words"),
    [
        (date(2016, 12, 31), "dd/mm/yyyy", "31 December 2016"),
        (date(2016, 12, 31), "d mmmm yyyy", "31 December 2016"),
        (date(2016, 12, 1), "mmm-yy", "Dec 2016"),
        (date(2016, 12, 1), "mmmm yyyy", "December 2016"),
        (date(2016, 12, 1), "[$-809]mmmm\\ yyyy;@", "December 2016"),
        (datetime.combine(date(2016, 12, 31), time(14, 30)), "dd/mm/yyyy hh:mm", "31 December 2016 14:30"),
    ],
)
def test_a_date_reads_as_its_format_shows_it(value: date, number_format: str, words: str) -> None:
    sheet = sheet_with()
    sheet["E5"].value = value
    sheet["E5"].number_format = number_format
    (only,) = steps(read(sheet))
    assert only.when == words
    assert only.due_on == date(2016, 12, 31)


@pytest.mark.parametrize(
    ("value", "number_format", "words"),
    [
        (0.85, "0%", "85%"),
        (0.591, "0.0%", "59.1%"),
        (59.1, "General", "59.1"),
        (0.1 + 0.2, "General", "0.3"),
        (12, "0.00", "12.00"),
        (1e-7, "General", "0.0000001"),
        (True, "General", "TRUE"),
    ],
)
def test_a_number_reads_as_its_format_shows_it(value: float, number_format: str, words: str) -> None:
    sheet = sheet_with()
    sheet["F5"].value = value
    sheet["F5"].number_format = number_format
    assert steps(read(sheet))[0].success == words


def numbered(number_format: str) -> ReadTracker:
    """Ten actions whose references are typed as numbers: 1.1, 1.2 … 1.10."""
    sheet = sheet_with(*(step("Go on", nos="x", what=f"Action {number}", who="Lead") for number in range(2, 11)))
    for row, reference in enumerate([1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8, 1.9, 1.10], start=5):
        sheet.cell(row=row, column=1).value = reference
        sheet.cell(row=row, column=1).number_format = number_format
    return read(sheet)


def test_a_number_format_longer_than_any_program_writes_is_no_trouble() -> None:
    assert shown(5, "[" * 1_000_000) == "5"
    assert shown(date(2016, 12, 31), "[" * 1_000_000) == "31 December 2016"


def test_a_reference_with_two_places_shown_keeps_its_nought() -> None:
    sheet = sheet_with(step("Go on", nos="x", what="Tenth", who="Lead"))
    sheet["A6"].value, sheet["A6"].number_format = 1.10, "0.00"
    assert references(read(sheet)) == ["1.1", "1.10"]


def test_a_reference_that_lost_its_nought_is_taken_from_its_place_and_asked() -> None:
    found = numbered("General")
    assert references(found)[-2:] == ["1.9", "1.10"]
    assert sentence(found, "reference doubled") == (
        "The reference 1.1 is also that of Tracker, row 5; “Action 10” is kept as 1.10. Say which is right."
    )


def test_a_merged_cell_stands_for_all_its_rows() -> None:
    sheet = sheet_with(step("a"), step("b"))
    for column in "ABC":
        sheet.merge_cells(f"{column}5:{column}7")
    sheet["F5"].value = "At least 80%"
    sheet.merge_cells("F5:F7")
    found = read(sheet)
    assert len(actions(found)) == 1
    assert [each.who for each in steps(found)] == ["Lead", "", ""]
    assert [each.owners for each in steps(found)] == [("Lead",)] * 3
    assert [each.success for each in steps(found)] == ["At least 80%"] * 3
    assert [note.row for note in notes(found, "merged cells")] == [6]


def test_a_head_merged_over_two_columns_takes_both() -> None:
    _, sheet = new_workbook()
    for row in [*ABOVE, FIRST]:
        sheet.append([*row[:2], "", *row[2:]])
    sheet["C5"].value = "and everywhere"
    sheet.merge_cells("B2:C2")
    (action,) = actions(read(sheet))
    assert action.what == "Act at once\nand everywhere"


@pytest.mark.parametrize("cell", ["D5", "H5", "A1", "K5"])
def test_a_formula_is_refused_with_sheet_row_column_and_cure(cell: str) -> None:
    sheet = sheet_with()
    sheet[cell].value = '="Write "&"it"'
    with pytest.raises(UnreadableTracker) as refused:
        read(sheet)
    assert str(refused.value) == (
        f"plan.xlsx, sheet Tracker, row {cell[1:]}, column {cell[0]}: the cell holds a formula. "
        "Copy the sheet, paste it with “values only”, and save the file anew."
    )


def test_a_formula_on_a_sheet_that_is_not_read_does_no_harm() -> None:
    sheet = sheet_with()
    assert sheet.parent is not None
    other = sheet.parent.create_sheet("Sums")
    other["A1"].value = "=1+1"
    found = read(sheet)
    assert len(steps(found)) == 1
    assert notes(found, "sheet left out")[0].sheet == "Sums"


def test_a_hidden_sheet_is_not_read_and_named() -> None:
    sheet = sheet_with()
    assert sheet.parent is not None
    hidden = sheet.parent.create_sheet("Old")
    for row in [*ABOVE, FIRST]:
        hidden.append(row)
    hidden.sheet_state = "hidden"
    found = read(sheet)
    assert len(steps(found)) == 1
    assert [(note.sheet, note.row) for note in notes(found, "hidden sheet")] == [("Old", 1)]


def test_hidden_rows_and_columns_are_read_and_named() -> None:
    sheet = sheet_with(step("a"))
    sheet.row_dimensions[6].hidden = True
    sheet.column_dimensions["H"].hidden = True
    found = read(sheet)
    assert len(steps(found)) == 2
    assert "read all the same: 6." in sentence(found, "hidden rows")
    assert "read all the same: H." in sentence(found, "hidden columns")


def test_two_sheets_go_on_one_after_the_other() -> None:
    sheet = sheet_with()
    assert sheet.parent is not None
    other = sheet.parent.create_sheet("Part 2")
    for row in [ABOVE[0], ABOVE[1], step("b", nos="1.2", what="Another", who="Clerk")]:
        other.append(row)
    found = read(sheet)
    assert references(found) == ["1.1", "1.2"]
    assert {note.code for note in found.report.notes if note.sheet == "Part 2"} == {"repeated title", "repeated header"}


def test_two_versions_of_one_tracker_in_a_file_are_refused() -> None:
    sheet = sheet_with()
    assert sheet.parent is not None
    other = sheet.parent.create_sheet("Version 2")
    for row in [*ABOVE, FIRST]:
        other.append(row)
    with pytest.raises(UnreadableTracker, match="“Tracker” and “Version 2” both hold 1.1. Delete the one that is out"):
        read(sheet)


def test_a_comment_is_named() -> None:
    sheet = sheet_with()
    sheet["D5"].comment = Comment("Ask the Lead first", "A clerk")
    assert "“Ask the Lead first”" in sentence(read(sheet), "comment left out")


def test_signs_that_look_like_half_a_character_stay_as_they_are() -> None:
    sheet = sheet_with()
    sheet["D5"].value = "_xD83D_"
    assert steps(read(sheet))[0].how == "_xD83D_"
