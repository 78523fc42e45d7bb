"""The pages of no room, the frame of every page, and the pages of errors."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from allauth.core.ratelimit import respond_429
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from django.test import Client, RequestFactory
from django.views.csrf import csrf_failure
from django.views.defaults import bad_request, permission_denied, server_error
from lxml import html
from pytest_django import Settings

from torbay_reports.access.throttling import WINDOW
from torbay_reports.publishing.middleware import DamagedPublicationMiddleware
from torbay_reports.publishing.selectors import DamagedPublication

PAGES = ("/accessibility/", "/privacy/", "/cookies/")


def parsed(page: bytes) -> Any:
    return html.fromstring(page.decode())


def text_of(page: bytes) -> str:
    """The page's words, with single blanks."""
    return " ".join(parsed(page).text_content().split())


def test_the_accessibility_statement_needs_no_sign_in_and_says_what_it_must(client: Client) -> None:
    response = client.get("/accessibility/")
    page = response.content.decode()
    assert response.status_code == 200
    for words in ("version 2.2, at level AA", "What is known not to work", "Equality Advisory", "prepared on"):
        assert words in page


@pytest.mark.parametrize("months", [1, 24])
def test_the_privacy_notice_says_what_articles_13_and_14_ask_for(
    client: Client, settings: Settings, months: int
) -> None:
    settings.PERSONAL_DATA_MONTHS = months
    page = text_of(client.get("/privacy/").content)
    limit = f"{months} month{'s' if months > 1 else ''}"
    for words in (
        "Torbay Council runs this site",
        "If you read without signing in Nothing is kept about you.",
        "your name and your e-mail address",
        "your roles and your seats on committees",
        "each time you signed in or out",
        "each restricted paper that you opened",
        "its network address",
        "Article 6(1)(e) of the UK GDPR",
        f"Sign-ins, sign-outs and attempts: {limit}.",
        f"until {limit} after your account is closed.",
        "A device and its network address: while the device is signed in",
        "Reads of restricted papers, changes of role and of your account",
        "your name with them: for good.",
        "You can object to its use.",
        "write to the monitoring officer of Torbay Council",
        "Information Commissioner's Office",
    ):
        assert words in page


def test_the_privacy_notice_agrees_with_how_long_failed_attempts_are_held(client: Client) -> None:
    assert timedelta(minutes=15) == WINDOW, "the privacy notice says 15 minutes: change both"
    assert "counts for up to 15 minutes" in text_of(client.get("/privacy/").content)


@pytest.mark.parametrize(("demo", "said"), [(True, True), (False, False)])
def test_the_privacy_notice_says_where_people_are_invented(
    client: Client, settings: Settings, demo: bool, said: bool
) -> None:
    settings.DEMO = demo
    assert ("the people who can sign in to it are invented" in text_of(client.get("/privacy/").content)) == said


@pytest.mark.parametrize("address", PAGES)
def test_every_page_has_its_language_title_skip_link_banner_and_foot(client: Client, address: str) -> None:
    page = client.get(address).content.decode()
    assert '<html lang="en-GB"' in page
    assert re.search(r"<title>[A-Z][a-z ]+ – Torbay Council</title>", page)
    assert 'href="#main-content"' in page
    assert page.count("<h1 ") == 1
    assert "Demonstration. Figures and dates as published by Torbay Council in 2017; sentences rewritten." in page
    assert "Today is Tuesday 5 September 2017 in this demonstration" in page
    for other, label in zip(PAGES, ("Accessibility statement", "Privacy", "Cookies"), strict=True):
        assert f'<a class="govuk-link" href="{other}">{label}</a>' in page


@pytest.mark.parametrize(
    ("roles", "said"), [([], True), (["none"], True), (["all"], False), (["administrator"], False)]
)
def test_the_banner_says_that_the_second_factor_is_off_only_where_it_is(
    client: Client, settings: Settings, roles: list[str], said: bool
) -> None:
    settings.ROLES_WITH_SECOND_FACTOR = roles
    banner = parsed(client.get("/privacy/").content).cssselect(".demo-notice")[0].text_content()
    assert ("no second factor is asked for at sign-in." in banner) == said
    assert banner.strip().endswith(".")


