"""A file that is not what it says, or is made to do harm, is refused with a sentence before any library opens it."""

import tracemalloc
import zipfile
from collections.abc import Callable
from io import BytesIO
from xml.parsers import expat

import openpyxl
import pytest

from improvement.importing import reading
from improvement.importing.opening import archives
from improvement.importing.opening.archives import LARGEST_UNPACKED, MOST_CELLS, MOST_MEMBERS, MOST_ORNAMENTS
from improvement.importing.opening.files import LARGEST_FILE, FileKind, UnreadableTracker
from improvement.importing.reading import read_tracker
from improvement.importing.table import sheets
from tests.improvement.importing.making import delimited, document, new_workbook, repacked, saved, workbook
from tests.improvement.importing.traps import HEADS

ROWS = [["A plan"], HEADS, ["1", "BETTER"], ["1", "Be better"], ["1.1", "Act", "Lead", "Do it", "Dec 2016", "", "", ""]]
ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">&b;</worksheet>'
)
ODD_SIZE = LARGEST_UNPACKED + 1_234_567
SHEET = "xl/worksheets/sheet1.xml"


def refusal(data: bytes, name: str) -> str:
    with pytest.raises(UnreadableTracker) as refused:
        read_tracker(data, name)
    return str(refused.value)


@pytest.fixture
def unopened(monkeypatch: pytest.MonkeyPatch) -> None:
    """No library may open the file."""

    def fail(*_: object, **__: object) -> None:
        raise AssertionError("The file was opened.")

    monkeypatch.setattr(openpyxl, "load_workbook", fail)
    monkeypatch.setattr(reading, "read_document", fail)


def test_the_good_file_is_good() -> None:
    assert read_tracker(workbook(ROWS), "plan.xlsx").report.steps == 1
    assert read_tracker(delimited(ROWS), "PLAN.CSV").report.steps == 1


@pytest.mark.parametrize("name", ["plan.xlsx", "plan.docx", "plan.csv"])
def test_a_hundred_megabytes_are_refused_before_anything_is_read(name: str) -> None:
    data = bytes(100 * 1024**2)
    tracemalloc.start()
    said = refusal(data, name)
    used = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert said.startswith(f"{name} has 100 MB; 10 MB is the most")
    assert used < 1024**2


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("plan.xlsx", b"", "is empty"),
        ("plan.xlsm", b"PK\x03\x04", "is a file with macros. Save it as .xlsx"),
        ("plan.docm", b"PK\x03\x04", "is a file with macros"),
        ("plan.xls", bytes.fromhex("d0cf11e0a1b11ae1"), "older kind of Excel file"),
        ("plan.doc", bytes.fromhex("d0cf11e0a1b11ae1"), "older kind of Word file"),
        ("plan.pdf", b"%PDF-1.7", "is a PDF, whose tables cannot be read"),
        ("plan", b"NOS", "the name does not say what kind of file"),
        ("plan.xlsx", bytes.fromhex("d0cf11e0a1b11ae1") + b"..", "content is an older Office file"),
        (
            "plan.xlsx",
            bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"),
            "is protected by a password. Save it without one",
        ),
        ("plan.xlsx", b"%PDF-1.7 ...", "named as an Excel workbook, but its content is a PDF"),
        ("plan.xlsx", b"\x89PNG\r\n\x1a\n", "its content is a picture"),
        ("plan.docx", b"\xff\xd8\xff\xe0", "named as a Word document, but its content is a picture"),
        ("plan.csv", b"PK\x03\x04....", "named as a CSV file, but its content is a workbook"),
        ("plan.csv", b"MZ\x90\x00\x03", "its content is a program"),
        ("plan.xlsx", b"NOS,What?", "is neither that nor anything else"),
        ("plan.xlsx", b"PK\x03\x04" + b"x" * 500, "is damaged"),
    ],
)
def test_a_file_that_is_something_else_is_named_with_the_cure(name: str, data: bytes, words: str) -> None:
    assert words in refusal(data, name)


def test_a_text_that_begins_like_a_program_is_still_a_text() -> None:
    assert "no header row" in refusal(b"MZ is a name\nBM too\n", "plan.csv")


def test_a_document_under_the_name_of_a_workbook_is_refused() -> None:
    assert "its content is a Word document" in refusal(document([[["a"]]]), "plan.xlsx")
    assert "its content is an Excel workbook" in refusal(workbook(ROWS), "plan.docx")
    assert "its content is a compressed file" in refusal(repacked_alone({"a.txt": b"a"}), "plan.xlsx")


def repacked_alone(members: dict[str, bytes]) -> bytes:
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return kept.getvalue()


