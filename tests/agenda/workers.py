"""Workers in processes of their own, on the test's database, which a test may kill."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from uuid import uuid4

from django.conf import settings

MARK: Final = "WORKER_OF_A_TEST"
PATIENCE: Final = 90.0


def until(true: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline, f"{what} did not come about"
        time.sleep(0.05)


class Workers:
    """The workers of one test, each known with all that it starts by a mark in its environment."""

    def __init__(self) -> None:
        self.mark = uuid4().hex

    def start(self, *moment: str) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "tests.agenda.doomed_worker", str(settings.DATABASES["default"]["NAME"])]
        return subprocess.Popen([*command, *moment], env={**os.environ, MARK: self.mark}, cwd=settings.BASE_DIR)

    def left(self) -> list[int]:
        """What still runs of them."""
        found = []
        for entry in Path("/proc").iterdir():
            if entry.name.isdecimal():
                try:
                    marked = f"{MARK}={self.mark}".encode() in (entry / "environ").read_bytes()
                except OSError:
                    continue
                if marked:
                    found.append(int(entry.name))
        return found


@contextmanager
def started_workers() -> Iterator[Workers]:
    """Whatever the workers leave behind is ended too."""
    made = Workers()
    yield made
    for process in made.left():
        os.kill(process, signal.SIGKILL)
    until(lambda: not made.left(), "the end of all workers")
