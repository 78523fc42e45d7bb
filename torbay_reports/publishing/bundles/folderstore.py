"""Bundles in a local folder: written beside, then renamed, so that a reader finds all of one or none."""

import errno
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from torbay_reports.publishing.bundles.bundlestore import (
    BundleStore,
    Files,
    NothingThere,
    checked,
    differs,
)

_LOCK: Final = ".lock"
_ASIDE: Final = ".aside-"
"""What is being written or removed stands beside the rest under such names; paths have none like it."""


class FolderStore(BundleStore):
    """A store in a folder of this machine. Whoever changes it waits for others who do; readers wait for nobody.

    `files` and `folders` are the modes of what it makes, whatever the umask.
    """

    def __init__(self, root: Path, *, files: int, folders: int) -> None:
        self._root = root
        self._file_mode = files
        self._folder_mode = folders

    @property
    def folder(self) -> Path:
        """Where the files stand."""
        return self._root

    def write(self, path: str, data: bytes) -> None:
        """See `BundleStore`. Each text has another time (whole seconds), since web servers make ETags of that."""
        target = self._root / checked(path)
        with self._changing():
            seconds = int(target.stat().st_mtime) if target.exists() else 0
            if seconds and target.read_bytes() == data:
                return
            aside = self._new_folder() / "file"
            self._write_file(aside, data)
            if aside.stat().st_mtime < seconds + 1:
                os.utime(aside, (seconds + 1, seconds + 1))
            self._move(aside, target)
            aside.parent.rmdir()

    def read(self, path: str) -> bytes:
        """See `BundleStore`; a link is nothing."""
        try:
            descriptor = os.open(self._root / checked(path), os.O_RDONLY | os.O_NOFOLLOW)
            with os.fdopen(descriptor, "rb") as file:
                return file.read()
        except OSError as error:
            if error.errno in {errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.EISDIR}:
                raise NothingThere("The store has no such file.") from None
            raise

    def paths(self, prefix: str = "") -> Iterator[str]:
        """See `BundleStore`; a link, which no store makes, counts as a file."""
        start = self._root / checked(prefix) if prefix else self._root
        if start.is_symlink() or start.is_file():
            yield prefix
        else:
            found = sorted(self._walk(start))
            yield from (path for path in found if not path.startswith((_LOCK, _ASIDE)))

    def remove(self, prefix: str) -> None:
        """See `BundleStore`."""
        path = self._root / checked(prefix)
        with self._changing():
            if os.path.lexists(path):
                aside = self._new_folder()
                self._move(path, aside / "removed")
                shutil.rmtree(aside)
            self._prune(path.parent)

    def leftovers(self) -> list[str]:
        """See `BundleStore`; waits until nobody changes the store."""
        with self._locked():
            return self._aside()

    def tidy(self) -> None:
        """See `BundleStore`."""
        with self._changing():
            return

    def _receive(self, files: Files, prefix: str) -> None:
        target = self._root / prefix
        with self._changing():
            if os.path.lexists(target):
                if not self._is_same(files, prefix):
                    raise differs(prefix)
                return
            aside = self._new_folder()
            for name, read in files.items():
                self._make_folders((aside / name).parent, below=aside)
                self._write_file(aside / name, read())
            for folder, _, _ in os.walk(aside):
                _sync(Path(folder))
            self._move(aside, target)

    def _rename_into(self, prefix: str, to: BundleStore, place: str) -> bool:
        if not isinstance(to, FolderStore):
            return False
        source, target = self._root / prefix, to._root / place
        with ExitStack() as locks:
            for store in sorted({self._root: self, to._root: to}.values(), key=lambda store: store._root):
                locks.enter_context(store._changing())
            if os.path.lexists(source):
                if os.path.lexists(target) or self._root.stat().st_dev != to._root.stat().st_dev:
                    return False
                to._move(source, target)
            elif not os.path.lexists(target):
                return False
            _sync(_standing(source.parent))
            to._set_modes(target)
            self._prune(source.parent)
        return True

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """One at a time; the lock goes with the process, however that ends."""
        self._make_folders(self._root)
        descriptor = os.open(self._root / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """Locked, and without what others left: whatever stands aside now, nobody works on. Nor does this leave any."""
        with self._locked():
            self._clear()
            try:
                yield
            finally:
                self._clear()

    def _aside(self) -> list[str]:
        return sorted(path.name for path in self._root.iterdir() if path.name.startswith(_ASIDE))

    def _clear(self) -> None:
        for name in self._aside():
            shutil.rmtree(self._root / name)

    def _new_folder(self) -> Path:
        folder = Path(tempfile.mkdtemp(prefix=_ASIDE, dir=self._root))
        folder.chmod(self._folder_mode)
        return folder

    def _make_folders(self, folder: Path, below: Path | None = None) -> None:
        """Make a folder and those above it, up to `below` or the store's root, with the store's mode.

        An earlier run may have been killed between making one and setting its mode.
        """
        folder.mkdir(mode=self._folder_mode, parents=True, exist_ok=True)
        top = below or self._root
        for one in (folder, *folder.parents):
            if one.is_relative_to(top) and one.stat().st_mode & 0o777 != self._folder_mode:
                one.chmod(self._folder_mode)

    def _write_file(self, path: Path, data: bytes) -> None:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, self._file_mode)
        with os.fdopen(descriptor, "wb") as file:
            os.fchmod(descriptor, self._file_mode)
            file.write(data)
            file.flush()
            os.fsync(descriptor)

    def _move(self, path: Path, target: Path) -> None:
        """The one step that readers see."""
        self._make_folders(target.parent)
        path.replace(target)
        for folder in target.parents:
            if folder.is_relative_to(self._root):
                _sync(folder)

    def _set_modes(self, path: Path) -> None:
        """Give what came from another store the modes of this one."""
        if path.is_file():
            path.chmod(self._file_mode)
        for folder, _, names in os.walk(path):
            Path(folder).chmod(self._folder_mode)
            for name in names:
                (Path(folder) / name).chmod(self._file_mode)

    def _prune(self, folder: Path) -> None:
        """Remove the folders that this left empty."""
        while folder != self._root and (not folder.exists() or not any(folder.iterdir())):
            if folder.exists():
                folder.rmdir()
            folder = folder.parent

    def _walk(self, start: Path) -> Iterator[str]:
        for folder, folders, names in os.walk(start):
            links = [name for name in folders if (Path(folder) / name).is_symlink()]
            for name in (*names, *links):
                yield (Path(folder) / name).relative_to(self._root).as_posix()


def _standing(folder: Path) -> Path:
    """The folder, or the nearest above it that exists."""
    return folder if folder.exists() else _standing(folder.parent)


def _sync(folder: Path) -> None:
    """Have the names in a folder outlast a loss of power."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
