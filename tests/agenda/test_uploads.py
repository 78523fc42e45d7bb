"""A clerk brings a PDF for a paper that is to follow."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from io import BytesIO
from threading import Event
from time import sleep
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from pytest_django import Settings

from tests.access.cast import person, person_with, sign_in
from tests.access.people.pages import done, errors_on, page, refused, sentences, text_of, tree_of
from tests.agenda.brought import (
    NO_TEXT,
    NO_TITLE,
    NOT_TAGGED,
    address_of,
    bring_to,
    closed,
    look_at_files,
    make_paper,
    make_upload,
    put_out,
)
from tests.improvement.keeping import form_values
from tests.past_the_triggers import past_the_triggers
from tests.printed.pdf import page_texts
from torbay_reports.access.models import AccessRecord, RoleAssignment, User
from torbay_reports.access.record.kinds import READS
from torbay_reports.access.roles import Role
from torbay_reports.agenda.bringing import DELETED, MEANWHILE, NO_LONGER, BroughtMeanwhile, send
from torbay_reports.agenda.forms import TOO_LARGE
from torbay_reports.agenda.models import BroughtFile, Paper, WithdrawnPaper
from torbay_reports.agenda.restricting import CLOSES_WHAT_IS_OUT
from torbay_reports.agenda.uploading import WITHDRAWN
from torbay_reports.agenda.views.uploads import LARGEST_BODY, UNFIT
from torbay_reports.core import clock
from torbay_reports.publishing.models import AnyPdf, RestrictedPdf, UploadedPdf
from torbay_reports.publishing.packplan import Edition, Restriction
from torbay_reports.publishing.parts.values import Part, to_bytes
from torbay_reports.publishing.uploads.limits import FILE_BYTES
from torbay_reports.publishing.uploads.refusals import RefusedPdf

pytestmark = pytest.mark.django_db


BRING_PDF = "torbay_reports.agenda.bringing.uploads.bring_pdf"
Bringing = Callable[..., AnyPdf]


@pytest.fixture(autouse=True)
def read(monkeypatch: pytest.MonkeyPatch) -> Bringing:
    """Files are not read: a row is made that says so much of each. What reads them has tests of its own."""

    def bring_pdf(*, name: str, title: str, data: bytes, restriction: Restriction, by: User) -> AnyPdf:
        if data == b"locked":
            raise RefusedPdf("This PDF is locked with a password. Save it without one and bring that.")
        return make_upload(
            by, name=name, title=title, data=data, restriction=restriction, findings=(NOT_TAGGED, NO_TITLE, NO_TEXT)
        )

    monkeypatch.setattr(BRING_PDF, bring_pdf)
    return bring_pdf


@pytest.fixture
def paper() -> Paper:
    return make_paper()


def upload_address(paper: Paper) -> str:
    return f"{address_of(paper)}upload/"


def file(data: bytes = b"%PDF-1.7 words", name: str = "letter.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "application/pdf")


def sent(client: Client, paper: Paper, **given: object) -> dict[str, object]:
    """What the browser sends of the form with this file chosen."""
    return {**form_values(page(client, upload_address(paper))), "restriction": "open", "file": file(), **given}


def looked_at(client: Client, paper: Paper, **data: object) -> str:
    """Where the sent file is waited for, after a worker has looked at it."""
    place, _ = done(client, upload_address(paper), **data)
    assert place == f"{upload_address(paper)}{newest().pk}/"
    look_at_files()
    return followed(client, place)


def followed(client: Client, place: str) -> str:
    """Where that page is by now: a paper that was closed has another address."""
    answer = client.get(place)
    return str(answer["Location"]) if answer.status_code == 302 else place


def not_taken(client: Client, paper: Paper, **data: object) -> list[str]:
    """Why the worker did not take the file, as its page says."""
    tree = page(client, looked_at(client, paper, **data))
    assert f"{upload_address(paper)}" in [link.attrib["href"] for link in tree.cssselect("main a")]
    assert newest().data is None
    return errors_on(tree)


def newest() -> BroughtFile:
    return BroughtFile.objects.order_by("-pk")[0]


def now(paper: Paper) -> Paper:
    return Paper.objects.with_content(restricted=True).get(pk=paper.pk)


def test_a_brought_pdf_stands_under_the_item_with_the_agendas_title(browser: Client, paper: Paper, clerk: User) -> None:
    tree = page(browser, looked_at(browser, paper, **sent(browser, paper)))
    said = "letter.pdf is brought for “The letter”: 1 page. 2 warnings wait for you on the check list."
    assert said in text_of(tree.cssselect("main")[0])
    checklist = f"{paper.item.meeting.get_absolute_url()}supplement-1/build/"
    assert checklist in [link.attrib["href"] for link in tree.cssselect("main a")]
    assert newest().data is None
    upload = now(paper).upload
    assert upload is not None
    assert (upload.title, upload.uploaded_by, upload.restriction) == ("The letter", clerk, "open")
    assert upload.original_checksum == sha256(b"%PDF-1.7 words").hexdigest()


def test_who_may_read_it_is_chosen_before_and_nothing_is_chosen_beforehand(browser: Client, paper: Paper) -> None:
    radios = page(browser, upload_address(paper)).cssselect("input[type=radio]")
    assert [(each.attrib["value"], "checked" in each.attrib) for each in radios] == [
        ("open", False),
        ("exempt", False),
        ("confidential", False),
    ]
    said = refused(browser, upload_address(paper), **sent(browser, paper, restriction=""))
    assert said == ["Say who may read the paper: open, exempt or confidential."]
    said = refused(browser, upload_address(paper), **sent(browser, paper, restriction="secret"))
    assert said == ["There is no such choice. Choose open, exempt or confidential."]
    assert not UploadedPdf.objects.exists()


def test_a_file_that_is_refused_says_why_and_nothing_is_kept(browser: Client, paper: Paper) -> None:
    said = not_taken(browser, paper, **sent(browser, paper, file=file(b"locked")))
    assert said == ["This PDF is locked with a password. Save it without one and bring that."]
    assert not UploadedPdf.objects.exists()
    assert now(paper).upload is None


def test_an_open_paper_becomes_exempt_with_its_file(browser: Client, paper: Paper) -> None:
    words = sentences(browser, looked_at(browser, paper, **sent(browser, paper, restriction="exempt")))
    assert "The paper is exempt from now on." in words
    assert now(paper).slug == "exempt-paper"
    assert words.startswith("NOT FOR PUBLICATION: exempt")
    assert now(paper).restriction == "exempt"
    assert now(paper).content.upload == RestrictedPdf.objects.get()
    assert not Paper.objects.open().exists()
    assert not UploadedPdf.objects.exists()


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        (
            "open",
            "This paper is exempt, and bringing a file does not open it. Choose exempt, or bring the file for a paper "
            "that is open.",
        ),
        ("confidential", "This paper is exempt. Choose exempt for its file too."),
    ],
)
def test_a_restricted_paper_is_never_opened_by_its_file(browser: Client, chosen: str, sentence: str) -> None:
    paper = make_paper(restriction=Restriction.EXEMPT)
    assert refused(browser, upload_address(paper), **sent(browser, paper, restriction=chosen)) == [sentence]
    assert not UploadedPdf.objects.exists()
    assert not RestrictedPdf.objects.exists()
    assert now(paper).restriction == "exempt"


def test_no_exempt_file_stands_for_an_open_paper(paper: Paper, clerk: User) -> None:
    exempt = make_upload(clerk, restriction=Restriction.EXEMPT)

    def put_there() -> None:
        with transaction.atomic():
            Paper.objects.filter(pk=paper.pk).update(upload_id=exempt.pk)
            connection.check_constraints()

    with pytest.raises(IntegrityError, match="foreign key"):
        put_there()


def test_a_paper_built_from_figures_takes_no_file(browser: Client) -> None:
    built = make_paper("report", source="budget.quarterly", subject="2017-18/q1")
    said = sentences(browser, upload_address(built))
    assert "is built from the council's own figures, so no file can stand for it" in said
    assert not page(browser, upload_address(built)).cssselect("main form")
    send = {"seen": "0", "restriction": "open", "file": file()}
    assert "so no file can stand for it" in browser.post(upload_address(built), send).content.decode()
    assert not UploadedPdf.objects.exists()


def test_no_row_is_both_built_and_brought(clerk: User) -> None:
    built = make_paper("report", source="budget.quarterly", subject="2017-18/q1")
    with pytest.raises(IntegrityError, match="agenda_paper_built_or_brought"), transaction.atomic():
        Paper.objects.filter(pk=built.pk).update(upload_id=make_upload(clerk).pk)


def test_a_newer_file_takes_the_place_of_the_one_that_was_seen(browser: Client, paper: Paper, clerk: User) -> None:
    bring_to(paper, clerk, name="first.pdf")
    assert "first.pdf (1 page) stands there now" in sentences(browser, upload_address(paper))
    looked_at(browser, paper, **sent(browser, paper, file=file(b"%PDF second", "second.pdf")))
    upload = now(paper).upload
    assert upload is not None
    assert upload.name == "second.pdf"
    assert UploadedPdf.objects.filter(name="first.pdf").exists()


def test_a_newer_file_for_a_published_paper_changes_nothing_that_is_published(
    browser: Client, paper: Paper, clerk: User
) -> None:
    bring_to(paper, clerk, texts=("First words", "Two"))
    put_out(paper)
    before = sentences(Client(), address_of(paper))
    assert "First words" in before
    looked_at(browser, paper, **sent(browser, paper, file=file(b"%PDF second", "second.pdf")))
    upload = now(paper).upload
    assert upload is not None
    assert upload.name == "second.pdf"
    assert sentences(Client(), address_of(paper)) == before
    assert UploadedPdf.objects.count() == 2


@pytest.mark.parametrize("edition", list(Edition))
def test_a_published_open_paper_is_not_closed_by_its_file(
    browser: Client, paper: Paper, clerk: User, edition: Edition
) -> None:
    put_out(bring_to(paper, clerk), edition=edition)
    before = now(paper).upload_id
    assert refused(browser, upload_address(paper), **sent(browser, paper, restriction="exempt")) == [CLOSES_WHAT_IS_OUT]
    assert (now(paper).restriction, now(paper).upload_id) == ("open", before)
    assert not RestrictedPdf.objects.exists()


def test_a_paper_published_while_the_file_waits_is_not_closed_by_it(browser: Client, paper: Paper, clerk: User) -> None:
    bring_to(paper, clerk)
    place, _ = done(browser, upload_address(paper), **sent(browser, paper, restriction="exempt"))
    put_out(paper)
    look_at_files()
    assert errors_on(page(browser, place)) == [CLOSES_WHAT_IS_OUT]
    assert now(paper).restriction == "open"
    assert not RestrictedPdf.objects.exists()


def test_a_restricted_paper_that_is_published_takes_a_newer_file(browser: Client, clerk: User) -> None:
    exempt = bring_to(make_paper("appendix", restriction=Restriction.EXEMPT), clerk)
    put_out(exempt, edition=Edition.RESTRICTED)
    newer = sent(browser, exempt, restriction="exempt", file=file(b"%PDF second", "second.pdf"))
    looked_at(browser, exempt, **newer)
    assert now(exempt).held_back.upload == RestrictedPdf.objects.get(name="second.pdf")


def test_a_withdrawn_paper_takes_no_file(browser: Client, paper: Paper, clerk: User) -> None:
    data = sent(browser, paper)
    WithdrawnPaper.objects.create(paper=paper, at=clock.now(), by=clerk, office="clerk", why="It names a child.")
    assert WITHDRAWN in sentences(browser, upload_address(paper))
    assert not page(browser, upload_address(paper)).cssselect("main form")
    assert WITHDRAWN in browser.post(upload_address(paper), data).content.decode()
    assert not BroughtFile.objects.exists()


def test_of_two_clerks_at_once_the_second_is_told_what_the_first_brought(
    browser: Client, paper: Paper, clerk: User
) -> None:
    data = sent(browser, paper)
    bring_to(paper, person("Alex Moor"), name="theirs.pdf", data=b"%PDF theirs")
    response = browser.post(upload_address(paper), data)
    tree = tree_of(response.content)
    assert errors_on(tree) == [
        "Meanwhile Alex Moor has brought “theirs.pdf” for this paper, and that file stands. If yours is to take its "
        "place, choose it again and send it."
    ]
    upload = now(paper).upload
    assert upload is not None
    assert upload.name == "theirs.pdf"
    assert UploadedPdf.objects.count() == 1
    looked_at(browser, paper, **{**form_values(tree), "file": file()})
    upload = now(paper).upload
    assert upload is not None
    assert (upload.name, upload.uploaded_by) == ("letter.pdf", clerk)


def test_a_double_click_brings_one_file(browser: Client, paper: Paper) -> None:
    data = sent(browser, paper)
    first, _ = done(browser, upload_address(paper), **data)
    second, _ = done(browser, upload_address(paper), **{**data, "file": file()})
    assert first == second
    look_at_files()
    third, _ = done(browser, upload_address(paper), **{**data, "file": file()})
    words = "letter.pdf is brought for “The letter”: 1 page. 2 warnings wait for you on the check list."
    assert words in sentences(browser, first)
    assert words in sentences(browser, third)
    assert UploadedPdf.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("data", "sentence"),
    [(b"%PDF same", "done"), (b"%PDF another", MEANWHILE.format(who="Test clerk", name="first.pdf"))],
)
def test_who_comes_second_waits_for_the_first_and_sees_what_that_one_brought(
    paper: Paper, clerk: User, data: bytes, sentence: str
) -> None:
    waiting = Event()

    def send_too() -> str:
        try:
            waiting.set()
            return send(
                paper=paper, seen=None, name="mine.pdf", data=data, restriction=Restriction.OPEN, by=clerk
            ).state
        except BroughtMeanwhile as meanwhile:
            return str(meanwhile.message)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as other:
        with transaction.atomic():
            Paper.objects.select_for_update().get(pk=paper.pk)
            bring_to(paper, clerk, name="first.pdf", data=b"%PDF same")
            second = other.submit(send_too)
            waiting.wait()
            wait_until_blocked()
        assert second.result(timeout=20) == sentence
    assert UploadedPdf.objects.count() == 1


def wait_until_blocked() -> None:
    """Until another connection to this database waits for a lock."""
    waiting = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    for _ in range(2000):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(waiting)
            if cursor.fetchone():
                return
        sleep(0.01)
    raise AssertionError("Nobody waits.")


def test_the_same_file_under_another_name_is_brought_once_and_one_of_another_paper_stays(
    browser: Client, paper: Paper, clerk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring_to(paper, clerk, name="first.pdf", data=b"%PDF same")
    other = bring_to(make_paper("other"), clerk, name="renamed.pdf", data=b"%PDF same")
    monkeypatch.setattr(BRING_PDF, lambda **given: other.upload)
    data = sent(browser, paper, file=file(b"%PDF same", "renamed.pdf"))
    place, _ = done(browser, upload_address(paper), **data)
    assert "first.pdf is brought for “The letter”: 1 page." in sentences(browser, place)
    assert now(other).upload == other.upload


def test_a_file_that_was_taken_away_meanwhile_is_said(paper: Paper, clerk: User) -> None:
    with pytest.raises(BroughtMeanwhile, match="Meanwhile the file that stood there was taken away"):
        send(paper=paper, seen=99, name="a.pdf", data=b"%PDF", restriction=Restriction.OPEN, by=clerk)
    assert not BroughtFile.objects.exists()


def test_a_paper_that_vanishes_while_its_file_is_read_takes_the_file_with_it(
    browser: Client, paper: Paper, read: Bringing, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(**given: Any) -> AnyPdf:
        Paper.objects.filter(pk=paper.pk).delete()
        return read(**given)

    monkeypatch.setattr(BRING_PDF, slow)
    place = looked_at(browser, paper, **sent(browser, paper))
    # What the worker undid is the deletion too here, for it shares the test's connection.
    assert newest().message == DELETED
    assert not UploadedPdf.objects.exists()
    Paper.objects.filter(pk=paper.pk).delete()
    assert not BroughtFile.objects.exists()
    assert browser.get(place).status_code == 404


def test_a_paper_that_vanishes_before_its_file_is_sent_is_said(
    browser: Client, paper: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = sent(browser, paper)

    def late(**given: Any) -> BroughtFile:
        Paper.objects.filter(pk=paper.pk).delete()
        return send(**given)

    monkeypatch.setattr("torbay_reports.agenda.views.uploads.send", late)
    assert refused(browser, upload_address(paper), **data) == [
        "What this is about is there no longer: somebody else has changed it. Go back and look."
    ]


def test_a_file_that_vanishes_before_it_is_read_is_said(
    browser: Client, paper: Paper, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1

    def vanished(self: object, size: int = -1) -> bytes:
        raise FileNotFoundError("gone")

    data = sent(browser, paper)
    monkeypatch.setattr(TemporaryUploadedFile, "read", vanished, raising=False)
    assert refused(browser, upload_address(paper), **data) == [
        "The file could not be read to its end. Choose it again."
    ]


def test_a_paper_published_while_the_file_is_read_keeps_what_was_published(
    browser: Client, paper: Paper, read: Bringing, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = sent(browser, paper)
    done(browser, upload_address(paper), **data)
    Paper.objects.filter(pk=paper.pk).update(source="budget.quarterly", subject="2017-18/q1")
    look_at_files()
    [said] = errors_on(page(browser, f"{upload_address(paper)}{newest().pk}/"))
    assert "so no file can stand for it" in said
    assert not UploadedPdf.objects.exists()


def test_a_paper_replaced_or_closed_while_the_file_waits_keeps_what_stands_there(
    browser: Client, paper: Paper, clerk: User
) -> None:
    place, _ = done(browser, upload_address(paper), **sent(browser, paper))
    bring_to(paper, person("Alex Moor"), name="theirs.pdf", data=b"%PDF theirs")
    look_at_files()
    assert errors_on(page(browser, place)) == [MEANWHILE.format(who="Alex Moor", name="theirs.pdf")]
    place, _ = done(browser, upload_address(paper), **sent(browser, paper))
    closed(Paper.objects.get())
    look_at_files()
    [said] = errors_on(page(browser, followed(browser, place)))
    assert said.startswith("This paper is exempt, and bringing a file does not open it.")
    assert now(paper).content.upload is None
    # What the first clerk brought went when the paper was closed.
    assert not UploadedPdf.objects.exists()


def test_a_clerk_who_is_none_any_more_brings_nothing(browser: Client, paper: Paper, clerk: User) -> None:
    done(browser, upload_address(paper), **sent(browser, paper))
    RoleAssignment.objects.filter(person=clerk).delete()
    look_at_files()
    assert newest().message == NO_LONGER.format(who=clerk.full_name)
    assert now(paper).upload is None
    assert browser.get(f"{upload_address(paper)}{newest().pk}/").status_code == 404


class Unread(BytesIO):
    """A request's body of which nobody may read a byte."""

    def read(self, *args: Any) -> bytes:
        raise AssertionError("The body was read.")


