"""A brought file waits in a row for a worker, its page tells where it stands, and nothing keeps it beyond its end."""

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, OperationalError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.access.cast import person, person_with, sign_in
from tests.access.people.pages import errors_on, page, sentences, text_of
from tests.agenda.brought import NO_TEXT, address_of, bring_to, make_paper, make_upload
from tests.agenda.jobs import empty_queue, work
from tests.agenda.pdfs import written
from torbay_reports.access.models import User
from torbay_reports.access.roles import Role
from torbay_reports.agenda import bringing, job_rows, tasks
from torbay_reports.agenda.bringing import FILES, send
from torbay_reports.agenda.models import BroughtFile, JobState, Meeting, Paper
from torbay_reports.core import clock
from torbay_reports.publishing.models import AnyPdf, RestrictedPdf, UploadedPdf
from torbay_reports.publishing.packplan import Restriction

pytestmark = pytest.mark.django_db(transaction=True)

BRING_PDF = "torbay_reports.agenda.bringing.uploads.bring_pdf"
SECRET = b"%PDF-1.7 Quillfeather owes the council a secret sum"
NO_WORKER = "Nobody is working on jobs"


@pytest.fixture
def paper() -> Iterator[Paper]:
    yield make_paper()
    empty_queue()


def sent(paper: Paper, by: User, data: bytes = SECRET, restriction: Restriction = Restriction.OPEN) -> BroughtFile:
    return send(paper=paper, seen=paper.content.upload_id, name="letter.pdf", data=data, restriction=restriction, by=by)


def now(file: BroughtFile) -> BroughtFile:
    return BroughtFile.objects.get(pk=file.pk)


def outcome(file: BroughtFile) -> tuple[str, str, object]:
    found = now(file)
    return found.state, found.message, found.data


def page_of(file: BroughtFile) -> str:
    return f"{address_of(file.paper)}upload/{file.pk}/"


def jobs() -> list[str]:
    return list(ProcrastinateJob.objects.filter(task_name=bringing.TASK).values_list("status", flat=True))


def cancel_jobs() -> None:
    for job in ProcrastinateJob.objects.values_list("pk", flat=True):
        app.job_manager.cancel_job_by_id(job)


def rescue_and_work() -> None:
    tasks.rescue.configure(queueing_lock="in the test").defer(timestamp=0)
    work()


def kill_worker(attempts: int) -> None:
    """Leave things as a worker does that was killed two minutes ago over the file."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '2 minutes')")
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', attempts = %s, "
            "worker_id = (SELECT max(id) FROM procrastinate_workers)",
            [attempts],
        )


def reads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are not read: a row is made of each."""
    monkeypatch.setattr(
        BRING_PDF,
        lambda *, data, name, title, restriction, by: make_upload(by, data=data, restriction=restriction),
    )


def test_a_worker_takes_a_file_and_forgets_how_it_came(browser: Client, paper: Paper, clerk: User) -> None:
    file = sent(paper, clerk, written("Dear members", "The end"))
    assert jobs() == ["todo"]
    assert "Waiting for a worker to begin." in sentences(browser, page_of(file))
    work()
    assert outcome(file) == (JobState.DONE, "", None)
    assert jobs() == []
    assert Paper.objects.get().upload == now(file).upload == UploadedPdf.objects.get()


def test_a_worker_refuses_a_file_with_a_sentence_and_forgets_it(browser: Client, paper: Paper, clerk: User) -> None:
    file = sent(paper, clerk)
    work()
    [said] = errors_on(page(browser, page_of(file)))
    assert outcome(file) == (JobState.FAILED, said, None)
    assert not UploadedPdf.objects.exists()
    again = page(browser, page_of(file)).cssselect("main a")
    assert f"{address_of(paper)}upload/" in [link.attrib["href"] for link in again]


