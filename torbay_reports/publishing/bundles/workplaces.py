"""Where bundles are made before they are out: what a killed process leaves there is found and removed."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, unquote

from django.conf import settings

from torbay_reports.publishing.packplan import Edition

_BETWEEN = "~"


@contextmanager
def workplace(key: str, edition: Edition) -> Iterator[Path]:
    """An empty folder for making this pack's bundle, which nobody else may read; whoever asks holds the pack's turn."""
    clear(key, edition)
    folder = _folder(key, edition)
    folder.mkdir(parents=True, mode=0o700)
    try:
        yield folder
    finally:
        clear(key, edition)


def clear(key: str, edition: Edition) -> None:
    """Remove what a making of this pack's bundle has left. Whoever calls it holds the pack's turn."""
    shutil.rmtree(_folder(key, edition), ignore_errors=True)


def left() -> list[tuple[str, Edition]]:
    """The packs for which there is such a folder, under way or broken off."""
    try:
        names = sorted(each.name for each in _all().iterdir())
    except FileNotFoundError:
        return []
    parts = (name.partition(_BETWEEN) for name in names)
    return [(unquote(key), Edition(edition)) for edition, between, key in parts if between]


def _folder(key: str, edition: Edition) -> Path:
    return _all() / f"{edition}{_BETWEEN}{quote(key, safe='')}"


def _all() -> Path:
    return Path(settings.PUBLICATIONS_DIR) / "making"