def test_a_request_that_is_too_large_is_refused_unread(browser: Client, paper: Paper) -> None:
    unread: dict[str, Any] = {"CONTENT_LENGTH": str(LARGEST_BODY + 1), "wsgi.input": Unread()}
    response = browser.generic("POST", upload_address(paper), content_type="multipart/form-data; boundary=x", **unread)
    assert response.status_code == 413
    assert errors_on(tree_of(response.content)) == [TOO_LARGE]


def test_a_file_beyond_the_limit_is_refused_before_it_is_read(
    browser: Client, paper: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = sent(browser, paper)
    monkeypatch.setattr("torbay_reports.agenda.forms.FILE_BYTES", 5)
    assert refused(browser, upload_address(paper), **data) == [TOO_LARGE]
    assert f"at most {FILE_BYTES // 1024**2} MB" in TOO_LARGE


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"file": ""}, "Choose the file."),
        ({"file": file(b"")}, "The file is empty. Choose the one that holds the paper."),
        ({"seen": "x"}, "This form was changed on its way. Open the page again."),
        ({"seen": str(2**70)}, "This form was changed on its way. Open the page again."),
    ],
)
def test_what_is_wrong_with_the_form_is_said(
    browser: Client, paper: Paper, given: dict[str, object], sentence: str
) -> None:
    assert sentence in refused(browser, upload_address(paper), **sent(browser, paper, **given))
    assert not UploadedPdf.objects.exists()


