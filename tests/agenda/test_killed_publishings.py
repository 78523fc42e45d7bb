"""A publishing or a withdrawal that is killed at any moment: all of it or none, and readers never see half."""

import os
import signal
import tempfile
import traceback
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from typing import Any, Final
from unittest import mock

import pytest
from asgiref.sync import SyncToAsync
from django.db import connections
from django.test import Client

from tests.access.cast import person_with
from tests.agenda import publishing_worlds as worlds
from tests.agenda.jobs import empty_queue, newest, work
from tests.agenda.workers import Workers, until
from tests.set_once import set_once
from torbay_reports.access.models import AccessRecord, User
from torbay_reports.access.roles import Role
from torbay_reports.agenda import publishing, services, tasks, withdrawing
from torbay_reports.agenda.builds import ask_for_build
from torbay_reports.agenda.models import Instalment, JobState, PackBuild, WithdrawnPaper
from torbay_reports.publishing import services as publishing_services
from torbay_reports.publishing.bundles import services as bundles
from torbay_reports.publishing.bundles.folderstore import FolderStore
from torbay_reports.publishing.models import Bundle, Withdrawal, bundles_of
from torbay_reports.publishing.packplan import Edition

pytestmark = pytest.mark.django_db(transaction=True)

Moment = tuple[Any, str, int]
"""What is called, and at which of its calls the process ends: before it is done, or after it where that is negative."""
WHY: Final = "A figure was wrong."
UNDONE: Final[Mapping[str, Moment]] = {
    "reading": (services, "compose", 1),
    "rendering": (publishing_services, "render_pack", 1),
    "storing the pack": (publishing_services, "clean", 1),
    "making": (bundles, "make", 1),
    "made": (bundles, "make", -1),
    "scanned": (publishing, "check_for_leaks", -1),
    "intent": (bundles, "_intent", -1),
    "ledger": (publishing, "hold", 1),
    "first file": (FolderStore, "_write_file", 3),
    "later file": (FolderStore, "_write_file", 8),
    "before the rename": (FolderStore, "_receive", -1),
    "files": (Bundle, "save", 2),
    "written": (publishing, "_note", -1),
}
"""After each of these the old version stands."""
DONE: Final[Mapping[str, Moment]] = {
    "out": (bundles, "point", 1),
    "first page": (FolderStore, "write", 2),
    "pointed": (bundles, "point", -1),
}
"""After each of these the new one."""
WITHDRAWING: Final[Mapping[str, Moment]] = {
    "rows": (bundles, "_finish", 1),
    "moved, with the modes of the other store": (FolderStore, "_set_modes", 1),
    "one of two moved": (FolderStore, "take", -1),
    "before the pages": (bundles, "_point", 1),
    "pages": (bundles, "purge", 1),
    "purged": (bundles, "purge", -1),
}


@pytest.fixture(autouse=True)
def _world(tmp_path: Path) -> Iterator[None]:
    with set_once():
        yield
    empty_queue()


@pytest.fixture
def clerk() -> User:
    return person_with(Role.CLERK)


@pytest.fixture
def meeting(clerk: User) -> Instalment:
    return worlds.make_meeting(clerk)


PATIENCE: Final = 60  # seconds


def kill_self() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def arm(owner: Any, name: str, call: int) -> None:
    """End this process at that call."""
    real = getattr(owner, name)
    left = abs(call)

    def doomed(*given: Any, **named: Any) -> Any:
        nonlocal left
        left -= 1
        if not left and call > 0:
            kill_self()
        result = real(*given, **named)
        if not left:
            kill_self()
        return result

    mock.patch.object(owner, name, doomed).start()


def dies(run: Callable[[], object], moment: Moment, aside: Path) -> bool:
    """Run it in a process of its own that is to end at that moment; False where it came to its own end before."""
    connections.close_all()
    child = os.fork()
    if not child:
        code = 1
        try:
            signal.alarm(PATIENCE)
            # The thread that this one had did not come along, and it would wait for it for ever.
            SyncToAsync.single_thread_executor = ThreadPoolExecutor(max_workers=1)
            tempfile.tempdir = str(aside)
            arm(*moment)
            run()
            code = 0
        except BaseException:
            traceback.print_exc()
        os._exit(code)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL, f"It hung before {moment}."
        return True
    assert os.WEXITSTATUS(status) == 0, f"It failed by itself before {moment}."
    return False


