"""Sheets are as large as their pages, and the frame in them as high as what pieces may fill."""

import pytest

from torbay_reports.publishing import frames, layout
from torbay_reports.publishing.frames import LANDSCAPE, LETTER, PORTRAIT, Frame, frame_of
from torbay_reports.publishing.layout import Sheet
from torbay_reports.publishing.parts.setting import press


def test_a_papers_frame_is_that_of_its_orientation() -> None:
    assert frame_of(is_landscape=False) == PORTRAIT
    assert frame_of(is_landscape=True) == LANDSCAPE
    assert (LANDSCAPE.width, LANDSCAPE.height) == (PORTRAIT.height, PORTRAIT.width)
    assert (LETTER.width, LETTER.height) == (PORTRAIT.width, PORTRAIT.height)


def test_the_room_of_a_frame_is_in_points() -> None:
    assert Frame(100, 254, top=50.8, side=10, foot=25.4).room == pytest.approx(504)


@pytest.mark.parametrize("is_landscape", [False, True])
@pytest.mark.parametrize("room", [40.0, 333.33, 200_000.0])
def test_a_page_has_the_room_that_its_rule_says(is_landscape: bool, room: float) -> None:
    sheet = Sheet("paper", "Paper", "en-GB", is_landscape, "#0b3c6f")
    document = press().set(layout.pieces_html(sheet, [], room=room, is_apart=False))
    box = document.pages[0]._page_box
    frame = frame_of(is_landscape=is_landscape)
    assert 0.75 * box.height == pytest.approx(room, abs=0.001)
    assert 0.75 * box.margin_width() == pytest.approx(frame.width * frames.POINTS_IN_A_MM, abs=0.001)
    assert 0.75 * box.margin_top == pytest.approx(frame.top * frames.POINTS_IN_A_MM)
    assert 0.75 * box.margin_left == pytest.approx(frame.side * frames.POINTS_IN_A_MM)


def test_without_another_room_the_rules_are_those_of_the_sheets() -> None:
    assert frames.rules() == " ".join(
        (
            "@page  { size: 210mm 297.0000mm; margin: 27mm 20mm 25mm; }",
            "@page landscape { size: 297mm 210.0000mm; margin: 24mm 15mm 21mm; }",
            "@page letter { size: 210mm 297.0000mm; margin: 22mm 20mm 25mm; }",
        )
    )
    assert LETTER.rule("letter") in frames.rules(room=100)