def test_a_form_of_somebody_elses_site_is_refused(clerk: User, paper: Paper) -> None:
    strict = Client(enforce_csrf_checks=True)
    sign_in(strict, clerk)
    response = strict.post(upload_address(paper), {"seen": "0", "restriction": "open", "file": file()})
    assert response.status_code == 403
    assert not UploadedPdf.objects.exists()


@pytest.mark.parametrize("role", [each for each in Role if each is not Role.CLERK])
def test_nobody_but_the_clerk_brings_a_file(paper: Paper, role: Role) -> None:
    client = Client()
    sign_in(client, person_with(role))
    response = client.post(upload_address(paper), {"seen": "0", "restriction": "open", "file": file()})
    assert response.status_code == 404
    assert not UploadedPdf.objects.exists()


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize("place", ["upload/", "warnings/no-text/2/"])
def test_other_methods_are_not_allowed(browser: Client, paper: Paper, clerk: User, method: str, place: str) -> None:
    bring_to(paper, clerk, findings=(NO_TEXT,))
    response = browser.generic(method, f"{address_of(paper)}{place}")
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, POST")
    assert browser.get(f"{address_of(paper)}{place}").status_code == 200


def file_address(paper: Paper) -> str:
    return f"{address_of(paper)}file.pdf"


