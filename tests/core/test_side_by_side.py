"""Programs that run as one end as one, however the end comes."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from torbay_reports.core.side_by_side import AND

# Writes its number into a file for each start, and goes on until it is told to end.
LASTING = "import os, sys, time; open(sys.argv[1], 'a').write(f'{os.getpid()}\\n'); time.sleep(600)"
ENDING = "import time; time.sleep(float({seconds})); raise SystemExit(3)"
DEAF = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {LASTING}"
IMPATIENT = (
    "import sys; from torbay_reports.core import side_by_side; side_by_side.PATIENCE = 0.3; "
    "sys.exit(side_by_side.main(sys.argv[1:]))"
)
PATIENCE = 20.0


def until(true: Callable[[], bool]) -> None:
    """Wait until it is true; fail where it does not come."""
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.02)


def numbers(file: Path) -> list[int]:
    """The processes that have written themselves into the file, in order."""
    return [int(line) for line in file.read_text().splitlines()] if file.exists() else []


def is_running(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


class Programs:
    """What a test has started, and where its programs write their numbers."""

    def __init__(self, folder: Path) -> None:
        self.server, self.worker = folder / "server", folder / "worker"
        self.main: subprocess.Popen[bytes] | None = None

    def start(self, server: str, worker: str, how: tuple[str, ...] = ("-m", "torbay_reports.core.side_by_side")) -> int:
        command = [sys.executable, *how, sys.executable, "-c", server, str(self.server)]
        self.main = subprocess.Popen([*command, AND, sys.executable, "-c", worker, str(self.worker)])
        return self.main.pid

    def both_run(self) -> bool:
        return bool(numbers(self.server)) and bool(numbers(self.worker))

    def ended(self) -> bool:
        return not any(is_running(each) for each in [*numbers(self.server), *numbers(self.worker)])

    def code(self) -> int:
        assert self.main is not None
        return self.main.wait(PATIENCE)


@pytest.fixture
def programs(tmp_path: Path) -> Iterator[Programs]:
    made = Programs(tmp_path)
    yield made
    left = [*numbers(made.server), *numbers(made.worker)]
    for process in [*left, made.main.pid] if made.main is not None and made.main.poll() is None else left:
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)


def test_the_worker_ends_with_the_server_whose_exit_code_counts(programs: Programs) -> None:
    programs.start(ENDING.format(seconds=0.5), LASTING)
    assert programs.code() == 3
    assert numbers(programs.worker)
    assert programs.ended()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_both(programs: Programs, number: signal.Signals) -> None:
    main = programs.start(LASTING, LASTING)
    until(programs.both_run)
    os.kill(main, number)
    programs.code()
    assert programs.ended()


def test_both_end_when_what_runs_them_is_killed(programs: Programs) -> None:
    main = programs.start(LASTING, LASTING)
    until(programs.both_run)
    os.kill(main, signal.SIGKILL)
    until(programs.ended)


def test_a_worker_that_was_killed_is_started_again(programs: Programs) -> None:
    programs.start(LASTING, LASTING)
    until(programs.both_run)
    os.kill(numbers(programs.worker)[0], signal.SIGKILL)
    until(lambda: len(numbers(programs.worker)) == 2)
    assert is_running(numbers(programs.worker)[1])
    assert len(numbers(programs.server)) == 1


def test_what_does_not_listen_is_killed_after_a_while(programs: Programs) -> None:
    main = programs.start(LASTING, DEAF, ("-c", IMPATIENT))
    until(programs.both_run)
    os.kill(main, signal.SIGTERM)
    programs.code()
    assert programs.ended()
