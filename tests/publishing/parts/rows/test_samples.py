"""Samples of rows: what the style sheet says is read, and what is not known is not guessed at."""

import pytest
from weasyprint import Document

from tests.publishing.parts.rows import comparing
from torbay_reports.documents.blocks import Cell, Column, Row, Table, words
from torbay_reports.publishing.parts import setting
from torbay_reports.publishing.parts.rows.looks import Sample
from torbay_reports.publishing.parts.rows.samples import kind_of, sample

COLUMNS = (Column("how", "How?", width=3), Column("days", "Days", numeric=True, width=1))
ROW = Row("row", (Cell(words("Story")), Cell(words("(7)"), "adverse")))
TABLE = Table("table", "Steps", COLUMNS, (), kind="tracker")


class PressWith:
    """The press with some more style."""

    def __init__(self, style: str) -> None:
        self._style = style

    def set(self, html: str) -> Document:
        return setting.press().set(html.replace("</head>", f"<style>{self._style}</style></head>"))


def with_style(style: str) -> Sample | None:
    kind = kind_of(TABLE, ROW, has_row_heads=False, is_last=False, sheet=comparing.sheet())
    return sample(kind, PressWith(style))


def test_what_stands_in_the_style_sheet_is_read() -> None:
    before = with_style("")
    after = with_style("td { padding-left: 9mm !important; line-height: 2; color: #123456; white-space: nowrap }")
    assert before is not None
    assert after is not None
    assert after.cells[0].x - after.cells[0].left == pytest.approx(9 * 96 / 25.4)
    assert after.cells[0].line_height == pytest.approx(2 * 8.5 * 96 / 72)
    assert (before.cells[0].wraps, after.cells[0].wraps) == (True, False)
    assert after.cells[0].inks["text"].colour == "0.070588 0.203922 0.337255"
    assert before.cells[1].is_right


@pytest.mark.parametrize(
    "style",
    [
        "td { letter-spacing: 1pt }",
        "td { word-spacing: 1pt }",
        "td { text-indent: 5mm }",
        "td { text-transform: uppercase }",
        "td { hyphens: auto }",
        "td { background: #eeeeee }",
        "tr { background: #eeeeee }",
        "tr { opacity: 0.5 }",
        "td { transform: rotate(3deg) }",
        "td { vertical-align: middle !important }",
        "td { font-family: sans-serif }",
        "td { text-align: justify !important }",
        "td { border-left: 1pt solid red }",
        "td { border-bottom-style: dashed !important }",
        "td { font-family: serif }",
        "td { font-style: italic }",
        "td { font-kerning: none }",
        "td { font-variant-numeric: oldstyle-nums }",
        "td { color: rgba(0, 0, 0, 0.5) }",
        "td::before { content: 'x' }",
        ".aside { padding-left: 1mm }",
        ".aside { font-size: 20pt }",
        ".mark { position: relative }",
        ".mark { display: block }",
        "a { text-decoration: line-through !important }",
        "a { text-decoration-style: dotted !important }",
        "a { text-decoration-thickness: auto !important }",
    ],
)
def test_a_style_that_the_setting_does_not_know_gives_no_sample(style: str) -> None:
    assert with_style(style) is None


def test_a_kind_is_laid_out_once() -> None:
    laid_out = []

    class Counting(PressWith):
        def set(self, html: str) -> Document:
            laid_out.append(html)
            return super().set(html)

    press = Counting("")
    for _ in range(3):
        sample(kind_of(TABLE, ROW, has_row_heads=False, is_last=False, sheet=comparing.sheet()), press)
    assert len(laid_out) == 1
