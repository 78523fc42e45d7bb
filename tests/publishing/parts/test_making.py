"""The parts of papers are the same whatever is stored and whoever sets what, and only what changed is set."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.publishing.parts import fake_setters, papers
from tests.publishing.parts.fake_setters import (
    FakeSetters,
    digest,
    made,
    paper,
    paragraph,
    refused,
    row,
    said,
    table,
)
from torbay_reports.documents.blocks import Block, BulletList, Column, Document, Heading, Table, words
from torbay_reports.publishing.checks.parts import check_part
from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.parts.making import PIECES_AT_ONCE, ROWS_AT_ONCE, Making
from torbay_reports.publishing.parts.pieces import Chapter, Kind
from torbay_reports.publishing.parts.store import MemoryStore, PartRow
from torbay_reports.publishing.parts.values import Part, Room
from torbay_reports.publishing.parts.workers import Outcome, WorkerEnded


class CountingStore(MemoryStore):
    """Counts what it is asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: Counter[str] = Counter()
        self.touched: set[str] = set()

    def rooms(self, keys: Collection[str]) -> dict[str, Room]:
        self.asked["rooms"] += 1
        return super().rooms(keys)

    def read(self, keys: Collection[str]) -> dict[str, bytes]:
        self.asked["read"] += 1
        return super().read(keys)

    def put(self, rows: Iterable[PartRow]) -> None:
        self.asked["put"] += 1
        super().put(rows)

    def touch(self, keys: Collection[str]) -> None:
        self.asked["touch"] += 1
        self.touched |= set(keys)


def is_strip(stored: PartRow) -> bool:
    return stored.room is not None


def copy_of(store: MemoryStore, keep: Callable[[PartRow], bool] = lambda stored: True) -> MemoryStore:
    """A store with the rows that are to be kept."""
    copy = MemoryStore()
    copy.put(stored for stored in store.rows.values() if keep(stored))
    return copy


def set_anew(chapters: Sequence[Chapter]) -> list[tuple[Part, ...]]:
    """The chapters' parts when nothing is stored and one worker sets all in turn."""
    return made(chapters, MemoryStore())


def in_one_piece(name: str, heights: Sequence[int]) -> Table:
    return replace(table(name, heights), columns=(Column("n", "No"), Column("s", "Story")))


heights = st.sampled_from([1, 2, 3, 5, 8, 13, 21, 34, 67, 68, 69, 75, 150])
drawn_blocks = st.one_of(
    st.builds(lambda number: paragraph("-", number), heights),
    st.builds(lambda numbers: table("-", numbers), st.lists(heights, min_size=1, max_size=12)),
    st.builds(lambda numbers: table("-", numbers, notes=("A note.",)), st.lists(heights, min_size=1, max_size=3)),
    st.builds(lambda numbers: in_one_piece("-", numbers), st.lists(heights, min_size=1, max_size=4)),
    st.builds(
        lambda level, is_band: Heading("-", "A heading", level, "", is_band), st.sampled_from([2, 3]), st.booleans()
    ),
)


def named(block: Block, name: str) -> Block:
    """The block and its rows under names of their own."""
    if isinstance(block, Table):
        rows = tuple(replace(each, anchor=f"{name}-{place}") for place, each in enumerate(block.rows))
        return replace(block, anchor=name, rows=rows)
    return replace(block, anchor=name)


def all_named(blocks: Sequence[Block]) -> Document:
    return paper(*(named(block, f"b{place}") for place, block in enumerate(blocks)))


drawn_papers = st.lists(drawn_blocks, min_size=1, max_size=9).map(all_named)


@given(document=drawn_papers, size=st.integers(1, 3), turns=st.lists(st.integers(0, 3)))
def test_any_workers_in_any_order_give_the_same_parts(document: Document, size: int, turns: list[int]) -> None:
    picks = iter(turns)
    chapters = papers.chapters(document)
    assert made(chapters, MemoryStore(), FakeSetters(size, lambda many: next(picks, 0))) == set_anew(chapters)


@given(document=drawn_papers)
def test_every_piece_stands_in_the_parts_once_and_in_order_and_all_parts_are_sound(document: Document) -> None:
    for chapter, parts in zip(papers.chapters(document), set_anew(papers.chapters(document)), strict=True):
        for part in parts:
            check_part(part)
        repeated = {digest(unit.again.piece) for unit in chapter.units if unit.again}
        told = [
            each.partition("-")[0] for page in said(parts) for each in page if each.partition("-")[0] not in repeated
        ]
        without_fragments = [one for one, behind in pairwise([*told, ""]) if one != behind]
        assert without_fragments == [digest(unit.piece) for unit in chapter.units]


