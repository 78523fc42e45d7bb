"""Workers answer what they are asked, are replaced when they end, and never outlive their parent."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from django.conf import settings

from tests.publishing.parts import setting_fakes
from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.parts import setter, workers
from torbay_reports.publishing.parts.workers import Pool, WorkerEnded


def fake(name: str) -> str:
    return f"{setting_fakes.__name__}:{name}"


PARENT = """
import django, sys
django.setup()
from tests.publishing.parts import setting_fakes
from torbay_reports.publishing.parts.workers import Pool
pool = Pool(2, ready=setting_fakes.__name__)
for n in range(2):
    pool.submit("tests.publishing.parts.setting_fakes:number", n)
for n in range(2):
    pool.finished()
if sys.argv[1] == "busy":
    pool.submit("tests.publishing.parts.setting_fakes:wait_for", sys.argv[2])
print(*pool.processes, flush=True)
sys.stdin.read()
"""


@pytest.fixture(scope="module")
def pair() -> Iterator[Pool]:
    """Two workers, that the tests of this module share."""
    pool = Pool(2, ready=setting_fakes.__name__)
    yield pool
    pool.close()


@pytest.fixture
def pool(pair: Pool) -> Pool:
    pair.begin()
    return pair


def small() -> Pool:
    return Pool(1, ready=setting_fakes.__name__)


def is_there(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text("ascii").rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_until_gone(processes: list[int]) -> bool:
    until = time.monotonic() + 20
    while any(is_there(each) for each in processes) and time.monotonic() < until:
        time.sleep(0.02)
    return not any(is_there(each) for each in processes)


def test_every_order_gets_its_own_answer(pool: Pool) -> None:
    assert pool.idle == 2
    tickets = {pool.submit(fake("double"), bytes([n])): n for n in range(2)}
    assert pool.idle == 0
    found: dict[int, object] = {}
    while len(found) < 2:
        found.update({each.ticket: each.result for each in pool.finished()})
    assert found == {ticket: bytes([n, n]) for ticket, n in tickets.items()}


def test_work_is_done_by_two_processes_that_stay(pool: Pool, tmp_path: Path) -> None:
    def processes() -> set[int]:
        for _ in range(2):
            pool.submit(fake("number"), None)
        found: set[int] = set()
        while pool.idle < 2:
            found.update(each.result for each in pool.finished())
        return found

    first = processes()
    assert first == set(pool.processes)
    assert len(first) == 2
    assert os.getpid() not in first
    assert processes() == first


def test_a_fault_is_told_as_a_fault_and_an_error_with_its_place(pool: Pool) -> None:
    pool.submit(fake("fault"), "The chart “Debts” has no drawing.")
    error = pool.finished()[0].error
    assert isinstance(error, PackFault)
    assert str(error) == "The chart “Debts” has no drawing."
    pool.submit(fake("error"), "seven")
    error = pool.finished()[0].error
    assert isinstance(error, setter.SettingError)
    assert "setting_fakes.py" in str(error)
    assert "ValueError: seven" in str(error)


def test_what_nobody_waits_for_is_not_told_to_the_next(pool: Pool, tmp_path: Path) -> None:
    pool.submit(fake("wait_for"), str(tmp_path / "go"))
    pool.begin()
    assert pool.idle == 1
    ticket = pool.submit(fake("double"), b"x")
    assert [each.ticket for each in pool.finished()] == [ticket]
    (tmp_path / "go").touch()
    assert pool.finished() == []
    assert pool.idle == 2


def test_waiting_where_nothing_was_ordered_is_an_error(pool: Pool) -> None:
    with pytest.raises(RuntimeError, match="no order to wait for"):
        pool.finished()


def test_an_order_whose_worker_ended_is_given_to_another(pool: Pool, tmp_path: Path) -> None:
    before = set(pool.processes)
    pool.submit(fake("end_once"), str(tmp_path / "ended"))
    assert pool.finished()[0].result == str(tmp_path / "ended")
    assert len(before & set(pool.processes)) == 1


def test_an_order_that_ends_two_workers_is_given_up_and_the_next_is_done(pool: Pool) -> None:
    pool.submit(fake("end"), None)
    assert isinstance(pool.finished()[0].error, WorkerEnded)
    pool.submit(fake("double"), b"x")
    assert pool.finished()[0].result == b"xx"


def test_workers_are_started_when_there_is_work_for_them_or_when_they_are_asked_to_be_ready() -> None:
    pool = Pool(2, ready=setting_fakes.__name__)
    try:
        assert (pool.idle, pool.processes) == (2, [])
        pool.submit(fake("double"), b"x")
        assert len(pool.processes) == 1
        pool.warm()
        assert len(pool.processes) == 2
        assert pool.finished()[0].result == b"xx"
    finally:
        pool.close()


def test_a_worker_that_was_killed_while_idle_is_not_missed(pool: Pool) -> None:
    pool.warm()
    for process in pool.processes:
        os.kill(process, signal.SIGKILL)
    wait_until_gone(pool.processes)
    pool.submit(fake("double"), b"x")
    pool.submit(fake("double"), b"x")
    found = [*pool.finished()]
    while len(found) < 2:
        found.extend(pool.finished())
    assert [each.result for each in found] == [b"xx", b"xx"]


def test_a_worker_that_hangs_is_ended(tmp_path: Path) -> None:
    pool = small()
    try:
        pool.submit(fake("double"), b"x")
        pool.finished()
        pool.longest = 0.2
        pool.submit(fake("wait_for"), str(tmp_path / "never"))
        assert isinstance(pool.finished()[0].error, WorkerEnded)
    finally:
        pool.close()


def test_a_worker_that_grew_makes_room_for_a_new_one() -> None:
    pool = small()
    try:
        seen = []
        for _ in range(12):
            pool.submit(fake("grow"), 20_000_000)
            seen.append(pool.finished()[0].result)
        assert seen[:10] == seen[:1] * 10
        assert seen[-1] != seen[0]
        assert wait_until_gone(seen[:1])
    finally:
        pool.close()


@pytest.mark.parametrize("state", ["idle", "busy"])
def test_workers_end_when_their_parent_is_killed(tmp_path: Path, state: str) -> None:
    go = tmp_path / "go"
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, state, str(go)],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "torbay_reports.settings"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert parent.stdin is not None
    assert parent.stdout is not None
    with parent, parent.stdin, parent.stdout:
        processes = [int(each) for each in parent.stdout.readline().split()]
        assert len(processes) == 2
        assert all(is_there(each) for each in processes)
        parent.kill()
        go.touch()
        assert wait_until_gone(processes)


def test_closing_ends_the_workers_and_the_next_turn_starts_new_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_pool", small())
    with workers.pool() as mine:
        mine.submit(fake("double"), b"x")
        assert mine.finished()[0].result == b"xx"
        first = mine.processes
    workers.close()
    assert wait_until_gone(first)
    monkeypatch.setattr(workers, "_pool", small())
    with workers.pool() as mine:
        mine.submit(fake("double"), b"x")
        assert mine.finished()[0].result == b"xx"
    workers.close()


def test_builds_in_two_threads_take_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_pool", small())
    found: list[bytes] = []

    def build(letter: bytes) -> None:
        with workers.pool() as mine:
            for _ in range(5):
                mine.submit(fake("double"), letter)
                found.append(mine.finished()[0].result)

    threads = [Thread(target=build, args=(letter,)) for letter in (b"a", b"b")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    workers.close()
    assert found in ([b"aa"] * 5 + [b"bb"] * 5, [b"bb"] * 5 + [b"aa"] * 5)


def test_the_setting_says_how_many_workers_there_are(settings: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_pool", None)
    settings.PACK_WORKERS = 1  # type: ignore[attr-defined]
    with workers.pool() as mine:
        assert mine.idle == 1
    workers.close()