@pytest.mark.usefixtures("unopened")
@pytest.mark.parametrize(
    ("member", "words"),
    [
        ("xl/vbaProject.bin", "holds macros. Save it as .xlsx without macros"),
        ("xl/macrosheets/sheet1.xml", "holds macros"),
        ("xl/activeX/activeX1.bin", "holds macros"),
        ("xl/embeddings/oleObject1.bin", "holds another file inside (xl/embeddings/oleObject1.bin)"),
    ],
)
def test_a_workbook_with_something_that_runs_is_refused(member: str, words: str) -> None:
    assert words in refusal(repacked(workbook(ROWS), {member: b"x"}), "plan.xlsx")


@pytest.mark.usefixtures("unopened")
def test_an_embedded_file_in_a_document_is_refused() -> None:
    data = repacked(document([ROWS[1:2]]), {"word/embeddings/oleObject1.bin": b"x"})
    assert "holds another file inside" in refusal(data, "plan.docx")


@pytest.mark.usefixtures("unopened")
@pytest.mark.parametrize("part", [SHEET, "xl/sharedStrings.xml", "xl/theme/theme1.xml", "docProps/core.xml", "odd.dat"])
def test_entities_are_refused_in_every_part(part: str) -> None:
    said = refusal(repacked(workbook(ROWS), {part: ENTITIES}), "plan.xlsx")
    assert said == (
        f"plan.xlsx: the part {part} declares entities, which no office program writes. "
        "Copy the tracker into a new file."
    )


@pytest.mark.usefixtures("unopened")
@pytest.mark.parametrize(
    ("part", "before"), [("sheet1.vml", b""), ("sheet1.vml", b" " * 70_000), ("sheet1.dat", b"\n" * 70_000)]
)
def test_entities_are_refused_in_a_sheet_under_any_name_and_behind_blanks(part: str, before: bytes) -> None:
    content = before + ENTITIES.partition(b"?>")[2]
    said = refusal(repacked(workbook(ROWS), {f"xl/worksheets/{part}": content}), "plan.xlsx")
    assert "declares entities" in said


def test_an_old_drawing_with_faults_does_no_harm() -> None:
    data = repacked(workbook(ROWS), {"xl/drawings/vmlDrawing1.vml": b"<xml><v:shape><br></v:shape></xml>"})
    assert read_tracker(data, "plan.xlsx").report.steps == 1


@pytest.mark.usefixtures("unopened")
@pytest.mark.parametrize("ornament", ["definedName", "cfRule", "xf", "col"])
def test_a_workbook_with_absurdly_many_ornaments_is_refused(ornament: str) -> None:
    many = "".join(f'<{ornament} name="{number * 7919}"/>' for number in range(MOST_ORNAMENTS + 1))
    said = refusal(repacked(workbook(ROWS), {"xl/workbook.xml": f"<a>{many}</a>".encode()}), "plan.xlsx")
    assert "there are more than 100,000 names, styles" in said


def test_more_text_than_any_tracker_has_is_refused_with_its_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_TEXT", 1_000)
    rows = [*ROWS, *(["", "", "", "Do it " * 10, "", "", "", ""] for _ in range(50))]
    assert "row 22: down to here the tracker has more than 1,000 characters" in refusal(delimited(rows), "plan.csv")


@pytest.mark.usefixtures("unopened")
def test_entities_in_another_encoding_are_refused() -> None:
    hidden = ENTITIES.decode().replace("?>", ' encoding="utf-16"?>', 1).encode("utf-16")
    assert "is damaged" in refusal(repacked(workbook(ROWS), {SHEET: hidden}), "plan.xlsx")


@pytest.mark.usefixtures("unopened")
@pytest.mark.parametrize("name", ["plan.xlsx", "plan.docx"])
def test_a_zip_bomb_is_refused_without_unpacking_it_whole(name: str) -> None:
    good = workbook(ROWS) if name.endswith("xlsx") else document([ROWS[1:2]])
    bomb = repacked(good, {"xl/media/image1.png": bytes(LARGEST_UNPACKED * 2)})
    tracemalloc.start()
    said = refusal(bomb, name)
    used = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "unpacks to more than 64 MB, or to more than 250 times its size" in said
    assert used < 8 * 1024**2


@pytest.mark.usefixtures("unopened")
def test_a_bomb_is_refused_before_its_xml_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise AssertionError("The XML was read.")

    monkeypatch.setattr(expat, "ParserCreate", fail)
    bomb = repacked_alone({"word/document.xml": b"a" * ODD_SIZE})
    assert "unpacks to more than 64 MB" in refusal(bomb, "plan.docx")


