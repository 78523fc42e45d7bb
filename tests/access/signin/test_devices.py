"""Where somebody is signed in, and how they end it elsewhere."""

from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from tests.access.cast import person
from torbay_reports.access.models import AccessRecord, User
from torbay_reports.access.record.kinds import RecordKind

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"
SAFARI = "Mozilla/5.0 (iPad; CPU OS 17_5) AppleWebKit/605.1.15 Version/17.5 Safari/604.1"
PAGE = "/me/devices/"


@pytest.fixture
def robin() -> User:
    return person("Robin Vale", "a long enough sentence")


def browser(someone: User, user_agent: str = FIREFOX) -> Client:
    """Another browser in which the person is signed in."""
    client = Client(headers={"user-agent": user_agent})
    response = client.post("/sign-in/", {"login": someone.email, "password": "a long enough sentence"})
    assert response.status_code == 302
    return client


def signed_in(client: Client) -> bool:
    return client.get("/me/").status_code == 200


def rows(client: Client) -> list[Any]:
    return list(html.fromstring(client.get(PAGE).content.decode()).cssselect("dl > div"))


def texts(client: Client) -> list[str]:
    return [" ".join(row.text_content().split()) for row in rows(client)]


def number_of(client: Client) -> int:
    return int(UserSession.objects.get(session_key=client.session.session_key).pk)


def ended() -> list[tuple[str, str]]:
    entries = AccessRecord.objects.filter(kind=RecordKind.SESSION_ENDED).select_related("person").order_by("about")
    return [(each.person.full_name if each.person else "", each.about) for each in entries]


def test_each_session_is_a_row_in_words_with_ones_own_first_and_without_a_button(robin: User) -> None:
    desk = browser(robin)
    browser(robin, SAFARI)
    first, second = rows(desk)
    assert "Firefox on Windows" in first.text_content()
    assert "This device." in first.text_content()
    assert not first.cssselect("button")
    assert "Safari on an iPad" in second.text_content()
    assert "This device." not in second.text_content()
    assert [button.attrib["name"] for button in second.cssselect("button")] == ["session"]


def test_nobody_elses_session_is_listed(robin: User) -> None:
    browser(person("Alex Stone", "a long enough sentence"))
    assert len(rows(browser(robin))) == 1


def test_one_other_session_can_be_ended_at_once_and_is_recorded(robin: User) -> None:
    desk, tablet, third = browser(robin), browser(robin, SAFARI), browser(robin)
    response = desk.post(PAGE, {"session": number_of(tablet)}, follow=True)
    assert "The session is ended: Safari on an iPad." in response.content.decode()
    assert (signed_in(desk), signed_in(tablet), signed_in(third)) == (True, False, True)
    assert ended() == [("Robin Vale", "Safari on an iPad")]
    assert len(rows(desk)) == 2


def test_all_others_can_be_ended_at_once(robin: User) -> None:
    desk, tablet, third = browser(robin), browser(robin, SAFARI), browser(robin)
    stranger = browser(person("Alex Stone", "a long enough sentence"))
    response = desk.post(PAGE, {"others": "all"}, follow=True)
    assert "You are signed out everywhere but here." in response.content.decode()
    assert (signed_in(desk), signed_in(tablet), signed_in(third)) == (True, False, False)
    assert signed_in(stranger)
    assert ended() == [("Robin Vale", "Firefox on Windows"), ("Robin Vale", "Safari on an iPad")]
    assert "You are signed in nowhere else." in desk.get(PAGE).content.decode()


def test_nobody_ends_a_session_of_somebody_else_or_their_own_or_one_that_is_none(robin: User) -> None:
    desk, stranger = browser(robin), browser(person("Alex Stone", "a long enough sentence"))
    for wanted in [number_of(stranger), number_of(desk), 0, 10**30, "9" * 5000, "", "x", "²", "-1"]:
        assert desk.post(PAGE, {"session": wanted}).status_code == 404, wanted
    assert desk.post(PAGE).status_code == 404
    assert signed_in(desk)
    assert signed_in(stranger)
    assert ended() == []


def test_a_session_that_no_longer_signs_anybody_in_is_not_listed(robin: User) -> None:
    desk, tablet, third = browser(robin), browser(robin, SAFARI), browser(robin)
    tablet.post("/sign-out/")
    Session.objects.filter(session_key=third.session.session_key).update(expire_date="2001-01-01T00:00:00Z")
    assert len(rows(desk)) == 1


def test_sessions_from_before_a_change_of_password_are_not_listed(robin: User) -> None:
    browser(robin, SAFARI)
    robin.set_password("another long sentence")
    robin.save()
    desk = Client()
    desk.post("/sign-in/", {"login": robin.email, "password": "another long sentence"})
    assert len(rows(desk)) == 1


def test_the_page_asks_the_database_as_often_for_one_session_as_for_many(robin: User) -> None:
    desk = browser(robin)
    with CaptureQueriesContext(connection) as one:
        assert len(rows(desk)) == 1
    for _ in range(4):
        browser(robin, SAFARI)
    with CaptureQueriesContext(connection) as many:
        assert len(rows(desk)) == 5
    assert len(many) == len(one)
