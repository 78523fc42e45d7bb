"""What is exported imports back unchanged, is safe to open in a spreadsheet program, and can be read by a person."""

import csv
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Literal

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from improvement.calculations.tracker import (
    ActionEntry,
    MeasureEntry,
    PriorityEntry,
    ReadingEntry,
    StepEntry,
    ThemeEntry,
    TrackerEntry,
    UpdateEntry,
)
from improvement.importing.reading import UnreadableTracker, read_tracker
from improvement.importing.table.columns import COLUMNS, OWN_COLUMNS, Column, OwnColumn
from improvement.importing.texts import LONGEST_CELL, tidy
from improvement.kinds import Bound, Direction, Judged, Status
from improvement.reports.export import HEADS, tracker_file
from tests.fixtures_text.tracker import needs_published
from tests.improvement.importing.making import delimited
from tests.improvement.importing.samples import fixture_tracker, published_tracker
from tests.improvement.trackers import actions, invented, one_action, step

Format = Literal["csv", "xlsx"]
FORMATS: list[Format] = ["csv", "xlsx"]

TRAPS = [
    "=1+1", "'=1+1", "''=x", "-5", "+44", "@here", "'quoted'", "Page 14", "1.1", "COMPLETED", "NOS", "theme", "TRUE",
    "_x000D_", "#N/A", "1.10", "31 March 2017", "two\nlines", "- a\n\n- b", "\\[undated]", '"', "a;b,c", "Ω –’😀",
]  # fmt: skip
characters = st.characters(
    codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff\x85\u2028\u2029"
)
any_text = st.one_of(
    st.sampled_from(TRAPS),
    st.lists(st.text(characters, max_size=20), max_size=3).map("\n".join),
    st.text("abc 12.(){}[]\\|:=\n'\"", max_size=30),
)
texts = any_text.map(lambda text: text.strip())
filled = texts.filter(bool)
lines = filled.map(lambda text: " ".join(text.split())).filter(bool)
labels = st.one_of(
    st.sampled_from(["", "1", "6", "5", "P.5.3", "=1", "theme", "Page 3"]), st.text("0123456789.ab", max_size=8)
)
days = st.dates(date(1990, 1, 1), date(2090, 12, 31))
figures = st.decimals(Decimal(-1000), Decimal(100000), places=2)

updates = st.builds(
    UpdateEntry,
    text=texts,
    stamp=st.sampled_from(["", "9.12.16", "(31 March 2017)", "(9.2.2017).", "31.March 2017", "some day"]),
    dated_on=st.none() | days,
    quarter=st.sampled_from(["", "", "2017-18/q1"]),
).filter(lambda update: bool(update.text or update.stamp or update.dated_on or update.quarter))
readings = st.builds(
    ReadingEntry,
    words=lines,
    dated_on=st.none() | days,
    value=st.none() | figures,
    bound=st.sampled_from(Bound),
    judged=st.sampled_from(Judged),
)
measures = st.builds(
    MeasureEntry,
    words=texts,
    direction=st.sampled_from(Direction),
    target=st.none() | figures,
    unit=st.sampled_from(["%", "days", ""]),
    readings=st.lists(readings, max_size=2).map(tuple),
)
names = lines.map(lambda name: name[:50].strip()).filter(bool)


@st.composite
def steps(draw: st.DrawFn, number: int) -> StepEntry:
    status = draw(st.sampled_from(Status))
    return StepEntry(
        number=number,
        how=draw(texts),
        who=draw(texts),
        owners=tuple(draw(st.lists(names, max_size=3, unique=True))),
        when=draw(texts),
        due_on=draw(st.none() | days),
        success=draw(texts),
        status_printed=draw(texts),
        status=status,
        completed_on=draw(st.none() | days) if status.is_done else None,
        updates=tuple(draw(st.lists(updates, max_size=3))),
        measures=tuple(draw(st.lists(measures, max_size=2))),
    )


@st.composite
def trackers(draw: st.DrawFn) -> TrackerEntry:
    count = 0

    def action() -> ActionEntry:
        nonlocal count
        count += 1
        numbers = draw(st.lists(st.integers(1, 9999), max_size=3, unique=True))
        reference = draw(st.sampled_from([f"1.{count}", f"{count}", f"A/{count}", f"{count}/no steps", f"é {count}"]))
        return ActionEntry(reference, draw(texts), draw(labels), tuple(draw(steps(number)) for number in numbers))

    def priority() -> PriorityEntry:
        made = tuple(action() for _ in range(draw(st.integers(0, 3))))
        return PriorityEntry(draw(labels), draw(texts), draw(st.booleans()), made)

    def theme() -> ThemeEntry:
        return ThemeEntry(draw(labels), draw(texts), tuple(priority() for _ in range(draw(st.integers(0, 2)))))

    # The title stands above the table as in any file, and of that nothing unseen is kept.
    title = draw(lines.filter(lambda line: tidy(line) == line))
    return TrackerEntry(title, tuple(theme() for _ in range(draw(st.integers(1, 3)))))