def killed(run: Callable[[], object], moment: Moment, aside: Path) -> None:
    """Run it in a process of its own that ends at that moment."""
    assert dies(run, moment, aside), f"It came through: {moment}"


def rescued() -> None:
    """What a worker does each minute. The server may need a moment to see that a process is gone."""

    def is_settled() -> bool:
        tasks._settle()
        unfinished = [bundles_of(each).unfinished().exists() for each in Edition]
        return not any(unfinished) and not Withdrawal.objects.filter(taken_at=None).exists()

    until(is_settled, "the end of what was broken off")


def test_a_publishing_killed_before_its_end_leaves_the_old_version_and_nothing_else(
    meeting: Instalment, clerk: User, client: Client, tmp_path: Path
) -> None:
    worlds.put_out(meeting)
    worlds.freeze(worlds.paper_of(meeting), worlds.report(worlds.SECOND_FIGURE), clerk)
    before, records = worlds.stored(), AccessRecord.objects.count()
    for name, moment in UNDONE.items():
        killed(lambda: worlds.put_out(meeting, why=WHY), moment, tmp_path)
        assert worlds.told(client) == 1, name
        assert set(worlds.whole_folders(meeting)) <= {1, 2}, name
        assert worlds.pointed_to(meeting) == {1}, name
        rescued()
        assert worlds.versions() == [(1, True)], name
        assert worlds.stored() == before, name
        assert AccessRecord.objects.count() == records, name
        assert worlds.told(client) == 1, name
    assert worlds.put_out(meeting, why=WHY).version == 2
    assert worlds.whole_folders(meeting) == [1, 2]
    assert worlds.pointed_to(meeting) == {1, 2}


@pytest.mark.soak
@pytest.mark.parametrize("name", ["_write_file", "_move", "_make_folders"])
def test_a_publishing_killed_at_each_touch_of_a_store_is_out_whole_or_not_at_all(
    meeting: Instalment, clerk: User, client: Client, tmp_path: Path, name: str
) -> None:
    worlds.put_out(meeting)
    worlds.freeze(worlds.paper_of(meeting), worlds.report(worlds.SECOND_FIGURE), clerk)
    for call in count(1):
        if not dies(lambda: worlds.put_out(meeting, why=WHY), (FolderStore, name, call), tmp_path):
            break
        assert set(worlds.whole_folders(meeting)) <= {1, 2}, call
        assert worlds.pointed_to(meeting) <= set(worlds.whole_folders(meeting)), call
        rescued()
        is_out = worlds.versions() == [(1, True), (2, True)]
        assert worlds.told(client) == (2 if is_out else 1), call
        assert worlds.whole_folders(meeting) == ([1, 2] if is_out else [1]), call
    assert worlds.pointed_to(meeting) == {1, 2}


@pytest.mark.parametrize("name", ["first file", "before the rename", "files", "written"])
def test_the_next_publishing_takes_away_what_a_killed_one_left(meeting: Instalment, tmp_path: Path, name: str) -> None:
    killed(lambda: worlds.put_out(meeting), UNDONE[name], tmp_path)
    bundle = worlds.put_out(meeting)
    assert worlds.versions() == [(1, True)]
    assert worlds.whole_folders(meeting) == [1]
    assert worlds.out(bundle) == {each["path"] for each in bundle.files}
    assert AccessRecord.objects.filter(key__endswith=f"bundle:{bundle.pk}").count() == 1


@pytest.mark.parametrize("name", DONE)
def test_a_publishing_killed_once_it_is_out_is_pointed_to_by_the_next(
    meeting: Instalment, clerk: User, client: Client, tmp_path: Path, name: str
) -> None:
    worlds.put_out(meeting)
    worlds.freeze(worlds.paper_of(meeting), worlds.report(worlds.SECOND_FIGURE), clerk)
    owner, called, call = DONE[name]
    if called == "write":
        # The ledger's entry is written first, by the same store.
        call += 1
    killed(lambda: worlds.put_out(meeting, why=WHY), (owner, called, call), tmp_path)
    assert worlds.told(client) == 2
    assert worlds.whole_folders(meeting) == [1, 2]
    assert worlds.pointed_to(meeting) <= {1, 2}
    rescued()
    assert worlds.versions() == [(1, True), (2, True)]
    assert worlds.put_out(meeting, why=WHY).version == 2
    assert worlds.pointed_to(meeting) == {1, 2}
    assert "/2/" in worlds.feed()


