"""Builds are asked for once, run one after the other, and end with a pack or with a sentence."""

import logging
import threading
import time

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.agenda.jobs import newest, work
from torbay_reports.access.models import User
from torbay_reports.agenda import building, builds, services
from torbay_reports.agenda.build_progress import BuildProgress
from torbay_reports.agenda.builds import ask_for_build
from torbay_reports.agenda.business import NotReadyToPublish, OpenWarnings
from torbay_reports.agenda.models import Instalment, JobState, PackBuild
from torbay_reports.core import clock
from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.packplan import Edition
from torbay_reports.publishing.selectors import DamagedPublication

pytestmark = pytest.mark.django_db(transaction=True)


class Builder:
    """Stands for the building of a pack: notes who asked, reports its progress, and fails as it is told to."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, User | None]] = []
        self.seen: list[tuple[str, int, int]] = []
        self.failures: list[Exception] = []

    def __call__(self, *, instalment: Instalment, edition: Edition, by: User | None, progress: BuildProgress) -> None:
        self.asked.append((edition, by))
        for done in range(4):
            progress("render", done, 3)
        progress("join", 0, 1)
        if self.failures:
            raise self.failures.pop(0)


@pytest.fixture
def builder(monkeypatch: pytest.MonkeyPatch) -> Builder:
    made = Builder()
    monkeypatch.setattr(building, "build_pack", made)
    return made


def jobs() -> list[str]:
    return list(ProcrastinateJob.objects.filter(task_name=builds.TASK).values_list("status", flat=True))


def cancel_jobs() -> None:
    """What somebody does with procrastinate's own command."""
    for job in ProcrastinateJob.objects.values_list("pk", flat=True):
        app.job_manager.cancel_job_by_id(job)


def test_a_build_is_run_for_who_asked_and_ends_done(instalment: Instalment, clerk: User, builder: Builder) -> None:
    asked = ask_for_build(instalment=instalment, edition=Edition.RESTRICTED, by=clerk)
    assert (asked.state, asked.asked_by, asked.is_under_way) == (JobState.WAITING, clerk, True)
    work()
    assert builder.asked == [(Edition.RESTRICTED, clerk)]
    done = newest(Edition.RESTRICTED)
    assert (done.pk, done.state, done.message, done.is_under_way) == (asked.pk, JobState.DONE, "", False)
    assert (done.parts_done, done.parts_total, done.phase) == (3, 3, "switch")
    assert done.started_at is not None
    assert done.finished_at is not None
    assert asked.asked_at <= done.started_at <= done.finished_at
    assert jobs() == []


def test_who_asks_while_one_waits_is_given_that_one(instalment: Instalment, clerk: User, builder: Builder) -> None:
    first = ask_for_build(instalment=instalment, edition=Edition.PUBLIC, by=clerk)
    assert ask_for_build(instalment=instalment, edition=Edition.PUBLIC, by=None) == first
    other = ask_for_build(instalment=instalment, edition=Edition.RESTRICTED, by=clerk)
    assert other != first
    work()
    assert len(builder.asked) == 2
    assert ask_for_build(instalment=instalment, edition=Edition.PUBLIC, by=clerk) not in {first, other}


def test_two_who_ask_at_once_are_given_one_build(instalment: Instalment) -> None:
    found: list[int] = []

    def ask() -> None:
        try:
            found.append(ask_for_build(instalment=instalment, edition=Edition.PUBLIC, by=None).pk)
        finally:
            connection.close()

    asking = [threading.Thread(target=ask) for _ in range(6)]
    for each in asking:
        each.start()
    for each in asking:
        each.join()
    assert found == [PackBuild.objects.get().pk] * 6
    assert jobs() == ["todo"]


def test_what_is_asked_for_in_a_transaction_that_breaks_is_not_asked_for(instalment: Instalment) -> None:
    def ask_and_break() -> None:
        with transaction.atomic():
            ask_for_build(instalment=instalment, edition=Edition.PUBLIC, by=None)
            raise KeyError

    with pytest.raises(KeyError):
        ask_and_break()
    assert not PackBuild.objects.exists()
    assert jobs() == []


