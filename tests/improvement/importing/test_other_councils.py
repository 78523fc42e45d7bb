"""Trackers as other councils keep them: other columns first, headings over the table, dates before their updates."""

from io import BytesIO

import pytest
from openpyxl import load_workbook
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from improvement.calculations.tracker import StepEntry, UpdateEntry
from improvement.importing.reading import ReadTracker, read_tracker
from improvement.reports.export import tracker_file
from tests.improvement.importing.making import delimited, new_workbook, saved, workbook
from tests.improvement.importing.traps import HEADS
from tests.improvement.trackers import one_action, step

STATUS_FIRST = ["Status", "Ref", "Action", "Steps", "Success criteria", "Lead", "Timescale", "Progress update"]
LEAD_FIRST = ["Lead", "Ref", "Action", "Steps", "Success criteria", "Status", "Timescale", "Progress update"]


def texts(read: ReadTracker) -> list[str]:
    """Every heading in the order of print."""
    found = []
    for theme in read.tracker.themes:
        found.append(f"{theme.number} {theme.title}")
        found += [f"{priority.number} {priority.title}" for priority in theme.priorities]
    return found


def steps(read: ReadTracker) -> list[StepEntry]:
    return [step for _, _, _, step in read.tracker.steps()]


def codes(read: ReadTracker) -> set[str]:
    return {note.code for note in read.report.notes}


def with_outcome(outcome: str, status: str = "ONGOING") -> ReadTracker:
    row = ["1.1", "Act", "Lead", "Do it", "Dec 2016", "", status, outcome]
    return read_tracker(workbook([["A plan"], HEADS, ["1", "BETTER"], ["1", "Be better"], row]), "plan.xlsx")


@pytest.mark.parametrize(("heads", "is_merged"), [(STATUS_FIRST, True), (STATUS_FIRST, False), (LEAD_FIRST, False)])
def test_a_heading_over_the_table_is_no_status_and_no_owner(heads: list[str], is_merged: bool) -> None:
    book, sheet = new_workbook()
    for row in (["A plan"], heads):
        sheet.append(row)
    for number, theme, priority in ((1, "LEADERS", "Better leaders"), (2, "PEOPLE", "Better people")):
        _band(sheet, f"{number} {theme}", is_merged)
        _band(sheet, f"{number} {priority}", is_merged)
        first = "Ongoing" if heads is STATUS_FIRST else "Head"
        sheet.append([first, f"{number}.1", "Act", "Do it", "", "Ongoing" if heads is LEAD_FIRST else "Head"])
    read = read_tracker(saved(book), "plan.xlsx")
    assert texts(read) == ["1 LEADERS", "1 Better leaders", "2 PEOPLE", "2 Better people"]
    assert [(step.status_printed, step.owners) for step in steps(read)] == [("Ongoing", ("Head",))] * 2


def _band(sheet: Worksheet, words: str, is_merged: bool) -> None:
    sheet.append([words])
    if is_merged:
        row = sheet.max_row
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=8)


def test_a_theme_above_the_header_is_a_theme_on_every_sheet() -> None:
    book, sheet = new_workbook("Leaders")
    for number, page in ((1, sheet), (2, book.create_sheet("People"))):
        for row in (["A plan"], [f"Theme {number}: Sheet {number}"], HEADS, [f"{number}.1", "Act", "Head", "Do it"]):
            page.append(row)
    read = read_tracker(saved(book), "plan.xlsx")
    assert read.tracker.title == "A plan"
    assert [(theme.number, theme.title) for theme in read.tracker.themes] == [("1", "Sheet 1"), ("2", "Sheet 2")]


def test_a_stroke_between_number_and_title_is_no_part_of_the_title() -> None:
    rows = [["A plan"], HEADS, ["Theme 1 - Leaders"], ["Priority 2 – Better leaders"], ["2.1", "Act", "Head", "Do it"]]
    assert texts(read_tracker(delimited(rows), "plan.csv")) == ["1 Leaders", "2 Better leaders"]


