"""The program of a worker: `python -m torbay_reports.publishing.parts.setter PIPE MODULE`.

PIPE is a file descriptor. The program imports the module, then reads tasks and writes replies until the pipe's other
end is closed, by its parent or by its parent's death.
"""

import gc
import os
import signal
import sys
import traceback
from collections.abc import Callable
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final, TypeVar

import django
import msgspec

from torbay_reports.publishing.faults import PackFault

_MOST_BYTES: Final = 230_000_000
"""A worker that holds more memory between two tasks makes room for a new one."""
_FEWEST_TASKS: Final = 10
_ROOM_BYTES: Final = 180_000_000
"""With less memory than this a worker leaves its rubbish where it is until it has a pause."""
_PAUSE: Final = 0.02
"""Seconds without a task."""

Value = TypeVar("Value")


class Task(msgspec.Struct, frozen=True, array_like=True):
    """What to do: the name of a function (`module:function`) and its only argument."""

    function: str
    argument: Any


class Reply(msgspec.Struct, frozen=True, array_like=True):
    """What came of it. `fault` is a sentence for the clerk, `traceback` an error of the program.

    With `is_leaving` the worker takes no further task.
    """

    result: Any = None
    fault: str = ""
    traceback: str = ""
    is_leaving: bool = False


class SettingError(Exception):
    """An error of the program in a worker; the message is its traceback."""


def _plain(value: object) -> str:
    """Django's safe text as text."""
    if isinstance(value, str):
        return value.encode().decode()
    raise NotImplementedError(f"A {type(value).__name__} cannot be given to a worker.")


_encoder = msgspec.msgpack.Encoder(enc_hook=_plain)


def to_bytes(value: Task | Reply) -> bytes:
    """As it goes through the pipe."""
    return _encoder.encode(value)


def from_bytes(data: bytes, kind: type[Value]) -> Value:
    """As it comes out of the pipe."""
    return msgspec.msgpack.decode(data, type=kind)


def error_of(reply: Reply) -> Exception | None:
    """The error that a reply tells of, if it does."""
    if reply.fault:
        return PackFault(reply.fault)
    return SettingError(reply.traceback) if reply.traceback else None


def named(function: str) -> Callable[[Any], Any]:
    """The function of a name such as `package.module:function`."""
    module, _, name = function.partition(":")
    found: Callable[[Any], Any] = getattr(import_module(module), name)
    return found


def reply_to(task: Task) -> Reply:
    """Do a task."""
    try:
        return Reply(named(task.function)(task.argument))
    except PackFault as fault:
        return Reply(fault=str(fault))
    except Exception:
        return Reply(traceback=traceback.format_exc())


def main(descriptor: int, module: str) -> None:
    """Work until the pipe is closed."""
    # Ctrl-C reaches the whole group; the parent decides when a worker ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    pipe = Connection(descriptor)
    _get_ready(module)
    done = 0
    while True:
        try:
            task = from_bytes(pipe.recv_bytes(), Task)
            gc.disable()
            reply = reply_to(task)
            done += 1
            is_leaving = done >= _FEWEST_TASKS and _held_bytes() > _MOST_BYTES
            pipe.send_bytes(to_bytes(msgspec.structs.replace(reply, is_leaving=is_leaving)))
            # To look for rubbish among the boxes of a layout takes a tenth of its time, so it waits for a pause.
            if _held_bytes() > _ROOM_BYTES or not pipe.poll(_PAUSE):
                gc.collect()
        except (EOFError, OSError):
            return
        if is_leaving:
            return


def _get_ready(module: str) -> None:
    django.setup()
    import_module(module).warm_up()
    # What stays for ever need not be looked through again and again.
    gc.collect()
    gc.freeze()


def _held_bytes() -> int:
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
