"""A run that is killed at its n-th step, for every n."""

import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from typing import Any

_STEPS = ("open", "os.", "shutil.", "tempfile.")
_FAILED = 99


def killed_at_each_step(run: Callable[[], object]) -> Iterator[int]:
    """Run it in a child that SIGKILL ends before its first touch of the file system, then its second, and so on.

    Yields the step after each kill; ends after the run that came through.
    """
    step = 1
    while _is_killed(run, step):
        yield step
        step += 1


def _is_killed(run: Callable[[], object], step: int) -> bool:
    child = os.fork()
    if not child:
        _run_until(run, step)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return True
    assert os.WEXITSTATUS(status) == 0, "The run failed by itself; what it wrote says why."
    return False


def _run_until(run: Callable[[], object], step: int) -> None:
    left = step

    def count(event: str, _: tuple[Any, ...]) -> None:
        nonlocal left
        if event.startswith(_STEPS):
            left -= 1
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)

    try:
        sys.addaudithook(count)
        run()
    except BaseException:
        traceback.print_exc()
        os._exit(_FAILED)
    os._exit(0)
