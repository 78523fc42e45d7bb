"""A CSV file is read whatever its delimiter and encoding; a fault is named with its line."""

import pytest

from improvement.importing.reading import UnreadableTracker, read_tracker
from improvement.importing.texts import LONGEST_CELL
from tests.improvement.importing.making import delimited
from tests.improvement.importing.rows import ABOVE, FIRST, notes, steps

ROWS = [*ABOVE, [*FIRST[:3], "Write “it” down – once", *FIRST[4:]]]
GOOD = delimited(ROWS)


def refusal(data: bytes) -> str:
    with pytest.raises(UnreadableTracker) as refused:
        read_tracker(data, "plan.csv")
    return str(refused.value)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1252", "utf-16"])
def test_delimiter_and_encoding_are_found(delimiter: str, encoding: str) -> None:
    found = read_tracker(delimited(ROWS, delimiter).decode().encode(encoding), "plan.csv")
    assert [each.how for each in steps(found)] == ["Write “it” down – once"]
    assert len(notes(found, "encoding")) == (not encoding.startswith("utf-8"))


def test_a_line_that_names_the_delimiter_is_no_row() -> None:
    assert read_tracker(b"sep=;\r\n" + delimited(ROWS, ";"), "plan.csv").tracker.title == "A plan"


def test_a_line_break_in_a_cell_is_kept_and_rows_are_counted_as_rows() -> None:
    found = read_tracker(delimited([*ROWS, ["", "", "", "two\r\nlines", "soon", "", "", ""]]), "plan.csv")
    assert steps(found)[1].how == "two\nlines"
    assert [note.row for note in notes(found, "due date unclear")] == [6]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (GOOD + b'a,"b', "plan.csv, line 6: the quotation marks or the length of a cell are not those of a CSV file"),
        (GOOD + b'a,"b"c\r\n', "plan.csv, line 6: the quotation marks"),
        (GOOD + b"a,b\x81\r\n", "plan.csv, line 6: a character is none of UTF-8 and none of Windows"),
        (GOOD + b"a,b\x00c\r\n", "plan.csv, row 6: a character is none that can be stored"),
        (GOOD + b"a,=1+1\r\n", "plan.csv, row 6, column 2: the cell holds a formula. Save the file with values only."),
        (GOOD + b"a," + b"x" * (LONGEST_CELL + 1), "plan.csv, row 6: the cell has 32,768 characters. Shorten it"),
        (GOOD + b"a," + b"x" * 200_000, "plan.csv, line 6: the quotation marks or the length of a cell"),
        (GOOD + b"," * 200 + b"x", "plan.csv, row 6: there are more than 100 columns"),
    ],
)
def test_a_fault_is_named_with_its_line(data: bytes, words: str) -> None:
    assert refusal(data).startswith(words)


def test_half_a_character_is_refused() -> None:
    assert "a character is none" in refusal(GOOD + "\ud83d".encode("utf-16-le", "surrogatepass"))
