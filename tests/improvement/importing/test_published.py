"""The published tracker, as the text of its pages has it, imports to the tracker that was read from it by hand."""

import re
from collections import Counter
from functools import cache

import pytest

from improvement.importing.reading import ReadTracker, read_tracker
from tests.fixtures_text.tracker import PUBLISHED, needs_published
from tests.improvement.importing.making import delimited, document, workbook
from tests.improvement.importing.samples import TITLE, published_tracker, words_of

TEXT = PUBLISHED.parent / "000_a933d2e2f28f4b89.txt"

pytestmark = [
    needs_published,
    pytest.mark.skipif(not TEXT.is_file(), reason="The text of the published pages is not at hand."),
]

REFERENCES = {"1.5": "5", "5.3": "P.5.3", "9.2": "2", "17.2": "7.2", "3.3": "", "6.3": "", "11.1": ""}


def raw_rows() -> list[list[str]]:
    """The rows of the pages, a line each, with the tags stripped to line breaks."""
    lines = TEXT.read_text(encoding="utf-8").split("\n")
    return [[_stripped(cell) for cell in line.split("\t")] for line in lines[lines.index(TITLE) :]]


def _stripped(cell: str) -> str:
    return re.sub("<[^>]+>", "", re.sub(r"</p>\s*<p>", "\n", cell)).strip()


@cache
def read(name: str) -> ReadTracker:
    rows = raw_rows()
    if name.endswith(".csv"):
        return read_tracker(delimited(rows, "\t"), name)
    wide = [[*row, *[""] * (8 - len(row))] for row in rows]
    return read_tracker(workbook(wide) if name.endswith(".xlsx") else document([wide]), name)


@pytest.fixture(params=["raw.csv", "raw.xlsx", "raw.docx"])
def raw(request: pytest.FixtureRequest) -> ReadTracker:
    return read(request.param)


def test_every_word_comes_to_its_place(raw: ReadTracker) -> None:
    assert list(words_of(raw.tracker)) == list(words_of(published_tracker()))


def test_the_counts_are_those_of_the_source(raw: ReadTracker) -> None:
    report = raw.report
    assert (report.themes, report.priorities, report.actions, report.steps) == (6, 18, 54, 172)
    assert (report.dated_updates, report.undated_updates) == (86, 50)
    assert report.statuses_printed["COMPLETED"] == 128
    assert report.statuses_printed[""] == 20


def test_references_cut_or_lost_are_read_from_their_place(raw: ReadTracker) -> None:
    actions = [action for theme in raw.tracker.themes for each in theme.priorities for action in each.actions]
    assert {each.reference: each.printed for each in actions if each.reference != each.printed} == REFERENCES


def test_what_was_repaired_by_hand_is_repaired_here(raw: ReadTracker) -> None:
    codes = Counter(note.code for note in raw.report.notes)
    assert codes["page label"] == 33
    assert codes["row split over a page"] == 13
    assert codes["reference cut"] == 4
    assert codes["reference missing"] == codes["heading in one cell"] == 3
    assert codes["reference inside What"] == codes["shifted row"] == codes["stray page label"] == 2
    assert codes["priority number missing"] == 2
    assert codes["kept as its own step"] == codes["What split over a page"] == codes["status unknown"] == 1
    assert codes["status word in success measures"] == 1
    assert codes["repeated header"] == codes["repeated title"] == 38


def test_what_the_source_leaves_open_is_asked(raw: ReadTracker) -> None:
    asked = "\n".join(note.sentence for note in raw.report.decide)
    assert "The number 6 of" in asked
    assert "17.5 comes after 17.3" in asked
    assert "Feb 2017 Oct 2016" in asked
