"""Whatever becomes of a good file: it is read, or refused with a sentence, and never anything else happens."""

import random
import zipfile
from collections.abc import Callable
from functools import cache
from io import BytesIO

import pytest
from msgspec.structs import replace

from improvement.calculations.tracker import TrackerEntry
from improvement.importing.reading import UnreadableTracker, read_tracker
from improvement.importing.report import ImportReport
from improvement.reports.export import tracker_file
from tests.improvement.importing.making import (
    delimited,
    repacked,
    trapped_csv,
    trapped_document,
    trapped_workbook,
    workbook,
)
from tests.improvement.importing.samples import fixture_tracker
from tests.improvement.importing.traps import HEADS, Trapped, with_traps
from tests.improvement.trackers import invented

SAMPLE, FULL = 150, 1_200
"""Mutations of each of nine kinds: 10,800 in full."""

PIECES = [
    b"", b"\x00", b"\xff\xfe", b"\r", b'"', b"'", b",", b";", b"<", b"&", b"]]>", b"=1+1", b"Page 14 ", b"1.1",
    b"&amp;", b"9" * 40, b"31.2.17", b"(31 March 2017)", b"\xed\xa0\x80", b"&#0;", b"<c", b'r="ZZZ99999999"',
    b'<w:gridSpan w:val="99999999"/>', b"<w:vMerge/>", b"COMPLETED", b"1.1/1", b"theme", b"\xc2\xa0", b't="e"', b"NaN",
]  # fmt: skip
TEXTS = [
    "", "=1+1", "'=1+1", "Page 14", "Page 14 1.1", "1.1", "1.2 Something", "5", "P.5.3", "COMPLETED", "Dec 2016",
    "22/23 Feb and 1/2/7/9 March", "31.2.17", "(31 March 2017)", "A plan", "NOS", "1 BETTER", "Be better", "theme",
    "1.1/1", "ONGOING", "priority", "x" * 400, "more words", "\n\n", "100%", "over 80% (9.2.2017)", "\\", "9" * 60,
]  # fmt: skip


@cache
def small() -> Trapped:
    """The first theme of the fixture without its largest priority, and the second, with traps."""
    tracker = fixture_tracker()
    first, second = tracker.themes[:2]
    return with_traps(replace(tracker, themes=(replace(first, priorities=first.priorities[1:]), second)))


@cache
def good_file(name: str) -> bytes:
    if name == "own.xlsx":
        return tracker_file(invented().tracker, "xlsx")
    if name == "own.csv":
        return tracker_file(invented().tracker, "csv")
    make = {"t.xlsx": trapped_workbook, "t.docx": trapped_document, "t.csv": trapped_csv}[name]
    return make(small())[0]


def read_or_refused(data: bytes, name: str) -> bool:
    """Whether the file was read. Fails for anything but a tracker or a refusal that can be shown."""
    try:
        read = read_tracker(data, name)
    except UnreadableTracker as refused:
        if len(str(refused)) < 30 or not str(refused).endswith("."):
            raise AssertionError(f"{refused} is no sentence.") from refused
        return False
    assert isinstance(read.tracker, TrackerEntry)
    assert ImportReport.from_builtins(read.report.to_builtins()) == read.report
    assert list(read.report.lines())
    return True


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The bytes with a few places changed, cut out, doubled, or with something put in."""
    for _ in range(chance.choice([1, 1, 2, 5])):
        at = chance.randrange(len(data) or 1)
        end = min(len(data), at + chance.choice([1, 1, 3, 20, 300]))
        piece = chance.choice([chance.randbytes(end - at), chance.choice(PIECES), data[at:end] * 2])
        data = data[:at] + piece + data[chance.choice([at, end]) :]
    return data


def respelt(data: bytes, chance: random.Random) -> bytes:
    """The bytes with some digits and letters changed for others, so that XML mostly stays XML."""
    changed = bytearray(data)
    for _ in range(chance.choice([1, 5, 50])):
        at = chance.randrange(len(data))
        if data[at : at + 1].isdigit():
            changed[at] = ord(chance.choice("0123456789"))
        elif data[at : at + 1].isalpha():
            changed[at] = ord(chance.choice("abcdefgtvwxyABCDEFG"))
    return bytes(changed)


@pytest.fixture
def times(soak: bool) -> int:
    return FULL if soak else SAMPLE


@pytest.mark.parametrize("name", ["t.csv", "own.csv"])
def test_texts_with_changed_bytes(name: str, times: int) -> None:
    chance = random.Random(f"bytes of {name}")
    outcomes = {read_or_refused(mutated(good_file(name), chance), name) for _ in range(times)}
    assert outcomes == {True, False}


@pytest.mark.parametrize("name", ["t.xlsx", "t.docx"])
def test_archives_with_changed_bytes(name: str, times: int) -> None:
    chance = random.Random(f"bytes of {name}")
    outcomes = [read_or_refused(mutated(good_file(name), chance), name) for _ in range(times)]
    assert False in outcomes


@pytest.mark.parametrize("name", ["t.xlsx", "t.docx", "own.xlsx"])
def test_archives_with_changed_parts(name: str, times: int) -> None:
    chance = random.Random(f"parts of {name}")
    good = good_file(name)
    with zipfile.ZipFile(BytesIO(good)) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    likely = [part for part in parts if "sheet" in part or "shared" in part or "document.xml" in part]

    def changed() -> bytes:
        part = chance.choice([*likely, *likely, *likely, *parts])
        change = chance.choice([mutated, respelt, respelt])
        return repacked(good, {part: change(parts[part], chance)})

    outcomes = {read_or_refused(changed(), name) for _ in range(times)}
    assert outcomes == {True, False}


def rows_of(trapped: Trapped) -> list[list[str]]:
    return [line for page in trapped.pages for line in [[trapped.title], HEADS, *(row.cells for row in page)]]


def shuffled(rows: list[list[str]], chance: random.Random) -> list[list[str]]:
    """The rows with some left out, doubled, moved or cut short, and some cells exchanged for others."""
    changed = [list(row) for row in rows]
    for _ in range(chance.choice([1, 3, 10, 40])):
        at, other = chance.randrange(len(changed)), chance.randrange(len(changed))
        row = changed[at]
        match chance.randrange(7):
            case 0:
                del changed[at]
            case 1:
                changed.insert(other, list(row))
            case 2:
                changed[at], changed[other] = changed[other], row
            case 3:
                del row[chance.randrange(len(row) + 1) :]
            case 4:
                row.insert(chance.randrange(len(row) + 1), chance.choice(TEXTS))
            case _:
                if row:
                    row[chance.randrange(len(row))] = chance.choice(TEXTS)
        changed = changed or [[""]]
    return changed


@pytest.mark.parametrize(("make", "name"), [(delimited, "t.csv"), (workbook, "t.xlsx")])
def test_rows_and_cells_in_disorder(make: Callable[[list[list[str]]], bytes], name: str, times: int) -> None:
    chance = random.Random(f"rows of {name}")
    rows = rows_of(small())
    outcomes = {read_or_refused(make(shuffled(rows, chance)), name) for _ in range(times)}
    assert outcomes == {True, False}