def back(tracker: TrackerEntry, fmt: Format) -> TrackerEntry:
    return read_tracker(tracker_file(tracker, fmt), f"tracker.{fmt}").tracker


@pytest.mark.parametrize("fmt", FORMATS)
@pytest.mark.parametrize("make", [fixture_tracker, lambda: invented().tracker], ids=["fixture", "invented"])
def test_a_tracker_comes_back_unchanged_and_without_a_question(make: Callable[[], TrackerEntry], fmt: Format) -> None:
    tracker = make()
    read = read_tracker(tracker_file(tracker, fmt), f"tracker.{fmt}")
    assert read.tracker == tracker
    assert read.report.notes == ()


@needs_published
@pytest.mark.parametrize("fmt", FORMATS)
def test_the_published_tracker_comes_back_unchanged(fmt: Format) -> None:
    assert back(published_tracker(), fmt) == published_tracker()


@given(trackers(), st.sampled_from(FORMATS))
@example(actions(ActionEntry("1.1", "=1+1", "'-x", (step(1, "@a", who="+b"),))), "csv")
@example(actions(ActionEntry("1.1", "=1+1", "'-x", (step(1, "@a", who="+b"),))), "xlsx")
def test_any_tracker_comes_back_unchanged(tracker: TrackerEntry, fmt: Format) -> None:
    assert back(tracker, fmt) == tracker


@pytest.mark.parametrize("fmt", FORMATS)
def test_a_filtered_tracker_comes_back_unchanged(fmt: Format) -> None:
    tracker = one_action(step(3, "Third"), step(7, "Seventh"), reference="2.4")
    assert back(tracker, fmt) == tracker


@pytest.mark.parametrize("fmt", FORMATS)
def test_a_text_longer_than_a_cell_goes_on_in_another_row(fmt: Format) -> None:
    long = "".join(f"{number} " for number in range(20_000)).strip()
    tracker = one_action(step(1, long, updates=(UpdateEntry(long),)), step(2, "Next"), what=long)
    assert len(long) > 3 * LONGEST_CELL
    assert back(tracker, fmt) == tracker


@pytest.mark.parametrize("fmt", FORMATS)
def test_line_ends_of_a_form_and_characters_of_no_workbook_come_back_plain(fmt: Format) -> None:
    tracker = one_action(step(1, "one\r\ntwo\rthree\x0bfour"))
    assert back(tracker, fmt) == one_action(step(1, "one\ntwo\nthree four"))


FORMULAS = one_action(
    step(1, '=HYPERLINK("x")', who="+1", when="-1", success="@SUM(A1)", status_printed="=1"), what="=cmd|x"
)


def test_no_cell_of_the_csv_file_is_a_formula() -> None:
    rows = csv.reader(StringIO(tracker_file(FORMULAS, "csv").decode("utf-8-sig")))
    cells = [cell for row in rows for cell in row]
    assert '\'=HYPERLINK("x")' in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_no_cell_of_the_workbook_is_a_formula() -> None:
    sheet = openpyxl.load_workbook(BytesIO(tracker_file(FORMULAS, "xlsx"))).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert not [cell for cell in cells if str(cell.value).startswith(("=", "+", "-", "@"))]


def test_the_workbook_is_laid_out_to_be_read() -> None:
    sheet = openpyxl.load_workbook(BytesIO(tracker_file(fixture_tracker(), "xlsx"))).active
    assert sheet is not None
    assert sheet["A1"].value == fixture_tracker().title
    assert [cell.value for cell in sheet[2]] == [head.value for head in HEADS]
    assert sheet.freeze_panes == "C3"
    assert sheet.print_title_rows == "$2:$2"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet["B5"].alignment.wrap_text
    assert sheet["A3"].font.bold
    assert 30 < sheet.column_dimensions["D"].width < 80


def test_the_columns_are_those_of_print_and_then_our_own() -> None:
    assert [head.value for head in HEADS[:8]] == [
        "NOS",
        "What?",
        "Who?",
        "How?",
        "When?",
        "Success measures",
        "Current Status",
        "Outcome – (report for Q1, Q2, Q3, Q4)",
    ]
    assert HEADS[8:] == OWN_COLUMNS


