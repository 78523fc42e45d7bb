"""The page of the record: who reads it, what it finds, what it answers to nonsense, and its file."""

import csv
import io
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html

from tests.access.cast import TODAY, person, person_with
from torbay_reports.access.decisions import may
from torbay_reports.access.models import AccessRecord, RoleAssignment, User
from torbay_reports.access.permissions import Permission
from torbay_reports.access.record.kinds import RecordKind
from torbay_reports.access.record.services import record
from torbay_reports.access.record.views import ROWS_ON_A_PAGE
from torbay_reports.access.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client: Client) -> Client:
    """The administrator's browser; the record is empty but for that sign-in."""
    client.force_login(person_with(Role.ADMINISTRATOR))
    return client


@pytest.fixture
def robin() -> User:
    return person("Robin Vale")


def parsed(content: bytes) -> Any:
    return html.fromstring(content.decode())


def shown(client: Client, **query: str) -> list[list[str]]:
    """The texts of the table's rows, cell by cell."""
    response = client.get("/record/", query)
    assert response.status_code == 200
    rows = parsed(response.content).cssselect("tbody tr")
    return [[" ".join(cell.text_content().split()) for cell in row] for row in rows]


def kinds_shown(client: Client, **query: str) -> list[str]:
    return [row[1] for row in shown(client, **query)]


def entry_at(moment: datetime, about: str) -> None:
    AccessRecord.objects.create(at=moment, kind=RecordKind.INVITED, about=about)


def test_a_role_that_is_limited_to_a_committee_does_not_open_the_record() -> None:
    officer = person("Other officer")
    RoleAssignment.objects.create(
        person=officer,
        role=Role.MONITORING_OFFICER,
        starts_on=date(2017, 5, 9),
        scope_kind="committee",
        scope_slug="planning",
    )
    decision = may(officer, Permission.READ_RECORD, "record")
    assert not decision
    assert decision.reason == "you are not administrator or monitoring officer of the whole council on 5 September 2017"


def test_the_record_is_read_from_the_roles_first_day_to_its_last() -> None:
    officer = person_with(Role.MONITORING_OFFICER, starts_on=date(2017, 9, 4), ends_on=TODAY)
    days = [date(2017, 9, 3), date(2017, 9, 4), TODAY, date(2017, 9, 6)]
    assert [bool(may(officer, Permission.READ_RECORD, "record", on=day)) for day in days] == [False, True, True, False]


def test_the_navigation_offers_the_record_to_who_may_read_it(reader: Client) -> None:
    assert 'href="/record/"' in reader.get("/accessibility/").content.decode()
    clerk = Client()
    clerk.force_login(person_with(Role.CLERK))
    assert "/record/" not in clerk.get("/accessibility/").content.decode()
    assert "/record/" not in Client().get("/accessibility/").content.decode()


def test_the_newest_stands_first_with_when_what_who_and_why(reader: Client, robin: User) -> None:
    AccessRecord.objects.create(
        at=datetime(2017, 9, 5, 13, 5, tzinfo=UTC),
        kind=RecordKind.PACK_READ,
        person=robin,
        about="Restricted pack, Board",
        reason="you are clerk since 9 May 2017",
    )
    record(kind=RecordKind.SIGN_IN_FAILED, person=None, email="who@council.invalid")
    record(kind=RecordKind.INVITED, person=None, about="Someone")
    rows = shown(reader)
    assert [row[1:4] for row in rows[:2]] == [
        ["Invited", "The installation", "Someone"],
        ["Sign-in failed", "Nobody knownwho@council.invalid", ""],
    ]
    assert rows[2] == [
        "5 September 2017, 14:05",
        "Restricted pack read",
        "Robin Valerobin.vale@council.invalid",
        "Restricted pack, Board",
        "“you are clerk since 9 May 2017”",
    ]
    assert rows[3][1] == "Signed in"


def test_entries_are_found_by_kind_and_by_words_of_name_address_and_object(reader: Client, robin: User) -> None:
    record(kind=RecordKind.SIGN_OUT, person=robin)
    record(kind=RecordKind.SIGN_IN_FAILED, person=None, email="stranger@elsewhere.invalid")
    record(kind=RecordKind.ROLE_GIVEN, person=None, about="Quill Feather: clerk from 1 May 2017")
    assert kinds_shown(reader, kind="sign_out") == ["Signed out"]
    assert kinds_shown(reader, words="VALE robin") == ["Signed out"]
    assert kinds_shown(reader, words="robin.vale@") == ["Signed out"]
    assert kinds_shown(reader, words="elsewhere") == ["Sign-in failed"]
    assert kinds_shown(reader, words="feather clerk") == ["Role given"]
    assert kinds_shown(reader, words="vale", kind="sign_in") == []


def test_days_are_whole_and_local(reader: Client) -> None:
    zone = timezone.get_current_timezone()
    entry_at(datetime(2017, 7, 1, 0, 0, tzinfo=zone), "first moment")
    entry_at(datetime(2017, 7, 1, 23, 59, 59, tzinfo=zone), "last moment")
    entry_at(datetime(2017, 7, 2, 0, 0, tzinfo=zone), "day after")
    one_day = [row[3] for row in shown(reader, since="1/7/2017", until="2017-07-01")]
    assert one_day == ["last moment", "first moment"]
    assert [row[3] for row in shown(reader, since="2 July 2017", until="2 Jul 2017")] == ["day after"]