@pytest.mark.parametrize(
    "error",
    [
        PackFault("Page 3 has no text."),
        NotReadyToPublish("“Harbours” has an open warning on page 2."),
        DamagedPublication("“Harbours” is not what was published."),
        PackFault("Page 3 has no text.\nPage 4 has none."),
    ],
)
def test_a_failure_in_plain_words_is_what_the_build_says(
    instalment: Instalment, builder: Builder, error: Exception
) -> None:
    builder.failures.append(error)
    ask_for_build(instalment=instalment, edition=Edition.PUBLIC, by=None)
    work()
    assert (newest().state, newest().message) == (JobState.FAILED, str(error))
    assert jobs() == []


def test_any_other_failure_is_logged_and_said_without_its_words(
    instalment: Instalment, builder: Builder, caplog: pytest.LogCaptureFixture
) -> None:
    builder.failures.append(ZeroDivisionError("a secret of the program"))
    ask_for_build(instalment=instalment, edition=Edition.PUBLIC, by=None)
    with caplog.at_level(logging.ERROR, "torbay_reports"):
        work()
    assert (newest().state, newest().message) == (JobState.FAILED, builds.PROGRAM_FAILED)
    assert "a secret of the program" in caplog.text


def test_a_lost_database_leaves_the_build_to_another_try(instalment: Instalment, builder: Builder) -> None:
    builder.failures.append(OperationalError("server closed the connection"))
    ask_for_build(instalment=instalment, edition=Edition.PUBLIC, by=None)
    work()
    assert newest().state == JobState.RUNNING
    assert jobs() == ["todo"]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = NULL")
    work()
    assert newest().state == JobState.DONE
    assert jobs() == []


def test_progress_is_seen_while_the_builds_transaction_is_open(
    instalment: Instalment, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[str, int, int]] = []
    written = threading.Event()

    def look() -> None:
        while not seen or seen[-1] != ("join", 2, 2):
            seen.append(PackBuild.objects.values_list("phase", "parts_done", "parts_total").get())
        connection.close()
        written.set()

    def build(*, progress: BuildProgress, **asked: object) -> None:
        with transaction.atomic():
            PackBuild.objects.select_for_update(of=("instalment",)).select_related("instalment").get()
            progress("render", 0, 2)
            progress("render", 2, 2)
            progress("join", 0, 1)
            threading.Thread(target=look).start()
            assert written.wait(20)

    monkeypatch.setattr(building, "build_pack", build)
    ask_for_build(instalment=instalment, edition=Edition.PUBLIC, by=None)
    work()
    assert newest().state == JobState.DONE
    assert seen[-1] == ("join", 2, 2)


def test_a_build_that_has_ended_is_not_run_again(instalment: Instalment, builder: Builder) -> None:
    asked = ask_for_build(instalment=instalment, edition=Edition.PUBLIC, by=None)
    builds.end(build=asked.pk, failure="It was too late.")
    building.run_build(build=asked.pk)
    builds.end(build=asked.pk)
    building.run_build(build=asked.pk + 1)
    assert builder.asked == []
    assert newest().message == "It was too late."


def test_open_warnings_are_said_without_those_that_the_check_list_names_below(
    instalment: Instalment, builder: Builder
) -> None:
    builder.failures.append(OpenWarnings("Page 1: no text. Page 2: no text.", beside_the_list="2 warnings were open."))
    ask_for_build(instalment=instalment, edition=Edition.PUBLIC, by=None)
    work()
    assert (newest().state, newest().message) == (JobState.FAILED, "2 warnings were open.")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", builds.WITHOUT_A_WORD),
        (" \n\x00 ", builds.WITHOUT_A_WORD),
        ("Page\x00 3 of\t“Tenders\ud800”\x1b.", "Page 3 of “Tenders ” ."),
        ("One.\r\n\nTwo.", "One.\nTwo."),
    ],
)
def test_whatever_a_failure_says_is_stored_as_plain_lines(
    instalment: Instalment, builder: Builder, words: str, said: str
) -> None:
    builder.failures.append(PackFault(words))
    ask_for_build(instalment=instalment, edition=Edition.PUBLIC, by=None)
    work()
    assert (newest().state, newest().message) == (JobState.FAILED, said)
    assert jobs() == []


