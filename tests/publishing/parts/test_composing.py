"""Filled pages become parts: those that are stored are taken, all others are stacked of strips and stored."""

from collections.abc import Collection

from msgspec.structs import replace

from tests.publishing.parts import papers
from tests.publishing.parts.fake_setters import broken, digest, height, paper, paragraph, said, strip, table
from torbay_reports.documents.blocks import Document, Table
from torbay_reports.publishing.checks.parts import check_part
from torbay_reports.publishing.parts import filling
from torbay_reports.publishing.parts.composing import Composing, FilledChapter, read
from torbay_reports.publishing.parts.filling import Page, Placed
from torbay_reports.publishing.parts.pieces import Chapter, Unit
from torbay_reports.publishing.parts.store import MemoryStore, PartRow
from torbay_reports.publishing.parts.values import Part, Room, Strip, from_bytes, strip_to_bytes, to_bytes


class Reading(MemoryStore):
    """Notes how many keys it is asked for at a time."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[int] = []

    def read(self, keys: Collection[str]) -> dict[str, bytes]:
        self.asked.append(len(keys))
        return super().read(keys)


def keep(store: MemoryStore, key: str, made: Strip) -> None:
    store.put([PartRow(key, strip_to_bytes(made), made.room)])


def filled(document: Document, store: MemoryStore) -> FilledChapter:
    """A paper of one chapter on its pages, with all its strips in the store."""
    chapter = papers.chapter(document)
    keys: dict[int, str] = {}

    def set_whole(unit: Unit) -> Strip:
        made = strip(unit.piece, [height(unit.piece)], chapter.sheet.key)
        keep(store, unit.key, made)
        return made

    pieces = []
    for unit in chapter.units:
        head = set_whole(unit.again).room.heights[0] if unit.again else 0.0
        pieces.append(filling.Piece(set_whole(unit).room, unit.is_bound, unit.can_break, head))
    filler = filling.fill(pieces, chapter.frame.room)
    heights = None
    try:
        while True:
            question = filler.send(heights)  # type: ignore[arg-type]
            unit = chapter.units[question.place]
            made = strip(unit.piece, broken(height(unit.piece), question.first, question.later), chapter.sheet.key)
            keys[question.place] = chapter.break_key(unit, question.first, question.later)
            keep(store, keys[question.place], made)
            heights = made.room.heights
    except StopIteration as end:
        pages: tuple[Page, ...] = end.value
    over = {placed.place for page in pages for placed in page.placed if placed.fragment}
    return FilledChapter(chapter, pages, {place: keys[place] for place in over})


def composing_from(store: MemoryStore) -> Composing:
    """With what the store says of its strips' rooms now."""
    return Composing(store, store.rooms(store.rows.keys()), {})


def composed(document: Document, store: MemoryStore | None = None) -> tuple[Part, ...]:
    """Its parts."""
    where = store or MemoryStore()
    pages = filled(document, where)
    composing = composing_from(where)
    assert composing.compose([pages]) == set()
    [parts] = composing.parts()
    return parts


def stored_parts(store: MemoryStore) -> set[str]:
    return {key for key, stored in store.rows.items() if stored.room is None}


def told(chapter: Chapter, *places: int) -> list[str]:
    return [f"{digest(chapter.units[place].piece)}-0" for place in places]


PLAIN = (paragraph("p", 30), paragraph("q", 30))
ROWS = paper(*PLAIN, table("t", [20] * 12))


def test_each_page_is_a_part_where_pages_end_between_pieces() -> None:
    chapter = papers.chapter(ROWS)
    parts = composed(ROWS)
    again = chapter.units[5].again
    assert again is not None
    head = f"{digest(again.piece)}-0"
    assert [said([part]) for part in parts] == [
        [told(chapter, 0, 1, 2)],
        [told(chapter, 3, 4, 5)],
        *([[head, *told(chapter, place, place + 1, place + 2)]] for place in (6, 9, 12)),
        [[head, *told(chapter, 15, 16)]],
    ]
    for part in parts:
        check_part(part)


def test_pages_that_begin_in_the_midst_of_a_piece_belong_to_the_part_before() -> None:
    parts = composed(paper(paragraph("p", 40), paragraph("q", 150), table("t", [60, 200, 60])))
    assert [len(part.pages) for part in parts] == [3, 4, 1]
    for part in parts:
        check_part(part)


def test_rows_on_later_pages_go_on_with_their_table_and_its_running_head_says_so() -> None:
    parts = composed(ROWS)
    assert [part.goes_on for part in parts] == [False, False, True, True, True, True]
    assert [page.going_on for part in parts for page in part.pages] == ["", "", *["Continued: Steps"] * 4]


def test_every_page_within_a_row_repeats_the_head_and_says_what_goes_on() -> None:
    [first, rest] = composed(paper(*PLAIN, table("t", [200])))
    chapter = papers.chapter(paper(*PLAIN, table("t", [200])))
    row = chapter.units[-1]
    assert row.again is not None
    assert [page.going_on for page in rest.pages] == ["", *["Continued: Steps"] * (len(rest.pages) - 1)]
    assert said([first]) == [told(chapter, 0, 1, 2)]
    assert [page[0] for page in said([rest])[1:]] == [f"{digest(row.again.piece)}-0"] * (len(rest.pages) - 1)


