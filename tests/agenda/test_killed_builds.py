"""A worker killed at any moment of a build: never half a pack, never a lost one, and the job ends by itself."""

import signal
from collections.abc import Iterator
from typing import Final

import pytest
from django.conf import settings
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.access.cast import person_with
from tests.agenda.doomed_worker import STATEMENT
from tests.agenda.jobs import empty_queue, make_instalment, newest
from tests.agenda.workers import PATIENCE, Workers, until
from tests.publishing.packs import report
from torbay_reports.access.roles import Role
from torbay_reports.agenda.builds import TASK, ask_for_build
from torbay_reports.agenda.composition import compose, pack_key
from torbay_reports.agenda.models import Instalment, JobState, Paper
from torbay_reports.agenda.selectors import business
from torbay_reports.core import clock
from torbay_reports.publishing import checksums
from torbay_reports.publishing.models import StoredPack
from torbay_reports.publishing.packplan import Edition, Restriction
from torbay_reports.publishing.parts.store import MemoryStore
from torbay_reports.publishing.printing import render_pack
from torbay_reports.publishing.services import publish

pytestmark = pytest.mark.django_db(transaction=True)

MOMENTS: Final = ("render", "join", "check", "store", STATEMENT, "switch")
TURNS: Final = 5
OLD: Final = b"%PDF of the pack that was built before"
SLOW_SWITCH: Final = """
CREATE FUNCTION slow_switch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(1); RETURN NEW; END $$;
CREATE TRIGGER slow_switch BEFORE UPDATE ON publishing_storedpack FOR EACH ROW EXECUTE FUNCTION slow_switch();
"""
SWITCH_AS_EVER: Final = (
    "DROP TRIGGER IF EXISTS slow_switch ON publishing_storedpack; DROP FUNCTION IF EXISTS slow_switch()"
)


@pytest.fixture
def instalment() -> Iterator[Instalment]:
    """A supplement with one report, and the pack that was built before."""
    made = make_instalment()
    frozen = publish(document=report(rows=12), restriction=Restriction.OPEN, by=person_with(Role.CLERK))
    Paper.objects.update(publication=frozen)
    StoredPack.objects.create(
        key=pack_key(made),
        pdf=OLD,
        pages={"labels": ["1"]},
        checksum=checksums.of_bytes(OLD),
        plan_checksum="0" * 64,
        built_at=clock.now(),
    )
    yield made
    with connection.cursor() as cursor:
        cursor.execute(SWITCH_AS_EVER)
    empty_queue()


def undisturbed(instalment: Instalment) -> bytes:
    """The pack as it is built by a program that nobody kills and that has nothing stored."""
    papers = business(instalment.meeting, edition=Edition.PUBLIC, instalment=instalment)
    plan = compose(instalment, papers, edition=Edition.PUBLIC, council=settings.COUNCIL_NAME)
    return render_pack(plan, store=MemoryStore()).pdf


@pytest.mark.parametrize("turn", [0, *(pytest.param(turn, marks=pytest.mark.soak) for turn in range(1, TURNS))])
def test_a_worker_killed_in_each_phase_leaves_the_old_pack_or_the_new_one(
    instalment: Instalment, workers: Workers, turn: int
) -> None:
    new = undisturbed(instalment)
    asked = ask_for_build(instalment=instalment, edition=Edition.PUBLIC, by=None)
    for moment in MOMENTS:
        with connection.cursor() as cursor:
            cursor.execute(SLOW_SWITCH if moment == STATEMENT else SWITCH_AS_EVER)
        # The second report of "store" comes when the new pack is in place; there "switch" kills, which reports once.
        report_killed_at = 0 if moment in {"store", "switch"} else turn
        assert workers.start(moment, str(report_killed_at)).wait(PATIENCE) == -signal.SIGKILL, moment
        until(lambda: not workers.left(), f"the end of all that the worker started, killed in {moment}")
        stored = StoredPack.objects.get()
        allowed = {"switch": [new], STATEMENT: [OLD, new]}.get(moment, [OLD])
        assert bytes(stored.pdf) in allowed, moment
        assert stored.checksum == checksums.of_bytes(bytes(stored.pdf)), moment
        assert newest().state == JobState.RUNNING, moment
        assert list(ProcrastinateJob.objects.filter(task_name=TASK).values_list("status", flat=True)) == ["doing"]
    healthy = workers.start()
    until(lambda: not newest().is_under_way, "the end of the build")
    done = newest()
    assert (done.pk, done.state, done.message) == (asked.pk, JobState.DONE, "")
    assert bytes(StoredPack.objects.get().pdf) == new
    until(lambda: not ProcrastinateJob.objects.filter(task_name=TASK).exists(), "the end of the job")
    healthy.terminate()
    assert healthy.wait(PATIENCE) == 0