def test_a_build_without_a_job_is_ended_with_a_sentence(instalment: Instalment) -> None:
    lost = ask_for_build(instalment=instalment, edition=Edition.PUBLIC, by=None)
    kept = ask_for_build(instalment=instalment, edition=Edition.RESTRICTED, by=None)
    ProcrastinateJob.objects.filter(args__build=lost.pk)._raw_delete("default")
    assert builds.end_lost_builds() == [lost.pk]
    assert (newest().state, newest().message) == (JobState.FAILED, builds.JOB_LOST)
    assert newest(Edition.RESTRICTED) == kept
    assert newest(Edition.RESTRICTED).state == JobState.WAITING
    assert builds.end_lost_builds() == []


def test_a_build_whose_job_was_cancelled_is_ended(instalment: Instalment) -> None:
    ask_for_build(instalment=instalment, edition=Edition.PUBLIC, by=None)
    cancel_jobs()
    builds.end_lost_builds(of=instalment)
    assert (newest().state, newest().message) == (JobState.FAILED, builds.JOB_LOST)


def test_who_asks_anew_after_a_job_was_cancelled_gets_a_new_one_at_once(
    instalment: Instalment, clerk: User, builder: Builder
) -> None:
    cancelled = ask_for_build(instalment=instalment, edition=Edition.PUBLIC, by=None)
    cancel_jobs()
    anew = ask_for_build(instalment=instalment, edition=Edition.PUBLIC, by=clerk)
    assert anew != cancelled
    cancelled.refresh_from_db()
    assert (cancelled.state, cancelled.message) == (JobState.FAILED, builds.JOB_LOST)
    work()
    assert (newest().pk, newest().state) == (anew.pk, JobState.DONE)
    assert builder.asked == [(Edition.PUBLIC, clerk)]


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"state": "waiting"}, "agenda_packbuild_waits_once"),
        ({"state": "idle"}, "agenda_packbuild_edition_and_state_known"),
        ({"edition": "secret"}, "agenda_packbuild_edition_and_state_known"),
        ({"state": "running"}, "agenda_packbuild_started_unless_it_waits"),
        ({"state": "running", "started_at": "now", "finished_at": "now"}, "agenda_packbuild_finished_or_not"),
        ({"state": "done", "started_at": "now"}, "agenda_packbuild_finished_or_not"),
        ({"state": "failed", "started_at": "now", "finished_at": "now"}, "agenda_packbuild_says_why_it_failed"),
        ({"state": "running", "started_at": "now", "message": "Why?"}, "agenda_packbuild_says_why_it_failed"),
    ],
)
def test_the_database_refuses_a_build_that_contradicts_itself(
    instalment: Instalment, fields: dict[str, str], constraint: str
) -> None:
    now = clock.now()
    ask_for_build(instalment=instalment, edition=Edition.PUBLIC, by=None)
    values = {name: now if value == "now" else value for name, value in fields.items()}
    with pytest.raises(IntegrityError, match=constraint):
        PackBuild.objects.create(**{"instalment": instalment, "edition": "public", "asked_at": now, **values})


def test_a_build_reads_its_papers_only_when_it_is_its_turn(
    instalment: Instalment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else of two builds one that read earlier could be stored last."""
    steps: list[str] = []
    first_stores = threading.Event()
    second_asked = threading.Event()

    def compose(*args: object, **kwargs: object) -> None:
        steps.append("read")

    def store(*args: object, **kwargs: object) -> None:
        if not first_stores.is_set():
            first_stores.set()
            assert second_asked.wait(10)
            time.sleep(0.3)  # the second could read meanwhile, if it did not wait
        steps.append("store")

    monkeypatch.setattr(services, "compose", compose)
    monkeypatch.setattr(services, "store_pack", store)

    def build() -> None:
        try:
            if first_stores.is_set():
                second_asked.set()
            services.build_pack(instalment=instalment, edition=Edition.PUBLIC, by=None)
        finally:
            connection.close()

    one = threading.Thread(target=build)
    one.start()
    assert first_stores.wait(10)
    other = threading.Thread(target=build)
    other.start()
    one.join()
    other.join()
    assert steps == ["read", "store", "read", "store"]
