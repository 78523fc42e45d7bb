"""Rows become themes, priorities, actions and steps; what cannot be told is asked."""

import pytest

from improvement.calculations.tracker import PriorityEntry
from improvement.importing.reading import ReadTracker
from improvement.importing.report import NoteKind
from improvement.importing.tree.references import cleaned
from tests.improvement.importing.rows import (
    FIRST,
    PRIORITY,
    TITLE,
    actions,
    notes,
    read,
    read_whole,
    references,
    sentence,
    step,
    steps,
)
from tests.improvement.importing.traps import HEADS


def outline(found: ReadTracker) -> list[tuple[str, str, list[tuple[str, str]]]]:
    return [
        (theme.number, theme.title, [(each.number, each.title) for each in theme.priorities])
        for theme in found.tracker.themes
    ]


def priorities(found: ReadTracker) -> list[PriorityEntry]:
    return [each for theme in found.tracker.themes for each in theme.priorities]


def test_a_theme_is_in_capitals_and_a_priority_is_not() -> None:
    found = read(FIRST, ["2", "Be faster"], step("Run", nos="2.1", what="Hurry"), ["2", "SAFE"], ["3", "Be safe"])
    assert outline(found) == [
        ("1", "BETTER FOR ALL", [("1", "Be better"), ("2", "Be faster")]),
        ("2", "SAFE", [("3", "Be safe")]),
    ]


def test_where_no_heading_is_in_capitals_the_upper_of_two_is_the_theme() -> None:
    found = read_whole(
        TITLE,
        HEADS,
        ["1", "Homes"],
        ["1", "More homes"],
        FIRST,
        ["2", "Better homes"],
        ["2", "Roads"],
        ["3", "Wide roads"],
    )
    assert outline(found)[0] == ("1", "Homes", [("1", "More homes")])
    assert ("3", "Wide roads") in outline(found)[-1][2]


def test_a_heading_may_say_what_it_is() -> None:
    found = read_whole(TITLE, HEADS, ["Theme 1: Homes"], ["Priority 1", "More homes"], FIRST)
    assert outline(found) == [("1", "Homes", [("1", "More homes")])]
    assert len(notes(found, "heading with a word")) == 2


def test_a_tracker_without_themes_gets_one_to_be_named() -> None:
    found = read_whole(TITLE, HEADS, PRIORITY, FIRST)
    assert outline(found) == [("1", "(no title)", [("1", "Be better")])]
    assert notes(found, "theme missing")[0].kind is NoteKind.DECIDE


def test_an_action_without_a_priority_gets_one_to_be_named() -> None:
    found = read_whole(TITLE, HEADS, FIRST)
    assert outline(found) == [("1", "(no title)", [("1", "(no title)")])]
    assert [notes(found, f"{level} missing")[0].row for level in ("priority", "theme")] == [3, 3]


def test_a_heading_in_one_cell_is_parted() -> None:
    found = read(FIRST, ["2 PARTNERS"], ["7 Work with others"], step("Meet", nos="7.1", what="Talk"))
    assert outline(found)[1] == ("2", "PARTNERS", [("7", "Work with others")])
    assert [note.row for note in notes(found, "heading in one cell")] == [6, 7]


def test_a_missing_number_of_a_priority_is_that_of_its_actions() -> None:
    found = read(FIRST, ["Be quick about everything"], step("Run", nos="4.1", what="Hurry"))
    assert (priorities(found)[1].number, priorities(found)[1].is_inferred) == ("4", True)
    assert notes(found, "priority number missing")[0].row == 6


def test_two_priorities_of_one_number_are_kept_apart_and_count_on() -> None:
    found = read(FIRST, ["1", "Be better still"], step("Go on", what="Act again", who="Lead"))
    assert [each.number for each in priorities(found)] == ["1", "1"]
    assert references(found) == ["1.1", "1.2"]
    assert notes(found, "priority number doubled")[0].row == 6


@pytest.mark.parametrize(
    ("printed", "reference", "code"),
    [
        ("1.2", "1.2", ""),
        ("2", "1.2", "reference cut"),
        ("P.1.2", "1.2", "reference cut"),
        ("1.2.", "1.2", ""),
        ("1, 2", "1.2", ""),
        ("", "1.2", "reference missing"),
        ("1.4", "1.4", "reference out of order"),
        ("3.1", "3.1", "reference out of order"),
        ("see annex", "1.2", "reference unknown"),
        ("1.1", "1.2", "reference doubled"),
        ("1.2a", "1.2a", ""),
    ],
)
def test_a_reference_is_read_from_its_print_and_its_place(printed: str, reference: str, code: str) -> None:
    found = read(FIRST, step("Go on", nos=printed, what="Another thing", who="Lead"))
    assert references(found) == ["1.1", reference]
    assert actions(found)[1].printed == printed
    assert [note.code for note in found.report.notes if "reference" in note.code] == ([code] if code else [])


@pytest.mark.parametrize("blank", [" ", "\n", "\t", "\N{NO-BREAK SPACE}"])
def test_a_very_long_reference_is_no_trouble(blank: str) -> None:
    printed = f"1{blank * 100_000}1"
    assert cleaned(printed) == printed


def test_a_cut_reference_after_two_digits_of_priority() -> None:
    found = read(
        ["17", "Lead well"], step("a", nos="17.1", what="One", who="Lead"), step("b", nos="7.2", what="Two", who="Lead")
    )
    assert references(found) == ["17.1", "17.2"]


