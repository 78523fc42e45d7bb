"""Worker processes that set pages: one for each core, started once and kept warm.

A worker is a program of its own (`setter.py`), not a fork: it shares no connection and no thread with its parent. It
reads orders from a pipe and ends when the pipe does, so none outlives a parent that was killed.
"""

import atexit
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, Pipe, wait
from threading import Lock
from time import monotonic
from typing import Any, Final, Protocol

from django.conf import settings

from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.parts import setter
from torbay_reports.publishing.parts.setter import Reply, Task

LONGEST_SECONDS: Final = 300.0
"""How long one order may take; after that its worker is taken for stuck."""
READY: Final = "torbay_reports.publishing.parts.setting"
"""The module that a worker imports before its first order."""
CURE: Final = "The machine may be short of memory; build the pack again, and ask for help if it stays so."
_TRIES: Final = 2


class WorkerEnded(Exception):
    """A worker that ended or hung while it worked on an order, and another that did the same."""


@dataclass(frozen=True)
class Outcome:
    """What became of an order: its result, or the error that setting it raised."""

    ticket: int
    result: Any = None
    error: Exception | None = None


class Setters(Protocol):
    """Those who work on orders, so many at a time."""

    @property
    def idle(self) -> int:
        """How many orders can be taken on at once."""

    def submit(self, function: str, argument: object) -> int:
        """Take on an order: a function's name (`module:function`) and its argument. The number names its outcome."""

    def finished(self) -> list[Outcome]:
        """Wait for outcomes, or until more orders can be taken on."""


@dataclass(eq=False)
class _Worker:
    """One process with our end of its pipe, and the order that it works on."""

    process: subprocess.Popen[bytes]
    pipe: Connection
    ticket: int = 0
    task: bytes = b""
    tries: int = 0
    taken_at: float = 0.0

    @property
    def is_busy(self) -> bool:
        return self.ticket != 0

    def end(self) -> None:
        """End the process whatever it is doing, and leave nothing of it behind."""
        self.pipe.close()
        self.process.kill()
        self.process.wait()


@dataclass
class Pool:
    """So many workers at most, each with the module `ready` imported. Not for two threads at once: see `pool`."""

    size: int
    ready: str = READY
    longest: float = LONGEST_SECONDS
    owner: int = field(default_factory=os.getpid)
    _workers: list[_Worker] = field(default_factory=list)
    _count: int = 0
    _first: int = 0

    @property
    def idle(self) -> int:
        """How many orders can be taken on at once."""
        return self.size - sum(worker.is_busy for worker in self._workers)

    @property
    def processes(self) -> list[int]:
        """The numbers of the processes."""
        return [worker.process.pid for worker in self._workers]

    def warm(self) -> None:
        """Start the workers that are missing; they get ready while the caller goes on."""
        while len(self._workers) < self.size:
            self._workers.append(_started(self.ready))

    def begin(self) -> None:
        """A new turn: outcomes of orders that nobody waited for are not told any more."""
        self._first = self._count + 1
        self._take_in(0)

    def submit(self, function: str, argument: object) -> int:
        """Hand an order to a worker, of whom one has to be idle: a function's name, and what goes through a pipe."""
        self._count += 1
        task = setter.to_bytes(Task(function, argument))
        worker = next((worker for worker in self._workers if not worker.is_busy), None)
        if worker is None:
            worker = _started(self.ready)
            self._workers.append(worker)
        self._give(worker, self._count, task)
        return self._count

    def finished(self) -> list[Outcome]:
        """Wait for outcomes, or until a worker becomes idle that was still at what nobody waits for any more."""
        idle = self.idle
        if idle == self.size:
            raise RuntimeError("There is no order to wait for.")
        while not (outcomes := self._take_in(1.0)) and self.idle == idle:
            pass
        return outcomes

    def close(self) -> None:
        """End all workers."""
        for worker in self._workers:
            worker.end()
        self._workers.clear()

    def _take_in(self, seconds: float) -> list[Outcome]:
        busy = {worker.pipe: worker for worker in self._workers if worker.is_busy}
        ready = set(wait(list(busy), seconds)) if busy else set()
        outcomes = []
        for pipe, worker in busy.items():
            ticket = worker.ticket
            if pipe in ready:
                outcome = self._received(worker)
            elif monotonic() - worker.taken_at > self.longest:
                outcome = self._lost(worker)
            else:
                continue
            if outcome is not None and ticket >= self._first:
                outcomes.append(outcome)
        return outcomes

    def _received(self, worker: _Worker) -> Outcome | None:
        try:
            reply = setter.from_bytes(worker.pipe.recv_bytes(), Reply)
        except (EOFError, OSError):
            return self._lost(worker)
        ticket, worker.ticket, worker.task = worker.ticket, 0, b""
        if reply.is_leaving:
            self._replace(worker)
        return Outcome(ticket, reply.result, setter.error_of(reply))

    def _lost(self, worker: _Worker) -> Outcome | None:
        """A worker that is gone with its order: another tries once."""
        ticket, task, tries = worker.ticket, worker.task, worker.tries
        new = self._replace(worker)
        if ticket < self._first:
            return None
        if tries < _TRIES:
            self._give(new, ticket, task, tries=tries + 1)
            return None
        return Outcome(ticket, error=WorkerEnded("The program that sets pages ended twice without a result."))

    def _replace(self, worker: _Worker) -> _Worker:
        worker.end()
        new = _started(self.ready)
        self._workers[self._workers.index(worker)] = new
        return new

    def _give(self, worker: _Worker, ticket: int, task: bytes, *, tries: int = 1) -> None:
        worker.ticket, worker.task, worker.tries, worker.taken_at = ticket, task, tries, monotonic()
        # One that died while it was idle is noticed when its answer is waited for.
        with suppress(OSError):
            worker.pipe.send_bytes(task)


def _started(ready: str) -> _Worker:
    ours, theirs = Pipe()
    with theirs:
        process = subprocess.Popen(
            [sys.executable, "-m", setter.__name__, str(theirs.fileno()), ready],
            pass_fds=[theirs.fileno()],
            cwd=settings.BASE_DIR,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
    return _Worker(process, ours)


_turn = Lock()
_pool: Pool | None = None


@contextmanager
def pool() -> Iterator[Pool]:
    """The workers of this process, for one build at a time: another thread's waits for its turn."""
    with _turn:
        mine = _ours()
        mine.begin()
        yield mine


def one(function: str, argument: object) -> Any:
    """The result of a single order. Raises the error that it ended with; PackFault where its workers ended."""
    with pool() as setters:
        while not setters.idle:
            setters.finished()
        setters.submit(function, argument)
        while not (outcomes := setters.finished()):
            pass
    error = outcomes[0].error
    if isinstance(error, WorkerEnded):
        raise PackFault(f"A page cannot be set. {error} {CURE}") from error
    if error is not None:
        raise error
    return outcomes[0].result


def warm() -> None:
    """Start the workers of this process, so that its first build does not wait for them."""
    with _turn:
        _ours().warm()


def close() -> None:
    """End the workers of this process; the next build starts new ones."""
    global _pool
    if _pool is not None and _pool.owner == os.getpid():
        _pool.close()
    _pool = None


def _ours() -> Pool:
    global _pool
    # After a fork they are the parent's.
    if _pool is None or _pool.owner != os.getpid():
        _pool = Pool(settings.PACK_WORKERS)
    return _pool


atexit.register(close)
