"""Files as people have them, and files that are hostile: read into rows, or refused with a sentence."""

import zipfile
from datetime import date
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest

from budget.importing import sheets
from budget.importing.columns import known_heads
from budget.importing.sheets import Cell, open_table
from tests.budget.importing.making import saved
from torbay_reports.core.opening.files import LARGEST_FILE
from torbay_reports.core.reading import UnreadableFile


def rows(data: bytes, name: str = "b.csv", sheet: str = "") -> list[list[Cell]]:
    return [list(row) for row in open_table(data, name, sheet=sheet, known_heads=known_heads).rows]


def refusal(data: bytes, name: str, sheet: str = "") -> str:
    with pytest.raises(UnreadableFile) as refused:
        rows(data, name, sheet)
    return str(refused.value)


def workbook(*content: list[object]) -> openpyxl.Workbook:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    for row in content:
        sheet.append(row)
    return made


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1252", "utf-16"])
def test_the_encodings_of_spreadsheet_programs_are_read(encoding: str) -> None:
    assert rows("Service,Income £\nCafé,1\n".encode(encoding)) == [["Service", "Income £"], ["Café", "1"]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimiters_are_told_apart_by_the_heads(delimiter: str) -> None:
    text = f'Service{delimiter}Expenditure\n"Parks{delimiter} north"{delimiter}"1{delimiter}0"\n'
    assert rows(text.encode())[1] == [f"Parks{delimiter} north", f"1{delimiter}0"]


def test_a_quoted_line_end_stays_in_its_cell_and_rows_count_as_in_a_spreadsheet() -> None:
    assert rows(b'Service,Income\r\n"Parks\nand squares",1\r\nRoads,2\r\n')[2] == ["Roads", "2"]


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "b.csv", "is empty"),
        (b"x" * (LARGEST_FILE + 1), "b.csv", "10 MB is the most"),
        (b"PK\x03\x04", "b.xlsm", "is a file with macros. Save it as .xlsx without macros"),
        (b"%PDF-1.7", "b.pdf", "is a PDF"),
        (b"PK\x03\x04", "b.docx", "is a Word document. Save it as an Excel workbook (.xlsx) or a CSV file"),
        (b"%PDF-1.7", "b.xlsx", "its content is a PDF"),
        (b"PK\x03\x04 no zip", "b.xlsx", "is damaged"),
        (b'Service,Income\n"open,1\n', "b.csv", "quotation marks"),
        (b"Service,Income\nA\x00,1\n", "b.csv", "line 2: a character is none that can be stored"),
        (b"Service,Income\nCaf\x81,1\n", "b.csv", "line 2: a character is none of UTF-8 and none of Windows"),
        (b"Service" + b"," * 101, "b.csv", "row 1: there are more than 100 columns"),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(data: bytes, name: str, words: str) -> None:
    assert words in refusal(data, name)


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_ROWS", 3)
    assert "more than 3 rows" in refusal(b"Service\n1\n2\n3\n", "b.csv")
    assert "more than 3 rows" in refusal(saved(workbook(["Service"], ["1"], ["2"], ["3"])), "b.xlsx")


def test_a_bomb_is_refused_before_a_library_opens_it() -> None:
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", " " * 100_000_000)
    assert "Copy the table alone into a new file" in refusal(kept.getvalue(), "b.xlsx")


def test_entities_and_macros_are_refused() -> None:
    good = saved(workbook(["Service"]))
    for name, content, words in (
        ("xl/worksheets/more.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "declares entities"),
        ("xl/vbaProject.bin", b"macro", "holds macros"),
        ("xl/externalLinks/externalLink1.xml", b"<externalLink/>", "takes figures from other files"),
    ):
        kept = BytesIO(good)
        with zipfile.ZipFile(kept, "a") as archive:
            archive.writestr(name, content)
        assert words in refusal(kept.getvalue(), "b.xlsx")


def test_a_workbooks_numbers_and_days_are_exact() -> None:
    made = saved(workbook(["Service", 0.1 + 0.2, 1377, date(2017, 6, 30), True, None, "x"]))
    assert rows(made, "b.xlsx") == [["Service", Decimal("0.3"), Decimal(1377), date(2017, 6, 30), "TRUE", "", "x"]]


def test_a_formula_without_its_result_is_refused_with_its_cell() -> None:
    made = saved(workbook(["Service", "Income"], ["Parks", "=1+1"]))
    assert "row 2, column B: the cell holds a formula without its result" in refusal(made, "b.xlsx")


def test_a_formula_with_its_result_is_read_as_that() -> None:
    made = saved(workbook(["Service", "Income"], ["Parks", "=1+1"]))
    kept = BytesIO()
    with zipfile.ZipFile(BytesIO(made)) as before, zipfile.ZipFile(kept, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            after.writestr(name, content.replace(b"<v></v>", b"<v>2</v>").replace(b"<v />", b"<v>2</v>"))
    assert rows(kept.getvalue(), "b.xlsx")[1] == ["Parks", Decimal(2)]


def test_a_number_that_shows_thousands_of_itself_is_refused_and_a_percentage_is_no_sum() -> None:
    made = workbook(["Service", 1_377_000])
    sheet = made.active
    assert sheet is not None
    sheet["B1"].number_format = "#,##0,"
    assert "shows it in thousands or millions" in refusal(saved(made), "b.xlsx")
    sheet["B1"].number_format = "0%"
    sheet["B1"].value = 0.12
    assert rows(saved(made), "b.xlsx") == [["Service", "12%"]]


def test_of_several_sheets_one_is_named() -> None:
    made = workbook(["Service", "Income"])
    made.create_sheet("Notes").append(["See page 4"])
    made.create_sheet("Empty")
    hidden = made.create_sheet("Old")
    hidden.append(["Service"])
    hidden.sheet_state = "hidden"
    data = saved(made)
    assert "several sheets with rows. Name the one that holds the table: “Sheet”, “Notes”" in refusal(data, "b.xlsx")
    assert rows(data, "b.xlsx", "notes") == [["See page 4"]]
    assert "has no visible sheet “Old”" in refusal(data, "b.xlsx", "Old")
