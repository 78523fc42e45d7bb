"""Committees' pages, and how people ask for messages, confirm that and end them."""

import re
from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html
from pytest_django import Settings

from tests.access.cast import person, sign_in
from tests.agenda.subscribing.world import (
    ADDRESS,
    COMMITTEE,
    FEED,
    SUBSCRIBE,
    board,
    publish,
    sent_to,
    subscribed,
)
from torbay_reports.access.models import User
from torbay_reports.agenda.models import Committee, Meeting, Subscription
from torbay_reports.agenda.subscribing import links, subscriptions

pytestmark = pytest.mark.django_db
_LINK = re.compile(r"https?://\S+")


@pytest.fixture
def committee() -> Committee:
    return board()


@pytest.fixture
def reader() -> tuple[Client, User]:
    """Somebody who is signed in, and has no role."""
    client, someone = Client(), person()
    sign_in(client, someone)
    return client, someone


def words_of(content: bytes, within: str = "body") -> str:
    found = html.fromstring(content.decode()).cssselect(within)[0]
    return " ".join("".join(str(each) for each in found.itertext()).split())


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return words_of(response.content)


def asked_for(client: Client, email: str = ADDRESS) -> str:
    """What the page says after the form was sent."""
    response = client.post(SUBSCRIBE, {"email": email}, follow=True)
    return words_of(response.content, "main")


def link() -> str:
    """The path of the first link in the newest mail."""
    found = _LINK.search(str(mail.outbox[-1].body))
    assert found
    assert found[0].startswith("http://testserver/"), "the site at which the form was sent"
    return found[0].removeprefix("http://testserver")


def test_the_list_says_when_each_committee_meets_next(committee: Committee, client: Client) -> None:
    Committee.objects.create(slug="parks", name="Parks")
    said = text_of(client, "/committees/")
    assert "Harbour Board: next meeting on Wednesday 6 September 2017 Parks" in said
    Committee.objects.filter(slug="parks").delete()
    Meeting.objects.all().delete()
    Committee.objects.all().delete()
    assert "Here stand the council's committees" in text_of(client, "/committees/")


def test_a_committee_shows_its_meetings_what_was_published_and_its_clerk(committee: Committee, client: Client) -> None:
    for weeks in range(1, 23):
        Meeting.objects.create(committee=committee, held_on=date(2017, 9, 5) - timedelta(weeks=weeks))
    Committee.objects.update(short_name="HB", clerk="Robin Vale", telephone="01803 1", email="r@council.invalid")
    publish()
    said = text_of(client, COMMITTEE)
    assert "Harbour Board (HB)" in said
    assert "Wednesday 6 September 2017 (tomorrow)" in said
    assert "Harbour Board, Wednesday 6 September 2017: Supplement 1" in said
    assert "Robin Vale" in said
    assert "Page 1 of 2" in said
    assert "Tuesday 29 August 2017" in said
    second = text_of(client, f"{COMMITTEE}?page=2")
    assert "Tuesday 4 April 2017" in second
    assert "Tuesday 29 August 2017 T" not in second
    for odd in ("0", "999", "x", "%00"):
        assert client.get(f"{COMMITTEE}?page={odd}").status_code == 200


def test_an_empty_committee_says_what_will_stand_there(client: Client) -> None:
    Committee.objects.create(slug="harbour-board", name="Harbour Board")
    said = text_of(client, COMMITTEE)
    for sentence in ("Here stand the next meetings", "Here stands each agenda", "Here stand the meetings that were"):
        assert sentence in said


def test_a_meeting_that_was_moved_says_to_when(committee: Committee, client: Client) -> None:
    later = Meeting.objects.create(committee=committee, held_on=date(2017, 9, 20))
    Meeting.objects.filter(held_on=date(2017, 9, 6)).update(moved_to=later)
    assert "(tomorrow): moved to Wednesday 20 September 2017" in text_of(client, COMMITTEE)
    assert "next meeting on Wednesday 20 September 2017" in text_of(client, "/committees/")


def test_reading_sets_no_cookie_and_costs_as_much_for_many_as_for_few(committee: Committee, client: Client) -> None:
    def queries() -> list[int]:
        numbers = []
        for address in ("/committees/", COMMITTEE, FEED):
            with CaptureQueriesContext(connection) as captured:
                response = client.get(address)
            assert response.status_code == 200
            assert not response.cookies
            numbers.append(len(captured))
        return numbers

    publish()
    Meeting.objects.create(committee=committee, held_on=date(2017, 8, 1))
    few = queries()
    for number in range(2, 8):
        publish(number)
        Meeting.objects.create(committee=committee, held_on=date(2017, 10, number))
        Meeting.objects.create(committee=committee, held_on=date(2017, 7, number))
        Committee.objects.create(slug=f"board-{number}", name=f"Board {number}")
    assert queries() == few
    assert max(few) <= 6


