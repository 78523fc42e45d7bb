"""The report ends an import: counts by level and by status, what was repaired, what a person must decide."""

import json

from improvement.importing.report import ImportReport, Note, NoteKind, Notes, Place
from improvement.kinds import Status
from tests.improvement.importing.rows import FIRST, notes, read, step
from tests.improvement.trackers import invented

FOUND = read(FIRST, step("a", status="Not sure"), step("b", nos="1.2", what="Another", who="Clerk", status=""))


def test_the_report_goes_into_a_json_column_and_back() -> None:
    stored = json.loads(json.dumps(FOUND.report.to_builtins()))
    assert ImportReport.from_builtins(stored) == FOUND.report


def test_the_lines_are_those_of_a_terminal() -> None:
    assert list(FOUND.report.lines()) == [
        "Levels",
        "       1 theme",
        "       1 priority",
        "       2 actions",
        "       3 steps",
        "       1 dated update",
        "       0 undated updates",
        "Status as printed",
        "       1 COMPLETED",
        "       1 Not sure",
        "       1 left blank",
        "Status in words",
        "       2 not stated",
        "       1 done",
        "Repaired: 1",
        "  row 6: No owner is printed from this row on; “Lead” of row 5 was carried down.",
        "To decide: 1",
        "  row 6: “Not sure” is no status; step 1.1/2 counts as not stated.",
    ]


def test_nothing_to_say_is_said() -> None:
    lines = list(ImportReport.of(invented().tracker).lines())
    assert lines[-2:] == ["Repaired: nothing", "To decide: nothing"]


def test_statuses_are_counted_by_words_and_by_the_closed_list() -> None:
    assert FOUND.report.statuses_printed == {"COMPLETED": 1, "Not sure": 1, "": 1}
    assert FOUND.report.statuses == {Status.DONE: 1, Status.NOT_STATED: 2}


def test_notes_stand_in_the_order_of_the_file() -> None:
    gathered = Notes()
    for sheet in ("Second", "First"):
        gathered.begin(sheet)
    gathered.decide("b", Place("First", 3), "C.")
    gathered.repaired("a", Place("Second", 10), "B.")
    gathered.repaired("a", Place("Second", 9), "A.")
    assert [note.sentence for note in gathered.in_order()] == ["A.", "B.", "C."]


def test_a_place_names_the_sheet_where_there_is_one() -> None:
    assert Note(NoteKind.DECIDE, "x", "Tracker", 12, "Y.").place == "Tracker, row 12"
    assert notes(FOUND, "status unknown")[0].place == "row 6"