def test_the_clerk_looks_through_the_cleaned_pages_before_a_pack_holds_them(
    browser: Client, paper: Paper, clerk: User
) -> None:
    bring_to(paper, clerk, texts=("One", "Two"))
    for address in (address_of(paper), upload_address(paper)):
        links = [link.attrib["href"] for link in page(browser, address).cssselect("main a")]
        assert file_address(paper) in links
    response = browser.get(file_address(paper))
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="letter-cleaned.pdf"'
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
    texts = page_texts(response.content)
    assert "This is how the file will stand in a pack. It is in none yet." in texts[0]
    assert [text.strip() for text in texts[1:]] == ["Page 2", "Page 3"]
    assert not AccessRecord.objects.filter(kind__in=READS).exists()


def test_a_look_through_a_restricted_file_is_marked_and_recorded(browser: Client, clerk: User) -> None:
    exempt = bring_to(make_paper("appendix", restriction=Restriction.EXEMPT), clerk)
    response = browser.get(file_address(exempt))
    assert response["Content-Disposition"] == 'inline; filename="NOT-FOR-PUBLICATION-exempt-paper-cleaned.pdf"'
    assert "NOT FOR PUBLICATION: exempt" in page_texts(response.content)[1]
    [read] = AccessRecord.objects.filter(kind__in=READS)
    assert (read.person, read.key) == (clerk, f"paper:{exempt.pk} upload:{exempt.content.upload_id}")


def test_a_file_that_fits_into_no_pack_any_more_is_said(browser: Client, paper: Paper, clerk: User) -> None:
    bring_to(paper, clerk)
    empty = to_bytes(Part(pages=(), elements=(), tops=(), destinations={}))
    with past_the_triggers():
        UploadedPdf.objects.update(part=empty)
    response = browser.get(file_address(paper))
    assert response.status_code == 409
    assert errors_on(tree_of(response.content)) == [UNFIT]


def test_where_no_file_was_brought_there_is_none(browser: Client, paper: Paper) -> None:
    assert browser.get(file_address(paper)).status_code == 404
    assert Client().get(file_address(paper)).status_code == 302


@pytest.mark.parametrize("role", [each for each in Role if each not in {Role.CLERK, Role.MONITORING_OFFICER}])
def test_nobody_but_the_officers_looks_through_a_brought_file(paper: Paper, clerk: User, role: Role) -> None:
    bring_to(paper, clerk)
    client = Client()
    sign_in(client, person_with(role))
    assert client.get(file_address(paper)).status_code == 404
    assert client.put(file_address(paper)).status_code == 405
