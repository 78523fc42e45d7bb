"""The page about cookies names every cookie that the site sets, and no other."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpResponseBase
from django.test import Client
from django.urls import get_resolver, reverse
from lxml import html
from pytest_django import Settings

from tests.access.cast import TODAY, person, person_with
from tests.urls_matrix.walk import walk
from torbay_reports.access.models import RoleAssignment, User
from torbay_reports.access.roles import Role
from torbay_reports.access.signin.sessions import ON_OWN_DEVICE
from torbay_reports.core.cookies import cookies

pytestmark = pytest.mark.django_db
PASSWORD = "nine-green-bottles"
SIGNING_IN = ("/sign-in/", "/password/", "/invitation/")
"""Where a visitor begins to sign in: forms, which a cookie protects."""


@pytest.fixture(autouse=True)
def second_factor_is_off(settings: Settings) -> None:
    settings.ROLES_WITH_SECOND_FACTOR = []


def parsed(client: Client) -> Any:
    return html.fromstring(client.get("/cookies/").content.decode())


def named(client: Client) -> dict[str, str]:
    """Each cookie of the page, and how long the page says that it stays."""
    rows = [[cell.text_content().strip() for cell in row] for row in parsed(client).cssselect("tbody tr")]
    return {name: lasts for name, _, lasts in rows}


def addresses() -> list[str]:
    """Every address of the site that takes no arguments."""
    return [reverse(name) for name, arguments in walk(get_resolver().url_patterns) if not arguments]


def everywhere(client: Client) -> Iterator[tuple[str, HttpResponseBase]]:
    for address in addresses():
        yield f"GET {address}", client.get(address)
    yield "GET an address that is not there", client.get("/no/such/page/")


def signed_in_and_out(someone: User) -> Iterator[tuple[str, HttpResponseBase]]:
    """A sign-in that fails, one that succeeds, every page, every form sent empty, and the sign-out."""
    client = Client()
    yield "the sign-in page", client.get("/sign-in/")
    yield "a wrong password", client.post("/sign-in/", {"login": someone.email, "password": "wrong"})
    response = client.post("/sign-in/", {"login": someone.email, "password": PASSWORD})
    assert response.status_code == 302, "the sign-in has to succeed for this test to see its cookies"
    yield "a sign-in", response
    yield from everywhere(client)
    out = reverse("account_logout")
    for address in addresses():
        if address != out:
            yield f"POST {address}", client.post(address)
    yield "a sign-out", client.post(out)


def test_every_cookie_that_is_set_stands_on_the_page_and_every_one_there_is_set() -> None:
    administrator = person_with(Role.ADMINISTRATOR)
    for role in (Role.FINANCE_OFFICER, Role.CLERK, Role.MONITORING_OFFICER):
        RoleAssignment.objects.create(person=administrator, role=role, starts_on=TODAY)
    administrator.set_password(PASSWORD)
    administrator.save()
    on_the_page = named(Client())
    seen: set[str] = set()
    unnamed = []
    for what, response in (*everywhere(Client()), *signed_in_and_out(administrator)):
        seen |= set(response.cookies)
        unnamed += [f"{what} sets {name}" for name in response.cookies if name not in on_the_page]
    assert not unnamed, f"Not on the page about cookies: {unnamed}. Add each to core.cookies, or stop setting it."
    assert set(on_the_page) == seen, "the page names cookies that nothing sets"


def test_reading_without_signing_in_sets_no_cookie() -> None:
    for what, response in everywhere(Client()):
        if not what.removeprefix("GET ").startswith(SIGNING_IN):
            assert not response.cookies, what


def test_the_page_says_how_long_each_cookie_stays(client: Client) -> None:
    someone = person("Robin Vale", PASSWORD)
    lasts = named(client)
    client.get("/sign-in/")
    response = client.post("/sign-in/", {"login": someone.email, "password": PASSWORD})
    assert response.cookies["sessionid"]["max-age"] == 12 * 3600
    assert ON_OWN_DEVICE.days == 30, "the page says 30 days: change both"
    assert lasts["sessionid"].startswith("12 hours; for councillors who say that the device is their own, 30 days")
    assert response.cookies["csrftoken"]["max-age"] == 364 * 86400
    assert lasts["csrftoken"] == "364 days"


def test_the_names_follow_the_settings(settings: Settings) -> None:
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME = "mine", "token"
    assert [cookie.name for cookie in cookies()] == ["mine", "token", CookieStorage.cookie_name]


def test_the_page_asks_for_no_consent_and_says_why(client: Client) -> None:
    page = parsed(client).text_content()
    assert "strictly necessary" in page
    assert "regulation 6(4) of the Privacy and Electronic Communications" in page
