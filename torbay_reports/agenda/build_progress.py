"""How far the building of a pack has come: written into its row for the browser, or as bars on a terminal."""

import logging
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from time import monotonic
from types import TracebackType
from typing import Final, Self

from django.db import DatabaseError, connection

from torbay_reports.agenda.models import JobState, PackBuild
from torbay_reports.core.progress import Progress

log: Final = logging.getLogger(__name__)

BuildProgress = Callable[[str, int, int], None]
"""Told the phase (a word of PHASES), how many of its parts are done, and of how many."""

PHASES: Final[Mapping[str, str]] = {
    "read": "Reading the papers",
    "render": "Setting the pages",
    "join": "Joining the parts",
    "check": "Checking the pack",
    "store": "Storing the pack",
    "make": "Making its pages for readers",
    "scan": "Looking for what is not for publication",
    "publish": "Publishing it",
    "switch": "Putting it in the old one's place",
}
"""The phases of a build in their order, in words."""
PUBLISHING: Final = ("make", "scan", "publish")
"""The phases of a build that publishes, and of no other."""
ENDS_AT: Final[Mapping[str, int]] = {
    "read": 5,
    "render": 75,
    "join": 85,
    "check": 96,
    "store": 99,
    "make": 99,
    "scan": 99,
    "publish": 99,
    "switch": 100,
}
"""How far one bar for a whole build has come at the end of each phase, in per cent: about what a large pack needs."""
INTERVAL: Final = 0.3
"""Seconds between two writings of one phase's progress, at the least."""


def no_progress(phase: str, done: int, total: int) -> None:
    """For a build that nobody watches."""


def per_cent(build: PackBuild) -> int:
    """How far a build that runs has come, of which only the setting of pages is known part by part."""
    phases = list(PHASES)
    place = phases.index(build.phase or phases[0])
    begins_at = ENDS_AT[phases[place - 1]] if place else 0
    if build.phase != "render" or not build.parts_total:
        return begins_at
    done = min(build.parts_done, build.parts_total) / build.parts_total
    return begins_at + int((ENDS_AT["render"] - begins_at) * done)


def step(build: PackBuild) -> str:
    """Which of its phases a build that runs is in, in words that do not change with every part."""
    phases = [phase for phase in PHASES if build.publishes or phase not in PUBLISHING]
    phase = build.phase or phases[0]
    return f"{PHASES[phase]}: step {phases.index(phase) + 1} of {len(phases)}."


class WrittenProgress:
    """Writes a build's progress into its row, each phase at once and within one a few times a second.

    By a thread and so by a connection of its own: it is seen while the build's transaction is open, and the build does
    not wait for it. What cannot be written is logged and left out. Use it as a context manager.
    """

    def __init__(self, build: int) -> None:
        self._build = build
        self._phase = ""
        self._written_at = 0.0
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="progress")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._writer.submit(connection.close)
        self._writer.shutdown()

    def __call__(self, phase: str, done: int, total: int) -> None:
        """Note how many of the phase's parts are done, of how many."""
        now = monotonic()
        if phase == self._phase and done < total and now - self._written_at < INTERVAL:
            return
        self._phase, self._written_at = phase, now
        written: dict[str, str | int] = {"phase": phase}
        if phase == "render":
            written |= {"parts_done": done, "parts_total": total}
        self._writer.submit(self._write, written)

    def _write(self, written: Mapping[str, str | int]) -> None:
        try:
            PackBuild.objects.filter(pk=self._build, state=JobState.RUNNING).update(**written)
        except DatabaseError:
            log.warning("The progress of the build %s could not be written.", self._build, exc_info=True)


class PhaseBars:
    """Shows each phase of a build on standard error, as `core.progress` does. Use it as a context manager."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._phase = ""
        self._done = 0
        self._total = 0
        self._bar: Progress | None = None

    def __enter__(self) -> Self:
        self("read", 0, 1)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.__exit__(kind, error, traceback)
            self._bar = None

    def __call__(self, phase: str, done: int, total: int) -> None:
        """Note how many of the phase's parts are done, of how many; a new phase ends the one before."""
        if phase != self._phase or self._bar is None:
            self.__exit__(None, None, None)
            self._bar = Progress(f"{PHASES[phase]} of {self._what}").__enter__()
            self._phase, self._done, self._total = phase, 0, 0
        if total != self._total:
            self._bar.expect(total)
            self._total, self._done = total, 0
        self._bar.advance(done - self._done)
        self._done = done
