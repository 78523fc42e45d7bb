"""Parts are kept until there is no room, found by their beginning, and never handed out damaged."""

from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from torbay_reports.publishing.models import StoredPart
from torbay_reports.publishing.parts.store import Cleaned, DatabaseStore, MemoryStore, PartRow, PartStore, clean


def name(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def part(text: str, *, start: str = "start", units: int = 1, data: bytes = b"") -> PartRow:
    return PartRow(name(text), name(start), units, data or f"pages of {text}".encode())


@pytest.fixture(params=[MemoryStore, DatabaseStore])
def store(request: pytest.FixtureRequest, db: None) -> PartStore:
    made: PartStore = request.param()
    return made


def test_parts_are_found_by_their_beginning_and_read_by_their_key(store: PartStore) -> None:
    store.put([part("a", units=3), part("b", units=5), part("c", start="elsewhere")])
    found = store.starts([name("start"), name("nowhere")])
    assert {start: sorted(parts) for start, parts in found.items()} == {
        name("start"): sorted([(3, name("a")), (5, name("b"))])
    }
    assert store.read([name("a"), name("c"), name("nothing")]) == {
        name("a"): b"pages of a",
        name("c"): b"pages of c",
    }


def test_a_part_that_is_there_stays_as_it_is(store: PartStore) -> None:
    store.put([part("a", data=b"first")])
    store.put([part("a", data=b"second"), part("b")])
    assert store.read([name("a")]) == {name("a"): b"first"}
    assert len(store.starts([name("start")])[name("start")]) == 2


def test_a_part_that_is_dropped_is_not_found_any_more(store: PartStore) -> None:
    store.put([part("a"), part("b")])
    store.drop([name("a"), name("never there")])
    assert store.starts([name("start")]) == {name("start"): [(1, name("b"))]}
    assert store.read([name("a")]) == {}


def test_putting_nothing_and_touching_what_is_not_there_does_nothing(store: PartStore) -> None:
    store.put([])
    store.touch([name("a")])
    assert store.starts([]) == {}


@pytest.mark.parametrize("damage", [{"data": b"pages of ?"}, {"data": b""}, {"checksum": name("another")}])
def test_a_damaged_part_is_as_good_as_none_and_makes_room_for_a_sound_one(db: None, damage: dict[str, object]) -> None:
    store = DatabaseStore()
    store.put([part("a"), part("b")])
    StoredPart.objects.filter(key=name("a")).update(**damage)
    assert store.read([name("a"), name("b")]) == {name("b"): b"pages of b"}
    store.put([part("a")])
    assert store.read([name("a")]) == {name("a"): b"pages of a"}


def test_a_whole_pack_is_looked_up_in_one_query_and_read_in_a_few(db: None) -> None:
    store = DatabaseStore()
    store.put([part(f"{n}", start=f"start {n}") for n in range(450)])
    with CaptureQueriesContext(
        connection,
    ) as looked_up:
        assert len(store.starts([name(f"start {n}") for n in range(3000)])) == 450
    with CaptureQueriesContext(connection) as read:
        assert len(store.read([name(f"{n}") for n in range(450)])) == 450
    assert (len(looked_up), len(read)) == (1, 5)


def test_the_day_of_use_is_written_once_a_day(db: None, settings: object) -> None:
    store = DatabaseStore()
    settings.TODAY = date(2031, 9, 1)  # type: ignore[attr-defined]
    store.put([part("a"), part("b")])
    settings.TODAY = date(2031, 9, 3)  # type: ignore[attr-defined]
    store.touch([name("a")])
    settings.TODAY = date(2031, 9, 2)  # type: ignore[attr-defined]
    store.touch([name("a")])
    assert dict(StoredPart.objects.values_list("key", "used_on")) == {
        name("a"): date(2031, 9, 3),
        name("b"): date(2031, 9, 1),
    }


def test_cleaning_removes_what_was_not_used_for_the_longest_time(db: None, settings: object) -> None:
    store = DatabaseStore()
    for day, text in enumerate("abcd", start=1):
        settings.TODAY = date(2031, 9, day)  # type: ignore[attr-defined]
        store.put([part(text, data=b"x" * 10)])
    store.touch([name("a")])
    assert clean(40) == Cleaned(removed=0, removed_bytes=0, left=4, left_bytes=40)
    assert clean(25) == Cleaned(removed=2, removed_bytes=20, left=2, left_bytes=20)
    assert store.read([name(text) for text in "abcd"]).keys() == {name("a"), name("d")}
    assert clean(0) == Cleaned(removed=2, removed_bytes=20, left=0, left_bytes=0)


@pytest.mark.django_db(transaction=True)
def test_writers_of_the_same_parts_do_not_lock_each_other_out() -> None:
    barrier = Barrier(2)
    errors: list[Exception] = []

    def write(texts: Sequence[int]) -> None:
        try:
            barrier.wait()
            for _ in range(5):
                DatabaseStore().put([part(f"{n}") for n in texts])
                DatabaseStore().touch([name(f"{n}") for n in texts])
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [Thread(target=write, args=(texts,)) for texts in (range(300), range(299, -1, -1))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert StoredPart.objects.count() == 300