def test_a_token_without_end_is_read_in_large_pieces() -> None:
    """Takes many times as long where the parser, which begins it anew with each, gets small pieces."""
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr("word/document.xml", b"<" + b"a" * 32 * 1024**2)
    with pytest.raises(UnreadableTracker, match="is damaged"):
        archives.require_harmless(kept.getvalue(), FileKind.DOCUMENT, "plan.docx")


@pytest.mark.usefixtures("unopened")
def test_a_bomb_of_many_parts_is_refused() -> None:
    parts = {f"xl/media/image{number}.png": bytes(200_000) for number in range(400)}
    assert "unpacks to more than" in refusal(repacked(workbook(ROWS), parts), "plan.xlsx")


@pytest.mark.usefixtures("unopened")
def test_too_many_parts_are_refused() -> None:
    parts = {f"xl/media/{number}.png": b"" for number in range(MOST_MEMBERS + 1)}
    assert "1,000 is the most" in refusal(repacked(workbook(ROWS), parts), "plan.xlsx")


@pytest.mark.usefixtures("unopened")
def test_a_size_that_lies_is_not_believed() -> None:
    bomb = bytearray(repacked(workbook(ROWS), {"xl/media/image1.png": bytes(ODD_SIZE)}))
    real = ODD_SIZE.to_bytes(4, "little")
    assert bomb.count(real) == 2
    assert refusal(bytes(bomb).replace(real, (1000).to_bytes(4, "little")), "plan.xlsx").startswith(
        "plan.xlsx is damaged"
    )


@pytest.mark.usefixtures("unopened")
def test_a_part_that_stands_twice_is_refused() -> None:
    kept = BytesIO(workbook(ROWS))
    with zipfile.ZipFile(kept, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(SHEET, b"<worksheet/>")
    assert "is damaged" in refusal(kept.getvalue(), "plan.xlsx")


@pytest.mark.usefixtures("unopened")
def test_an_encrypted_part_is_refused() -> None:
    data = bytearray(workbook(ROWS))
    entry = data.index(b"PK\x01\x02")
    data[entry + 8] |= 1
    assert "protected by a password" in refusal(bytes(data), "plan.xlsx")


@pytest.mark.usefixtures("unopened")
@pytest.mark.parametrize(
    "content",
    [
        '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        '<hyperlinks><hyperlink ref="A1:XFD1048576" location="x"/></hyperlinks>',
        '<mergeCells><mergeCell ref="A:XFD"/></mergeCells>',
        "<row>" + "".join(f'<c r="A{number * 7919}"/>' for number in range(MOST_CELLS + 1)) + "</row>",
    ],
)
def test_a_sheet_with_absurdly_many_cells_is_refused(content: str) -> None:
    sheet = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{content}</worksheet>'
    said = refusal(repacked(workbook(ROWS), {SHEET: sheet.encode()}), "plan.xlsx")
    assert said.startswith(f"plan.xlsx, part {SHEET}: there are more than 300,000 cells")


@pytest.mark.usefixtures("unopened")
def test_content_nested_without_end_is_refused() -> None:
    deep = b"<a>" * 5_000 + b"</a>" * 5_000
    assert "nested deeper" in refusal(repacked(workbook(ROWS), {SHEET: deep}), "plan.xlsx")


def test_an_absurd_used_range_takes_no_time() -> None:
    book, sheet = new_workbook()
    for row in ROWS:
        sheet.append(row)
    sheet["XFD1048576"].number_format = "0.00"
    data = saved(book)
    assert b"XFD1048576" in zipfile.ZipFile(BytesIO(data)).read(SHEET)
    assert read_tracker(data, "plan.xlsx").report.steps == 1


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("A1048576", "sheet Tracker, row 1,048,576: there are more than 20,000 rows"),
        ("XFD6", "sheet Tracker, row 6, column XFD: there are more than 100 columns"),
    ],
)
def test_a_cell_far_away_is_named(cell: str, words: str) -> None:
    book, sheet = new_workbook()
    for row in ROWS:
        sheet.append(row)
    sheet[cell] = "far away"
    assert words in refusal(saved(book), "plan.xlsx")


@pytest.mark.parametrize("make", [workbook, delimited])
def test_too_long_a_tracker_is_refused(make: Callable[[list[list[str]]], bytes]) -> None:
    name = "plan.xlsx" if make is workbook else "plan.csv"
    assert "more than 20,000 rows" in refusal(make([*ROWS, *([["", "", "", "Do it", "", "", "", ""]] * 20_001)]), name)


def test_the_limit_on_files_leaves_room_for_large_trackers() -> None:
    assert LARGEST_FILE > 50 * len(workbook(ROWS * 100))