def new_after(before: Document, after: Document) -> tuple[int, int]:
    """How many parts of the changed paper are made, and how many it has."""
    store = MemoryStore()
    composed(before, store)
    known = stored_parts(store)
    parts = composed(after, store)
    assert parts == composed(after)
    return len(stored_parts(store) - known), len(parts)


def with_table(**changes: object) -> Document:
    [*others, block] = ROWS.blocks
    assert isinstance(block, Table)
    return replace(ROWS, blocks=(*others, replace(block, **changes)))


def test_the_same_pages_are_the_same_parts_wherever_they_stand() -> None:
    full, new = paragraph("a", 62), paragraph("b", 69)
    assert new_after(paper(full, *ROWS.blocks), paper(full, new, *ROWS.blocks)) == (1, 8)


def test_another_caption_makes_only_the_pages_that_tell_of_it_anew() -> None:
    assert new_after(ROWS, with_table(caption="Other")) == (5, 6)
    assert new_after(ROWS, with_table(notes=("A note.",))) == (1, 6)


def test_from_a_full_store_all_parts_are_read_at_once_and_no_strip_is() -> None:
    store = Reading()
    before = composed(ROWS, store)
    store.asked.clear()
    assert composed(ROWS, store) == before
    assert store.asked == [6]


def test_strips_are_read_for_many_parts_at_a_time_and_not_for_all() -> None:
    store = Reading()
    long = paper(*(paragraph(f"p{number}", 69 if number else 62) for number in range(130)))
    assert len(composed(long, store)) == 130
    assert len(store.asked) == 1 + 3


def test_fresh_strips_are_not_read() -> None:
    store = Reading()
    pages = filled(ROWS, store)
    fresh = {key: stored.data for key, stored in store.rows.items()}
    empty = Reading()
    composing = Composing(empty, {}, fresh)
    assert composing.compose([pages]) == set()
    assert composing.parts() == [composed(ROWS)]
    assert sum(empty.asked) == 6  # the parts, which are not there
    assert sorted(empty.rows[key].data for key in composing.keys) == sorted(map(to_bytes, composed(ROWS)))


def test_strips_that_cannot_be_read_are_named_and_forgotten() -> None:
    store = MemoryStore()
    pages = filled(ROWS, store)
    composing = composing_from(store)
    gone, damaged = pages.chapter.units[3].key, pages.chapter.units[7].key
    kept = store.rows.pop(gone), store.rows.pop(damaged)
    store.rows[damaged] = PartRow(damaged, b"damaged", kept[1].room)
    assert composing.compose([pages]) == {gone, damaged}
    assert damaged not in store.rows
    assert not stored_parts(store)
    store.put(kept)
    assert composing.compose([pages]) == set()
    assert composing.parts() == [composed(ROWS)]


def test_a_strip_beside_which_another_room_stands_is_named_and_forgotten() -> None:
    store = MemoryStore()
    key = filled(ROWS, store).chapter.units[3].key
    kept = store.rows[key]
    assert kept.room is not None
    store.rows[key] = PartRow(key, kept.data, replace(kept.room, heights=(1.0,)))
    wrong = filled(ROWS, store)
    store.rows[key] = PartRow(key, kept.data, Room((1.0,)))
    assert composing_from(store).compose([wrong]) == {key}
    assert key not in store.rows


def test_a_damaged_part_is_stacked_again_and_stored() -> None:
    store = MemoryStore()
    before = composed(ROWS, store)
    for key in stored_parts(store):
        store.rows[key] = PartRow(key, b"damaged")
    assert composed(ROWS, store) == before
    assert sorted(store.rows[key].data for key in stored_parts(store)) == sorted(map(to_bytes, before))


def test_the_parts_of_several_chapters_come_in_their_order() -> None:
    store = MemoryStore()
    chapters = [filled(document, store) for document in (ROWS, paper(*PLAIN), ROWS)]
    composing = composing_from(store)
    assert composing.compose(chapters) == set()
    assert composing.parts() == [composed(ROWS), composed(paper(*PLAIN)), composed(ROWS)]
    assert len(stored_parts(store)) == len(composing.keys) == 7


def test_where_a_strip_stands_is_told_to_a_thousandth_of_a_point() -> None:
    store = MemoryStore()
    pages = filled(paper(paragraph("p", 3)), store)
    keys = []
    for top in (50.0, 50.0004, 50.01):
        [page] = pages.pages
        lower = Page((*page.placed[:-1], Placed(page.placed[-1].place, 0, top)), repeats_head=False, is_clean=True)
        composing = composing_from(store)
        composing.compose([FilledChapter(pages.chapter, (lower,), {})])
        keys.append(composing.keys)
    assert keys[0] == keys[1] != keys[2]


def test_reading_gives_what_can_be_read_and_drops_what_cannot() -> None:
    store = MemoryStore()
    [part] = composed(paper())
    store.put([PartRow("sound", to_bytes(part)), PartRow("damaged", b"?")])
    assert read(store, ["sound", "damaged", "gone"], from_bytes) == {"sound": part}
    assert store.rows.keys() == {"sound"}
