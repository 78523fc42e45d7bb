"""What is published once for a module of tests: its rows are undone after it, its files put back for each test."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.environment import STORES
from tests.set_once import set_once

T = TypeVar("T")


@contextmanager
def published_once(
    blocker: DjangoDbBlocker, folders: pytest.TempPathFactory, build: Callable[[], T]
) -> Iterator[tuple[T, Path]]:
    """What `build` publishes, with a copy of the stores, which each test leaves empty (`put_back`)."""
    with blocker.unblock(), transaction.atomic():
        with set_once():
            built = build()
        kept = folders.mktemp("stores") / "kept"
        shutil.copytree(STORES, kept)
        yield built, kept
        transaction.set_rollback(True)


def put_back(kept: Path) -> None:
    """Has the files in the stores again."""
    shutil.copytree(kept, STORES, dirs_exist_ok=True)
