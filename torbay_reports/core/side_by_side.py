"""Runs several programs as one: when one of them is to end, all do. The demonstration's web server and its worker.

`python -m torbay_reports.core.side_by_side SERVER … --and WORKER …`: the first program decides how long it lasts; any
other one is started again when it ends. None of them outlives this one, however it ends.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from types import FrameType
from typing import Final

AND: Final = "--and"
PATIENCE: Final = 10.0
"""Seconds that a program has to end in, once it is told to."""
PAUSE: Final = 1.0
"""Seconds before a program that has ended is started again."""
TICK: Final = 0.1
PR_SET_PDEATHSIG: Final = 1


def together(first: Sequence[str], *others: Sequence[str]) -> int:
    """Run the programs until the first ends or a signal asks all to, and give the first one's exit code."""
    parent = os.getpid()
    asked: list[int] = []

    def ask(number: int, frame: FrameType | None) -> None:
        asked.append(number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, ask)
    running = [_started(each, parent) for each in (first, *others)]
    due = [0.0] * len(running)
    while not asked and running[0].poll() is None:
        time.sleep(TICK)
        for place, each in enumerate(others, start=1):
            if running[place].poll() is None:
                due[place] = 0.0
            elif not due[place]:
                due[place] = time.monotonic() + PAUSE
            elif time.monotonic() >= due[place]:
                running[place], due[place] = _started(each, parent), 0.0
    _end(running)
    return running[0].returncode


def _started(command: Sequence[str], parent: int) -> subprocess.Popen[bytes]:
    """Apart from the terminal, so that Ctrl-C reaches this program alone, which then tells the others in order."""
    # This program has one thread and no locks, so that what runs between fork and exec is safe.
    return subprocess.Popen(command, start_new_session=True, preexec_fn=lambda: _end_with(parent))


def _end_with(parent: int) -> None:
    """Ask the kernel to end this process when its parent is gone, even one that was killed."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        os._exit(1)


def _end(running: Sequence[subprocess.Popen[bytes]]) -> None:
    for each in running:
        each.terminate()
    deadline = time.monotonic() + PATIENCE
    for each in running:
        try:
            each.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            each.kill()
            each.wait()


def main(arguments: Sequence[str]) -> int:
    """Read the commands, parted by `--and`, and run them."""
    commands: list[list[str]] = [[]]
    for argument in arguments:
        if argument == AND:
            commands.append([])
        else:
            commands[-1].append(argument)
    return together(*commands)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
