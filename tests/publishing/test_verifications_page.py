"""The page of verifications: who reads it, and what it says."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.access.cast import BOARD, SINCE, person, person_with
from tests.publishing.bundles.kit import parsed_bytes, said
from tests.publishing.bundles.published import verified
from torbay_reports.access.models import RoleAssignment, User
from torbay_reports.access.roles import Role
from torbay_reports.core import clock
from torbay_reports.publishing.models import Verification
from torbay_reports.publishing.views import EARLIER

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client: Client) -> User:
    """The monitoring officer, signed in."""
    officer = person_with(Role.MONITORING_OFFICER)
    client.force_login(officer)
    return officer


def add(*differences: tuple[str, str], days_ago: int = 0, by: User | None = None) -> Verification:
    """A verification of half past three."""
    begun = clock.now().replace(hour=3, minute=30) - timedelta(days=days_ago)
    return Verification.objects.create(
        begun_at=begun,
        ended_at=begun + timedelta(minutes=4),
        by=by,
        bundles=1,
        files=1200,
        rows=7,
        differences=differences,
    )


def page(client: Client) -> str:
    """The words of the page."""
    response = client.get(reverse("publishing:verifications"))
    assert response.status_code == 200
    return said(parsed_bytes(response.content).cssselect("main")[0])


def test_where_nothing_is_published_nothing_differs() -> None:
    found = verified()
    assert (found.differences, found.bundles, found.files, found.rows) == ([], 0, 0, 0)


def test_before_the_first_verification_it_says_what_will_stand_there(client: Client, officer: User) -> None:
    told = page(client)
    assert "Nothing was read again yet." in told
    assert "manage.py verify_publications" in told
    assert "Earlier" not in told


def test_it_says_first_whether_something_differs_and_what_was_read(client: Client, officer: User) -> None:
    add()
    told = page(client)
    assert told.startswith("Is everything published as it was published? Yes: nothing differs.")
    assert "Read again on 5 September 2017 from 03:30 to 03:34: 1 bundle, 1,200 files, 7 rows." in told


def test_it_says_what_differs_and_lists_the_runs_before(client: Client, officer: User) -> None:
    add(days_ago=2)
    add(("Public store, feed.xml", "This page is missing."), days_ago=1)
    add(("Public store, <a>", "One."), ("Restricted store", "Two."), by=person("Robin Vale"))
    told = page(client)
    assert "2 things differ from what was published." in told
    assert "by Robin Vale" in told
    assert "Public store, <a>One." in told
    assert "4 September 2017, 03:30: 1 thing differed 3 September 2017, 03:30: nothing differed" in told
    assert "feed.xml" not in told


def test_one_difference_is_one_thing(client: Client, officer: User) -> None:
    add(("Public store, feed.xml", "This page is missing."))
    assert "1 thing differs from what was published." in page(client)


def test_earlier_runs_are_those_of_a_month(client: Client, officer: User) -> None:
    for days in range(EARLIER + 5):
        add(days_ago=days)
    assert page(client).count("nothing differed") == EARLIER


def test_a_monitoring_officer_of_one_committee_reads_it(client: Client) -> None:
    someone = person()
    RoleAssignment.objects.create(
        person=someone, role=Role.MONITORING_OFFICER, starts_on=SINCE, scope_kind="committee", scope_slug=BOARD
    )
    client.force_login(someone)
    assert "Nothing was read again yet." in page(client)


def test_others_are_told_why_they_may_not(client: Client) -> None:
    client.force_login(person_with(Role.CLERK))
    response = client.get(reverse("publishing:verifications"))
    assert response.status_code == 404
    assert "you are not monitoring officer" in response.content.decode().lower()


@pytest.mark.parametrize(("role", "offered"), [(Role.MONITORING_OFFICER, True), (Role.CLERK, False)])
def test_the_menu_offers_it_to_who_may_read_it(client: Client, role: Role, offered: bool) -> None:
    client.force_login(person_with(role))
    menu = parsed_bytes(client.get("/accessibility/").content).cssselect("#navigation")[0]
    assert ("Checks" in said(menu).split()) == offered