@given(before=drawn_papers, after=drawn_papers, kept=st.integers(0, 9), size=st.integers(1, 3), data=st.data())
def test_whatever_is_stored_the_parts_are_the_same(
    before: Document, after: Document, kept: int, size: int, data: st.DataObject
) -> None:
    store = MemoryStore()
    made(papers.chapters(before), store)
    lost = data.draw(st.sets(st.sampled_from(sorted(store.rows))))
    mixed = papers.chapters(all_named(before.blocks[:kept] + after.blocks))
    assert made(mixed, copy_of(store, lambda stored: stored.key not in lost), FakeSetters(size)) == set_anew(mixed)


ROWS = 300
LONG = paper(table("t", [2 + number % 7 for number in range(ROWS)]))


def with_row(document: Document, place: int, height: int) -> Document:
    """The paper with other words in a row of its table."""
    [block] = document.blocks
    assert isinstance(block, Table)
    rows = list(block.rows)
    rows[place] = row(rows[place].anchor, height, "other")
    return replace(document, blocks=(replace(block, rows=tuple(rows)),))


def test_from_a_full_store_nothing_is_set_and_no_worker_is_asked_for() -> None:
    store = MemoryStore()
    chapters = papers.chapters(LONG)
    before = made(chapters, store)
    assert Making(chapters, store=store, pool=refused).parts() == before


@pytest.mark.parametrize("place", [0, 1, 137, ROWS - 2, ROWS - 1])
def test_after_a_changed_row_that_is_as_high_as_before_its_strip_and_its_page_are_new(place: int) -> None:
    store = MemoryStore()
    [before] = made(papers.chapters(LONG), store)
    known, setters = set(store.rows), FakeSetters(2)
    [after] = made(papers.chapters(with_row(LONG, place, 2 + place % 7)), store, setters)
    assert (setters.orders, [piece.row.anchor for piece in setters.pieces if piece.row]) == (1, [f"t-{place}"])
    assert len(setters.pieces) == 1
    assert sorted(is_strip(store.rows[key]) for key in store.rows.keys() - known) == [False, True]
    assert sum(one != other for one, other in zip(before, after, strict=True)) == 1


@pytest.mark.parametrize("height", [1, 20, 69, 140])
def test_after_a_row_of_another_height_only_pages_that_became_others_are_new(height: int) -> None:
    store = MemoryStore()
    [before] = made(papers.chapters(LONG), store)
    known, setters = set(store.rows), FakeSetters(2)
    [after] = made(papers.chapters(with_row(LONG, 137, height)), store, setters)
    new = [store.rows[key] for key in store.rows.keys() - known]
    assert [piece.row.anchor for piece in setters.pieces if piece.row] == ["t-137"]
    assert len(setters.pieces) == 1
    assert sum(not is_strip(stored) for stored in new) == sum(part not in before for part in after)
    assert before[0] == after[0]


def test_a_new_paragraph_sets_itself_and_pages_with_the_same_rows_are_taken_from_the_store() -> None:
    store = MemoryStore()
    made(papers.chapters(LONG), store)
    known, setters = set(store.rows), FakeSetters()
    made(papers.chapters(replace(LONG, blocks=(Heading("h", "New", 2), *LONG.blocks))), store, setters)
    assert [piece.kind for piece in setters.pieces] == [Kind.BLOCK]
    strips = [key for key in store.rows.keys() - known if is_strip(store.rows[key])]
    assert len(strips) == 1


def test_two_tables_with_equal_heads_have_the_repeated_one_set_once() -> None:
    setters = FakeSetters(2)
    made(papers.chapters(paper(table("t", [20] * 5), table("u", [20] * 5, caption="Other"))), MemoryStore(), setters)
    assert sum(piece.kind == Kind.AGAIN for piece in setters.pieces) == 1


def test_what_two_chapters_share_is_ordered_once() -> None:
    theme = Heading("theme", "Theme", 2, is_band=True)
    chapters = papers.chapters(paper(table("t", [20] * 5), theme, table("u", [20] * 5)))
    setters = FakeSetters(2)
    made(chapters, MemoryStore(), setters)
    assert len(chapters) == 2
    assert sum(piece.kind == Kind.AGAIN for piece in setters.pieces) == 1


