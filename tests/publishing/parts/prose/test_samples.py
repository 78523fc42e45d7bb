"""Samples of prose: what the style sheet says is read, and what is not known is not guessed at."""

import pytest

from tests.publishing.parts.prose import comparing
from tests.publishing.parts.rows.test_samples import PressWith
from torbay_reports.documents.blocks import BulletList, Heading, Paragraph, words
from torbay_reports.publishing.layout import InContext
from torbay_reports.publishing.parts.prose.looks import Sample
from torbay_reports.publishing.parts.prose.samples import Plain, kind_of, sample

MM = 96 / 25.4
PARAGRAPH = Paragraph("p", words("See below."), "4.1")
HEADING = Heading("h", "A heading", 2, "4.1")
POINTS = BulletList("l", (words("One."), words("Two.")))


def with_style(style: str, block: Plain) -> Sample | None:
    return sample(kind_of(InContext(block), block, comparing.sheet()), PressWith(style))


def test_what_stands_in_the_style_sheet_is_read() -> None:
    before = with_style("", PARAGRAPH)
    style = (
        "p.body { padding-left: 20mm; max-width: 100mm; line-height: 2; color: #123456; margin-bottom: 9mm }"
        " .numbered { text-indent: -20mm !important } .para-number { width: 17mm; margin-right: 3mm }"
    )
    after = with_style(style, PARAGRAPH)
    assert before is not None
    assert after is not None
    assert before.lead is not None
    assert after.lead is not None
    assert after.lane.x - after.left == pytest.approx(20 * MM)
    assert after.lane.width == pytest.approx(100 * MM)
    assert after.lane.line_height == pytest.approx(2 * 10.5 * 96 / 72)
    assert after.lane.inks["text"].colour == "0.070588 0.203922 0.337255"
    assert after.below == pytest.approx(9 * 72 / 25.4, abs=0.001)
    assert (before.lead.x, after.lead.x) == pytest.approx((before.left, after.left))
    assert (before.lead.width, after.lead.width) == pytest.approx((14 * MM, 20 * MM))
    assert before.is_bare


def test_the_line_over_a_heading_and_the_gap_between_points_are_read() -> None:
    heading = with_style("h2 { border-top: 3pt solid #ff0000; padding-top: 5mm }", HEADING)
    points = with_style("li { margin-bottom: 4mm !important }", POINTS)
    assert heading is not None
    assert heading.top is not None
    assert points is not None
    assert points.lead is not None
    assert (heading.top.thickness, heading.top.colour) == (4.0, "1 0 0")
    assert heading.over == pytest.approx(4.0 + 5 * MM)
    assert not heading.is_bare
    assert points.gap == pytest.approx(4 * MM)
    assert points.lead.text.strip() == "•"


@pytest.mark.parametrize(
    ("style", "block"),
    [
        ("p { letter-spacing: 1pt }", PARAGRAPH),
        ("p { text-align: justify }", PARAGRAPH),
        ("p { text-align: right }", PARAGRAPH),
        ("p { hyphens: auto }", PARAGRAPH),
        ("p { orphans: 3 }", PARAGRAPH),
        ("p { widows: 3 }", PARAGRAPH),
        ("p { background: #eeeeee }", PARAGRAPH),
        ("p { border-left: 1pt solid red }", PARAGRAPH),
        ("p { border-bottom: 1pt solid red }", PARAGRAPH),
        ("p { padding-right: 1mm }", PARAGRAPH),
        ("p { text-indent: 3mm }", Paragraph("p", words("See below."))),
        ("p { position: relative }", PARAGRAPH),
        ("p { white-space: nowrap }", PARAGRAPH),
        ("p::first-letter { font-size: 20pt }", PARAGRAPH),
        ("p::before { content: 'x' }", PARAGRAPH),
        ("p { font-family: serif }", PARAGRAPH),
        (".para-number { border: 1pt solid }", PARAGRAPH),
        (".para-number { vertical-align: top }", PARAGRAPH),
        (".para-number { text-align: right }", PARAGRAPH),
        (".para-number { font-size: 20pt }", PARAGRAPH),
        (".para-number { display: inline }", PARAGRAPH),
        ("h2 { border-top-style: dashed }", HEADING),
        ("h2 { text-transform: uppercase }", HEADING),
        ("li { border-left: 1pt solid red }", POINTS),
        ("li { list-style-position: inside }", POINTS),
        ("li { list-style-type: decimal }", POINTS),
        ("li:last-child { font-size: 20pt }", POINTS),
        ("li:last-child { font-weight: 700 }", POINTS),
        ("li:last-child { margin-left: 9mm }", POINTS),
        ("li::marker { color: rgba(0, 0, 0, 0.5) }", POINTS),
        ("ul { padding-bottom: 2mm }", POINTS),
        ("ul { padding-top: 2mm; column-count: 2 }", POINTS),
    ],
)
def test_a_style_that_the_setting_does_not_know_gives_no_sample(style: str, block: Plain) -> None:
    assert with_style(style, block) is None


def test_a_kind_is_laid_out_once_whatever_its_words() -> None:
    laid_out = list[str]()

    class Counting(PressWith):
        def set(self, html: str) -> object:
            laid_out.append(html)
            return super().set(html)

    press = Counting("")
    for number in range(3):
        block = Paragraph(f"p{number}", words(f"Words {number}."), f"4.{number}")
        sample(kind_of(InContext(block), block, comparing.sheet()), press)
    assert len(laid_out) == 1
