"""Two versions side by side: what goes on from what, and what is different."""

from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace

from improvement.calculations.tracker import ActionEntry, MeasureEntry, StepEntry, TrackerEntry, UpdateEntry
from improvement.calculations.versions.comparing import Comparison, DifferenceKind, compare
from improvement.calculations.versions.difference_words import difference_words
from improvement.calculations.versions.step_differences import SetHere
from improvement.kinds import Direction, Status
from tests.improvement.trackers import actions, changed, invented, note, one_action, step

MARCH, APRIL = date(2017, 3, 31), date(2017, 4, 11)


def lines(comparison: Comparison) -> list[str]:
    return [difference_words(each) for each in comparison.differences]


def followed(old: TrackerEntry, new: TrackerEntry) -> list[tuple[str, str]]:
    """The words of the steps that go together, in the order of the newer version."""
    sides = compare(old, new).sides
    return [
        (sides.old.steps[before].how, sides.new.steps[after].how)
        for before, after in sides.steps
        if before is not None and after is not None
    ]


def test_a_tracker_does_not_differ_from_itself() -> None:
    tracker = invented().tracker
    assert compare(tracker, tracker).differences == ()
    assert not compare(tracker, tracker).changes_something


def test_a_step_put_in_between_does_not_shift_the_steps_after_it() -> None:
    old = one_action(step(1, "Write"), step(2, "Read"), step(3, "Sum"))
    new = one_action(step(1, "Write"), step(2, "Spell"), step(3, "Read"), step(4, "Sum"))
    assert followed(old, new) == [("Write", "Write"), ("Read", "Read"), ("Sum", "Sum")]
    assert lines(compare(old, new)) == [
        "1.1/2 is added: “Spell”",
        "1.1/3: number from “2” to “3”",
        "1.1/4: number from “3” to “4”",
    ]


def test_a_step_that_is_reworded_is_known_by_what_its_words_have_in_common() -> None:
    old = one_action(step(1, "Train every diver in the harbour"), step(2, "Read"))
    new = one_action(step(1, "Buy ropes"), step(2, "Train every new diver in the harbour"), step(3, "Read"))
    assert followed(old, new) == [
        ("Train every diver in the harbour", "Train every new diver in the harbour"),
        ("Read", "Read"),
    ]


def test_a_step_without_a_word_in_common_is_known_by_its_place_after_its_neighbour() -> None:
    old = one_action(step(1, "Write"), step(2, "Read"), step(3, "Sum"))
    new = one_action(step(1, "Begin"), step(2, "Write"), step(3, "Look"), step(4, "Sum"))
    assert followed(old, new) == [("Write", "Write"), ("Read", "Look"), ("Sum", "Sum")]


def test_a_step_reworded_wholly_is_known_by_a_note_of_its_own() -> None:
    old = one_action(step(1, "Write", updates=(note("Half is written.", MARCH),)), step(2, "Read"))
    new = one_action(
        step(1, "Spell"), step(2, "Compose", updates=(note("Half is written.", MARCH), note("All."))), step(3, "Read")
    )
    assert followed(old, new) == [("Write", "Compose"), ("Read", "Read")]


def test_a_note_that_several_steps_have_tells_nothing() -> None:
    notes = (note("Done.", MARCH),)
    old = one_action(step(1, "Write", updates=notes), step(2, "Read", updates=notes))
    new = one_action(step(1, "Compose", updates=notes), step(2, "Look", updates=notes))
    assert followed(old, new) == [("Write", "Compose"), ("Read", "Look")]


def test_a_step_with_other_words_and_other_notes_in_its_place_takes_over_no_history() -> None:
    old = one_action(step(1, "Write", updates=(note("Half is written.", MARCH),)))
    new = one_action(step(1, "Buy ropes", updates=(note("No money.", APRIL),)))
    assert followed(old, new) == []
    assert lines(compare(old, new)) == ["1.1/1 is added: “Buy ropes”", "1.1/1 is dropped: “Write”"]


def test_an_action_renumbered_and_reworded_is_known_by_its_steps() -> None:
    train = step(1, "Train the divers", updates=(note("Trained.", MARCH),))
    old = actions(ActionEntry("1.2", "Train", steps=(train,)))
    new = actions(ActionEntry("1.2", "Buy", steps=(step(1, "Buy ropes"),)), ActionEntry("1.3", "Teach", steps=(train,)))
    assert followed(old, new) == [("Train the divers", "Train the divers")]
    assert lines(compare(old, new)) == [
        "Action 1.2 is added: “Buy”",
        "Action 1.3: reference from “1.2” to “1.3”",
        "Action 1.3: what from “Train” to “Teach”",
        "1.2/1 is added: “Buy ropes”",
    ]