def test_chapters_of_several_papers_are_made_at_once_each_with_its_own_parts() -> None:
    theme = Heading("theme", "Theme", 2, is_band=True)
    documents = [LONG, paper(table("t", [9] * 30), theme, paragraph("p", 100)), paper()]
    whole = [chapter for document in documents for chapter in papers.chapters(document)]
    apart = [set_anew([chapter])[0] for chapter in whole]
    assert len(whole) == 4
    assert made(whole, MemoryStore(), FakeSetters(3, lambda many: many - 1)) == apart


def test_orders_are_short_enough_to_share_and_the_slower_pieces_come_first() -> None:
    setters = FakeSetters()
    blocks = [*(paragraph(f"p{number}", 3) for number in range(40)), *LONG.blocks]
    made(papers.chapters(paper(*blocks)), MemoryStore(), setters)
    is_row = [piece.kind == Kind.ROW for piece in setters.pieces]
    others = is_row.count(False)
    assert is_row == sorted(is_row)
    whole = setters.orders - len(setters.broken)
    assert whole == -(-others // PIECES_AT_ONCE) + -(-ROWS // ROWS_AT_ONCE)


BROKEN = paper(
    paragraph("p", 60), paragraph("q", 30), table("u", [3, 150, 3]), paragraph("r", 90), table("v", [7] * 40)
)


class FailingStore(MemoryStore):
    """Spoils what is stored under some keys before it is read for the first time, after it was looked up."""

    def __init__(self, source: MemoryStore, keys: Collection[str], *, is_damaged: bool) -> None:
        super().__init__()
        self.put(source.rows.values())
        self.spoilt: set[str] = set()
        self._keys = set(keys)
        self._is_damaged = is_damaged

    def read(self, keys: Collection[str]) -> dict[str, bytes]:
        for key in self._keys & set(keys) - self.spoilt:
            stored = self.rows.pop(key)
            if self._is_damaged:
                self.rows[key] = PartRow(key, b"damaged", stored.room)
            self.spoilt.add(key)
        return super().read(keys)


def strips_over(store: MemoryStore, pages: Callable[[int], bool]) -> list[str]:
    """The keys of strips that stand on so many pages."""
    return [key for key, stored in store.rows.items() if stored.room and pages(len(stored.room.heights))]


@pytest.mark.parametrize("is_damaged", [False, True])
@pytest.mark.parametrize("is_broken", [False, True])
def test_strips_that_are_gone_or_damaged_when_they_are_read_are_set_again(is_broken: bool, is_damaged: bool) -> None:
    store = MemoryStore()
    chapters = papers.chapters(BROKEN)
    before = made(chapters, store)
    keys = strips_over(store, lambda pages: (pages > 1) == is_broken)
    assert len(keys) >= (3 if is_broken else 40)
    failing = FailingStore(copy_of(store, is_strip), keys, is_damaged=is_damaged)
    setters = FakeSetters(2)
    assert made(chapters, failing, setters) == before
    assert failing.spoilt
    assert len(setters.broken if is_broken else setters.pieces) == len(failing.spoilt)
    assert not (setters.pieces if is_broken else setters.broken)
    assert failing.spoilt <= failing.rows.keys()
    assert Making(chapters, store=failing, pool=refused).parts() == before


@pytest.mark.parametrize("is_damaged", [False, True])
def test_parts_that_are_gone_or_damaged_are_stacked_again_of_stored_strips(is_damaged: bool) -> None:
    store = MemoryStore()
    chapters = papers.chapters(BROKEN)
    before = made(chapters, store)
    keys = [key for key, stored in store.rows.items() if not is_strip(stored)]
    failing = FailingStore(store, keys, is_damaged=is_damaged)
    assert Making(chapters, store=failing, pool=refused).parts() == before
    assert failing.spoilt == set(keys)
    assert failing.rows == store.rows


def test_a_part_and_the_strips_that_it_is_made_of_may_be_damaged_at_once() -> None:
    store = MemoryStore()
    chapters = papers.chapters(BROKEN)
    before = made(chapters, store)
    failing = FailingStore(store, store.rows.keys(), is_damaged=True)
    assert made(chapters, failing, FakeSetters(2)) == before
    assert failing.rows == store.rows


def test_what_is_set_is_stored_before_the_paper_is_complete() -> None:
    store = MemoryStore()
    setters = Failing(KeyboardInterrupt(), at=4)
    with pytest.raises(KeyboardInterrupt):
        made(papers.chapters(LONG), store, setters)
    stored = len(store.rows)
    assert stored > ROWS_AT_ONCE
    again = FakeSetters()
    assert made(papers.chapters(LONG), store, again) == set_anew(papers.chapters(LONG))
    assert len(again.pieces) == ROWS + 4 - stored  # with two lines of the opening and two heads


class Failing(FakeSetters):
    """Workers of whom one ends an order with an error; it is raised here where it is no error of an order."""

    def __init__(self, error: BaseException, *, at: int = 1) -> None:
        super().__init__()
        self._error = error
        self._left = at

    def finished(self) -> list[Outcome]:
        self._left -= 1
        if self._left:
            return super().finished()
        if isinstance(self._error, Exception):
            return [Outcome(self.orders, error=self._error)]
        raise self._error


def test_workers_that_end_over_a_paper_are_told_with_its_name_and_the_cure() -> None:
    ended = Failing(WorkerEnded("The program ended twice."), at=2)
    with pytest.raises(PackFault) as told:
        made(papers.chapters(LONG), MemoryStore(), ended)
    assert str(told.value) == (
        "The pages of the paper “Quarter 1 report” cannot be set. The program ended twice. "
        "The machine may be short of memory; build the pack again, and ask for help if it stays so."
    )


def test_a_row_that_has_no_room_under_its_heads_is_told_with_its_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fake_setters, "height", lambda piece: 80 if piece.kind == Kind.AGAIN else 3)
    with pytest.raises(PackFault, match="the paper “Quarter 1 report” has no room on a page.*shorten the heads"):
        set_anew(papers.chapters(LONG))


