"""The pages that open the paper: every count is that of the rows, and says what it counts."""

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from improvement.calculations.position import MeasurePosition, PlanPosition, ReadingPosition
from improvement.kinds import Bound, Direction, Flag, Judged, Status
from improvement.models import Commentary
from improvement.reports.paper import document
from tests.improvement.papers import MEETING, a_plan, a_step, an_action, an_update
from torbay_reports.documents.blocks import Document, Figure, Paragraph, ParagraphLink, Table, plain

BELOW = MeasurePosition(
    1,
    "At least 90%",
    Direction.AT_LEAST,
    Decimal(90),
    "%",
    (ReadingPosition("81%", date(2017, 3, 31), Decimal(81), Bound.EXACT, Judged.NOT, MEETING),),
)


def some_plan() -> PlanPosition:
    return a_plan(
        an_action(
            a_step("1.1/1", status=Status.DONE, status_printed="COMPLETED"),
            a_step("1.1/2", status=Status.DONE, status_printed="COMPLETED ", updates=()),
            a_step("1.1/3", status=Status.DONE, status_printed="COMPLETED", measures=(BELOW,)),
            a_step("1.1/4", status=Status.DONE_CONTINUING, status_printed="COMPLETED AND ONGOING"),
            a_step("1.1/5", due_on=date(2017, 9, 5), when="5 Sept 2017"),
            a_step("1.1/6", due_on=MEETING, updates=(an_update("Long ago.", dated_on=date(2016, 12, 9)),)),
            a_step("1.1/7", status=Status.NOT_STATED, status_printed="", when="", due_on=None, owners=(), who=""),
        )
    )


def paper(plan: PlanPosition | None = None) -> Document:
    return document(subject="plan/2017-09-06", position=plan or some_plan())


def paragraph(of: Document, anchor: str) -> str:
    found = next(block for block in of.blocks if block.anchor == anchor)
    assert isinstance(found, Paragraph)
    return plain(found.content)


def table(of: Document, anchor: str) -> Table:
    return next(each for each in of.tables() if each.anchor == anchor)


def cells(of: Document, anchor: str) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table(of, anchor).rows]


def figures(of: Document) -> dict[str, set[Decimal | None]]:
    """Every count of the Document by the name of what it counts."""
    found: dict[str, set[Decimal | None]] = {}
    prose = [block.content for block in of.blocks if isinstance(block, Paragraph)]
    prose.extend(highlight.content for highlight in of.highlights)
    prose.extend(cell.content for each in of.tables() for row in each.rows for cell in row.cells)
    for content in prose:
        for part in content:
            if isinstance(part, Figure) and part.day is None:
                found.setdefault(part.ref, set()).add(part.value)
    return found


def test_one_sentence_sums_the_plan_up_and_is_what_other_pages_quote() -> None:
    sentence = (
        "4 of 7 steps are done, 1 of them continuing. Of the 4, 1 was completed below target and 1 without evidence. "
        "1 open step is overdue."
    )
    assert paragraph(paper(), "in-short-summary") == plain(paper().highlight("summary")) == sentence


def test_a_count_is_the_same_wherever_it_stands_and_flags_are_those_of_the_rows() -> None:
    of = paper()
    counted = figures(of)
    assert {ref: values for ref, values in counted.items() if len(values) > 1} == {}
    flagged = Counter(flag for step in some_plan().steps() for flag in step.flags)
    for flag in Flag:
        assert counted[f"flag:{flag.value}"] == {Decimal(flagged[flag])}, flag
        anchor = f"{flag.value.replace('_', '-')}-list"
        listed = [each for each in of.tables() if each.anchor == anchor]
        assert [len(each.rows) for each in listed] == ([flagged[flag]] if flagged[flag] else [])


def test_statuses_cast_and_are_shown_as_printed_and_with_their_meaning() -> None:
    of = paper()
    *rows, total = cells(of, "statuses")
    assert sum(int(row[-1]) for row in rows) == int(total[-1]) == 7
    done = rows[0]
    assert done == ["done", Status.DONE.definition, "COMPLETED: 3", "3"]
    assert rows[-1][2] == "(blank): 1"


def test_each_row_of_a_list_leads_to_the_steps_own() -> None:
    of = paper()
    rows = {row.anchor for each in of.tables() if each.kind == "tracker" for row in each.rows}
    overdue = table(of, "overdue-list").rows[0].cells
    assert isinstance(overdue[0].content[0], ParagraphLink)
    assert overdue[0].content[0].anchor in rows
    assert [cell.text for cell in overdue] == ["1.1/5", "Do 1.1/5", "Head of Service", "5 September 2017", "1"]


def test_below_target_tells_the_target_and_what_was_found() -> None:
    assert cells(paper(), "done-below-target-list") == [["1.1/3", "Do 1.1/3", "Head of Service", "at least 90%", "81%"]]