@pytest.mark.parametrize(
    "outcome",
    [
        "31.03.17 Did this. 30.06.17 Did that.",
        "(31 March 2017) Did this.\n(30 June 2017) Did that.",
        "31 March 2017\nDid this.\n30 June 2017\nDid that.",
    ],
)
def test_dates_before_their_updates_go_with_them_and_are_asked_about(outcome: str) -> None:
    read = with_outcome(outcome)
    found = [(each.text, each.dated_on and each.dated_on.isoformat()) for each in steps(read)[0].updates]
    assert found == [("Did this.", "2017-03-31"), ("Did that.", "2017-06-30")]
    assert "date before its update" in codes(read)


def test_dates_before_and_behind_are_left_as_they_stand_and_asked_about() -> None:
    read = with_outcome("31.03.17 Did this. 30.06.17")
    assert steps(read)[0].updates[0] == UpdateEntry("", "31.03.17", steps(read)[0].updates[0].dated_on)
    assert [note.sentence for note in read.report.decide if note.code == "date before its update"] == [
        "The outcome of step 1.1/1 begins with a date, “31.03.17”, with no update before it. A date is read as that of "
        "the update before it. Write each date behind its update."
    ]


def test_dates_behind_their_updates_are_not_asked_about() -> None:
    assert "date before its update" not in codes(with_outcome("Did this. (31 March 2017)"))


def test_a_reference_of_three_numbers_is_not_cut_to_its_end() -> None:
    rows = [["A plan"], HEADS, ["1", "BETTER"], ["1", "Be better"]]
    rows += [[reference, f"Act {reference}", "Head", "Do it"] for reference in ("1.1.1", "1.1.2", "1.2.1")]
    read = read_tracker(workbook(rows), "plan.xlsx")
    actions = read.tracker.themes[0].priorities[0].actions
    assert [action.reference for action in actions] == ["1.1.1", "1.1.2", "1.2.1"]


def test_an_action_with_neither_reference_nor_what_is_named_by_its_step() -> None:
    rows = [["A plan"], HEADS, ["1", "BETTER"], ["1", "Be better"], ["", "", "Head", "Do it"]]
    sentences = [note.sentence for note in read_tracker(workbook(rows), "plan.xlsx").report.decide]
    assert "No reference is printed for “Do it”; 1.1 was taken from its place." in sentences


@pytest.mark.parametrize("status", ["COMP\u200bLETED", "\ufeffCOMPLETED", "COMPLE\u00adTED", "\u202aCOMPLETED\u202c"])
def test_a_status_is_what_it_looks_like(status: str) -> None:
    step = steps(with_outcome("", status))[0]
    assert (step.status_printed, step.status) == ("COMPLETED", "done")


def test_a_status_by_colour_alone_is_asked_about_but_a_coloured_row_is_not() -> None:
    rows = [["A plan"], HEADS, ["1", "BETTER"], ["1", "Be better"]]
    rows += [[f"1.{at}", "Act", "Head", "Do it", "Dec 2016", "", "Green" if at == 3 else "", ""] for at in range(1, 5)]
    book, sheet = new_workbook()
    for row in rows:
        sheet.append([cell or None for cell in row])
    for coloured in (5, 7):
        sheet.cell(coloured, 7).fill = PatternFill("solid", fgColor="00FF00")
    for column in range(1, 9):
        sheet.cell(8, column).fill = PatternFill("solid", fgColor="EEEEEE")
    read = read_tracker(saved(book), "plan.xlsx")
    assert [(note.row, note.sentence) for note in read.report.decide if note.code == "status by colour"] == [
        (5, "The status is a colour alone, which is not read, in row 5. Write each status in words.")
    ]


def test_an_owner_changed_in_our_export_beside_the_names_that_were_read_is_asked_about() -> None:
    tracker = one_action(step(1, "Write", who="Harbour Master", owners=("Harbour Master",)))
    book = load_workbook(BytesIO(tracker_file(tracker, "xlsx")))
    assert read_tracker(saved(book), "plan.xlsx").report.notes == ()
    sheet = book.worksheets[0]
    (cell,) = [cell for (cell,) in sheet["C3:C9"] if cell.value]
    cell.value = "Chief Diver"
    read = read_tracker(saved(book), "plan.xlsx")
    assert [(note.code, note.sentence) for note in read.report.notes] == [
        (
            "columns differ",
            "The column “Owners” says Harbour Master, the printed words say Chief Diver. "
            "The column counts; say which is right.",
        )
    ]
    assert (steps(read)[0].who, steps(read)[0].owners) == ("Chief Diver", ("Harbour Master",))
