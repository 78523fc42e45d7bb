"""Lines over pages: two at least stand together, and nothing is lost."""

import pytest

from torbay_reports.publishing.parts.prose.spreading import Slice, spread
from torbay_reports.publishing.parts.words.letters import NotPlain

LINE, GAP = 20.0, 6.0


def pages(counts: list[int], first: float, later: float = 205.0) -> list[list[tuple[int, int, int]]] | None:
    """The slices without their places."""
    found = spread(counts, first=first, later=later, line_height=LINE, gap=GAP)
    return None if found is None else [[each[:3] for each in page] for page in found]


@pytest.mark.parametrize(
    ("lines", "first", "expected"),
    [
        (4, 50.0, [[(0, 0, 2)], [(0, 2, 4)]]),
        (3, 50.0, None),  # one line would be alone
        (4, 70.0, [[(0, 0, 2)], [(0, 2, 4)]]),
        (3, 30.0, None),
        (1, 10.0, None),
        (1, 30.0, [[(0, 0, 1)]]),
        (14, 50.0, [[(0, 0, 2)], [(0, 2, 12)], [(0, 12, 14)]]),
        (13, 50.0, [[(0, 0, 2)], [(0, 2, 11)], [(0, 11, 13)]]),
        (11, 205.0, [[(0, 0, 9)], [(0, 9, 11)]]),
    ],
)
def test_a_paragraph_breaks_where_two_lines_stand_on_either_side(
    lines: int, first: float, expected: list[list[tuple[int, int, int]]] | None
) -> None:
    assert pages([lines], first) == expected


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        (30.0, None),
        (50.0, [[(0, 0, 2)], [(1, 0, 4), (2, 0, 1)]]),
        (90.0, [[(0, 0, 2), (1, 0, 2)], [(1, 2, 4), (2, 0, 1)]]),
        (130.0, [[(0, 0, 2), (1, 0, 4)], [(2, 0, 1)]]),
    ],
)
def test_a_list_breaks_between_its_points_and_within_them(
    first: float, expected: list[list[tuple[int, int, int]]] | None
) -> None:
    assert pages([2, 4, 1], first) == expected


def test_a_gap_stands_between_points_and_none_at_the_top_of_a_page() -> None:
    found = spread([2, 4, 1], first=90.0, later=205.0, line_height=LINE, gap=GAP)
    assert found == [[Slice(0, 0, 2, 0.0), Slice(1, 0, 2, 46.0)], [Slice(1, 2, 4, 0.0), Slice(2, 0, 1, 46.0)]]


def test_on_a_page_with_room_for_one_line_a_line_stands_all_the_same() -> None:
    assert pages([3], 30.0, 30.0) == [[(0, 0, 1)], [(0, 1, 2)], [(0, 2, 3)]]
    assert pages([2], 10.0, 10.0) == [[(0, 0, 1)], [(0, 1, 2)]]


@pytest.mark.parametrize("first", [60.0, 60.01, 59.99])
def test_a_matter_of_a_hair_is_not_decided(first: float) -> None:
    with pytest.raises(NotPlain):
        pages([9], first)