def test_no_page_carries_a_script_of_its_own(client: Client) -> None:
    page = client.get("/accessibility/").content.decode()
    scripts = page.split("<script")[1:]
    assert scripts
    for script in scripts:
        assert "src=" in script.split(">")[0]
        assert script.split(">", 1)[1].startswith("</script>")


# None of the tests below may ask the database, since an error page has to work without it.


@pytest.mark.parametrize("name", ["400.html", "403_csrf.html", "500.html"])
def test_errors_before_a_page_exists_need_no_context(name: str) -> None:
    page = get_template(name).render()
    assert "<h1>" in page
    assert "/static/" not in page


def test_every_error_page_has_a_frame_a_title_and_a_heading_and_quotes_no_exception(checkout: Path) -> None:
    pages = sorted((checkout / "templates").glob("[45]??*.html"))
    assert {"400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html"} <= {
        page.name for page in pages
    }
    for page in pages:
        source = page.read_text()
        assert source.startswith('{% extends "'), page.name
        assert "{% block title %}" in source, page.name
        assert "<h1" in source, page.name
        assert "exception" not in source, f"{page.name} may show what an exception says"


SECRET = "connection to 10.0.0.5 failed for user papers"


def failing(request: HttpRequest) -> HttpResponse:
    return server_error(request)


@pytest.mark.parametrize(
    ("status", "title", "said", "cure"),
    [
        (400, "This request cannot be read", "is not as it should be", "Go back, and try once more"),
        (403, "Not allowed", "Nothing was changed.", "ask the administrator for the role"),
        (429, "Too many attempts", "Nothing was changed.", "Wait five minutes, then go back"),
        (500, "Something went wrong on our side", "The page could not be made.", "Try again in a few minutes."),
        (503, "This paper is not shown", "is not what was published", "The committee's clerk has the paper"),
    ],
)
def test_an_error_says_what_happened_and_what_to_do_and_nothing_else(
    rf: RequestFactory, status: int, title: str, said: str, cure: str
) -> None:
    request = rf.get("/papers/5/")
    request.user = AnonymousUser()
    answers: dict[int, Callable[[], HttpResponse | None]] = {
        400: lambda: bad_request(request, BadRequest(SECRET)),
        403: lambda: permission_denied(request, PermissionDenied(SECRET)),
        429: lambda: respond_429(request),
        500: lambda: server_error(request),
        503: lambda: DamagedPublicationMiddleware(failing).process_exception(request, DamagedPublication(SECRET)),
    }
    response = answers[status]()
    assert response is not None
    assert response.status_code == status
    assert parsed(response.content).findtext(".//title").strip().startswith(title)
    words = text_of(response.content)
    assert said in words
    assert cure in words
    assert SECRET not in response.content.decode()
    assert "Traceback" not in words


def test_a_form_without_its_token_is_answered_in_plain_words(rf: RequestFactory) -> None:
    response = csrf_failure(rf.post("/sign-in/"), reason=SECRET)
    assert response.status_code == 403
    assert "Your form was not accepted" in text_of(response.content)
    assert "Go back, load the page anew, and send the form again." in text_of(response.content)
    assert SECRET not in response.content.decode()


def test_an_address_that_is_not_there_is_answered_without_the_database() -> None:
    response = Client().get("/no/such/page/")
    assert response.status_code == 404
    assert "If you typed the address, look at it once more." in text_of(response.content)


def test_an_error_of_the_database_shows_the_page_and_no_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise OperationalError(SECRET)

    monkeypatch.setattr("torbay_reports.agenda.selectors.meetings_around", broken)
    client = Client(raise_request_exception=False)
    for _ in range(2):
        response = client.get("/")
        assert response.status_code == 500
        assert "Something went wrong on our side" in text_of(response.content)
        assert SECRET not in response.content.decode()
        client.cookies["sessionid"] = "abc"