def test_a_list_that_nothing_is_on_says_so_and_has_no_table() -> None:
    of = paper(a_plan(an_action(a_step("1.1/1"))))
    assert paragraph(of, "overdue-count") == "No step is overdue."
    assert paragraph(of, "no-owner-count") == "Every step has an owner."
    assert not [each for each in of.tables() if each.anchor.endswith("-list")]


def test_the_age_of_the_newest_dated_update_is_told() -> None:
    plan = a_plan(an_action(a_step(updates=(an_update(dated_on=date(2017, 4, 11)), an_update()))))
    assert paragraph(paper(plan), "in-short-age").endswith(
        "The newest dated update is of 11 April 2017, 148 days earlier."
    )
    undated = a_plan(an_action(a_step(updates=())))
    assert paragraph(paper(undated), "in-short-age").endswith("No update has a date.")


def test_the_leads_words_open_the_paper_a_paragraph_each() -> None:
    lead = Commentary(text="Much is done.\r\n\r\nNot all of it worked.", written_on=date(2017, 8, 30))
    of = document(subject="plan/2017-09-06", position=some_plan(), lead=lead)
    assert [of.blocks[place].anchor for place in range(4)] == ["lead", "lead-1", "lead-2", "lead-date"]
    assert paragraph(of, "lead-2") == "Not all of it worked."
    assert paragraph(of, "lead-date") == "Written on 30 August 2017."
    assert not [block for block in paper().blocks if block.anchor.startswith("lead")]


def test_without_an_earlier_paper_it_says_so() -> None:
    assert paragraph(paper(), "changed-none") == "No earlier tracker has been put before a meeting here."


def test_the_chart_of_completion_says_what_was_taken_for_days_that_the_source_lacks() -> None:
    chart = next(each for each in paper().charts if each.anchor == "completion")
    assert plain(chart.sentence) == (
        "The source gives no day of completion for any of the 4 steps done. Taken instead: for 3 the day of the "
        "earliest dated evidence and for 1 the paper's date, because nothing is dated. "
        "The hollow mark is the paper's date: these steps were done by then, on "
        "days that nobody recorded."
    )
    assert [[cell.text for cell in row.cells] for row in chart.table.rows] == [
        ["1 August 2017", "3", "3"],
        ["6 September 2017", "1", "4"],
    ]


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ([], "No step is done yet."),
        ([date(2017, 5, 1)], "1 step is done; the day of each was recorded."),
        (
            [date(2017, 5, 1), None],
            "The day of completion is recorded for 1 of the 2 steps done. Taken instead: for 1 the day of the "
            "earliest dated evidence.",
        ),
        (
            [None],
            "The source gives no day of completion for the 1 step done. Taken instead: for 1 the day of the earliest "
            "dated evidence.",
        ),
    ],
)
def test_the_sentence_of_completion_fits_what_is_recorded(days: list[date | None], sentence: str) -> None:
    steps = [a_step(f"1.1/{n}", status=Status.DONE, completed_on=day) for n, day in enumerate(days, start=1)]
    chart = next(
        each for each in paper(a_plan(an_action(*steps, a_step("1.1/9")))).charts if each.anchor == "completion"
    )
    assert plain(chart.sentence) == sentence


def test_the_chart_of_statuses_draws_what_its_table_says() -> None:
    chart = next(each for each in paper().charts if each.anchor == "status-by-theme")
    assert plain(chart.sentence) == "4 of 7 steps are done or done and continuing."
    assert [column.label for column in chart.table.columns] == [
        "Theme",
        "Done",
        "Done, continuing",
        "In progress",
        "Not stated",
        "All steps",
    ]
    assert [[cell.text for cell in row.cells] for row in chart.table.rows] == [
        ["1 HELP", "3", "1", "2", "1", "7"],
        ["All themes", "3", "1", "2", "1", "7"],
    ]


def test_steps_without_a_target_are_a_third_count_and_never_progress() -> None:
    chart = next(each for each in paper().charts if each.anchor == "two-bars")
    assert [cell.text for cell in chart.table.rows[0].cells] == ["1 Be better", "7", "4", "0", "1", "0", "0", "6"]
    assert plain(chart.sentence) == (
        "4 of 7 steps are done. 1 step has a target: 0 reached it, 1 missed it, and of 0 no reading tells. "
        "6 steps have no target, so nobody can say whether what was done worked."
    )
    assert "4 of 7 done; 0 of 1 at target" in chart.figure


def test_more_priorities_than_a_page_holds_are_left_out_of_the_drawing_and_that_is_said() -> None:
    one = a_plan(an_action(a_step())).themes[0].priorities[0]
    plan = a_plan()
    many = replace(plan, themes=(replace(plan.themes[0], priorities=(one,) * 23),))
    chart = next(each for each in paper(many).charts if each.anchor == "two-bars")
    assert plain(chart.sentence).endswith("20 priorities with the most steps are drawn; the table has the other 3 too.")
    assert len(chart.table.rows) == 23


def test_an_empty_plan_still_gives_a_paper() -> None:
    of = paper(replace(a_plan(), themes=()))
    assert paragraph(of, "in-short-summary").startswith("0 of 0 steps are done.")
    assert len(of.charts) == 3