def test_a_doubled_reference_whose_place_is_taken_gets_a_letter() -> None:
    rows = [
        step("x", nos=nos, what=what, who="Lead")
        for nos, what in [("1.2", "Two"), ("1.2", "Another"), ("1.3", "Three")]
    ]
    found = read(FIRST, *rows)
    assert references(found) == ["1.1", "1.2", "1.2b", "1.3"]
    assert sentence(found, "reference doubled") == (
        "The reference 1.2 is also that of row 6; “Another” is kept as 1.2b. Say which is right."
    )


def test_a_reference_repeated_for_each_step_is_one_action() -> None:
    found = read(FIRST, step("More", nos="1.1"), step("Most", nos="1.1", what="Act at once"))
    assert references(found) == ["1.1"]
    assert [each.number for each in steps(found)] == [1, 2, 3]


def test_a_reference_in_one_cell_with_its_action_is_parted() -> None:
    found = read(FIRST, step("Go on", what="1.2 Another thing"), step("Go on", nos="1.3 A third thing"))
    assert [(each.reference, each.what) for each in actions(found)][1:] == [
        ("1.2", "Another thing"),
        ("1.3", "A third thing"),
    ]


def test_an_action_alone_in_its_row_has_the_steps_below() -> None:
    found = read(["1.1", "Act at once", "Lead"], step("Write it down"), step("Read it"))
    assert references(found) == ["1.1"]
    assert [(each.how, each.who, each.owners) for each in steps(found)] == [
        ("Write it down", "Lead", ("Lead",)),
        ("Read it", "", ("Lead",)),
    ]


def test_an_action_without_steps_is_kept() -> None:
    found = read(FIRST, ["1.2", "Nothing yet"])
    assert [(each.reference, len(each.steps)) for each in actions(found)] == [("1.1", 1), ("1.2", 0)]


def test_a_number_alone_in_a_row_is_named_and_left_out() -> None:
    assert sentence(read(FIRST, ["43"]), "left out") == "“43” stands alone in the row and is left out."


def test_a_number_below_a_page_label_is_part_of_it() -> None:
    found = read(FIRST, ["Page 14"], ["43"], step("Go on"))
    assert [note.row for note in notes(found, "stray page label")] == [6, 7]
    assert len(steps(found)) == 2


@pytest.mark.parametrize("label", ["Page 14 1.2", "Page 14\n1.2", "PAGE 14  1.2", "Page 14 of 52 1.2", "page14 1.2"])
def test_a_page_label_is_taken_out_of_the_first_column(label: str) -> None:
    found = read(FIRST, step("Go on", nos=label, what="Another thing"))
    assert references(found) == ["1.1", "1.2"]
    assert notes(found, "page label")[0].row == 6


def test_a_row_without_a_how_but_with_a_status_is_a_step() -> None:
    found = read(FIRST, ["", "", "", "", "", "Everybody knows it", "ONGOING", ""])
    assert [(each.number, each.how) for each in steps(found)] == [(1, "Write it down"), (2, "")]
    assert notes(found, "kept as its own step")[0].row == 6


def test_the_rest_of_a_row_is_joined_even_without_a_new_page() -> None:
    found = read(FIRST, ["", "", "", "", "", "by everybody", "", "And read. (9.2.2017)"])
    (only,) = steps(found)
    assert only.success == "It is written by everybody"
    assert [update.stamp for update in only.updates] == ["(31 March 2017)", "(9.2.2017)"]


def test_a_how_that_breaks_off_with_its_outcome_goes_on_with_a_question() -> None:
    first = ["1.1", "Act", "Lead", "Write the first part", "Dec 2016", "", "COMPLETED", "The first part of"]
    found = read(first, HEADS, ["Page 2", "", "", "and the second", "", "", "", "the text is written"])
    (only,) = steps(found)
    assert only.how == "Write the first part and the second"
    assert notes(found, "row split over a page")[0].kind is NoteKind.DECIDE


def test_a_step_of_its_own_on_a_new_page_stays_one() -> None:
    found = read(FIRST, HEADS, ["", "", "", "Monitor it", "Nov 2017", "", "", ""])
    assert [each.how for each in steps(found)] == ["Write it down", "Monitor it"]


def test_a_row_too_far_left_is_moved_back() -> None:
    found = read(FIRST, ["", "", "Train everybody", "Jan 2017", "All trained", "COMPLETED", "60 trained. 9.12.16", ""])
    second = steps(found)[1]
    assert (second.how, second.when, second.status_printed) == ("Train everybody", "Jan 2017", "COMPLETED")
    assert second.updates[0].stamp == "9.12.16"


@pytest.mark.parametrize("outcome", ["", "60 trained. 9.12.16"])
def test_a_row_too_far_right_is_moved_back_with_what_stands_beyond_the_last_column(outcome: str) -> None:
    found = read(
        FIRST, ["", "1.2", "Train", "Lead", "Train everybody", "Jan 2017", "All trained", "COMPLETED", outcome]
    )
    assert references(found) == ["1.1", "1.2"]
    second = steps(found)[1]
    assert (second.who, second.how, second.status_printed) == ("Lead", "Train everybody", "COMPLETED")
    assert [update.stamp for update in second.updates] == (["9.12.16"] if outcome else [])
    assert ("Its outcome may be lost." in sentence(found, "shifted row")) is not bool(outcome)


def test_a_measure_that_reads_like_a_status_shifts_nothing() -> None:
    found = read(FIRST, ["", "", "", "Train everybody", "Dec 2016", "Completed", "", ""])
    assert steps(found)[1].success == "Completed"
    assert not notes(found, "shifted row")
