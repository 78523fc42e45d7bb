"""Where words stand on a page is read from its instructions, or not at all."""

import zlib

import pytest

from ofsted.importing.painting import painted_lines
from torbay_reports.publishing.parts.values import PartPage


def page(content: bytes) -> PartPage:
    return PartPage(595.0, 842.0, zlib.compress(content), {}, ())


def test_runs_at_one_height_are_a_line_and_blanks_are_none() -> None:
    content = b"""q 1 0 0 -1 0 842 cm BT 1 0 0 -1 70 100 Tm /f0 12 Tf (A) Tj /f1 12 Tf 10 0 Td [(bc) 20 (d)] TJ ET
        BT 1 0 0 -1 70 114 Tm ( ) Tj ET /P <</MCID 3>> BDC BT 1 0 0 -1 70 130 Tm <00410042> Tj ET EMC Q
        /Artifact BMC BT 9 TL 1 0 0 1 70 40 Tm (one\\)) Tj (two) ' ET EMC"""
    lines = painted_lines(page(content))
    assert lines is not None
    assert [(round(line.base), line.letters, line.has_bullet) for line in lines] == [
        (742, 4, True),
        (712, 2, False),
        (40, 4, False),
        (31, 3, False),
    ]
    assert [line.runs[0].mcid for line in lines] == [-1, 3, -1, -1]
    assert [line.runs[0].is_artifact for line in lines] == [False, False, True, True]


@pytest.mark.parametrize("content", [b"Q", b"EMC", b"1 0 cm", b"BT Tf ET", b"BMC", b"/P <</MCID /x>> BDC", b"Td"])
def test_instructions_without_sense_tell_nothing(content: bytes) -> None:
    assert painted_lines(page(content)) is None


def test_instructions_that_do_not_unpack_or_unpack_to_too_much_tell_nothing() -> None:
    assert painted_lines(PartPage(595.0, 842.0, b"no", {}, ())) is None
    assert painted_lines(page(b" " * 5 * 1024**2)) is None