def test_steps_worded_the_same_stay_in_their_order() -> None:
    old = one_action(step(1, "Sweep", who="A"), step(2, "Sweep", who="B"))
    new = one_action(step(1, "Sweep", who="A"), step(2, "Sweep", who="B"), step(3, "Sweep", who="C"))
    assert lines(compare(old, new)) == ["1.1/3 is added: “Sweep”"]


def test_a_step_does_not_go_on_in_another_action() -> None:
    old = actions(ActionEntry("1.1", "One", steps=(step(1, "Write"),)), ActionEntry("1.2", "Two"))
    new = actions(ActionEntry("1.1", "One"), ActionEntry("1.2", "Two", steps=(step(1, "Write"),)))
    assert lines(compare(old, new)) == ["1.2/1 is added: “Write”", "1.1/1 is dropped: “Write”"]


def test_an_action_put_in_before_others_does_not_take_over_their_steps() -> None:
    old = actions(
        ActionEntry("1.1", "Inspect every mooring", steps=(step(1, "Write"),)),
        ActionEntry("1.2", "Sweep", steps=(step(1, "Buy brooms"),)),
    )
    new = actions(
        ActionEntry("1.1", "Feed the gulls", steps=(step(1, "Buy bread"),)),
        ActionEntry("1.2", "Inspect every mooring twice", steps=(step(1, "Write"),)),
        ActionEntry("1.3", "Sweep", steps=(step(1, "Buy brooms"),)),
    )
    assert lines(compare(old, new)) == [
        "Action 1.1 is added: “Feed the gulls”",
        "Action 1.2: reference from “1.1” to “1.2”",
        "Action 1.2: what from “Inspect every mooring” to “Inspect every mooring twice”",
        "Action 1.3: reference from “1.2” to “1.3”",
        "1.1/1 is added: “Buy bread”",
    ]


def test_an_action_that_is_worded_anew_goes_on_by_its_reference() -> None:
    old = actions(ActionEntry("1.1", "One", steps=(step(1, "Write"),)))
    new = actions(ActionEntry("1.1", "Uno", steps=(step(1, "Write"),)))
    assert lines(compare(old, new)) == ["Action 1.1: what from “One” to “Uno”"]


def test_two_priorities_with_the_same_number_are_told_apart_by_their_titles() -> None:
    old = invented().tracker
    theme = old.themes[0]
    first, second = theme.priorities
    new = replace(old, themes=(replace(theme, priorities=(second, first)), old.themes[1]))
    assert lines(compare(old, new)) == [
        "The order of the priorities is another one",
        "The order of the actions is another one",
    ]


def test_a_priority_that_moves_takes_its_actions_along() -> None:
    old = invented().tracker
    first, second = old.themes
    new = replace(
        old,
        themes=(
            replace(first, priorities=(*first.priorities, *second.priorities)),
            replace(second, priorities=()),
        ),
    )
    assert lines(compare(old, new)) == [
        "Priority 7: theme from “Theme 2” to “Theme 1”",
        "Priority 8: theme from “Theme 2” to “Theme 1”",
    ]


def test_every_field_of_a_step_is_compared() -> None:
    old = step(1, "Write", who="A", owners=("A",), when="Dec 2016", success="90%", status_printed="ONGOING")
    new = StepEntry(
        number=2,
        how="Write it",
        who="A / B",
        owners=("A", "B"),
        when="31 March 2017",
        due_on=MARCH,
        success="95%",
        status_printed="COMPLETED",
        status=Status.DONE,
        completed_on=APRIL,
        measures=(MeasureEntry("95%", Direction.AT_LEAST, Decimal(95)),),
    )
    assert lines(compare(one_action(old), one_action(new))) == [
        "1.1/2: number from “1” to “2”",
        "1.1/2: how from “Write” to “Write it”",
        "1.1/2: owner as printed from “A” to “A / B”",
        "1.1/2: owners from “A” to “A and B”",
        "1.1/2: due date as printed from “Dec 2016” to “31 March 2017”",
        "1.1/2: due date from nothing to “31 March 2017”",
        "1.1/2: success measures from “90%” to “95%”",
        "1.1/2: status as printed from “ONGOING” to “COMPLETED”",
        "1.1/2: status from “not stated” to “done”",
        "1.1/2: completed on from nothing to “11 April 2017”",
        "1.1/2: measures from nothing to “at least 95%: 95%”",
    ]


def test_the_plan_may_have_another_title_and_a_file_without_one_says_nothing() -> None:
    old = one_action(step(1, "Write"))
    assert lines(compare(old, replace(old, title="Plan B"))) == ["The plan: title from “A plan” to “Plan B”"]
    assert lines(compare(old, replace(old, title=""))) == []


