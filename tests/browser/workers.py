"""A worker beside the browser."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.conf import settings

PATIENCE: Final = 60_000
"""Milliseconds for a worker to start and to do something small."""


@contextmanager
def worker() -> Iterator[None]:
    """A worker on the test's database."""
    command = [sys.executable, "-m", "tests.agenda.doomed_worker", str(settings.DATABASES["default"]["NAME"])]
    running = subprocess.Popen(command, env=os.environ, cwd=settings.BASE_DIR)
    yield
    running.terminate()
    running.wait()