def edited(tracker: TrackerEntry, changes: dict[tuple[str, Column | OwnColumn], str]) -> bytes:
    """The CSV export with cells changed by hand: by what stands in the column "Step", and the column."""
    rows = list(csv.reader(StringIO(tracker_file(tracker, "csv").decode("utf-8-sig"))))
    for (mark, column), text in changes.items():
        row = next(each for each in rows if len(each) > len(COLUMNS) and each[len(COLUMNS)] == mark)
        row[HEADS.index(column)] = text
    return delimited(rows)


DONE = one_action(
    step(1, "Do it", when="Dec 2016", due_on=date(2016, 12, 31), status_printed="COMPLETED", status=Status.DONE)
)


def only(tracker: TrackerEntry) -> StepEntry:
    return next(each for _, _, _, each in tracker.steps())


@pytest.mark.parametrize(
    "written", ["2017-03-31", "31 March 2017", "31 Mar 2017", "31/03/2017", "31-Mar-2017", "31-Mar-17", "31/3/17"]
)
def test_a_date_may_be_written_as_spreadsheet_programs_write_it(written: str) -> None:
    read = read_tracker(edited(DONE, {("1.1/1", OwnColumn.DUE_ON): written}), "t.csv")
    assert only(read.tracker).due_on == date(2017, 3, 31)
    assert [note.code for note in read.report.decide] == ["columns differ"]


def test_words_changed_by_hand_are_asked_about_where_our_own_column_says_another_thing() -> None:
    read = read_tracker(edited(DONE, {("1.1/1", Column.STATUS): "ONGOING"}), "t.csv")
    assert only(read.tracker).status is Status.DONE
    assert [note.sentence for note in read.report.decide] == [
        "The column “Status in words” says done, the printed words say in progress. "
        "The column counts; say which is right."
    ]


@pytest.mark.parametrize(
    ("column", "text", "words"),
    [
        (OwnColumn.DUE_ON, "soon", "row 5, column “Due date”: “soon” is no day. Write one such as 31 March 2017."),
        (OwnColumn.STATUS, "fine", "row 5, column “Status in words”: “fine” is no status. Write one of done"),
        (OwnColumn.COMPLETED_ON, "never", "row 5, column “Completed on”: “never” is no day."),
        (OwnColumn.MEASURES, "nonsense", "row 5, column “Measures”: "),
        (OwnColumn.STEP, "1.1/first", "row 5, column “Step”: “1.1/first” is no step of a tracker."),
    ],
)
def test_a_cell_of_our_own_that_makes_no_sense_is_refused_with_its_place(
    column: OwnColumn, text: str, words: str
) -> None:
    with pytest.raises(UnreadableTracker) as refused:
        read_tracker(edited(DONE, {("1.1/1", column): text}), "t.csv")
    assert str(refused.value).startswith(words)


def test_a_day_of_completion_needs_a_step_that_is_done() -> None:
    data = edited(one_action(step(1, "Do it")), {("1.1/1", OwnColumn.COMPLETED_ON): "2017-03-31"})
    with pytest.raises(UnreadableTracker, match="the step is not stated. Empty the cell, or say that the step is done"):
        read_tracker(data, "t.csv")


def test_a_step_that_stands_twice_is_refused() -> None:
    tracker = one_action(step(1, "Do it"), step(2, "Do more"))
    with pytest.raises(UnreadableTracker, match="row 6, column “Step”: “1.1/1” stands in two rows"):
        read_tracker(edited(tracker, {("1.1/2", OwnColumn.STEP): "1.1/1"}), "t.csv")


def test_an_action_that_is_torn_apart_is_refused() -> None:
    tracker = actions(*(ActionEntry(f"1.{number}", "Act", steps=(step(1, "Do it"),)) for number in (1, 2, 3)))
    with pytest.raises(UnreadableTracker, match="“1.1/2” comes a second time, after row 5. Put the steps"):
        read_tracker(edited(tracker, {("1.3/1", OwnColumn.STEP): "1.1/2"}), "t.csv")


def test_a_row_that_somebody_adds_below_becomes_the_next_step() -> None:
    rows = list(csv.reader(StringIO(tracker_file(DONE, "csv").decode("utf-8-sig"))))
    rows.append(["", "", "Clerk", "Do more", "Jan 2017", "", "ONGOING", "", "", "31 January 2018", "", "", "", ""])
    first, second = (each for _, _, _, each in read_tracker(delimited(rows), "t.csv").tracker.steps())
    assert first == only(DONE)
    assert (second.number, second.how, second.owners) == (2, "Do more", ("Clerk",))
    assert (second.due_on, second.status) == (date(2018, 1, 31), Status.IN_PROGRESS)


def test_only_what_differs_is_asked() -> None:
    tracker = replace(DONE, title="Another")
    assert read_tracker(tracker_file(tracker, "csv"), "t.csv").report.notes == ()
