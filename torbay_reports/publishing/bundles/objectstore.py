"""Bundles in a storage that has neither folders nor renames, such as a bucket."""

from collections.abc import Callable, Iterator
from functools import wraps
from posixpath import join, splitext
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import ContentFile
from django.core.files.storage import Storage

from torbay_reports.publishing.bundles.bundlestore import (
    LAST,
    BundleStore,
    Files,
    NothingThere,
    StoreError,
    checked,
    differs,
    in_order,
)
from torbay_reports.publishing.bundles.mediatypes import media_type


class ObjectStore(BundleStore):
    """A store over any Django storage: file by file, the manifest last, so that a bundle which has it is whole.

    A folder without a manifest (the assets, named by their digest) counts as whole once all of its files are the same.
    """

    def __init__(self, storage: Storage) -> None:
        self._storage = _Told(storage)

    def write(self, path: str, data: bytes) -> None:
        """See `BundleStore`."""
        self._save(checked(path), data)

    def read(self, path: str) -> bytes:
        """See `BundleStore`."""
        try:
            with self._storage.open(checked(path)) as file:
                data: bytes = file.read()
                return data
        except (FileNotFoundError, FileExistsError, IsADirectoryError, NotADirectoryError):
            raise NothingThere("The store has no such file.") from None

    def paths(self, prefix: str = "") -> Iterator[str]:
        """See `BundleStore`."""
        parent, _, name = (checked(prefix) if prefix else "").rpartition("/")
        if name and name in self._list(parent)[1]:
            yield prefix
        else:
            yield from sorted(self._walk(prefix))

    def remove(self, prefix: str) -> None:
        """See `BundleStore`; the manifest first, so that what a kill leaves does not count as whole."""
        prefix = checked(prefix)
        names = {path.removeprefix(f"{prefix}/") for path in self.paths(prefix)}
        for name in reversed(in_order(names)):
            self._storage.delete(prefix if name == prefix else join(prefix, name))

    def _receive(self, files: Files, prefix: str) -> None:
        there = self._files(prefix).keys()
        if self._is_same(files, prefix):
            return
        if any(name.rpartition("/")[2] == LAST for name in there):
            raise differs(prefix)
        for name in sorted(there - files.keys()):
            self._storage.delete(join(prefix, name))
        for name in in_order(set(files)):
            self._save(join(prefix, name), files[name]())

    def _save(self, path: str, data: bytes) -> None:
        content = ContentFile(data, name=path)
        # By this name django-storages asks for it, and a browser gets it from the bucket.
        content.content_type = media_type(splitext(path)[1])  # type: ignore[attr-defined]
        if not getattr(self._storage, "file_overwrite", False):
            self._storage.delete(path)
        self._storage.save(path, content)

    def _list(self, folder: str) -> tuple[list[str], list[str]]:
        try:
            found: tuple[list[str], list[str]] = self._storage.listdir(folder)
            return found
        except (FileNotFoundError, NotADirectoryError):
            return [], []

    def _walk(self, folder: str) -> Iterator[str]:
        folders, names = self._list(folder)
        yield from (join(folder, name) for name in names)
        for name in folders:
            yield from self._walk(join(folder, name))


class _Told:
    """A storage whose own errors come as StoreError, without what they quote."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._storage, name)
        return _telling(found) if callable(found) else found


def _telling(ask: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(ask)
    def asked(*args: Any, **options: Any) -> Any:
        try:
            return ask(*args, **options)
        except (BotoCoreError, ClientError) as error:
            said = f"The bucket of published files does not answer as it should ({type(error).__name__})."
            raise StoreError(said) from None

    return asked
