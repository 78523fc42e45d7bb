"""The page on which one person withdraws a paper."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.access.cast import person_with, sign_in
from tests.access.people.pages import page, text_of
from tests.agenda import publishing_worlds as worlds
from tests.agenda.jobs import empty_queue
from tests.set_once import set_once
from torbay_reports.access.models import User
from torbay_reports.access.roles import Role
from torbay_reports.agenda.models import Instalment, WithdrawnPaper
from torbay_reports.agenda.withdrawing import ALREADY, NOT_OUT, SAY_WHY
from torbay_reports.publishing.bundles import services as bundles
from torbay_reports.publishing.bundles.purging import PurgeFailed
from torbay_reports.publishing.models import Withdrawal
from torbay_reports.publishing.packplan import Edition

pytestmark = pytest.mark.django_db

WITHDRAW = f"{worlds.PAPER}withdraw/"
WHY = {"why": "It names a tenant."}


@pytest.fixture(autouse=True)
def _rendered_once() -> Any:
    with set_once():
        yield
    empty_queue()


@pytest.fixture
def clerk(db: None) -> User:
    return person_with(Role.CLERK)


@pytest.fixture
def browser(clerk: User) -> Client:
    client = Client()
    sign_in(client, clerk)
    return client


@pytest.fixture
def meeting(clerk: User) -> Instalment:
    return worlds.make_meeting(clerk)


def said(client: Client, address: str) -> str:
    return text_of(page(client, address).cssselect("main")[0])


def test_a_yes_withdraws_it_at_once_and_says_so(meeting: Instalment, browser: Client, client: Client) -> None:
    worlds.put_out(meeting)
    assert "At once nobody reads it any more" in said(browser, WITHDRAW)
    response = browser.post(WITHDRAW, WHY, follow=True)
    assert "The paper is withdrawn. The pack without it is being built." in response.content.decode()
    assert worlds.whole_folders(meeting) == []
    for reader in (client, browser):
        response = reader.get(worlds.PAPER)
        assert response.status_code == 410
        told = response.content.decode()
        assert "Withdrawn on 5 September 2017 by the clerk." in told
        assert WHY["why"] not in told
        assert "Harbour fees" not in told
    assert ALREADY in said(browser, WITHDRAW)
    browser.post(WITHDRAW, WHY)
    assert WithdrawnPaper.objects.count() == 1


def test_it_asks_why(meeting: Instalment, browser: Client) -> None:
    worlds.put_out(meeting)
    assert "Say in a few words why it is withdrawn." in browser.post(WITHDRAW, {"why": ""}).content.decode()
    assert SAY_WHY in browser.post(WITHDRAW, {"why": "Wrong"}).content.decode()
    assert not WithdrawnPaper.objects.exists()


def test_what_is_not_published_is_not_withdrawn(meeting: Instalment, browser: Client) -> None:
    assert NOT_OUT in said(browser, WITHDRAW)
    browser.post(WITHDRAW, WHY)
    assert not WithdrawnPaper.objects.exists()


def test_a_purge_that_fails_is_said_with_what_happens_next(
    meeting: Instalment, browser: Client, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(paths: object) -> None:
        raise PurgeFailed("The address in CDN_PURGE_URL answered 500.")

    monkeypatch.setattr(bundles, "purge", fail)
    worlds.put_out(meeting)
    response = browser.post(WITHDRAW, WHY, follow=True)
    assert "a worker tries again every minute" in response.content.decode()
    assert client.get(worlds.PAPER).status_code == 410
    assert worlds.whole_folders(meeting) == []
    assert Withdrawal.objects.get().taken_at is None


@pytest.mark.parametrize("role", list(Role))
def test_the_clerk_and_the_monitoring_officer_alone_come_near(meeting: Instalment, clerk: User, role: Role) -> None:
    worlds.put_out(meeting)
    client = Client()
    sign_in(client, clerk if role == Role.CLERK else person_with(role))
    may = role in {Role.CLERK, Role.MONITORING_OFFICER}
    assert client.get(WITHDRAW).status_code == (200 if may else 404)
    assert client.post(WITHDRAW, WHY).status_code == (302 if may else 404)
    assert WithdrawnPaper.objects.exists() is may


def test_the_public_is_sent_to_sign_in_whether_the_paper_is_there_or_not(meeting: Instalment, client: Client) -> None:
    worlds.put_out(meeting)
    for address in (WITHDRAW, f"{worlds.MEETING}items/5/no-such-paper/withdraw/"):
        assert client.get(address).status_code == 302
        assert client.post(address, WHY).status_code == 302
    assert not WithdrawnPaper.objects.exists()


def test_the_title_of_an_exempt_paper_is_shown_to_who_has_proved_themselves_lately(
    meeting: Instalment, clerk: User
) -> None:
    worlds.add_tenders(meeting, clerk)
    worlds.put_out(meeting, Edition.RESTRICTED)
    late = Client()
    sign_in(late, clerk, ago=timedelta(days=1))
    assert late.get(f"{worlds.TENDERS}withdraw/").status_code == 302
    fresh = Client()
    sign_in(fresh, clerk)
    assert worlds.SECRET_TITLE in said(fresh, f"{worlds.TENDERS}withdraw/")


def test_a_withdrawn_exempt_paper_is_there_for_its_officers_alone(
    meeting: Instalment, clerk: User, browser: Client, client: Client
) -> None:
    worlds.add_tenders(meeting, clerk)
    worlds.put_out(meeting, Edition.RESTRICTED)
    browser.post(f"{worlds.TENDERS}withdraw/", WHY)
    assert client.get(worlds.TENDERS).status_code == 302
    member = Client()
    sign_in(member, person_with(Role.MEMBER))
    assert member.get(worlds.TENDERS).status_code == 404
    assert browser.get(worlds.TENDERS).status_code == 200