@pytest.mark.parametrize(
    ("query", "field", "sentence"),
    [
        ({"since": "31/2/2017"}, "since", "“From” is no day that can be read. Type one like 5/9/2017"),
        ({"until": "yesterday"}, "until", "“To, that day included” is no day that can be read."),
        ({"until": "31/12/9999"}, "until", "“To, that day included” is 31 December 9999. Type a day from 1 January"),
        ({"since": "0001-01-01"}, "since", "“From” is 1 January 1. Type a day from 1 January 2000 to"),
        (
            {"since": "5/9/2017", "until": "4/9/2017"},
            "until",
            "The last day, 4 September 2017, is before the first, 5 September 2017. Type a later one.",
        ),
        ({"kind": "coffee"}, "kind", "The record has no such kind. Choose one from the list."),
        ({"words": "a" * 201}, "words", "That is too much to look for. Type at most 200 characters."),
        ({"words": "a\x00b"}, "words", "Null characters are not allowed."),
    ],
)
@pytest.mark.parametrize("extra", [{}, {"as": "csv"}])
def test_a_filter_that_cannot_be_says_why_and_shows_nothing(
    reader: Client, query: dict[str, str], field: str, sentence: str, extra: dict[str, str]
) -> None:
    response = reader.get("/record/", {**query, **extra})
    assert response.status_code == 200
    page = parsed(response.content)
    (link,) = page.cssselect(".govuk-error-summary__list a")
    assert link.text_content().startswith(sentence)
    assert link.attrib["href"] == f"#id_{field}"
    assert page.get_element_by_id(f"id_{field}") is not None
    assert page.cssselect("tbody") == []


@pytest.mark.parametrize("query", ["page=0", "page=x", "page=-3", f"page={'9' * 5000}", "per_page=0", "sort=nonsense"])
def test_nonsense_in_the_address_shows_the_record_all_the_same(reader: Client, query: str) -> None:
    response = reader.get(f"/record/?{query}")
    assert response.status_code == 200
    assert len(parsed(response.content).cssselect("tbody tr")) == 1


def test_the_page_says_what_will_stand_there_and_when_nothing_is_found(
    reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "No entry is like that." in reader.get("/record/", {"words": "zzz"}).content.decode()
    monkeypatch.setattr("torbay_reports.access.record.views.entries", lambda **asked: AccessRecord.objects.none())
    assert "Here will stand every sign-in" in reader.get("/record/").content.decode()


def test_a_long_record_is_read_in_pages_that_keep_the_filter(reader: Client, robin: User) -> None:
    for number in range(ROWS_ON_A_PAGE + 1):
        record(kind=RecordKind.SIGN_OUT, person=robin, about=f"entry {number}")
    page = parsed(reader.get("/record/", {"words": "robin"}).content)
    assert len(page.cssselect("tbody tr")) == ROWS_ON_A_PAGE
    (link,) = page.cssselect("a[rel=next]")
    assert link.attrib["href"] == "?words=robin&page=2"
    assert [row[3] for row in shown(reader, words="robin", page="2")] == ["entry 0"]
    assert shown(reader, sort="at")[0][1] == "Signed in"


def test_the_page_and_the_file_take_as_many_queries_for_60_entries_as_for_one(reader: Client, robin: User) -> None:
    def queries() -> list[int]:
        counted = []
        for query in ({}, {"as": "csv"}):
            with CaptureQueriesContext(connection) as captured:
                assert reader.get("/record/", query).getvalue()
            counted.append(len(captured))
        return counted

    few = queries()
    for _ in range(60):
        record(kind=RecordKind.SIGN_OUT, person=robin)
    assert queries() == few
    assert few == [5, 4]


def test_the_file_holds_what_the_filter_finds_and_no_formula(reader: Client) -> None:
    attacker = person("=HYPERLINK(1)")
    record(kind=RecordKind.SIGN_OUT, person=attacker, about="@SUM(1)", key="role:1", reason="+1")
    response = reader.get("/record/", {"as": "csv", "kind": "sign_out"})
    assert response["Content-Disposition"] == 'attachment; filename="record.csv"'
    assert "no-store" in response["Cache-Control"]
    heads, row = csv.reader(io.StringIO(response.getvalue().decode("utf-8-sig")))
    assert heads == ["When", "What", "Who", "E-mail address", "About", "Key", "Why they might"]
    assert row[0].startswith("2017-09-05T")
    assert row[1:] == ["Signed out", "'=HYPERLINK(1)", "'=hyperlink(1)@council.invalid", "'@SUM(1)", "role:1", "'+1"]


def test_what_an_entry_says_is_shown_as_words(reader: Client) -> None:
    record(kind=RecordKind.INVITED, person=None, about="<img src=x>")
    assert parsed(reader.get("/record/").content).cssselect("tbody img") == []


def test_who_may_not_read_the_record_is_told_that_there_is_no_such_page(client: Client) -> None:
    client.force_login(person_with(Role.HEAD_OF_FINANCE))
    assert client.get("/record/").status_code == 404
    assert client.get("/record/?as=csv").status_code == 404