def test_updates_are_added_and_those_that_the_file_lacks_are_kept() -> None:
    old = one_action(step(1, "Write", updates=(note("Begun.", MARCH), note("Undated."))))
    new = one_action(step(1, "Write", updates=(note("Undated."), note("Finished.", APRIL))))
    found = compare(old, new)
    assert lines(found) == [
        "1.1/1: this update is added: “Finished. (11.04.17)”",
        "1.1/1: the file lacks this update, which stays: “Begun. (31.03.17)”",
    ]
    assert found.changes_something
    assert (found.count(DifferenceKind.UPDATE_ADDED), found.count(DifferenceKind.UPDATE_KEPT)) == (1, 1)


def test_an_update_that_the_file_lacks_is_no_change() -> None:
    old = one_action(step(1, "Write", updates=(note("Begun.", MARCH),)))
    assert not compare(old, one_action(step(1, "Write"))).changes_something


def test_an_update_is_the_same_where_its_stamp_is_spelt_otherwise_and_its_spaces_differ() -> None:
    old = one_action(step(1, "Write", updates=(note("Begun  well.", MARCH),)))
    spelt = replace(note("Begun well.", MARCH), stamp="(31 March 2017)")
    assert compare(old, one_action(step(1, "Write", updates=(spelt,)))).differences == ()


@pytest.mark.parametrize(
    ("newer", "added"),
    [
        (note("Nothing yet\nBegun.", APRIL), "Begun. (11.04.17)"),
        (note("Nothing yet\nBegun."), "Begun."),
        (note("Begun.\nNothing yet"), "Begun."),
    ],
)
def test_what_is_written_round_an_update_without_a_date_is_added_without_it(newer: UpdateEntry, added: str) -> None:
    old, new = (
        one_action(step(1, "Write", updates=(note("Nothing yet"),))),
        one_action(step(1, "Write", updates=(newer,))),
    )
    assert lines(compare(old, new)) == [f"1.1/1: this update is added: “{added}”"]


def test_an_update_that_only_begins_with_the_same_words_is_another() -> None:
    old = one_action(step(1, "Write", updates=(note("Nothing yet"),)))
    new = one_action(step(1, "Write", updates=(note("Nothing yet known", APRIL),)))
    assert lines(compare(old, new)) == [
        "1.1/1: this update is added: “Nothing yet known (11.04.17)”",
        "1.1/1: the file lacks this update, which stays: “Nothing yet”",
    ]


def test_an_update_that_is_there_twice_is_added_once() -> None:
    old = one_action(step(1, "Write", updates=(note("Chased."),)))
    new = one_action(step(1, "Write", updates=(note("Chased."), note("Chased."))))
    assert compare(old, new).count(DifferenceKind.UPDATE_ADDED) == 1


def test_what_the_file_leaves_empty_beside_the_same_words_stays_as_somebody_set_it() -> None:
    old = one_action(
        step(1, "Write", who="", owners=("A",), when="soon", due_on=MARCH, status=Status.DONE, completed_on=APRIL)
    )
    assert compare(old, changed(old, "Write", owners=(), due_on=None, completed_on=None)).differences == ()
    assert lines(compare(old, changed(old, "Write", when="later", due_on=None))) == [
        "1.1/1: due date as printed from “soon” to “later”",
        "1.1/1: due date from “31 March 2017” to nothing",
    ]


def test_a_step_that_is_open_again_loses_its_day_of_completion() -> None:
    old = one_action(step(1, "Write", status=Status.DONE, completed_on=APRIL))
    new = one_action(step(1, "Write", status=Status.IN_PROGRESS))
    assert lines(compare(old, new)) == [
        "1.1/1: status from “done” to “in progress”",
        "1.1/1: completed on from “11 April 2017” to nothing",
    ]


def test_a_value_that_was_set_here_later_stays_with_what_says_the_same_thing() -> None:
    old = one_action(step(1, "Write", status=Status.DONE, status_printed="done", completed_on=APRIL, when="soon"))
    new = one_action(step(1, "Write", status=Status.IN_PROGRESS, status_printed="ONGOING", when="later"))
    found = compare(old, new, {0: SetHere(later=frozenset({"status"}))})
    assert lines(found) == [
        "1.1/1: due date as printed from “soon” to “later”",
        "1.1/1: status as printed stays “done”, which was set here later; the file has “ONGOING”",
        "1.1/1: status stays “done”, which was set here later; the file has “in progress”",
        "1.1/1: completed on stays “11 April 2017”, which was set here later; the file has nothing",
    ]
    assert [each.field for each in found.step_differences[0].applied] == ["when"]


def test_two_large_versions_without_a_word_in_common_are_compared_in_the_time_of_reading_them() -> None:
    """Every text compared with every other would be 25 million comparisons; a group that large goes by place alone."""
    old = one_action(*(step(at, f"a{at}") for at in range(1, 5001)))
    new = one_action(*(step(at, f"b{at}") for at in range(1, 5001)))
    assert followed(old, new) == [(f"a{at}", f"b{at}") for at in range(1, 5001)]
