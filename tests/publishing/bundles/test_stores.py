"""Folders of files come and go whole, in a folder, a bucket and a storage without paths, also after a kill."""

import os
import stat
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import InMemoryStorage
from moto import mock_aws
from storages.backends.s3 import S3Storage

from tests.publishing.bundles.stopping import killed_at_each_step
from torbay_reports.publishing.bundles.bundlestore import (
    BundleStore,
    DiffersAlready,
    NothingThere,
    OddPath,
    StoreError,
)
from torbay_reports.publishing.bundles.folderstore import FolderStore
from torbay_reports.publishing.bundles.stores import locked_store, public_store, restricted_store, store_over

PREFIX = "packs/board/2017-09-06/supplement-1/1"
FILES = {
    "index.html": b"<p>page</p>",
    "manifest.json": b"{}",
    "pack.pdf": b"%PDF" * 50_000,
    "papers/outturn/tables/t1.csv": b"a,b\n",
}
NewStore = Callable[[str], BundleStore]


def folder_of(path: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(data)
    return path


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    return folder_of(tmp_path / "bundle", FILES)


@pytest.fixture
def other(tmp_path: Path) -> Path:
    return folder_of(tmp_path / "other", {**FILES, "index.html": b"<p>Page</p>"})


@pytest.fixture(params=["folder", "memory", "bucket"])
def new_store(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[NewStore]:
    """Makes stores of one kind, each with a place of its own."""
    if request.param == "folder":
        yield lambda name: FolderStore(tmp_path / name, files=0o644, folders=0o755)
    elif request.param == "memory":
        yield lambda name: store_over(InMemoryStorage())
    else:
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            monkeypatch.setenv(name, "none")
        with mock_aws():
            yield lambda name: store_over(bucket(name))


def bucket(name: str) -> S3Storage:
    """A new bucket, with the options that the settings give one."""
    storage = S3Storage(bucket_name=name, location="council", file_overwrite=True, region_name="eu-west-2")
    storage.connection.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-west-2"})
    return storage


@pytest.fixture
def store(new_store: NewStore) -> BundleStore:
    return new_store("public")


def held(store: BundleStore, prefix: str = PREFIX) -> dict[str, bytes]:
    return {path.removeprefix(f"{prefix}/"): store.read(path) for path in store.paths(prefix)}


def test_a_folder_is_stored_whole_and_read_back(store: BundleStore, bundle: Path) -> None:
    store.put(bundle, PREFIX)
    assert held(store) == FILES
    assert list(store.paths()) == [f"{PREFIX}/{name}" for name in sorted(FILES)]
    assert list(store.paths(f"{PREFIX}/papers")) == [f"{PREFIX}/papers/outturn/tables/t1.csv"]
    assert list(store.paths(f"{PREFIX}/pack.pdf")) == [f"{PREFIX}/pack.pdf"]
    assert list(store.paths("packs/board/2017-09-06/supplement-1/11")) == []


def test_the_same_folder_may_come_again_and_another_never(store: BundleStore, bundle: Path, other: Path) -> None:
    store.put(bundle, PREFIX)
    store.put(bundle, PREFIX)
    with pytest.raises(DiffersAlready, match=r"published under packs/board/.*: make a new version\.$"):
        store.put(other, PREFIX)
    (bundle / "one-more.html").write_bytes(b"")
    with pytest.raises(DiffersAlready):
        store.put(bundle, PREFIX)
    assert held(store) == FILES


def test_versions_do_not_stand_where_another_version_stands(store: BundleStore, bundle: Path, other: Path) -> None:
    store.put(bundle, PREFIX)
    with pytest.raises(DiffersAlready):
        store.put(other, PREFIX.rpartition("/")[0])
    store.put(other, "packs/board/2017-09-06/supplement-1/2")
    assert held(store) == FILES


def test_the_same_assets_are_shared(store: BundleStore, tmp_path: Path) -> None:
    assets = folder_of(tmp_path / "assets", {"screen.css": b"a{}", "fonts/a.woff2": b"w"})
    store.put(assets, "assets/aa")
    store.put(assets, "assets/aa")
    assert held(store, "assets/aa") == {"screen.css": b"a{}", "fonts/a.woff2": b"w"}


def test_a_file_that_changes_is_written_and_replaced(store: BundleStore) -> None:
    store.write("packs/board/index.html", b"one")
    store.write("packs/board/index.html", b"two")
    store.write("packs/board/index.html", b"two")
    assert store.read("packs/board/index.html") == b"two"
    assert list(store.paths()) == ["packs/board/index.html"]


def test_what_is_not_there_is_not_read(store: BundleStore, bundle: Path) -> None:
    store.put(bundle, PREFIX)
    for path in (f"{PREFIX}/none.html", f"{PREFIX}/papers", f"{PREFIX}/index.html/more", "none"):
        with pytest.raises(NothingThere):
            store.read(path)


def test_what_is_removed_is_gone_and_the_rest_stays(store: BundleStore, bundle: Path) -> None:
    store.put(bundle, PREFIX)
    store.write("packs/board/index.html", b"list")
    store.write("feed.xml", b"feed")
    store.remove(PREFIX)
    store.remove(PREFIX)
    store.remove("feed.xml")
    assert list(store.paths()) == ["packs/board/index.html"]


def test_what_is_taken_stands_in_the_other_store_only(new_store: NewStore, bundle: Path) -> None:
    store, locked = new_store("public"), new_store("locked")
    store.put(bundle, PREFIX)
    store.take(PREFIX, locked)
    store.take(PREFIX, locked)
    assert list(store.paths()) == []
    assert held(locked) == FILES


def test_two_editions_are_taken_to_places_of_their_own(new_store: NewStore, bundle: Path, other: Path) -> None:
    public, restricted, locked = new_store("public"), new_store("restricted"), new_store("locked")
    public.put(bundle, PREFIX)
    restricted.put(other, PREFIX)
    public.take(PREFIX, locked, at=f"public/{PREFIX}")
    with pytest.raises(DiffersAlready):
        restricted.take(PREFIX, locked, at=f"public/{PREFIX}")
    assert held(restricted)["index.html"] == b"<p>Page</p>"
    restricted.take(PREFIX, locked, at=f"restricted/{PREFIX}")
    assert held(locked, f"public/{PREFIX}") == FILES
    assert list(restricted.paths()) == []


def test_nothing_cannot_be_taken_or_stored(new_store: NewStore, tmp_path: Path) -> None:
    store, locked = new_store("public"), new_store("locked")
    with pytest.raises(NothingThere, match=r"^There is nothing under packs/board"):
        store.take(PREFIX, locked)
    (tmp_path / "empty").mkdir()
    with pytest.raises(NothingThere):
        store.put(tmp_path / "empty", PREFIX)


LONG = ["a/" * 500 + "a", "b" * 201]
ODD = [
    "/",
    "/etc/passwd",
    "../up",
    "a/../b",
    "a/./b",
    "a//b",
    "a/",
    ".hidden",
    "a/.hidden",
    "a\\b",
    "a\0b",
    "a\nb",
    "a\n",
]


@pytest.mark.parametrize("path", ["", *ODD, "a b", "é", "\ud800", "a%2eb", "a:b", *LONG])
def test_an_odd_path_is_refused_and_not_repeated(tmp_path: Path, bundle: Path, path: str) -> None:
    for store in (FolderStore(tmp_path / "store", files=0o644, folders=0o755), store_over(InMemoryStorage())):
        asked: list[Callable[[], object]] = [
            partial(store.put, bundle, path),
            partial(store.take, path, store),
            partial(store.write, path, b""),
            partial(store.read, path),
            partial(store.remove, path),
        ]
        for ask in asked:
            with pytest.raises(OddPath) as refusal:
                ask()
            assert not path.strip("/") or path not in str(refusal.value)


def test_a_folder_with_a_link_or_a_hidden_file_is_not_published(store: BundleStore, bundle: Path) -> None:
    (bundle / "link.html").symlink_to("/etc/passwd")
    with pytest.raises(OddPath):
        store.put(bundle, PREFIX)
    (bundle / "link.html").unlink()
    (bundle / ".notes").write_bytes(b"")
    with pytest.raises(OddPath):
        store.put(bundle, PREFIX)
    assert list(store.paths()) == []


def test_a_bucket_says_what_each_file_is(monkeypatch: pytest.MonkeyPatch, bundle: Path) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "none")
    with mock_aws():
        storage = bucket("public")
        store_over(storage).put(bundle, PREFIX)
        kinds = {name: storage.bucket.Object(f"council/{PREFIX}/{name}").content_type for name in FILES}
    assert kinds == {
        "index.html": "text/html; charset=utf-8",
        "manifest.json": "application/json",
        "pack.pdf": "application/pdf",
        "papers/outturn/tables/t1.csv": "text/csv; charset=utf-8",
    }


# In a folder


def modes(root: Path) -> set[tuple[str, int]]:
    return {
        ("folder" if path.is_dir() else "file", stat.S_IMODE(path.stat().st_mode))
        for path in root.rglob("*")
        if path.name != ".lock"
    }


@pytest.mark.parametrize("umask", [0o000, 0o077])
def test_anybody_may_read_what_is_public_and_nobody_else_the_rest(bundle: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        public_store().put(bundle, PREFIX)
        public_store().write("index.html", b"list")
        restricted_store().put(bundle, PREFIX)
        folders = [store.folder for store in (public_store(), restricted_store(), locked_store())]
        public, restricted, locked = (folder for folder in folders if folder)
        assert modes(public) == {("folder", 0o755), ("file", 0o644)}
        assert stat.S_IMODE(public.stat().st_mode) == 0o755
        assert modes(restricted) == {("folder", 0o700), ("file", 0o600)}
        public_store().take(PREFIX, locked_store())
        assert modes(locked) == {("folder", 0o700), ("file", 0o600)}
        assert stat.S_IMODE(locked.stat().st_mode) == stat.S_IMODE(restricted.stat().st_mode) == 0o700
    finally:
        os.umask(before)


def test_each_text_of_a_changing_file_has_another_second(tmp_path: Path) -> None:
    store = FolderStore(tmp_path / "store", files=0o644, folders=0o755)
    seconds = []
    for text in (b"one", b"two", b"six", b"six"):
        store.write("index.html", text)
        seconds.append(int((tmp_path / "store" / "index.html").stat().st_mtime))
    assert seconds[0] < seconds[1] < seconds[2] == seconds[3]


def test_a_link_in_a_store_is_listed_and_not_followed(tmp_path: Path, bundle: Path) -> None:
    store = FolderStore(tmp_path / "store", files=0o644, folders=0o755)
    store.put(bundle, PREFIX)
    (tmp_path / "store" / PREFIX / "more").symlink_to("/etc")
    (tmp_path / "store" / PREFIX / "passwd").symlink_to("/etc/passwd")
    assert {f"{PREFIX}/more", f"{PREFIX}/passwd"} < set(store.paths())
    for name in ("more", "passwd"):
        with pytest.raises(NothingThere):
            store.read(f"{PREFIX}/{name}")


def test_what_a_failed_run_began_is_not_left(tmp_path: Path, bundle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = FolderStore(tmp_path / "store", files=0o644, folders=0o755)

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        store.put(bundle, PREFIX)
    assert list(store.paths()) == store.leftovers() == []


# Killed


@pytest.fixture
def public(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FolderStore:
    # Against a loss of power, which no kill is; a disk takes seconds for so many.
    monkeypatch.setattr(os, "fsync", lambda _: None)
    return FolderStore(tmp_path / "stores" / "public", files=0o644, folders=0o755)


@pytest.fixture
def locked(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "stores" / "locked", files=0o600, folders=0o700)


def test_a_put_that_is_killed_at_any_step_shows_all_or_nothing(public: FolderStore, bundle: Path) -> None:
    seen, left = [], set()
    for _ in killed_at_each_step(lambda: public.put(bundle, PREFIX)):
        seen.append(held(public))
        left.add(len(public.leftovers()))
        assert seen[-1] in ({}, FILES)
        if seen[-1]:
            assert stat.S_IMODE((public._root / PREFIX).stat().st_mode) == 0o755
        public.tidy()
        assert public.leftovers() == []
        public.put(bundle, PREFIX)
        assert held(public) == FILES
        public.remove(PREFIX)
    assert {} in seen
    assert FILES in seen
    assert left == {0, 1}
    assert len(seen) > 40
    assert held(public) == FILES


@pytest.mark.parametrize("way", ["renamed", "copied"])
def test_a_take_that_is_killed_at_any_step_loses_nothing(
    public: FolderStore, locked: FolderStore, bundle: Path, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if way == "copied":
        monkeypatch.setattr(FolderStore, "_rename_into", lambda *_: False)
    public.put(bundle, PREFIX)
    seen = []
    for _ in killed_at_each_step(lambda: public.take(PREFIX, locked)):
        assert held(public) in ({}, FILES)
        assert held(locked) in ({}, FILES)
        seen.append((bool(held(public)), bool(held(locked))))
        public.take(PREFIX, locked)
        assert (held(public), held(locked)) == ({}, FILES)
        assert modes(locked._root) == {("folder", 0o700), ("file", 0o600)}
        assert public.leftovers() == locked.leftovers() == []
        locked.remove(PREFIX)
        public.put(bundle, PREFIX)
    between = {(True, True)} if way == "copied" else set()
    assert set(seen) == {(True, False), (False, True)} | between
    assert (held(public), held(locked)) == ({}, FILES)


def test_a_removal_that_is_killed_at_any_step_shows_all_or_nothing(public: FolderStore, bundle: Path) -> None:
    public.put(bundle, PREFIX)
    for _ in killed_at_each_step(lambda: public.remove(PREFIX)):
        assert held(public) in ({}, FILES)
        public.remove(PREFIX)
        assert held(public) == {}
        public.put(bundle, PREFIX)
    assert list(public._root.iterdir()) == [public._root / ".lock"]


def test_a_page_that_is_replaced_is_the_old_or_the_new_after_a_kill(public: FolderStore) -> None:
    public.write("index.html", b"old")
    for _ in killed_at_each_step(lambda: public.write("index.html", b"new")):
        assert public.read("index.html") in (b"old", b"new")
        public.write("index.html", b"old")
    assert public.read("index.html") == b"new"


class Stopped(BaseException):
    """Stands for the end of a process in the middle of its requests to a bucket."""


class StoppingStorage(InMemoryStorage):
    """Ends its user's run before the n-th change; never by itself."""

    left = -1

    def save(self, name: str | None, content: Any, max_length: int | None = None) -> str:
        self._step()
        return super().save(name, content, max_length)

    def delete(self, name: str) -> None:
        self._step()
        super().delete(name)

    def _step(self) -> None:
        if not self.left:
            raise Stopped
        self.left -= 1


def stopped_at_each_step(storages: list[StoppingStorage], run: Callable[[], object]) -> Iterator[int]:
    """The same as a kill, for storages in memory: before the first change of any of them, the second, and so on."""
    for storage in storages:
        for step in range(1000):
            storage.left = step
            try:
                run()
            except Stopped:
                storage.left = -1
                yield step
            else:
                storage.left = -1
                break


def test_a_put_to_a_bucket_that_is_stopped_has_no_manifest_and_is_completed(bundle: Path, other: Path) -> None:
    storage = StoppingStorage()
    store = store_over(storage)
    steps = 0
    for _ in stopped_at_each_step([storage], lambda: store.put(bundle, PREFIX)):
        steps += 1
        assert "manifest.json" not in held(store)
        store.put(other, PREFIX)
        assert held(store)["index.html"] == b"<p>Page</p>"
        store.remove(PREFIX)
    assert steps >= len(FILES)
    assert held(store) == FILES


def test_a_take_between_buckets_that_is_stopped_loses_nothing(bundle: Path) -> None:
    here, there = StoppingStorage(), StoppingStorage()
    store, locked = store_over(here), store_over(there)
    store.put(bundle, PREFIX)
    for _ in stopped_at_each_step([there, here], lambda: store.take(PREFIX, locked)):
        assert {**held(store), **held(locked)} == FILES
        store.take(PREFIX, locked)
        assert (held(store), held(locked)) == ({}, FILES)
        locked.remove(PREFIX)
        store.put(bundle, PREFIX)
    assert held(locked) == FILES


def test_a_copy_that_is_not_the_same_removes_nothing(bundle: Path) -> None:
    class Spoiling(InMemoryStorage):
        def open(self, name: str, mode: str = "rb") -> Any:
            file: Any = super().open(name, mode)
            if name.endswith("pack.pdf"):
                file.write(b"spoilt")
                file.seek(0)
            return file

    store, locked = store_over(InMemoryStorage()), store_over(Spoiling())
    store.put(bundle, PREFIX)
    with pytest.raises(StoreError, match=r"nothing was removed\.$"):
        store.take(PREFIX, locked)
    assert held(store) == FILES