def test_the_restricted_edition_is_all_or_nothing_too(meeting: Instalment, clerk: User, tmp_path: Path) -> None:
    worlds.add_tenders(meeting, clerk)
    worlds.put_out(meeting)
    before = {path: data for path, data in worlds.stored().items() if "/assets/" not in path}
    for name in ("made", "intent", "later file", "files"):
        owner, called, call = UNDONE[name]
        if name == "files":
            owner = bundles_of(Edition.RESTRICTED).model
        killed(lambda: worlds.put_out(meeting, Edition.RESTRICTED), (owner, called, call), tmp_path)
        rescued()
        left = {path: data for path, data in worlds.stored().items() if "/assets/" not in path}
        assert (worlds.versions(Edition.RESTRICTED), left) == ([], before), name
    worlds.put_out(meeting, Edition.RESTRICTED)
    assert worlds.whole_folders(meeting, Edition.RESTRICTED) == [1]


def test_a_withdrawal_killed_before_its_rows_stand_leaves_everything_as_it_was(
    meeting: Instalment, clerk: User, client: Client, tmp_path: Path
) -> None:
    worlds.put_out(meeting)
    before = worlds.stored()
    for name in ("record", "_replace"):
        killed(lambda: worlds.withdraw(meeting, clerk), (withdrawing, name, -1), tmp_path)
        rescued()
        assert worlds.stored() == before
        assert not WithdrawnPaper.objects.exists()
        assert not Withdrawal.objects.exists()
        assert not PackBuild.objects.exists()
        assert worlds.told(client) == 1
        assert client.get(worlds.PAPER).status_code == 200


@pytest.mark.parametrize("name", WITHDRAWING)
def test_a_withdrawal_killed_once_its_rows_stand_is_read_by_nobody_and_ends_by_itself(
    meeting: Instalment, clerk: User, client: Client, tmp_path: Path, name: str
) -> None:
    worlds.put_out(meeting)
    worlds.freeze(worlds.paper_of(meeting), worlds.report(worlds.SECOND_FIGURE), clerk)
    worlds.put_out(meeting, why=WHY)
    killed(lambda: worlds.withdraw(meeting, clerk), WITHDRAWING[name], tmp_path)
    # The program's own pages say so at once; of the files, each version's are all there or all gone.
    assert client.get(worlds.PAPER).status_code == 410
    assert worlds.told(client) == 0
    worlds.whole_folders(meeting)
    rescued()
    assert worlds.whole_folders(meeting) == []
    assert worlds.pointed_to(meeting) == set()
    assert Withdrawal.objects.exclude(taken_at=None).count() == 2
    locked = [path for path in worlds.stored() if path.startswith("locked/withdrawn/public/")]
    assert len(locked) == sum(len(each.files) for each in Bundle.objects.all())
    assert PackBuild.objects.get().publishes


@pytest.mark.parametrize("name", ["files", "out"])
def test_a_worker_killed_while_it_publishes_is_rescued_by_the_next(
    meeting: Instalment, clerk: User, client: Client, workers: Workers, tmp_path: Path, name: str
) -> None:
    asked = ask_for_build(instalment=meeting, edition=Edition.PUBLIC, by=clerk, publishes=True)
    killed(work, {**UNDONE, **DONE}[name], tmp_path)
    assert newest().state == JobState.RUNNING
    assert worlds.told(client) == (1 if name == "out" else 0)
    assert worlds.whole_folders(meeting) == [1]
    healthy = workers.start()
    until(lambda: not newest().is_under_way, "the end of the publishing")
    done = newest()
    assert (done.pk, done.state, done.message) == (asked.pk, JobState.DONE, "")
    assert worlds.versions() == [(1, True)]
    assert worlds.pointed_to(meeting) == {1}
    assert worlds.told(client) == 1
    healthy.terminate()
    healthy.wait(60)
