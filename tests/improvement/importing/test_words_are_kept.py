"""No word of a file is lost silently: it is in the tracker, or a note names it."""

import re

from hypothesis import given
from hypothesis import strategies as st

from improvement.calculations.tracker import TrackerEntry
from improvement.importing.reading import ReadTracker, UnreadableTracker, read_tracker
from tests.improvement.importing.making import delimited, trapped_csv, trapped_document, trapped_workbook, workbook
from tests.improvement.importing.samples import fixture_tracker
from tests.improvement.importing.traps import HEADS, Trapped, with_traps

SHAPES = ["{0}", "{0} {1}", "{0}\n{1}", "{0} 9.12.16 {1} (31 March 2017)", "Page 3 {0}", "{0}, {1} and more", "- {0}"]
WRITTEN_OUT = re.compile(r"\[dated [^\]]*\]")
"""The date of an update where the plain form would be read as something else."""

WHOLE = ["", "", "", "COMPLETED", "ONGOING", "Dec 2016", "1.1", "1.2", "5", "2", "Page 7", "22/23 Feb"]
CAPITALS = st.sampled_from([str.upper, str.capitalize, str.lower])


@st.composite
def rows(draw: st.DrawFn) -> list[list[str]]:
    """Rows below a header, of any form: every word with a number that no other has."""
    count = 0

    def word() -> str:
        nonlocal count
        count += 1
        return str(draw(CAPITALS)(f"qw{count:04d}x"))

    def cell() -> str:
        if draw(st.booleans()):
            return draw(st.sampled_from(WHOLE))
        return draw(st.sampled_from(SHAPES)).format(word(), word())

    return [[cell() for _ in range(draw(st.integers(1, 10)))] for _ in range(draw(st.integers(1, 25)))]


def said(read: ReadTracker) -> str:
    """Everything that the tracker and the notes say."""
    notes = " ".join(note.sentence for note in read.report.notes)
    return f"{' '.join(texts(read.tracker))} {notes}"


def texts(tracker: TrackerEntry) -> list[str]:
    found = [tracker.title]
    for theme in tracker.themes:
        found += [theme.number, theme.title]
        for priority in theme.priorities:
            found += [priority.number, priority.title]
            for action in priority.actions:
                found += [action.reference, action.printed, action.what]
                for step in action.steps:
                    found += [step.how, step.who, step.when, step.success, step.status_printed]
                    found += [part for update in step.updates for part in (update.text, update.stamp)]
    return found


def words(text: str) -> set[str]:
    return {word for word in text.replace("\n", " ").split() if "qw" in word.casefold()}


@given(rows(), st.sampled_from(["t.csv", "t.xlsx"]))
def test_every_word_of_any_rows_is_found_again(made: list[list[str]], name: str) -> None:
    whole = [["A plan"], HEADS, *made]
    data = workbook(whole) if name == "t.xlsx" else delimited(whole)
    try:
        read = read_tracker(data, name)
    except UnreadableTracker:
        return
    everything = said(read)
    lost = {word for row in made for cell in row for word in words(cell) if word not in everything}
    assert lost == set()


def test_every_word_of_a_trapped_file_is_found_again() -> None:
    trapped = with_traps(fixture_tracker())
    for data, name in [
        (trapped_workbook(trapped)[0], "t.xlsx"),
        (trapped_document(trapped)[0], "t.docx"),
        (trapped_csv(trapped)[0], "t.csv"),
    ]:
        assert _lost(trapped, read_tracker(data, name)) == set(), name


def _lost(trapped: Trapped, read: ReadTracker) -> set[str]:
    everything = set(said(read).replace("“", " ").replace("”", " ").split())
    written = (WRITTEN_OUT.sub("", cell) for row in trapped.rows() for cell in row.cells)
    return {word for cell in written for word in cell.split() if word not in everything}
