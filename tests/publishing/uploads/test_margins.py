"""A page with something at head or foot, or too small for the stamps, gets room for them; nothing of it is lost."""

import zlib
from io import BytesIO
from typing import NamedTuple

import pdfplumber
import pypdfium2
import pytest
from msgspec.structs import replace

from tests.publishing.uploads import good, hostile
from torbay_reports.publishing.parts.values import CONTENT, Element, Link, Part, PartPage, from_bytes
from torbay_reports.publishing.uploads import plain
from torbay_reports.publishing.uploads.cleaning import cleaned
from torbay_reports.publishing.uploads.looking import Look, look_at
from torbay_reports.publishing.uploads.margins import FOOT, HEAD, with_room


class Box(NamedTuple):
    """A place on a page as its reader sees it, from the upper left."""

    left: float
    top: float
    right: float
    bottom: float


FREE = {0: Look(0)}
FULL = {0: Look(0, has_ink_at_foot=True, has_ink_at_head=True)}


def part(width: float = 600, height: float = 800, rotate: int = 0) -> Part:
    """A page that is black all over, with a link and a picture over the whole of it."""
    content = f"/P <</MCID 0>> BDC\n0 0 {width} {height} re f\nEMC\n".encode()
    page = PartPage(width, height, zlib.compress(content), {}, (0,), rotate=rotate)
    return Part(
        pages=(page,),
        elements=(Element("Figure", 0, ((CONTENT, 0),), box=(0, 0, width, height)),),
        tops=(0,),
        destinations={"page-1": (0, 0.0, height)},
        links=(Link(0, (0, 0, width, height), "https://example.org"),),
    )


def black(made: Part) -> tuple[Box, float, float]:
    """Where the page is black, and how large it is, as its reader sees it."""
    with pdfplumber.open(BytesIO(plain.as_pdf(made))) as pdf:
        (rect,) = pdf.pages[0].rects
        box = Box(rect["x0"], rect["top"], rect["x1"], rect["bottom"])
        return box, float(pdf.pages[0].width), float(pdf.pages[0].height)


def test_a_page_with_nothing_at_head_and_foot_stays_as_it_is() -> None:
    made = part()
    assert with_room(made, FREE) is made


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("looks", [FULL, {}], ids=["full", "not looked at"])
def test_a_full_page_becomes_smaller_within_its_frame_as_its_reader_sees_it(
    rotate: int, looks: dict[int, Look]
) -> None:
    box, width, height = black(with_room(part(rotate=rotate), looks))
    assert sorted((width, height)) == [600, 800]
    assert box.top == pytest.approx(HEAD, abs=0.01)
    assert box.bottom == pytest.approx(height - FOOT, abs=0.01)
    assert box.left == pytest.approx(width - box.right, abs=0.01)
    assert (box.right - box.left) / (box.bottom - box.top) == pytest.approx(width / height, abs=0.001)


def test_only_the_side_that_is_full_makes_room() -> None:
    foot, _, height = black(with_room(part(), {0: Look(0, has_ink_at_foot=True)}))
    assert (foot.top, foot.bottom) == pytest.approx((0, height - FOOT), abs=0.01)
    head, _, height = black(with_room(part(), {0: Look(0, has_ink_at_head=True)}))
    assert (head.top, head.bottom) == pytest.approx((HEAD, height), abs=0.01)


@pytest.mark.parametrize(("width", "height"), [(36, 36), (240, 290), (500, 100), (120, 500)])
@pytest.mark.parametrize("rotate", [0, 90])
def test_a_small_page_gets_a_larger_frame(width: float, height: float, rotate: int) -> None:
    box, frame_width, frame_height = black(with_room(part(width, height, rotate), FREE))
    assert frame_width >= 300
    assert frame_height >= 150
    assert box.top >= HEAD - 0.01
    assert box.bottom <= frame_height - FOOT + 0.01


def test_links_places_and_pictures_move_along() -> None:
    made = with_room(part(), FULL)
    scale = (800 - FOOT - HEAD) / 800
    left = 600 * (1 - scale) / 2
    expected = pytest.approx((left, FOOT, 600 - left, 800 - HEAD), abs=0.01)
    assert made.links[0].area == expected
    assert made.elements[0].box == expected
    assert made.destinations == {"page-1": (0, 0.0, 800)}
    small = with_room(part(36, 36), FREE)
    assert small.destinations == {"page-1": (0, 0.0, small.pages[0].height)}


def test_pages_that_need_no_room_stay_beside_those_that_do() -> None:
    two = replace(part(), pages=part().pages * 2)
    made = with_room(two, {0: Look(0), 1: Look(1, has_ink_at_foot=True)})
    assert made.pages[0] == two.pages[0]
    assert made.pages[1] != two.pages[1]
    assert made.links == two.links


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_brought_file_has_nothing_left_where_stamps_go(turn: int) -> None:
    objects = hostile.small(content=hostile.stream(b"2 w 1 1 593 840 re S " + good.shown("Words")))
    objects[3] = objects[3].replace(b"/Contents", b"/Rotate %d/Contents" % turn)
    found = cleaned(hostile.raw(objects))
    look = look_at(pypdfium2.PdfDocument(plain.as_pdf(from_bytes(found.part))), 0)
    assert look == Look(0)
    assert found.texts == ("Words",)
