"""What the words of a step say is read beside them, and what they leave open is asked with the row."""

from datetime import date
from decimal import Decimal

import pytest

from improvement.calculations.tracker import MeasureEntry, StepEntry
from improvement.importing.lengths import require_storable
from improvement.importing.reading import UnreadableTracker
from improvement.importing.report import NoteKind, Place
from improvement.kinds import Direction, Status
from tests.improvement.importing.rows import FIRST, notes, read, sentence, step, steps


def test_the_words_stay_and_what_is_read_stands_beside_them() -> None:
    (only,) = steps(read([*FIRST[:5], "At least 90% in time", *FIRST[6:]]))
    assert (only.when, only.due_on) == ("Dec 2016", date(2016, 12, 31))
    assert (only.status_printed, only.status) == ("COMPLETED", Status.DONE)
    assert (only.measures[0].target, only.measures[0].direction) == (Decimal(90), Direction.AT_LEAST)
    assert only.updates[0].dated_on == date(2017, 3, 31)
    assert only.completed_on is None


def test_a_blank_owner_is_that_of_the_row_above_and_said_once() -> None:
    found = read(FIRST, step("a"), step("b"), step("c", nos="1.2", what="Another", who="Clerk"))
    assert [(each.who, each.owners) for each in steps(found)] == [
        ("Lead", ("Lead",)),
        ("", ("Lead",)),
        ("", ("Lead",)),
        ("Clerk", ("Clerk",)),
    ]
    assert [note.row for note in notes(found, "owner carried down")] == [6]


def test_an_owner_is_not_carried_into_another_action() -> None:
    found = read(FIRST, step("a", nos="1.2", what="Another"))
    assert steps(found)[1].owners == ()
    assert [note.row for note in notes(found, "owner missing")] == [6]


def test_where_an_action_names_several_a_person_says_whose_step_it_is() -> None:
    found = read(FIRST, step("a", who="Clerk"), step("b"))
    assert steps(found)[2].owners == ("Clerk",)
    assert notes(found, "owner carried down")[0].kind is NoteKind.DECIDE


@pytest.mark.parametrize(
    ("when", "code", "words"),
    [
        ("22/23 February", "due date unclear", "gives no date for step 1.1/2. Say when it is due."),
        ("Feb 2017 Oct 2016", "due date unclear", "gives several dates for step 1.1/2; 28 February 2017 was taken."),
        ("31.2.2017", "due date unclear", "gives no date"),
        ("Jan2017", "typing slip in a date", "“Jan2017” was read as 31 January 2017."),
    ],
)
def test_a_due_date_that_is_not_plain_is_named(when: str, code: str, words: str) -> None:
    found = read(FIRST, step("a", when=when))
    assert words in sentence(found, code)
    assert notes(found, code)[0].row == 6


@pytest.mark.parametrize("when", ["", "From Jan 2017 and ongoing", "Termly", "Dec 2016"])
def test_a_due_date_that_is_plain_is_not_asked_about(when: str) -> None:
    assert not notes(read(FIRST, step("a", when=when)), "due date unclear")


def test_a_note_in_the_status_cell_is_not_stated_and_asked() -> None:
    found = read(FIRST, step("a", status="Still collected by hand (11.04.17)"))
    assert steps(found)[1].status is Status.NOT_STATED
    assert sentence(found, "status unknown") == (
        "“Still collected by hand (11.04.17)” is no status; step 1.1/2 counts as not stated."
    )


def test_a_status_word_before_the_measure_is_left_and_asked() -> None:
    found = read([*FIRST[:5], "COMPLETED 2% more", *FIRST[6:]])
    assert steps(found)[0].success == "COMPLETED 2% more"
    assert "begins with “COMPLETED”" in sentence(found, "status word in success measures")


def test_updates_without_a_date_are_asked_about_once_a_step() -> None:
    found = read([*FIRST[:7], "Written.\nRead."], [*FIRST[:2], "", "b", "", "", "", "Begun. 9.12.16 Going on."])
    assert [note.row for note in notes(found, "update without a date")] == [5, 6]
    assert (found.report.dated_updates, found.report.undated_updates) == (1, 2)


def test_a_slip_in_a_stamp_is_named() -> None:
    found = read([*FIRST[:7], "Written. 31.March 2017"])
    assert sentence(found, "typing slip in a date") == "“31.March 2017” was read as 31 March 2017."


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (["1", "B" * 501], "row 6: the theme's title “B.* has 501 characters. Shorten it to 500 at most."),
        (["1.2", "x", "N" * 301, "y", "", "", "", ""], "row 6: the owner's name .* has 301 characters"),
    ],
)
def test_what_cannot_be_stored_is_refused_with_its_row(row: list[str], words: str) -> None:
    with pytest.raises(UnreadableTracker, match=words):
        read(FIRST, row, step("a", nos="2.1", what="b"))


@pytest.mark.parametrize("target", [Decimal(10) ** 12, Decimal("0.001"), Decimal("NaN")])
def test_a_figure_that_cannot_be_stored_is_refused_with_its_row(target: Decimal) -> None:
    entry = StepEntry(1, "Do it", measures=(MeasureEntry("x", target=target),))
    with pytest.raises(UnreadableTracker, match="row 7: the figure .* of a measure is too large or too fine"):
        require_storable(entry, Place("", 7))
