"""What every store of bundles does, whatever its files stand on."""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

LAST: Final = "manifest.json"
"""The file of a bundle that is written last: a bundle that has it is whole."""

Files = Mapping[str, Callable[[], bytes]]
"""The files of a folder: what reads each, by its path below the folder."""

_PLAIN: Final = re.compile(r"(?=.{1,900}\Z)[A-Za-z0-9_][A-Za-z0-9._-]{0,199}(?:/[A-Za-z0-9_][A-Za-z0-9._-]{0,199})*")
"""Names that every disk, bucket and address holds as they are; below S3's 1,024 bytes, so that a prefix has room."""


class StoreError(Exception):
    """Something stands against it. The sentence names the prefix at most, never what a paper is called."""


class OddPath(StoreError):
    """A path that no store takes."""


class NothingThere(StoreError):
    """Nothing stands there."""


class DiffersAlready(StoreError):
    """Something else stands there, whole; what is published is never changed."""


class BundleStore(ABC):
    """Files in a store, by paths such as packs/overview-and-scrutiny-board/2017-09-06/supplement-1/2/index.html.

    Whole folders come (`put`) and go (`take`, `remove`) at once as far as the store can do that: a local folder shows
    all of one or nothing, also after a kill at any moment; a bucket shows file after file, the manifest last. Each of
    them may run again after a kill, and completes what was begun. Single files that change are written by `write`.

    Every method raises `OddPath` for a path that is not plain (`is_plain`).
    """

    def put(self, folder: Path, prefix: str) -> None:
        """Store all files of a local folder under the prefix; nothing happens where the same stands already.

        Raises `DiffersAlready` where another whole folder stands there, and `OddPath` for a folder that has anything
        but plain files and folders in it.
        """
        self._receive(_files_in(folder), checked(prefix))

    def take(self, prefix: str, to: "BundleStore", *, at: str = "") -> None:
        """Move all files under the prefix to another store, there under `at` or the same prefix.

        What was moved already stays moved. Raises `NothingThere` where neither store has any, `DiffersAlready` where
        the other has something else.
        """
        prefix, place = checked(prefix), checked(at or prefix)
        if not self._rename_into(prefix, to, place):
            self._copy_into(prefix, to, place)

    @abstractmethod
    def write(self, path: str, data: bytes) -> None:
        """Write one file, or replace it: readers see the old one or the new one."""

    @abstractmethod
    def read(self, path: str) -> bytes:
        """The bytes of a file. Raises `NothingThere`."""

    @abstractmethod
    def paths(self, prefix: str = "") -> Iterator[str]:
        """The paths of all files under the prefix, or the prefix itself where it is a file, in order."""

    @abstractmethod
    def remove(self, prefix: str) -> None:
        """Remove all files under the prefix, or the one file; nothing happens where there are none."""

    @property
    def folder(self) -> Path | None:
        """The local folder that the files stand in, if it is one."""
        return None

    def leftovers(self) -> list[str]:
        """The names of what killed runs left aside; nobody can see it."""
        return []

    def tidy(self) -> None:
        """Remove what killed runs left aside. Every change of the store does so too."""
        return

    @abstractmethod
    def _receive(self, files: Files, prefix: str) -> None:
        """What `put` does, for files from anywhere."""

    def _rename_into(self, prefix: str, to: "BundleStore", place: str) -> bool:
        """Move by one rename, if the two stores can."""
        return False

    def _copy_into(self, prefix: str, to: "BundleStore", place: str) -> None:
        """Copy, check, delete. After a kill among the deletions the other store has more than is left here."""
        files = self._files(prefix)
        if not files:
            if not any(to.paths(place)):
                raise NothingThere(f"There is nothing under {prefix}: it may have been moved or removed before.")
            self.tidy()
            return
        if not to._has(files, place):
            to._receive(files, place)
            if not to._has(files, place):
                raise StoreError(f"The copy of {prefix} is not what it was copied from: nothing was removed.")
        self.remove(prefix)

    def _files(self, prefix: str) -> Files:
        def reader(path: str) -> Callable[[], bytes]:
            return lambda: self.read(path)

        return {path.removeprefix(f"{prefix}/"): reader(path) for path in self.paths(prefix)}

    def _has(self, files: Files, prefix: str) -> bool:
        """Whether all of these stand under the prefix, byte for byte; others may too."""
        own = self._files(prefix)
        return files.keys() <= own.keys() and all(read() == own[name]() for name, read in files.items())

    def _is_same(self, files: Files, prefix: str) -> bool:
        return files.keys() == self._files(prefix).keys() and self._has(files, prefix)


def differs(prefix: str) -> DiffersAlready:
    """The refusal to change what is published."""
    return DiffersAlready(f"Something else is published under {prefix}, and that never changes: make a new version.")


def is_plain(path: str) -> bool:
    """Whether stores take such a path: relative, nothing hidden, no climbing, plain letters, digits, `.`, `_`, `-`."""
    return _PLAIN.fullmatch(path) is not None


def checked(path: str) -> str:
    """The path, if stores take it. Raises `OddPath`, which does not repeat it."""
    if not is_plain(path):
        raise OddPath("A path in a store has names of letters, digits, full stops, hyphens and underscores.")
    return path


def in_order(names: set[str]) -> list[str]:
    """In the order of their writing: the manifest last."""
    return sorted(names, key=lambda name: (name == LAST, name))


def _files_in(folder: Path) -> Files:
    files = {}
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            raise OddPath("A folder that is published has plain files and folders only.")
        if path.is_file():
            files[checked(path.relative_to(folder).as_posix())] = path.read_bytes
    if not files:
        raise NothingThere("A folder that is published has a file at least.")
    return files
