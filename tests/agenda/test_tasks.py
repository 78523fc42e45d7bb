"""Jobs of workers that were killed begin anew, a few times; what is due every day is done."""

import logging

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.agenda.jobs import empty_queue, newest, work
from torbay_reports.agenda import building, builds, job_rows, tasks
from torbay_reports.agenda.builds import ask_for_build
from torbay_reports.agenda.models import Instalment, JobState
from torbay_reports.publishing.bundles.stores import public_store
from torbay_reports.publishing.packplan import Edition

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The editions that were built, without the work."""
    editions: list[str] = []
    monkeypatch.setattr(building, "build_pack", lambda *, edition, **asked: editions.append(edition))
    return editions


def kill_worker(attempts: int = 0) -> None:
    """Leave things as a worker does that was killed two minutes ago while it built."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '2 minutes')")
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', attempts = %s, "
            "worker_id = (SELECT max(id) FROM procrastinate_workers)",
            [attempts],
        )


def rescue_and_work() -> None:
    """What a worker does once a minute has gone by."""
    tasks.rescue.configure(queueing_lock="in the test").defer(timestamp=0)
    work()


def jobs() -> list[tuple[str, int]]:
    return list(ProcrastinateJob.objects.filter(task_name=builds.TASK).order_by("id").values_list("status", "attempts"))


def test_the_job_of_a_killed_worker_begins_anew_and_ends(instalment: Instalment, built: list[str]) -> None:
    ask_for_build(instalment=instalment, edition=Edition.PUBLIC, by=None)
    kill_worker()
    rescue_and_work()
    assert built == [Edition.PUBLIC]
    assert newest().state == JobState.DONE
    assert jobs() == []


def test_the_job_of_a_worker_that_lives_is_left_to_it(instalment: Instalment, built: list[str]) -> None:
    ask_for_build(instalment=instalment, edition=Edition.PUBLIC, by=None)
    kill_worker()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now()")
    rescue_and_work()
    assert built == []
    assert jobs() == [("doing", 0)]


def test_while_one_worker_builds_an_edition_no_other_one_does(instalment: Instalment, built: list[str]) -> None:
    first = ask_for_build(instalment=instalment, edition=Edition.PUBLIC, by=None)
    kill_worker()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now()")
    job_rows.begin(builds.BUILDS, first.pk)
    ask_for_build(instalment=instalment, edition=Edition.PUBLIC, by=None)
    ask_for_build(instalment=instalment, edition=Edition.RESTRICTED, by=None)
    rescue_and_work()
    assert built == [Edition.RESTRICTED]
    assert newest().state == JobState.WAITING
    assert jobs() == [("doing", 0), ("todo", 0)]


def test_a_rescued_job_and_a_newer_one_for_the_same_pack_are_both_done(
    instalment: Instalment, built: list[str]
) -> None:
    first = ask_for_build(instalment=instalment, edition=Edition.PUBLIC, by=None)
    kill_worker()
    job_rows.begin(builds.BUILDS, first.pk)
    second = ask_for_build(instalment=instalment, edition=Edition.PUBLIC, by=None)
    assert second != first
    rescue_and_work()
    assert built == [Edition.PUBLIC, Edition.PUBLIC]
    assert {each.state for each in (newest(), type(first).objects.get(pk=first.pk))} == {JobState.DONE}


def test_a_job_that_ends_every_worker_is_given_up(
    instalment: Instalment, built: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    ask_for_build(instalment=instalment, edition=Edition.PUBLIC, by=None)
    kill_worker(attempts=tasks.RESCUES)
    with caplog.at_level(logging.ERROR, "torbay_reports"):
        rescue_and_work()
    assert built == []
    assert jobs() == [("failed", tasks.RESCUES + 1)]
    assert (newest().state, newest().message) == (JobState.FAILED, builds.WORKER_KEPT_ENDING)
    assert "is given up" in caplog.text


def test_a_killed_rescue_gives_way_to_one_that_waits(instalment: Instalment, built: list[str]) -> None:
    tasks.rescue.configure().defer(timestamp=0)
    kill_worker()
    tasks.rescue.configure(schedule_in={"hours": 1}).defer(timestamp=1)
    ask_for_build(instalment=instalment, edition=Edition.PUBLIC, by=None)
    rescue_and_work()
    assert built == [Edition.PUBLIC]
    assert list(ProcrastinateJob.objects.order_by("id").values_list("status", flat=True)) == ["failed", "todo"]


def test_a_build_whose_job_is_gone_is_ended(instalment: Instalment, caplog: pytest.LogCaptureFixture) -> None:
    ask_for_build(instalment=instalment, edition=Edition.PUBLIC, by=None)
    empty_queue()
    with caplog.at_level(logging.ERROR, "torbay_reports"):
        rescue_and_work()
    assert newest().message == builds.JOB_LOST
    assert "had no job any more" in caplog.text


def test_what_is_due_every_day_is_done(capsys: pytest.CaptureFixture[str]) -> None:
    tasks.clean_up(timestamp=0)
    said = capsys.readouterr()
    assert "There is nothing to forget." in said.out
    assert "Restricted editions: nothing had to go" in said.out
    assert "Everything published is as it was published" in said.out


def test_a_daily_command_that_finds_fault_says_so_and_the_next_one_runs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    public_store().write("more.html", b"more")
    monkeypatch.setattr(tasks, "DAILY_COMMANDS", ("verify_publications", "clean_parts"))
    with caplog.at_level(logging.ERROR, "torbay_reports"):
        tasks.clean_up(timestamp=0)
    assert "manage.py verify_publications: 1 thing differs from what was published" in caplog.text
    said = capsys.readouterr()
    assert "Public store, more.html: This file is too many" in said.out
    assert "Restricted editions: nothing had to go" in said.out


def test_rescue_is_due_every_minute_and_cleaning_every_day() -> None:
    due = {task.task.name.rpartition(".")[2]: task.cron for task in app.periodic_registry.periodic_tasks.values()}
    assert due == {"rescue": "* * * * *", "clean_up": "30 3 * * *"}