@pytest.mark.parametrize("error", [PackFault("The paper “Fees” has a word that no type has."), ValueError("A bug.")])
def test_an_error_of_a_worker_passes_through(error: Exception) -> None:
    with pytest.raises(type(error)) as told:
        made(papers.chapters(LONG), MemoryStore(), Failing(error))
    assert told.value is error


def progress(document: Document, store: MemoryStore) -> list[tuple[int, int]]:
    told: list[tuple[int, int]] = []
    made(papers.chapters(document), store, FakeSetters(2), tell=lambda *pair: told.append(pair))
    return told


def assert_rises(told: Sequence[tuple[int, int]]) -> None:
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert len({total for _, total in told}) == 1
    assert told[-1][0] == told[-1][1]


def test_progress_never_falls_and_ends_with_all_pages() -> None:
    told = progress(paper(*LONG.blocks, *BROKEN.blocks), MemoryStore())
    assert_rises(told)
    assert len({done for done, _ in told}) > 4
    assert [done for done, total in told if done == total] == [told[-1][1]]


def test_progress_does_not_fall_when_strips_have_to_be_set_again() -> None:
    store = MemoryStore()
    made(papers.chapters(LONG), store)
    keys = strips_over(store, lambda pages: True)
    assert_rises(progress(LONG, FailingStore(copy_of(store, is_strip), keys, is_damaged=False)))


def test_an_empty_paper_and_no_paper_at_all_come_to_an_end() -> None:
    assert_rises(progress(paper(), MemoryStore()))
    assert made([], MemoryStore()) == []


def queries(document: Document, changed: Document) -> list[Counter[str]]:
    """What a full store is asked for a paper, and then for a changed one."""
    store = CountingStore()
    made(papers.chapters(document), store)
    found = []
    for each in (document, changed):
        store.asked.clear()
        made(papers.chapters(each), store)
        found.append(store.asked.copy())
    return found


def test_a_store_is_asked_as_often_for_one_row_as_for_hundreds() -> None:
    one = paper(table("t", [2]))
    short, long = queries(one, with_row(one, 0, 2)), queries(LONG, with_row(LONG, 137, 137 % 7 + 2))
    assert short == long
    assert long[0] == {"rooms": 1, "read": 1, "touch": 1}


def test_all_that_a_pack_uses_is_touched_and_nothing_else() -> None:
    alone = MemoryStore()
    made(papers.chapters(BROKEN), alone)
    store = CountingStore()
    for document in (LONG, BROKEN):
        store.touched.clear()
        made(papers.chapters(document), store)
    assert store.touched == alone.rows.keys() < store.rows.keys()


def test_points_of_a_list_may_part_over_pages() -> None:
    points = BulletList("l", tuple(words("word word word") for _ in range(40)))
    [parts] = set_anew(papers.chapters(paper(paragraph("p", 30), points)))
    assert [len(part.pages) for part in parts] == [3]