def test_a_stranger_is_sent_one_message_and_then_confirms_by_a_button(committee: Committee, client: Client) -> None:
    assert "A message is on its way" in asked_for(client, f" {ADDRESS.upper()} ")
    assert sent_to() == [ADDRESS]
    at = link()
    assert "Yes, send me the messages" in text_of(Client(), at)
    assert not subscriptions.confirmed_of(committee).exists(), "looking at the link confirms nothing"
    said = client.post(at, follow=True).content.decode()
    assert "go to your address from now on" in said
    assert subscriptions.confirmed_of(committee).get().email == ADDRESS
    assert client.get(at).status_code == 410
    assert client.post(at).status_code == 410


def test_the_answer_does_not_tell_who_is_subscribed(committee: Committee, client: Client) -> None:
    subscribed()
    subscriptions.ask(committee=committee, email="waiting@example.com")
    answers = {asked_for(client, email) for email in (ADDRESS, "waiting@example.com", "new@example.com")}
    assert len(answers) == 1
    assert "They go to this address already" not in answers.pop()
    assert sent_to() == [ADDRESS, "waiting@example.com", "new@example.com"]
    assert "They go to this address already" not in str(mail.outbox[2].body)
    assert "go to this address already" in str(mail.outbox[0].body)


def test_nobody_is_flooded_with_messages(committee: Committee, client: Client) -> None:
    answers = {asked_for(client) for _ in range(7)}
    assert len(answers) == 1, "nor told of the limit"
    assert sent_to() == [ADDRESS] * 5
    for number in range(30):
        asked_for(client, f"reader-{number}@example.com")
    assert len(mail.outbox) == 18, "twenty are asked for from one address of the net, and two were asked too often"
    elsewhere = Client(REMOTE_ADDR="192.0.2.1")
    asked_for(elsewhere, "somebody@example.com")
    assert len(mail.outbox) == 19


@pytest.mark.parametrize(
    "email",
    ["", "nobody", "a@b.example\nBcc: c@d.example", "a@b.example\0", f"{'a' * 255}@b.example", "“a”@b.example", "a@b"],
)
def test_what_is_no_address_gets_an_error_at_its_field(committee: Committee, client: Client, email: str) -> None:
    response = client.post(SUBSCRIBE, {"email": email})
    assert response.status_code == 200
    assert html.fromstring(response.content.decode()).cssselect("#id_email_error")
    assert mail.outbox == []
    assert not Subscription.objects.exists()


def test_forms_are_held_against_other_sites_but_not_the_link_that_ends(committee: Committee) -> None:
    strict, asked = Client(enforce_csrf_checks=True), subscriptions.ask(committee=committee, email=ADDRESS)
    assert strict.post(SUBSCRIBE, {"email": ADDRESS}).status_code == 403
    assert strict.post(links.confirming_path(asked)).status_code == 403
    assert strict.post(links.ending_path(asked)).status_code == 200


def test_one_click_of_a_mail_program_ends_it_and_so_does_the_button(committee: Committee, client: Client) -> None:
    at = links.ending_path(subscribed())
    assert "End the messages about the Harbour Board?" in text_of(client, at)
    assert Subscription.objects.exists(), "looking at the link ends nothing"
    for _ in range(2):
        response = client.post(at, {"List-Unsubscribe": "One-Click"})
        assert response.status_code == 200, "RFC 8058 wants no redirect"
        assert not response.cookies
    assert not Subscription.objects.exists()
    assert "The messages have ended" in text_of(client, at)


def test_who_is_signed_in_subscribes_by_one_button_and_ends_it(
    committee: Committee, reader: tuple[Client, User]
) -> None:
    client, someone = reader
    assert f"to your own address, {someone.email}" in text_of(client, COMMITTEE)
    said = client.post(SUBSCRIBE, follow=True).content.decode()
    assert f"go to {someone.email} from now on" in said
    assert subscriptions.confirmed_of(committee).get().email == someone.email
    assert mail.outbox == []
    page = html.fromstring(client.get(COMMITTEE).content.decode())
    (end,) = [each.get("href") for each in page.cssselect("a") if each.text == "End the messages"]
    client.post(str(end))
    assert not Subscription.objects.exists()


def test_a_link_that_is_too_old_or_changed_says_so(committee: Committee, client: Client, settings: Settings) -> None:
    at = links.confirming_path(subscriptions.ask(committee=committee, email=ADDRESS))
    settings.TODAY = date(2017, 9, 13)
    for dead in (at, at.replace(".", ".x"), "/subscriptions/x/confirm/", "/subscriptions/%00/confirm/"):
        for response in (client.get(dead), client.post(dead)):
            assert response.status_code == 410
            assert "This link does not work any more" in response.content.decode()


def test_links_are_kept_by_no_cache(committee: Committee, client: Client) -> None:
    for at in (links.ending_path(subscribed()), "/subscriptions/x/confirm/", SUBSCRIBE):
        assert "no-store" in client.get(at)["Cache-Control"]


def test_the_privacy_notice_says_what_is_kept_and_how_long(client: Client) -> None:
    said = text_of(client, "/privacy/")
    assert f"An address that nobody confirms is deleted after {subscriptions.DAYS_TO_CONFIRM} days" in said
    assert f"for you, for {subscriptions.DAYS_OF_DELIVERIES} days" in said
