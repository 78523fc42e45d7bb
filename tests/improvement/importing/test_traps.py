"""A file with the traps of real ones imports to what it holds, and the report names every trap with its row."""

from collections import Counter
from collections.abc import Callable
from itertools import pairwise

import pytest

from improvement.calculations.tracker import TrackerEntry
from improvement.importing.reading import ReadTracker, read_tracker
from improvement.importing.report import NoteKind, Place
from tests.fixtures_text.tracker import needs_published
from tests.improvement.importing.making import Placed, trapped_csv, trapped_document, trapped_workbook
from tests.improvement.importing.samples import fixture_tracker, published_tracker, words_of
from tests.improvement.importing.traps import Trapped, with_traps

Made = tuple[TrackerEntry, Trapped, Placed, ReadTracker]

TRACKERS = [
    pytest.param(fixture_tracker, id="fixture"),
    pytest.param(published_tracker, id="published", marks=needs_published),
]
FILES = [
    pytest.param((trapped_workbook, "tracker.xlsx"), id="workbook"),
    pytest.param((trapped_document, "tracker.docx"), id="document"),
    pytest.param((trapped_csv, "tracker.csv"), id="csv"),
]

EVERY_TRAP = {
    "heading in one cell",
    "kept as its own step",
    "merged cells",
    "page label",
    "priority number missing",
    "reference cut",
    "reference doubled",
    "reference inside What",
    "reference missing",
    "row split over a page",
    "shifted row",
    "status unknown",
    "stray page label",
    "typing slip in a date",
    "update without a date",
    "What split over a page",
}


@pytest.fixture(scope="module", params=TRACKERS)
def tracker(request: pytest.FixtureRequest) -> TrackerEntry:
    make: Callable[[], TrackerEntry] = request.param
    return make()


@pytest.fixture(scope="module", params=FILES)
def made(request: pytest.FixtureRequest, tracker: TrackerEntry) -> Made:
    make, name = request.param
    trapped = with_traps(tracker)
    data, places = make(trapped)
    return tracker, trapped, places, read_tracker(data, name)


def test_every_word_comes_to_its_place(made: Made) -> None:
    _, trapped, _, read = made
    assert list(words_of(read.tracker)) == list(words_of(trapped.tracker))


def test_the_levels_and_updates_are_those_of_the_source(made: Made) -> None:
    report = made[3].report
    assert (report.themes, report.priorities, report.actions, report.steps) == (6, 18, 54, 172)
    assert (report.dated_updates, report.undated_updates) == (86, 50)


def test_the_statuses_are_counted_as_printed(made: Made) -> None:
    tracker, _, _, read = made
    assert read.report.statuses_printed == Counter(step.status_printed for _, _, _, step in tracker.steps())
    assert read.report.statuses == Counter(step.status for _, _, _, step in tracker.steps())


def test_the_report_names_every_trap_with_its_row(made: Made) -> None:
    _, _, places, read = made
    noted = {(note.code, Place(note.sheet, note.row)) for note in read.report.notes}
    expected = {(code, place) for row, place in places for code in row.codes}
    assert expected - noted == set()


def test_no_trap_is_named_where_there_is_none(made: Made) -> None:
    _, _, places, read = made
    expected = {(code, place) for row, place in places for code in row.codes}
    named = {(note.code, Place(note.sheet, note.row)) for note in read.report.notes if note.code in EVERY_TRAP}
    assert named - expected == set()


def test_title_and_header_are_dropped_once_for_each_further_page(made: Made) -> None:
    _, trapped, _, read = made
    codes = Counter(note.code for note in read.report.notes)
    assert codes["repeated header"] == codes["repeated title"] == len(trapped.pages) - 1


def test_a_person_is_asked_where_only_a_person_can_tell(made: Made) -> None:
    asked = {note.code for note in made[3].report.decide}
    assert {
        "due date unclear",
        "priority number doubled",
        "reference doubled",
        "reference missing",
        "reference out of order",
        "status unknown",
        "update without a date",
    } <= asked


def test_what_follows_from_a_rule_is_only_reported(made: Made) -> None:
    repaired = {note.code for note in made[3].report.repaired}
    assert {
        "page label",
        "row split over a page",
        "shifted row",
        "heading in one cell",
        "owner carried down",
    } <= repaired
    assert all(note.kind in NoteKind and note.row > 0 and note.sentence.endswith(".") for note in made[3].report.notes)


def test_every_kind_of_trap_is_set(tracker: TrackerEntry) -> None:
    assert {code for row in with_traps(tracker).rows() for code in row.codes} == EVERY_TRAP


def test_a_blank_owner_is_that_of_the_row_above(tracker: TrackerEntry) -> None:
    read = read_tracker(trapped_csv(with_traps(tracker))[0], "tracker.csv")
    for _, _, action, _ in read.tracker.steps():
        for above, step in pairwise(action.steps):
            assert step.who or step.owners == above.owners
