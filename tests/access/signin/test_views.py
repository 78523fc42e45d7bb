"""Sign in and sign out, by the browser's requests."""

from typing import Any

import pytest
from django.test import Client
from lxml import html

from tests.access.cast import person
from torbay_reports.access.models import SignInAttempt, User
from torbay_reports.access.throttling import LIMIT, LIMIT_FROM_ANYWHERE

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough sentence"
WRONG = "The e-mail address or the password is not right. Check both and try again."


@pytest.fixture
def robin() -> User:
    return person("Robin Vale", PASSWORD)


def parsed(content: bytes) -> Any:
    return html.fromstring(content.decode())


def errors(content: bytes) -> list[tuple[str, str]]:
    """The links of the error summary: the sentence and the field it leads to."""
    page = parsed(content)
    links = page.cssselect(".govuk-error-summary__list a")
    for link in links:
        assert page.get_element_by_id(link.attrib["href"][1:]) is not None
    return [(link.text_content(), link.attrib["href"]) for link in links]


def test_the_form_has_labels_and_lets_the_browser_fill_it_in(client: Client) -> None:
    page = parsed(client.get("/sign-in/").content)
    labels = {label.attrib["for"]: label.text_content() for label in page.cssselect("label")}
    assert labels == {
        "id_login": "E-mail address",
        "id_password": "Password",
        "id_own_device": "This is my own device: keep me signed in",
    }
    email, password = page.get_element_by_id("id_login"), page.get_element_by_id("id_password")
    assert (email.attrib["type"], email.attrib["autocomplete"]) == ("email", "username")
    assert (password.attrib["type"], password.attrib["autocomplete"]) == ("password", "current-password")
    assert not page.cssselect(".govuk-error-summary")


def test_the_right_password_signs_in_whatever_the_case_of_the_address(client: Client, robin: User) -> None:
    response = client.post("/sign-in/", {"login": "Robin.Vale@Council.Invalid", "password": PASSWORD})
    assert (response.status_code, response["Location"]) == (302, "/me/")
    assert client.get("/me/").context["person"] == robin
    assert not SignInAttempt.objects.exists()


def test_a_wrong_password_an_unknown_address_and_a_closed_account_read_alike(client: Client, robin: User) -> None:
    closed = person("Gone Away", PASSWORD)
    User.objects.filter(pk=closed.pk).update(is_active=False)
    pages = [
        client.post("/sign-in/", {"login": email, "password": password})
        for email, password in [(robin.email, "wrong"), ("nobody@council.invalid", PASSWORD), (closed.email, PASSWORD)]
    ]
    for page in pages:
        assert page.status_code == 200
        assert errors(page.content) == [(WRONG, "#id_login")]
        assert b"<title>Error: Sign in" in page.content
    assert SignInAttempt.objects.count() == 3


def test_each_empty_or_malformed_field_says_what_to_enter(client: Client) -> None:
    page = client.post("/sign-in/", {"login": "", "password": ""})
    assert errors(page.content) == [
        ("Enter your e-mail address", "#id_login"),
        ("Enter your password", "#id_password"),
    ]
    field = parsed(page.content).get_element_by_id("id_login")
    assert field.attrib["aria-describedby"] == "id_login_error"
    assert field.attrib["aria-invalid"] == "true"
    page = client.post("/sign-in/", {"login": "robin", "password": "x"})
    assert errors(page.content) == [
        ("Enter an e-mail address in the correct format, like name@example.com", "#id_login")
    ]
    too_long = f"{'a' * 60}@{'.'.join(['b' * 60] * 4)}.invalid"
    page = client.post("/sign-in/", {"login": too_long, "password": "x"})
    assert errors(page.content) == [("Enter an e-mail address of at most 254 characters", "#id_login")]
    assert not SignInAttempt.objects.exists()


def test_after_ten_failures_the_right_password_is_refused_too_with_a_plain_sentence(
    client: Client, robin: User
) -> None:
    for _ in range(LIMIT):
        assert client.post("/sign-in/", {"login": robin.email, "password": "wrong"}).status_code == 200
    page = client.post("/sign-in/", {"login": robin.email, "password": PASSWORD})
    assert page.status_code == 429
    assert errors(page.content)[0][0].startswith("There were too many failed attempts to sign in. Wait 15 minutes")
    assert client.get("/me/").status_code == 302


@pytest.mark.parametrize(
    ("target", "lands_on"),
    [
        ("/me/?from=mail", "/me/?from=mail"),
        ("https://elsewhere.example/", "/me/"),
        ("//elsewhere.example/", "/me/"),
        ("javascript:alert(1)", "/me/"),
        ("/sign-in/", "/me/"),
        ("/sign-out/", "/me/"),
    ],
)
def test_sign_in_leads_on_to_our_own_pages_only(client: Client, robin: User, target: str, lands_on: str) -> None:
    response = client.post("/sign-in/", {"login": robin.email, "password": PASSWORD, "next": target})
    assert (response.status_code, response["Location"]) == (302, lands_on)
    again = client.get("/sign-in/", {"next": target})
    assert (again.status_code, again["Location"]) == (302, lands_on)


def test_the_form_keeps_where_the_visitor_wanted_to_go_through_a_mistake(client: Client) -> None:
    assert client.get("/me/?x=1")["Location"] == "/sign-in/?next=/me/%3Fx%3D1"
    page = client.post("/sign-in/", {"login": "a@council.invalid", "password": "wrong", "next": "/me/?x=1"})
    assert parsed(page.content).cssselect("input[name=next]")[0].attrib["value"] == "/me/?x=1"


def test_sign_in_and_sign_out_refuse_a_request_without_the_token(robin: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/sign-in/", {"login": robin.email, "password": PASSWORD}).status_code == 403
    strict.force_login(robin)
    assert strict.post("/sign-out/").status_code == 403


def test_sign_out_works_by_post_only(client: Client, robin: User) -> None:
    client.force_login(robin)
    assert client.get("/sign-out/").status_code == 405
    assert client.get("/me/").status_code == 200
    response = client.post("/sign-out/")
    assert (response.status_code, response["Location"]) == (302, "/sign-in/")
    assert client.get("/me/").status_code == 302


def test_a_closed_account_is_out_at_its_next_request(client: Client, robin: User) -> None:
    client.force_login(robin)
    User.objects.filter(pk=robin.pk).update(is_active=False)
    assert client.get("/me/").status_code == 302


def test_visitors_of_a_server_that_passes_no_address_do_not_lock_each_other_out(robin: User) -> None:
    for number in range(LIMIT_FROM_ANYWHERE + 1):
        stranger = Client(REMOTE_ADDR="" if number % 2 else "unix:")
        assert stranger.post("/sign-in/", {"login": f"p{number}@council.invalid", "password": "x"}).status_code == 200
    visitor = Client(REMOTE_ADDR="")
    assert visitor.post("/sign-in/", {"login": robin.email, "password": PASSWORD}).status_code == 302
