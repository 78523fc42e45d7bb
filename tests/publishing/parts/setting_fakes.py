"""What the workers of tests do instead of setting pages; they find it by its name."""

import os
import signal
import time
from pathlib import Path

from torbay_reports.publishing.faults import PackFault


def double(argument: bytes) -> bytes:
    return argument * 2


def number(argument: object) -> int:
    return os.getpid()


def fault(argument: str) -> None:
    raise PackFault(argument)


def error(argument: str) -> None:
    raise ValueError(argument)


def wait_for(argument: str) -> str:
    """Until the file is there."""
    while not Path(argument).exists():
        time.sleep(0.01)
    return argument


def end(argument: object) -> None:
    """As when the machine is out of memory."""
    os.kill(os.getpid(), signal.SIGKILL)


def end_once(argument: str) -> str:
    """The first time only."""
    if not Path(argument).exists():
        Path(argument).touch()
        end(None)
    return argument


def grow(argument: int) -> int:
    """Hold so many bytes more."""
    _held.append(bytearray(os.urandom(1)) * argument)
    return os.getpid()


_held: list[bytearray] = []


def warm_up() -> None:
    """Nothing to read beforehand."""
