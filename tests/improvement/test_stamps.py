"""An outcome falls into dated notes, and the notes make the same outcome again."""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from improvement.calculations.tracker import UpdateEntry
from improvement.calculations.words.stamps import join_updates, split_updates
from tests.fixtures_text.tracker import needs_published, plan_file, published_steps

DECEMBER = date(2016, 12, 9)
MARCH = date(2017, 3, 31)


@pytest.mark.parametrize(
    ("stamp", "day"),
    [
        ("9.12.16", DECEMBER),
        ("9.12.16.", DECEMBER),
        ("9.12.2016", DECEMBER),
        ("31 March 2017", MARCH),
        ("31.March 2017", MARCH),
        ("(31 March 2017)", MARCH),
        ("(31 March 2017).", MARCH),
        ("(31 march 2017)", MARCH),
        ("(31st Mar 17)", MARCH),
        ("(31.3.2017)", MARCH),
        ("(31/03/17)", MARCH),
        ("(31/03/17).", MARCH),
        ("(2017-03-31)", MARCH),
    ],
)
def test_a_stamp_closes_the_note_before_it(stamp: str, day: date) -> None:
    note = UpdateEntry("All visits were made.", stamp, day)
    assert split_updates(f"All visits were made. {stamp}") == (note,)
    assert split_updates(f"All visits were made.\n{stamp}\nMore to come.") == (note, UpdateEntry("More to come."))


def test_a_stamp_needs_no_full_stop_before_it_but_a_month_in_words_does() -> None:
    assert split_updates("Visits made 9.12.16") == (UpdateEntry("Visits made", "9.12.16", DECEMBER),)
    assert split_updates("Visits made (31 March 2017)") == (UpdateEntry("Visits made", "(31 March 2017)", MARCH),)
    assert split_updates("Visits made by 31 March 2017") == (UpdateEntry("Visits made by 31 March 2017"),)
    assert split_updates("Visits made 31 March 2017") == (UpdateEntry("Visits made 31 March 2017"),)


def test_several_notes_stand_in_one_cell_with_or_without_line_breaks() -> None:
    assert split_updates("Begun. 9.12.16 Half done\nby now. (31 March 2017) Nearly there") == (
        UpdateEntry("Begun.", "9.12.16", DECEMBER),
        UpdateEntry("Half done\nby now.", "(31 March 2017)", MARCH),
        UpdateEntry("Nearly there"),
    )


def test_a_stamp_alone_is_a_note_without_words() -> None:
    assert split_updates("9.12.16") == (UpdateEntry("", "9.12.16", DECEMBER),)


def test_an_empty_outcome_has_no_notes() -> None:
    assert split_updates("") == split_updates(" \n ") == ()
    assert join_updates([]) == ""


def test_a_quarter_may_be_a_stamp() -> None:
    note = UpdateEntry("All visits were made.", "(Q1 2017/18)", None, "2017-18/q1")
    assert split_updates("All visits were made. (Q1 2017/18)") == (note,)
    assert split_updates("Visits in (Q1 2017/19)") == (UpdateEntry("Visits in (Q1 2017/19)"),)


@pytest.mark.parametrize(
    "outcome",
    [
        "The new form was shown to staff 13/12/16",
        "The board can agree it on 15 June 2017, with changes.",
        "It will be launched with managers on 13.12.16 Then comes training.",
        "The next part is being launch 13.12.16\nTraining follows.",
        "It went live on 1 March 2017.\nTraining follows.",
        "The meeting (31 March 2017) went well.",
        "The meeting of 9.12.16 went well.",
        "Deadline: 9.12.16",
        "Workshops end in April 2017",
        "Version 1.2.17b",
        "Done. 31 March 2017 was the last day.",
    ],
)
def test_a_date_inside_a_sentence_is_no_stamp(outcome: str) -> None:
    assert split_updates(outcome) == (UpdateEntry(outcome),)


@pytest.mark.parametrize("slip", ["31.2.17", "(31.2.17)", "(30 February 2017)", "32.1.2017", "(2017-02-31)", "0.0.16"])
def test_a_stamp_that_is_no_real_day_leaves_the_note_undated_with_all_its_words(slip: str) -> None:
    assert split_updates(f"All visits were made. {slip}") == (UpdateEntry(f"All visits were made. {slip}"),)
    assert split_updates(f"Begun. {slip} Done. 9.12.16") == (UpdateEntry(f"Begun. {slip} Done.", "9.12.16", DECEMBER),)


def test_ordinary_notes_are_joined_as_the_source_has_them() -> None:
    notes = (
        UpdateEntry("Begun.", "9.12.16", DECEMBER),
        UpdateEntry("Half done.", "(31 March 2017)", MARCH),
        UpdateEntry("Nearly there"),
    )
    assert join_updates(notes) == "Begun. 9.12.16\nHalf done. (31 March 2017)\nNearly there"


