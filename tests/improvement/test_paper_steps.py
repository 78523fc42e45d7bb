"""The tracker's rows: eight columns as the source prints them, and beside them what a reader needs."""

from dataclasses import replace
from datetime import date

import pytest

from improvement.calculations.position import DeadlinePosition, StepPosition
from improvement.kinds import Flag, Status
from improvement.reports.anchors import step_anchors
from improvement.reports.steps import COLUMNS, flags_in_words, tracker_blocks
from tests.improvement.papers import a_plan, a_step, an_action, an_update
from torbay_reports.documents.blocks import Block, Cell, Heading, Paragraph, Remark, Row, Table


def blocks(*steps: StepPosition, printed: str = "1.1") -> list[Block]:
    plan = a_plan(an_action(*steps, printed=printed, what="Assess in time"))
    return list(tracker_blocks(plan, step_anchors(plan)))


def rows(*steps: StepPosition, printed: str = "1.1") -> tuple[Row, ...]:
    table = blocks(*steps, printed=printed)[-1]
    assert isinstance(table, Table)
    return table.rows


def cell(step: StepPosition, key: str, *others: StepPosition) -> Cell:
    """The cell of the last of these steps in a column."""
    place = [column.key for column in COLUMNS].index(key)
    return rows(*others, step)[-1].cells[place]


def asides(content: Cell) -> list[str]:
    return [part.text for part in content.content if isinstance(part, Remark)]


def test_the_columns_are_the_sources() -> None:
    assert [column.label for column in COLUMNS] == [
        "NOS",
        "What?",
        "Who?",
        "How?",
        "When?",
        "Success measures",
        "Current Status",
        "Outcome – (report for Q1, Q2, Q3, Q4)",
    ]
    assert sum(column.width for column in COLUMNS) == 267


def test_a_theme_and_a_priority_head_a_table_of_their_steps_as_real_headings() -> None:
    theme, priority, table = blocks(a_step("1.1/1"), a_step("1.1/2"))
    assert isinstance(theme, Heading)
    assert isinstance(priority, Heading)
    assert isinstance(table, Table)
    assert (theme.text, theme.level, theme.is_band) == ("Theme 1: HELP", 2, True)
    assert (priority.text, priority.level, priority.is_band) == ("Priority 1: Be better", 3, True)
    assert (table.caption, table.kind) == ("Priority 1: steps 1.1/1 to 1.1/2", "tracker")
    assert [row.anchor for row in table.rows] == ["step-1.1-1", "step-1.1-2"]


def test_what_an_action_sets_out_to_do_stands_beside_its_first_step_only() -> None:
    first, second = rows(a_step("1.1/1"), a_step("1.1/2"))
    assert first.cells[1].text == "Assess in time"
    assert (second.cells[1].text, asides(second.cells[1])) == ("as 1.1/1", ["as 1.1/1"])


def test_a_reference_that_the_source_prints_otherwise_is_told_beside_the_actions_words() -> None:
    assert rows(a_step("1.5/1"), printed="5")[0].cells[1].text == "Assess in time\nprinted as 5"


def test_a_blank_owner_is_carried_down_as_printed_above_and_set_back() -> None:
    above = a_step("1.1/1", who="AD/HoS", owners=("AD", "HoS"))
    below = a_step("1.1/2", who="", owners=("AD", "HoS"))
    assert (cell(below, "who", above).text, asides(cell(below, "who", above))) == ("AD/HoS", ["AD/HoS"])
    assert asides(cell(above, "who")) == []
    assert cell(replace(below, owners=("AD", "Virtual Head")), "who", above).text == "AD, Virtual Head"
    assert cell(a_step(who="", owners=()), "who").text == "no owner"


def test_a_moved_deadline_keeps_the_earlier_ones_in_sight() -> None:
    moved = a_step(
        when="Mar 2018",
        due_on=date(2018, 3, 31),
        deadlines=(
            DeadlinePosition("Dec 2017", date(2017, 12, 31), date(2017, 1, 1), ""),
            DeadlinePosition("Mar 2018", date(2018, 3, 31), date(2017, 8, 1), "Staff left."),
        ),
    )
    assert cell(moved, "when").text == "Mar 2018\nbefore: Dec 2017"
    assert cell(a_step(when="", due_on=None), "when").text == "no date"


def test_a_day_that_was_moved_under_the_same_words_is_printed() -> None:
    moved = a_step(
        when="Phase 2",
        due_on=date(2017, 10, 31),
        deadlines=(
            DeadlinePosition("Phase 2", date(2017, 3, 31), date(2017, 1, 1), ""),
            DeadlinePosition("Phase 2", date(2017, 10, 31), date(2017, 8, 1), "LOGI comes late."),
        ),
    )
    assert cell(moved, "when").text == "Phase 2\nnow 31 October 2017\nbefore: 31 March 2017"


@pytest.mark.parametrize(
    ("printed", "status", "words"),
    [
        ("COMPLETED", Status.DONE, "COMPLETED\ndone"),
        ("In progress", Status.IN_PROGRESS, "In progress"),
        ("", Status.NOT_STATED, "not stated"),
    ],
)
def test_the_status_stands_as_printed_with_the_closed_lists_word_where_that_is_another(
    printed: str, status: Status, words: str
) -> None:
    assert cell(a_step(status_printed=printed, status=status), "status").text == words


def test_every_update_stands_with_its_stamp_or_its_day_then_the_lists_that_the_step_is_on() -> None:
    step = a_step(
        due_on=date(2017, 3, 31),
        updates=(
            an_update("Begun.", stamp="9.12.16", dated_on=date(2016, 12, 9)),
            an_update("Half done.", dated_on=date(2017, 3, 31)),
            an_update("On its way.", quarter="2017-18/q1"),
            an_update("Odd.", quarter="summer"),
        ),
    )
    assert cell(step, "outcome").text.splitlines() == [
        "Begun. 9.12.16",
        "Half done. (31 March 2017)",
        "On its way. (Quarter 1 2017/18)",
        "Odd. (summer)",
        "Overdue; no update for 90 days",
    ]


def test_flags_are_said_in_words_in_the_order_of_their_list() -> None:
    assert flags_in_words(frozenset({Flag.NO_OWNER, Flag.OVERDUE})) == "Overdue; no owner"
    last = cell(a_step(owners=(), who=""), "outcome").content[-1]
    assert isinstance(last, Remark)
    assert (last.text, last.kind) == ("No owner", "mark")


def test_lines_that_were_entered_stay_lines() -> None:
    assert cell(a_step(how="First this.\n\n Then that. "), "how").text == "First this.\nThen that."


def test_a_level_without_steps_says_so() -> None:
    plan = a_plan()
    empty = list(tracker_blocks(plan, {}))[-1]
    assert isinstance(empty, Paragraph)
    assert empty.content[0].text == "No step stands under this priority."
    bare = replace(plan, themes=(replace(plan.themes[0], priorities=()),))
    assert [type(block) for block in tracker_blocks(bare, {})] == [Heading, Paragraph]


def test_two_steps_of_one_reference_have_rows_of_their_own() -> None:
    assert [row.anchor for row in rows(a_step("1.1/1"), a_step("1.1/1"))] == ["step-1.1-1", "step-1.1-1_2"]
    plan = a_plan(an_action(a_step("1/1", how="a"), a_step("A&B -- c/1")))
    assert list(step_anchors(plan).values()) == ["step-1-1", "step-A-B-c-1"]
