"""Nothing is sent to an address before its owner has confirmed it, and nothing after they have ended it."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from pytest_django import Settings

from tests.access.cast import person
from tests.agenda.subscribing.world import ADDRESS, AT, board, instalment, subscribed
from torbay_reports.access.models import User
from torbay_reports.access.services.accounts import close_account
from torbay_reports.agenda.models import Committee, Notice, NoticeDelivery, Subscription
from torbay_reports.agenda.subscribing import links, subscriptions
from torbay_reports.core import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def committee() -> Committee:
    return board()


def forget() -> str:
    said = StringIO()
    call_command("forget_personal_data", stdout=said)
    return said.getvalue()


def test_messages_go_to_nobody_who_has_not_confirmed(committee: Committee) -> None:
    asked = subscriptions.ask(committee=committee, email=ADDRESS)
    assert not subscriptions.confirmed_of(committee).exists()
    subscriptions.confirm(subscription=asked)
    assert subscriptions.confirmed_of(committee).get() == asked


def test_asking_twice_and_in_capitals_is_one_subscription(committee: Committee) -> None:
    first = subscriptions.ask(committee=committee, email=ADDRESS)
    assert subscriptions.ask(committee=committee, email=ADDRESS.upper()) == first
    assert Subscription.objects.count() == 1


def test_asking_again_begins_its_days_anew_but_keeps_what_is_confirmed(
    committee: Committee, settings: Settings
) -> None:
    waiting, confirmed = subscriptions.ask(committee=committee, email=ADDRESS), subscribed("other@example.com")
    settings.TODAY += timedelta(days=6)
    assert subscriptions.ask(committee=committee, email=ADDRESS).asked_at > waiting.asked_at
    again = subscriptions.ask(committee=committee, email="other@example.com")
    assert (again.asked_at, again.confirmed_at is None) == (confirmed.asked_at, False)


@pytest.mark.parametrize("email", ["nobody", "a@b\nBcc: c@d.example", f"{'a' * 250}@example.com", "a@gone@b.example"])
def test_what_is_no_address_is_refused(committee: Committee, email: str) -> None:
    with pytest.raises(ValidationError):
        subscriptions.ask(committee=committee, email=email)
    assert not Subscription.objects.exists()


def test_a_link_counts_for_seven_days_and_then_the_address_is_forgotten(
    committee: Committee, settings: Settings
) -> None:
    asked, kept = subscriptions.ask(committee=committee, email=ADDRESS), subscribed("other@example.com")
    assert subscriptions.may_be_confirmed(asked)
    settings.TODAY = date(2017, 9, 11)
    assert forget() == "There is nothing to forget.\n"
    settings.TODAY = date(2017, 9, 13)
    assert not subscriptions.may_be_confirmed(asked)
    assert "1 subscription that nobody confirmed deleted." in forget()
    assert list(Subscription.objects.all()) == [kept]


def test_which_message_went_to_whom_is_forgotten_too(committee: Committee) -> None:
    notice = Notice.objects.create(instalment=instalment(), version=1, due_at=AT)
    at = clock.now() - timedelta(days=subscriptions.DAYS_OF_DELIVERIES)
    NoticeDelivery.objects.create(notice=notice, subscription=subscribed(), at=at)
    assert "1 note of a message to a subscriber deleted." in forget()


def test_links_are_good_for_what_they_were_made_for_alone(committee: Committee) -> None:
    first, other = subscriptions.ask(committee=committee, email=ADDRESS), subscribed("other@example.com")
    confirming, ending = (path(first).split("/")[2] for path in (links.confirming_path, links.ending_path))
    assert links.to_confirm(confirming) == first
    assert links.to_end(ending) == first
    assert links.to_end(confirming) is None
    assert links.to_confirm(ending) is None
    for changed in (f"{other.pk}.{ending.partition('.')[2]}", f"{ending}x", "", ".", "9" * 400, "\0"):
        assert links.to_end(changed) is None
    subscriptions.end(subscription=first)
    assert links.to_end(ending) is None


def test_a_subscription_ends_with_the_account_of_its_address(committee: Committee) -> None:
    someone, other = person("Alex Moor"), person("Robin Vale")
    for each in (someone, other):
        subscriptions.subscribe(committee=committee, email=each.email.upper())
    close_account(person=someone, by=None)
    assert [each.email for each in subscriptions.confirmed_of(committee)] == [other.email]


def test_one_that_a_closed_account_has_left_behind_goes_within_a_day(committee: Committee) -> None:
    someone = person("Alex Moor")
    User.objects.filter(pk=someone.pk).update(is_active=False, closed_on=clock.today())
    for email in (someone.email, "stranger@example.com"):
        subscriptions.subscribe(committee=committee, email=email)
    assert "1 subscription of a closed account" in forget()
    assert [each.email for each in subscriptions.confirmed_of(committee)] == ["stranger@example.com"]