def test_what_the_plain_form_would_lose_is_closed_by_a_bracket_that_says_all() -> None:
    notes = (
        UpdateEntry("No day known."),
        UpdateEntry("Written on screen.", "", MARCH),
        UpdateEntry("For the quarter.", "", None, "2016-17/q4"),
        UpdateEntry("Stamped oddly.", "9/12", DECEMBER),
        UpdateEntry("It was stopped on", "9.12.16", DECEMBER),
    )
    assert join_updates(notes).split("\n") == [
        "No day known. [undated]",
        "Written on screen. [dated 2017-03-31]",
        "For the quarter. [quarter 2016-17/q4]",
        'Stamped oddly. [dated 2016-12-09; printed "9/12"]',
        'It was stopped on [dated 2016-12-09; printed "9.12.16"]',
    ]
    assert split_updates(join_updates(notes)) == notes


def test_words_that_look_like_a_stamp_are_kept_apart_by_a_backslash() -> None:
    notes = (UpdateEntry("See the letter. (9.2.2017)", "(31 March 2017)", MARCH), UpdateEntry("Seen. 9.12.16"))
    assert join_updates(notes) == "See the letter. \\(9.2.2017) (31 March 2017)\nSeen. \\9.12.16"
    assert split_updates(join_updates(notes)) == notes


WORDS = [
    *("Done", "on", "launched", "by", "and", "-", "to:", "W/E", ".", "it.", "(", ")", "\\", '"', "[", "]", "ſ", "X"),
    *("9.12.16", "9.12.16.", "13/12/16", "31 March 2017", "31 March", "2017", "1 May", "(31 March 2017)", "(31.2.17)"),
    *("(Q1 2017/18)", "[undated]", "[dated 2017-03-31]", '[undated; printed "x"]', "\\9.12.16", "\\\\(9.2.2017)"),
    *(" ", " ", " ", "  ", "\n", "\n\n", "\t", "\u00a0"),
]
cells = st.lists(st.sampled_from(WORDS), max_size=25).map("".join) | st.text()
texts = cells.map(str.strip)
quarters = st.sampled_from(["", "2016-17/q4", "2017-18/q1"])
stamps = st.sampled_from(["", "9.12.16", "(31 March 2017).", "31 March 2017", "(Q1 2017/18)"]) | texts
updates = st.builds(UpdateEntry, texts, stamps, st.none() | st.sampled_from([DECEMBER, MARCH]) | st.dates(), quarters)


@given(st.lists(updates, max_size=5).map(tuple))
def test_any_notes_are_read_back_from_the_cell_that_they_make(notes: tuple[UpdateEntry, ...]) -> None:
    assert split_updates(join_updates(notes)) == notes


@given(cells)
@example("Done on 9.12.16 (31.2.17)\\(9.2.2017) 9.12.16")
def test_any_cell_is_read_and_made_again_as_the_same_notes(outcome: str) -> None:
    notes = split_updates(outcome)
    assert split_updates(join_updates(notes)) == notes
    assert all(note.text == note.text.strip() for note in notes)


def test_a_date_on_a_line_of_its_own_stays_there() -> None:
    notes = split_updates("Done\n31 March 2017")
    assert notes == (UpdateEntry("Done", "31 March 2017", date(2017, 3, 31)),)
    assert join_updates(notes) == "Done\n31 March 2017"


@given(cells.filter(lambda cell: "[" not in cell))
def test_no_word_of_a_cell_is_lost_and_their_order_is_kept(outcome: str) -> None:
    assert join_updates(split_updates(outcome)).split() == outcome.split()


@pytest.mark.parametrize(
    "piece", ["9.12.16 ", "\\", "(31 March 2017)", "[undated] ", '[undated; printed "', "1 May ", " "]
)
def test_a_very_long_cell_is_no_trouble(piece: str) -> None:
    notes = split_updates(piece * 20_000)
    assert split_updates(join_updates(notes)) == notes


def test_the_fixture_says_the_same_after_both_ways() -> None:
    for *_, step in plan_file().tracker.steps():
        assert split_updates(join_updates(step.updates)) == step.updates


@needs_published
def test_the_published_outcomes_fall_into_the_notes_of_the_source_word_for_word() -> None:
    for step in published_steps():
        expected = [
            (note["text"], note["date_printed"] or "", date.fromisoformat(note["date"]) if note["date"] else None)
            for note in step["updates"]
        ]
        assert [(note.text, note.stamp, note.dated_on) for note in split_updates(step["outcome"])] == expected, step[
            "id"
        ]


@needs_published
def test_the_published_outcomes_have_86_dated_and_50_undated_notes_and_come_back_word_for_word() -> None:
    outcomes = [step["outcome"] for step in published_steps()]
    notes = [note for outcome in outcomes for note in split_updates(outcome)]
    assert len([note for note in notes if note.dated_on]) == 86
    assert len([note for note in notes if not note.dated_on]) == 50
    assert [join_updates(split_updates(each)).split() for each in outcomes] == [each.split() for each in outcomes]