def test_a_failure_of_the_program_is_logged_without_the_file(
    paper: Paper, clerk: User, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(**given: Any) -> AnyPdf:
        raise ZeroDivisionError

    monkeypatch.setattr(BRING_PDF, fail)
    with caplog.at_level(logging.DEBUG):
        file = sent(paper, clerk)
        work()
    assert outcome(file) == (JobState.FAILED, FILES.failed, None)
    assert "ZeroDivisionError" in caplog.text
    assert "Quillfeather" not in caplog.text
    assert "letter.pdf" not in caplog.text
    assert jobs() == []


def test_a_lost_database_leaves_the_file_to_another_try(
    paper: Paper, clerk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lose(**given: Any) -> AnyPdf:
        raise OperationalError("server closed the connection")

    with monkeypatch.context() as lost:
        lost.setattr(BRING_PDF, lose)
        file = sent(paper, clerk)
        work()
    assert now(file).state == JobState.RUNNING
    assert jobs() == ["todo"]
    reads(monkeypatch)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = NULL")
    work()
    assert outcome(file) == (JobState.DONE, "", None)


def test_a_file_whose_job_was_cancelled_is_forgotten_as_soon_as_somebody_looks(
    browser: Client, paper: Paper, clerk: User
) -> None:
    file = sent(paper, clerk)
    cancel_jobs()
    assert errors_on(page(browser, page_of(file))) == [FILES.lost]
    assert outcome(file) == (JobState.FAILED, FILES.lost, None)


def test_a_file_whose_job_was_cancelled_does_not_stand_in_the_way_of_another(paper: Paper, clerk: User) -> None:
    first = sent(paper, clerk)
    cancel_jobs()
    second = sent(paper, clerk, b"%PDF another")
    assert outcome(first) == (JobState.FAILED, FILES.lost, None)
    assert second.state == JobState.WAITING


@pytest.mark.parametrize("who", ["rescue", "clean_up"])
def test_workers_forget_files_whose_job_is_gone(paper: Paper, clerk: User, who: str) -> None:
    file = sent(paper, clerk)
    empty_queue()
    if who == "rescue":
        rescue_and_work()
    else:
        tasks.clean_up(timestamp=0)
    assert outcome(file) == (JobState.FAILED, FILES.lost, None)


def test_a_file_that_ends_every_worker_is_given_up_and_forgotten(paper: Paper, clerk: User) -> None:
    file = sent(paper, clerk)
    kill_worker(attempts=tasks.RESCUES)
    rescue_and_work()
    assert outcome(file) == (JobState.FAILED, FILES.kept_ending, None)
    assert not UploadedPdf.objects.exists()


def test_what_became_of_a_file_is_told_for_a_day(paper: Paper, clerk: User) -> None:
    old, new = sent(paper, clerk), None
    job_rows.end(FILES, old.pk, "Why.")
    BroughtFile.objects.update(finished_at=clock.now() - timedelta(hours=25))
    new = sent(paper, clerk)
    job_rows.end(FILES, new.pk, "Why.")
    waiting = sent(make_paper("appendix"), clerk)
    assert bringing.forget_files() == 1
    assert set(BroughtFile.objects.all()) == {new, waiting}


def test_a_file_goes_with_its_meeting_and_its_job_finds_nothing(paper: Paper, clerk: User) -> None:
    sent(paper, clerk)
    Meeting.objects.all().delete()
    assert not BroughtFile.objects.exists()
    work()
    assert jobs() == []
    assert not UploadedPdf.objects.exists()


def test_a_meeting_deleted_while_its_file_is_read_leaves_nothing(
    paper: Paper, clerk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def delete() -> None:
        Meeting.objects.all().delete()
        connection.close()

    def bring_pdf(**given: Any) -> AnyPdf:
        with ThreadPoolExecutor(1) as other:
            other.submit(delete).result(20)
        return make_upload(clerk)

    monkeypatch.setattr(BRING_PDF, bring_pdf)
    sent(paper, clerk)
    work()
    assert jobs() == []
    assert not UploadedPdf.objects.exists()
    assert not BroughtFile.objects.exists()


def test_a_file_that_was_given_up_meanwhile_does_not_stand_after_all(
    paper: Paper, clerk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def give_up() -> None:
        job_rows.end(FILES, BroughtFile.objects.get().pk, FILES.kept_ending)
        connection.close()

    def bring_pdf(**given: Any) -> AnyPdf:
        with ThreadPoolExecutor(1) as other:
            other.submit(give_up).result(20)
        return make_upload(clerk)

    monkeypatch.setattr(BRING_PDF, bring_pdf)
    file = sent(paper, clerk)
    work()
    assert outcome(file) == (JobState.FAILED, FILES.kept_ending, None)
    assert Paper.objects.get().upload is None
    assert not UploadedPdf.objects.exists()


def test_a_file_that_has_ended_is_not_looked_at_again(
    paper: Paper, clerk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = sent(paper, clerk)
    job_rows.end(FILES, file.pk, "It was too late.")
    reads(monkeypatch)
    work()
    assert outcome(file) == (JobState.FAILED, "It was too late.", None)
    assert not UploadedPdf.objects.exists()


def test_two_who_send_at_once_are_given_one_file_or_a_sentence(paper: Paper, clerk: User) -> None:
    def send_one(data: bytes) -> str:
        try:
            return str(sent(paper, clerk, data).pk)
        except ValidationError as error:
            return str(error.message)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as clerks:
        found = list(clerks.map(send_one, [SECRET] * 4))
        other = clerks.submit(send_one, b"%PDF another").result()
    file = BroughtFile.objects.get()
    assert found == [str(file.pk)] * 4
    assert other == bringing.ANOTHER.format(who=clerk.full_name)
    assert jobs() == ["todo"]


def test_a_file_sent_in_a_transaction_that_breaks_is_not_sent(paper: Paper, clerk: User) -> None:
    def send_and_break() -> None:
        with transaction.atomic():
            sent(paper, clerk)
            raise KeyError

    with pytest.raises(KeyError):
        send_and_break()
    assert not BroughtFile.objects.exists()
    assert jobs() == []


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"state": "idle"}, "agenda_broughtfile_finished_or_not"),
        ({"checksum": "x"}, "agenda_broughtfile_known_values"),
        ({"restriction": "secret"}, "agenda_broughtfile_known_values"),
        ({"state": "running"}, "agenda_broughtfile_started_unless_it_waits"),
        ({"data": None}, "agenda_broughtfile_forgotten_at_its_end"),
        ({"state": "failed", "message": "Why.", "started_at": "now", "finished_at": "now"}, "forgotten_at_its_end"),
        ({"state": "done", "data": None, "started_at": "now", "finished_at": "now"}, "done_with_an_upload"),
    ],
)
def test_the_database_refuses_a_file_that_contradicts_itself(
    paper: Paper, clerk: User, fields: dict[str, object], constraint: str
) -> None:
    file = sent(paper, clerk)
    values = {name: clock.now() if value == "now" else value for name, value in fields.items()}
    with pytest.raises(IntegrityError, match=constraint):
        BroughtFile.objects.filter(pk=file.pk).update(**values)


@pytest.mark.parametrize("chosen", list(Restriction))
@pytest.mark.parametrize("made", list(Restriction))
def test_what_was_made_of_a_file_stands_where_its_restriction_says(
    paper: Paper, clerk: User, chosen: Restriction, made: Restriction
) -> None:
    file = sent(paper, clerk, restriction=chosen)
    upload = make_upload(clerk, restriction=made)
    field = "upload" if made is Restriction.OPEN else "restricted_upload"
    ended: dict[str, object] = {"state": "done", "data": None, "started_at": clock.now(), "finished_at": clock.now()}
    if (chosen is Restriction.OPEN) is not (made is Restriction.OPEN):
        with pytest.raises(IntegrityError, match="done_with_an_upload"):
            BroughtFile.objects.filter(pk=file.pk).update(**ended, **{field: upload})
        return
    BroughtFile.objects.filter(pk=file.pk).update(**ended, **{field: upload})
    assert now(file).made == upload


def test_a_worker_puts_an_exempt_file_where_no_public_edition_looks(paper: Paper, clerk: User) -> None:
    file = sent(paper, clerk, written("Quillfeather owes"), Restriction.EXEMPT)
    work()
    assert outcome(file) == (JobState.DONE, "", None)
    assert now(file).made == Paper.objects.get().content.upload == RestrictedPdf.objects.get()
    assert not UploadedPdf.objects.exists()


def test_an_exempt_file_in_the_place_of_an_open_one_takes_that_away(
    paper: Paper, clerk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads(monkeypatch)
    first = sent(paper, clerk)
    work()
    second = sent(Paper.objects.get(), clerk, b"%PDF another", Restriction.CONFIDENTIAL)
    work()
    assert outcome(second) == (JobState.DONE, "", None)
    closed = Paper.objects.get()
    assert (closed.held_back_as, closed.title, closed.upload) == (Restriction.CONFIDENTIAL, "", None)
    assert closed.content.upload == RestrictedPdf.objects.get()
    assert not UploadedPdf.objects.exists()
    # What became of the first is not told any more: it went with what was made of it.
    assert not BroughtFile.objects.filter(pk=first.pk).exists()


def test_the_database_refuses_a_second_file_under_way(paper: Paper, clerk: User) -> None:
    file = sent(paper, clerk)
    file.pk = None
    with pytest.raises(IntegrityError, match="agenda_broughtfile_one_at_a_time"):
        file.save(force_insert=True)


def test_the_page_comes_back_by_itself_as_long_as_the_file_is_looked_at(
    browser: Client, paper: Paper, clerk: User
) -> None:
    file = sent(paper, clerk)
    again = '<noscript><meta http-equiv="refresh" content="2"></noscript>'
    job_rows.begin(FILES, file.pk)
    response = browser.get(page_of(file))
    assert again in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert "The file is being read and cleaned." in response.content.decode()
    [bar] = page(browser, page_of(file)).cssselect("main progress")
    assert (bar.attrib["aria-label"], "value" in bar.attrib) == ("Looking at the file", False)
    job_rows.end(FILES, file.pk, "One.\nTwo.")
    assert again not in browser.get(page_of(file)).content.decode()
    assert errors_on(page(browser, page_of(file))) == ["One.", "Two."]


def test_the_form_leads_to_the_file_that_is_looked_at(browser: Client, paper: Paper, clerk: User) -> None:
    file = sent(paper, clerk)
    response = browser.get(f"{address_of(paper)}upload/")
    assert (response.status_code, response["Location"]) == (302, page_of(file))


def test_the_page_says_when_nobody_works(browser: Client, paper: Paper, clerk: User) -> None:
    file = sent(paper, clerk)
    assert f"{NO_WORKER}, so the file waits." in sentences(browser, page_of(file))
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")
    assert NO_WORKER not in sentences(browser, page_of(file))
    empty_queue()
    assert NO_WORKER not in sentences(browser, page_of(file))


def test_a_paper_that_has_changed_since_is_not_told_as_the_files(browser: Client, paper: Paper, clerk: User) -> None:
    file = sent(paper, clerk)
    job_rows.end(FILES, file.pk, upload=make_upload(clerk))
    assert "Since then the paper has changed" in sentences(browser, page_of(file))


@pytest.mark.parametrize("role", [each for each in Role if each is not Role.CLERK])
def test_nobody_but_the_clerk_waits_for_a_file(paper: Paper, clerk: User, role: Role) -> None:
    file = sent(paper, clerk)
    client = Client()
    sign_in(client, person_with(role))
    assert client.get(page_of(file)).status_code == 404
    assert client.put(page_of(file)).status_code == 405


def test_a_file_is_out_of_reach_under_another_paper_or_number(browser: Client, paper: Paper, clerk: User) -> None:
    file, other = sent(paper, clerk), make_paper("appendix")
    for address in (
        f"{address_of(other)}upload/{file.pk}/",
        f"{page_of(file)[:-1]}9/",
        f"{page_of(file)[:-1]}{9**30}/",
    ):
        assert browser.get(address).status_code == 404
    assert Client().get(page_of(file)).status_code == 302


def test_an_exempt_files_page_wants_a_recent_sign_in(
    browser: Client, paper: Paper, clerk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr("torbay_reports.agenda.views.bringing.require_recent", lambda request: asked.append("proof"))
    file = sent(paper, clerk, restriction=Restriction.EXEMPT)
    marked = page(browser, page_of(file)).cssselect("main .govuk-tag")
    assert [text_of(each) for each in marked] == ["NOT FOR PUBLICATION: exempt"]
    assert asked == ["proof"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_other_methods_are_refused(browser: Client, paper: Paper, clerk: User, method: str) -> None:
    assert getattr(browser, method)(page_of(sent(paper, clerk))).status_code == 405


def queries(browser: Client, file: BroughtFile) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(page_of(file)).status_code == 200
    assert not any('"data"' in query["sql"] or '"part"' in query["sql"] for query in captured)
    return len(captured)


def test_the_page_takes_as_many_queries_after_many_files_and_never_reads_one(
    browser: Client, paper: Paper, clerk: User
) -> None:
    few = queries(browser, sent(paper, clerk))
    for number in range(5):
        sent(make_paper(f"appendix-{number}"), clerk)
        bring_to(make_paper(f"other-{number}"), person(f"Clerk {number}"), findings=(NO_TEXT,))
        job_rows.end(FILES, BroughtFile.objects.get(paper=paper, state=JobState.WAITING).pk, "Why.")
        file = sent(paper, clerk)
    assert queries(browser, file) == few <= 20
