"""Pages are filled by CSS's rules: margins collapse, what is bound stays together, no page ends before it has to."""

from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from torbay_reports.publishing.parts.filling import Break, NoRoom, Page, Piece, Placed, fill
from torbay_reports.publishing.parts.values import Room

LINE = 10.0
LEAST = 2
"""Lines that have to stand together at a page's end or start."""
PAGE = 100.0

Breaker = Callable[[Break], tuple[float, ...]]


def piece(
    height: float,
    *,
    above: float = 0.0,
    below: float = 0.0,
    is_bound: bool = False,
    can_break: bool = False,
    head: float = 0.0,
) -> Piece:
    return Piece(Room((height,), above, below), is_bound, can_break, head)


def by_lines(pieces: Sequence[Piece]) -> Breaker:
    """Breaks pieces between their lines, as orphans and widows allow."""

    def broken(question: Break) -> tuple[float, ...]:
        left = round(pieces[question.place].height / LINE)
        heights: list[float] = []
        room = question.first
        while left:
            lines = min(left, int((room + 0.01) // LINE))
            if 0 < left - lines < LEAST:
                lines = left - LEAST
            lines = lines if lines >= min(LEAST, left) else 0
            assert lines or not heights
            heights.append(lines * LINE)
            left -= lines
            room = question.later
        return tuple(heights)

    return broken


def never(question: Break) -> tuple[float, ...]:
    pytest.fail(f"Nothing has to break here: {question}.")


def filled(pieces: Sequence[Piece], height: float = PAGE, breaker: Breaker | None = None) -> tuple[Page, ...]:
    """The pages of these pieces, which break by their lines unless told otherwise."""
    answer = by_lines(pieces) if breaker is None else breaker
    filling = fill(pieces, height)
    try:
        question = next(filling)
        while True:
            question = filling.send(answer(question))
    except StopIteration as end:
        pages: tuple[Page, ...] = end.value
        return pages


def told(pages: Sequence[Page]) -> list[list[tuple[int, int, float]]]:
    """Place, fragment and top of all that stands on each page."""
    return [[(each.place, each.fragment, each.top) for each in page.placed] for page in pages]


def test_of_two_margins_the_larger_one_parts_neighbours() -> None:
    pages = filled([piece(10, below=8), piece(10, above=3, below=2), piece(10, above=5)], breaker=never)
    assert told(pages) == [[(0, 0, 0.0), (1, 0, 18.0), (2, 0, 33.0)]]


def test_a_negative_margin_takes_from_the_other_one() -> None:
    assert told(filled([piece(10, below=14), piece(10, above=-8)], breaker=never)) == [[(0, 0, 0.0), (1, 0, 16.0)]]
    assert told(filled([piece(10, below=-3), piece(10, above=-8)], breaker=never)) == [[(0, 0, 0.0), (1, 0, 2.0)]]


@pytest.mark.parametrize("margin", [20.0, -20.0])
def test_the_margin_at_the_top_of_a_page_is_dropped(margin: float) -> None:
    pages = filled([piece(90, above=margin), piece(90, above=margin)], breaker=never)
    assert told(pages) == [[(0, 0, 0.0)], [(1, 0, 0.0)]]


def test_the_margin_at_the_foot_of_a_page_needs_no_room() -> None:
    pages = filled([piece(50), piece(50, below=30), piece(10, above=5)], breaker=never)
    assert told(pages) == [[(0, 0, 0.0), (1, 0, 50.0)], [(2, 0, 0.0)]]


def test_a_page_takes_what_exceeds_it_by_the_rounding_of_its_heights_and_no_more() -> None:
    assert len(filled([piece(50.005), piece(50.004)], breaker=never)) == 1
    assert len(filled([piece(50.005), piece(50.006)], breaker=never)) == 2


def test_nothing_fills_no_page() -> None:
    assert filled([], breaker=never) == ()


def test_a_piece_that_cannot_break_goes_whole_to_the_next_page() -> None:
    assert told(filled([piece(50), piece(60), piece(40)], breaker=never)) == [
        [(0, 0, 0.0)],
        [(1, 0, 0.0), (2, 0, 60.0)],
    ]


def test_bound_pieces_go_to_the_next_page_with_what_they_are_bound_to() -> None:
    pages = filled([piece(60), piece(10, is_bound=True), piece(10, is_bound=True), piece(30)], breaker=never)
    assert told(pages) == [[(0, 0, 0.0)], [(1, 0, 0.0), (2, 0, 10.0), (3, 0, 20.0)]]


def test_a_bound_piece_at_the_very_end_is_bound_to_nothing() -> None:
    assert told(filled([piece(90), piece(10, is_bound=True)], breaker=never)) == [[(0, 0, 0.0), (1, 0, 90.0)]]


def test_a_paragraph_breaks_below_the_heading_that_is_bound_to_it() -> None:
    pages = filled([piece(50), piece(20, is_bound=True), piece(60, can_break=True, below=7), piece(10, above=4)])
    assert told(pages) == [[(0, 0, 0.0), (1, 0, 50.0), (2, 0, 70.0)], [(2, 1, 0.0), (3, 0, 37.0)]]
    assert [page.is_clean for page in pages] == [True, False]


def test_a_piece_is_asked_about_with_what_is_left_of_the_page_and_with_what_later_pages_have() -> None:
    asked = []

    def breaker(question: Break) -> tuple[float, ...]:
        asked.append(question)
        return (0.0, 95.0) if question.first < 50 else (60.0, 35.0)

    pieces = [piece(30, below=5), piece(40), piece(95, above=6, can_break=True, head=15)]
    pages = filled(pieces, breaker=breaker)
    assert asked == [Break(2, first=19.0, later=85.0), Break(2, first=85.0, later=85.0)]
    assert told(pages) == [[(0, 0, 0.0), (1, 0, 35.0)], [(2, 0, 15.0)], [(2, 1, 15.0)]]


def test_where_not_even_its_first_lines_have_room_the_whole_chain_goes_on() -> None:
    pages = filled([piece(70), piece(20, is_bound=True), piece(60, can_break=True)])
    assert told(pages) == [[(0, 0, 0.0)], [(1, 0, 0.0), (2, 0, 20.0)]]


def test_nothing_is_asked_of_a_piece_that_would_begin_below_the_foot_of_the_page() -> None:
    pages = filled([piece(95, below=5), piece(60, can_break=True)], breaker=never)
    assert told(pages) == [[(0, 0, 0.0)], [(1, 0, 0.0)]]


def test_a_paragraph_that_fits_is_not_broken_for_what_is_bound_behind_it() -> None:
    pages = filled([piece(50), piece(50, can_break=True, is_bound=True), piece(40)], breaker=never)
    assert told(pages) == [[(0, 0, 0.0)], [(1, 0, 0.0), (2, 0, 50.0)]]


def test_what_is_bound_to_a_broken_paragraph_stands_below_its_end() -> None:
    pages = filled([piece(50), piece(80, can_break=True, is_bound=True), piece(20)])
    assert told(pages) == [[(0, 0, 0.0), (1, 0, 50.0)], [(1, 1, 0.0), (2, 0, 30.0)]]


def test_a_piece_does_not_break_where_that_would_part_a_chain_that_has_room_on_one_page() -> None:
    row = piece(40, can_break=True, is_bound=True, head=50)
    pieces = [piece(70), piece(10, is_bound=True), row, piece(40)]
    assert told(filled(pieces)) == [[(0, 0, 0.0)], [(1, 0, 0.0), (2, 0, 10.0), (3, 0, 50.0)]]


def test_a_chain_higher_than_a_page_is_parted_as_late_as_may_be() -> None:
    pieces = [piece(10), piece(40, is_bound=True), piece(40, is_bound=True), piece(40, is_bound=True), piece(70)]
    assert told(filled(pieces, breaker=never)) == [
        [(0, 0, 0.0)],
        [(1, 0, 0.0), (2, 0, 40.0)],
        [(3, 0, 0.0)],
        [(4, 0, 0.0)],
    ]


def test_what_is_left_of_a_chain_is_parted_on_the_page_on_which_its_broken_piece_ends() -> None:
    pieces = [
        piece(50),
        piece(90, can_break=True, is_bound=True),
        piece(40, is_bound=True),
        piece(30, is_bound=True),
        piece(30),
    ]
    assert told(filled(pieces)) == [
        [(0, 0, 0.0), (1, 0, 50.0)],
        [(1, 1, 0.0), (2, 0, 40.0)],
        [(3, 0, 0.0), (4, 0, 30.0)],
    ]


def test_what_has_no_room_below_the_end_of_a_broken_piece_goes_on_although_it_is_bound() -> None:
    pieces = [piece(50), piece(90, can_break=True, is_bound=True), piece(80)]
    assert told(filled(pieces)) == [[(0, 0, 0.0), (1, 0, 50.0)], [(1, 1, 0.0)], [(2, 0, 0.0)]]


def test_a_piece_higher_than_a_page_breaks_although_it_says_that_it_cannot() -> None:
    pages = filled([piece(40), piece(230)])
    assert told(pages) == [[(0, 0, 0.0), (1, 0, 40.0)], [(1, 1, 0.0)], [(1, 2, 0.0)]]
    assert [page.is_clean for page in pages] == [True, False, False]


def test_a_row_that_only_its_heads_make_higher_than_a_page_breaks_too() -> None:
    assert told(filled([piece(90, head=20)])) == [[(0, 0, 20.0)], [(0, 1, 20.0)]]


def test_a_piece_of_which_nothing_fits_an_empty_page_is_an_error() -> None:
    with pytest.raises(NoRoom, match="piece 1 has room"):
        filled([piece(10), piece(150)], breaker=lambda question: (0.0, 150.0))


@pytest.mark.parametrize("head", [100.0, 120.0])
def test_column_heads_that_leave_no_room_on_a_page_are_an_error(head: float) -> None:
    with pytest.raises(NoRoom, match="piece 2 has room"):
        filled([piece(10), piece(20, head=head), piece(95, head=head)], breaker=never)


def test_a_piece_that_turns_out_to_have_room_when_it_is_set_anew_stays_on_its_page() -> None:
    pages = filled([piece(40), piece(60.5, can_break=True, below=2), piece(10)], breaker=lambda question: (50.0,))
    assert told(pages) == [[(0, 0, 0.0), (1, 0, 40.0)], [(2, 0, 0.0)]]
    assert [page.is_clean for page in pages] == [True, True]


def test_the_heads_of_columns_are_repeated_above_a_row_that_begins_a_page() -> None:
    rows = [piece(30, head=15) for _ in range(4)]
    pages = filled([piece(20, is_bound=True), *rows], breaker=never)
    assert told(pages) == [[(0, 0, 0.0), (1, 0, 20.0), (2, 0, 50.0)], [(3, 0, 15.0), (4, 0, 45.0)]]
    assert [page.repeats_head for page in pages] == [False, True]
    assert [page.is_clean for page in pages] == [True, True]


def test_a_first_row_has_heads_above_it_where_its_own_stand_on_the_page_before() -> None:
    pages = filled([piece(80), piece(30, head=15)], breaker=never)
    assert told(pages) == [[(0, 0, 0.0)], [(1, 0, 15.0)]]
    assert [page.repeats_head for page in pages] == [False, True]


def test_the_heads_of_columns_are_repeated_above_the_rest_of_a_row() -> None:
    pages = filled([piece(20, is_bound=True), piece(230, head=20), piece(10, head=20)])
    assert told(pages) == [
        [(0, 0, 0.0), (1, 0, 20.0)],
        [(1, 1, 20.0)],
        [(1, 2, 20.0), (2, 0, 90.0)],
    ]
    assert [(page.repeats_head, page.is_clean) for page in pages] == [(False, True), (True, False), (True, False)]


HEIGHTS = st.sampled_from([60.0, 100.0, 130.0])
MARGINS = st.sampled_from([0.0, 0.0, 5.0, 12.0, -6.0])
PIECES = st.builds(
    lambda lines, above, below, is_bound, can_break, head: piece(
        lines * LINE, above=above, below=below, is_bound=is_bound, can_break=can_break, head=head
    ),
    st.integers(1, 15),
    MARGINS,
    MARGINS,
    st.booleans(),
    st.booleans(),
    st.sampled_from([0.0, 0.0, 10.0, 20.0]),
)
PAPERS = st.lists(PIECES, min_size=1, max_size=40)


class Watched:
    """Pages with what the breaker was asked and said on the way."""

    def __init__(self, pieces: Sequence[Piece], height: float) -> None:
        self.pieces, self.height = pieces, height
        self.asked: list[Break] = []
        self.answer = by_lines(pieces)
        self.pages = filled(pieces, height, self._answered)
        self.over_pages = {each.place for page in self.pages for each in page.placed if each.fragment}
        self.heights = {asked.place: self.answer(asked) for asked in self.asked if asked.place in self.over_pages}

    def _answered(self, question: Break) -> tuple[float, ...]:
        self.asked.append(question)
        return self.answer(question)

    def bottom(self, placed: Placed) -> float:
        heights = self.heights.get(placed.place, self.pieces[placed.place].room.heights)
        return placed.top + heights[placed.fragment]

    def top_below(self, placed: Placed, place: int) -> float:
        """Where a piece begins that follows another on its page."""
        return stacked(self.bottom(placed), self.pieces[placed.place], self.pieces[place])

    def lowest(self, places: range, below: Placed | None = None) -> float:
        """How far down these pieces would reach, whole, below another one or at the top of a page."""
        tops = [self.pieces[places[0]].head if below is None else self.top_below(below, places[0])]
        for place in places[1:]:
            bottom = tops[-1] + self.pieces[place - 1].height
            tops.append(stacked(bottom, self.pieces[place - 1], self.pieces[place]))
        return max(top + self.pieces[place].height for top, place in zip(tops, places, strict=True))

    def last_asked(self, place: int) -> Break:
        return next(asked for asked in reversed(self.asked) if asked.place == place)

    def chain(self, place: int) -> range:
        """The places of all that is bound together with this piece."""
        first = last = place
        while first and self.pieces[first - 1].is_bound:
            first -= 1
        while last < len(self.pieces) - 1 and self.pieces[last].is_bound:
            last += 1
        return range(first, last + 1)


def stacked(bottom: float, upper: Piece, lower: Piece) -> float:
    margins = (upper.room.below, lower.room.above)
    return bottom + max(0.0, *margins) + min(0.0, *margins)


@given(PAPERS, HEIGHTS)
def test_every_piece_stands_once_and_in_order(pieces: list[Piece], height: float) -> None:
    watched = Watched(pieces, height)
    assert all(page.placed for page in watched.pages)
    assert [(each.place, each.fragment) for page in watched.pages for each in page.placed] == [
        (place, fragment)
        for place, piece in enumerate(pieces)
        for fragment in range(len(watched.heights.get(place, piece.room.heights)))
    ]


@given(PAPERS, HEIGHTS)
def test_every_piece_stands_where_its_neighbour_and_its_page_leave_it(pieces: list[Piece], height: float) -> None:
    watched = Watched(pieces, height)
    for page in watched.pages:
        first = page.placed[0]
        assert (first.top, page.repeats_head) == (pieces[first.place].head, pieces[first.place].head > 0)
        assert page.is_clean == (first.fragment == 0)
        for upper, lower in pairwise(page.placed):
            assert (lower.top, lower.fragment) == (watched.top_below(upper, lower.place), 0)
        assert max(watched.bottom(each) for each in page.placed) <= height + 0.01


@given(PAPERS, HEIGHTS)
def test_what_is_asked_is_what_the_page_leaves(pieces: list[Piece], height: float) -> None:
    watched = Watched(pieces, height)
    places = {(each.place, height - each.top) for page in watched.pages for each in page.placed if not each.fragment}
    for asked in watched.asked:
        piece = pieces[asked.place]
        assert piece.can_break or piece.head + piece.height > height
        assert asked.later == height - piece.head
        assert 0 < asked.first < piece.height
    assert places >= {(place, watched.last_asked(place).first) for place in watched.over_pages}


@given(PAPERS, HEIGHTS)
def test_no_page_ends_behind_a_bound_piece_whose_chain_has_room_on_one(pieces: list[Piece], height: float) -> None:
    watched = Watched(pieces, height)
    for page, following in pairwise(watched.pages):
        last, place = page.placed[-1].place, following.placed[0].place
        if place > last and pieces[last].is_bound:
            assert watched.lowest(watched.chain(last)) > height


@given(PAPERS, HEIGHTS)
def test_no_page_ends_before_it_has_to(pieces: list[Piece], height: float) -> None:
    watched = Watched(pieces, height)
    for page, following in pairwise(watched.pages):
        last, place = page.placed[-1], following.placed[0].place
        if following.is_clean:
            chain = range(place, watched.chain(place)[-1] + 1)
            assert watched.lowest(chain, last) > height
            room = height - watched.top_below(last, place)
            if len(chain) == 1 and pieces[place].can_break and room > 0:
                assert watched.answer(Break(place, room, height - pieces[place].head))[0] == 0


@given(PAPERS, HEIGHTS)
def test_the_same_pieces_fill_the_same_pages_again(pieces: list[Piece], height: float) -> None:
    assert filled(pieces, height) == filled(pieces, height)


@given(PAPERS, HEIGHTS, st.data())
def test_a_change_leaves_the_pages_alone_that_end_before_its_chain_is_reached(
    pieces: list[Piece], height: float, data: st.DataObject
) -> None:
    before = Watched(pieces, height)
    place = data.draw(st.integers(0, len(pieces) - 1))
    changed = data.draw(PIECES)
    after = filled([*pieces[:place], changed, *pieces[place + 1 :]], height)
    begins = before.chain(place)[0]
    # A page ends because of what begins the next one.
    kept = sum(1 for page in before.pages[1:] if page.placed[0].place < begins)
    assert after[:kept] == before.pages[:kept]
