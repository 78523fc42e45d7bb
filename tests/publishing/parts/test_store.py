"""Parts are kept until the store is full, those used last the longest, and never handed out damaged."""

from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from threading import Barrier, Thread
from time import monotonic, sleep

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from torbay_reports.publishing.models import RestrictedPart, StoredPart
from torbay_reports.publishing.packplan import Edition
from torbay_reports.publishing.parts.store import Cleaned, DatabaseStore, MemoryStore, PartRow, PartStore, clean
from torbay_reports.publishing.parts.values import Room


def name(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def part(text: str, *, room: Room | None = None, data: bytes = b"") -> PartRow:
    return PartRow(name(text), data or f"pages of {text}".encode(), room)


PUBLIC, RESTRICTED = Edition.PUBLIC, Edition.RESTRICTED
MODELS = {PUBLIC: StoredPart, RESTRICTED: RestrictedPart}


def restricted_store() -> DatabaseStore:
    return DatabaseStore(RESTRICTED)


@pytest.fixture(params=[MemoryStore, DatabaseStore, restricted_store])
def store(request: pytest.FixtureRequest, db: None) -> PartStore:
    made: PartStore = request.param()
    return made


def test_parts_are_read_by_their_key(store: PartStore) -> None:
    store.put([part("a"), part("b"), part("c", room=Room((12.5,)))])
    assert store.read([name("a"), name("c"), name("nothing")]) == {
        name("a"): b"pages of a",
        name("c"): b"pages of c",
    }


def test_the_rooms_of_strips_are_found_without_what_stands_on_them(store: PartStore) -> None:
    whole, broken = Room((33.25,), above=14.17, below=-8.5), Room((70.1, 12.0), below=3.0)
    store.put([part("whole", room=whole), part("broken", room=broken), part("pages")])
    keys = [name(text) for text in ("whole", "broken", "pages", "nothing")]
    assert store.rooms(keys) == {name("whole"): whole, name("broken"): broken}


def test_a_part_that_is_there_stays_as_it_is(store: PartStore) -> None:
    store.put([part("a", data=b"first", room=Room((1.0,)))])
    store.put([part("a", data=b"second", room=Room((2.0,))), part("b")])
    assert store.read([name("a"), name("b")]) == {name("a"): b"first", name("b"): b"pages of b"}
    assert store.rooms([name("a")]) == {name("a"): Room((1.0,))}


def test_a_part_that_comes_twice_at_once_is_kept_once(store: PartStore) -> None:
    store.put([part("a", data=b"first"), part("a", data=b"second")])
    assert store.read([name("a")]) == {name("a"): b"first"}


def test_a_part_that_is_dropped_is_not_found_any_more(store: PartStore) -> None:
    store.put([part("a", room=Room((1.0,))), part("b", room=Room((2.0,)))])
    store.drop([name("a"), name("never there")])
    assert store.rooms([name("a"), name("b")]) == {name("b"): Room((2.0,))}
    assert store.read([name("a"), name("b")]) == {name("b"): b"pages of b"}


def test_putting_nothing_and_touching_what_is_not_there_does_nothing(store: PartStore) -> None:
    store.put([])
    store.touch([name("a")])
    assert store.rooms([]) == {}
    assert store.read([name("a")]) == {}


@pytest.mark.parametrize("damage", [{"data": b"pages of ?"}, {"data": b""}, {"checksum": name("another")}])
@pytest.mark.parametrize("edition", list(Edition))
def test_a_damaged_part_is_as_good_as_none_and_makes_room_for_a_sound_one(
    db: None, damage: dict[str, object], edition: Edition
) -> None:
    store = DatabaseStore(edition)
    strip = part("a", room=Room((1.0,)))
    store.put([strip, part("b")])
    MODELS[edition]._default_manager.filter(key=name("a")).update(**damage)
    assert store.read([name("a"), name("b")]) == {name("b"): b"pages of b"}
    assert store.rooms([name("a")]) == {}
    store.put([strip])
    assert store.read([name("a")]) == {name("a"): b"pages of a"}
    assert store.rooms([name("a")]) == {name("a"): Room((1.0,))}


@pytest.mark.parametrize("damaged", [b"", b"\xc1", b"\x93", b"\x91\x91\xa1x"])
def test_a_room_that_cannot_be_read_is_as_good_as_none(db: None, damaged: bytes) -> None:
    store = DatabaseStore()
    store.put([part("a", room=Room((1.0,))), part("b", room=Room((2.0,)))])
    StoredPart.objects.filter(key=name("a")).update(room=damaged)
    assert store.rooms([name("a"), name("b")]) == {name("b"): Room((2.0,))}


@pytest.mark.parametrize("edition", list(Edition))
def test_a_whole_pack_is_looked_up_in_one_query_and_read_in_a_few(db: None, edition: Edition) -> None:
    store = DatabaseStore(edition)
    store.put([part(f"{n}", room=Room((1.0,))) for n in range(450)])
    with CaptureQueriesContext(connection) as looked_up:
        assert len(store.rooms([name(f"{n}") for n in range(3000)])) == 450
    with CaptureQueriesContext(connection) as read:
        assert len(store.read([name(f"{n}") for n in range(450)])) == 450
    assert (len(looked_up), len(read)) == (1, 5)


@pytest.mark.parametrize("edition", list(Edition))
def test_a_part_under_what_is_no_checksum_is_refused(db: None, edition: Edition) -> None:
    with pytest.raises(IntegrityError, match=rf"publishing_{MODELS[edition]._meta.model_name}_keys"):
        DatabaseStore(edition).put([PartRow("a", b"pages of a")])


def test_a_restricted_build_takes_what_public_ones_have_set_and_hides_what_it_sets(db: None) -> None:
    public, restricted = DatabaseStore(), restricted_store()
    public.put([part("letter", room=Room((1.0,)))])
    restricted.put([part("appendix", room=Room((2.0,)))])
    keys = [name("letter"), name("appendix")]
    assert restricted.read(keys).keys() == restricted.rooms(keys).keys() == set(keys)
    assert public.read(keys).keys() == public.rooms(keys).keys() == {name("letter")}
    assert [each.key for each in StoredPart.objects.all()] == [name("letter")]
    assert [each.key for each in RestrictedPart.objects.all()] == [name("appendix")]


def test_a_public_build_asks_the_restricted_table_nothing(db: None) -> None:
    store = DatabaseStore()
    with CaptureQueriesContext(connection) as asked:
        store.put([part("a", room=Room((1.0,)))])
        store.rooms([name("a")])
        store.read([name("a")])
        store.touch([name("a")])
        store.drop([name("a")])
    assert len(asked) >= 4
    assert not [each["sql"] for each in asked if "restricted" in each["sql"]]


def test_a_restricted_build_keeps_what_public_ones_have_set_in_use(db: None, settings: object) -> None:
    settings.TODAY = date(2031, 9, 1)  # type: ignore[attr-defined]
    DatabaseStore().put([part("a")])
    restricted_store().put([part("b")])
    settings.TODAY = date(2031, 9, 3)  # type: ignore[attr-defined]
    restricted_store().touch([name("a"), name("b")])
    for model in MODELS.values():
        assert [each.used_on for each in model._default_manager.all()] == [date(2031, 9, 3)]


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


@pytest.mark.parametrize("edition", list(Edition))
def test_cleaning_removes_what_was_not_used_for_the_longest_time(db: None, settings: object, edition: Edition) -> None:
    store, other = DatabaseStore(edition), RESTRICTED if edition is PUBLIC else PUBLIC
    DatabaseStore(other).put([part("of the other editions")])
    for day, text in enumerate("abcd", start=1):
        settings.TODAY = date(2031, 9, day)  # type: ignore[attr-defined]
        store.put([part(text, data=b"x" * 10)])
    store.touch([name("a")])
    assert clean(40, edition) == Cleaned(removed=0, removed_bytes=0, left=4, left_bytes=40)
    assert clean(25, edition) == Cleaned(removed=2, removed_bytes=20, left=2, left_bytes=20)
    assert store.read([name(text) for text in "abcd"]).keys() == {name("a"), name("d")}
    assert clean(0, edition) == Cleaned(removed=2, removed_bytes=20, left=0, left_bytes=0)
    assert MODELS[other]._default_manager.count() == 1


def test_of_parts_used_on_one_day_no_more_go_than_have_to(db: None) -> None:
    DatabaseStore().put([part(f"{n}", data=b"x" * 10) for n in range(100)])
    assert clean(990, PUBLIC) == Cleaned(removed=1, removed_bytes=10, left=99, left_bytes=990)


@pytest.mark.django_db(transaction=True)
def test_cleaning_does_not_wait_for_a_part_that_a_build_is_using() -> None:
    DatabaseStore().put([part("a", data=b"x" * 10), part("b", data=b"x" * 10)])
    cleaned: list[Cleaned] = []

    def tidy() -> None:
        try:
            cleaned.append(clean(0, PUBLIC))
        finally:
            connection.close()

    cleaner = Thread(target=tidy)
    with transaction.atomic():
        StoredPart.objects.select_for_update().get(key=name("a"))
        cleaner.start()
        cleaner.join(timeout=30)
        is_waiting = cleaner.is_alive()
    cleaner.join()
    assert not is_waiting
    assert cleaned == [Cleaned(removed=1, removed_bytes=10, left=1, left_bytes=10)]


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


@pytest.mark.django_db(transaction=True)
def test_parts_are_written_in_one_order_so_that_nobody_waits_crosswise() -> None:
    low, high = sorted([part("a"), part("b")], key=lambda each: each.key)

    def write() -> None:
        try:
            DatabaseStore().put([high, low])
        finally:
            connection.close()

    other = Thread(target=write)
    with transaction.atomic():
        DatabaseStore().put([low])
        other.start()
        wait_until_somebody_waits()
        # Had the other begun with this one, each would now wait for the other.
        DatabaseStore().put([high])
    other.join()
    assert StoredPart.objects.count() == 2


def wait_until_somebody_waits() -> None:
    end = monotonic() + 30
    with connection.cursor() as cursor:
        while monotonic() < end:
            cursor.execute("SELECT 1 FROM pg_locks WHERE NOT granted")
            if cursor.fetchone():
                return
            sleep(0.01)
    pytest.fail("No writer waits for the other.")
