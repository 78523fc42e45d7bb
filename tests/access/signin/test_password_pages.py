"""Passwords: every page in every state in which somebody can see it, and every message and e-mail it sends."""

import pytest
from django.conf import settings as site_settings
from django.core import mail
from django.test import Client

from tests.access.cast import person, sign_in
from tests.access.signin.pages import OTHER, PASSWORD, banners, errors, heading, labels, letters, parsed
from torbay_reports.access.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_attempts_yet")]


def test_sign_in_offers_every_way_in(client: Client, council_account: None) -> None:
    response = client.get("/sign-in/?next=/me/")
    assert heading(response) == "Sign in"
    assert labels(response) == ["E-mail address", "Password", "This is my own device: keep me signed in"]
    page = parsed(response)
    actions = {form.attrib.get("action"): form for form in page.cssselect("main form")}
    assert set(actions) == {None, "/sign-in/council/start/", "/sign-in/passkey/"}
    assert all(form.cssselect("input[name=next]")[0].attrib["value"] == "/me/" for form in actions.values())
    assert page.cssselect("[data-passkey-button]")[0].attrib["hidden"] == ""
    assert "needs JavaScript" in page.cssselect(".without-script")[0].text_content()


def test_sign_in_does_not_offer_a_council_account_where_the_council_has_none(client: Client) -> None:
    assert b"/start/" not in client.get("/sign-in/").content


def test_a_password_can_be_shown_while_it_is_typed(client: Client) -> None:
    page = parsed(client.get("/sign-in/"))
    (wrapper,) = page.cssselect("[data-module=govuk-password-input]")
    assert wrapper.cssselect("input")[0].attrib["id"] == wrapper.cssselect("button")[0].attrib["aria-controls"]


@pytest.mark.parametrize(
    ("data", "sentences"),
    [
        ({}, ["Enter the password that you have now", "Enter a new password"]),
        ({"oldpassword": "wrong", "password1": OTHER}, ["That is not the password that you have now. Try again."]),
        (
            {"oldpassword": PASSWORD, "password1": "x" * 1001},
            ["“New password” is too long. Type at most 1,000 characters."],
        ),
    ],
)
def test_changing_the_password_says_what_is_wrong(own: Client, data: dict[str, str], sentences: list[str]) -> None:
    response = own.post("/password/", data)
    assert heading(response) == "Change your password"
    assert errors(response) == sentences


def test_changing_the_password_asks_for_the_new_one_once_and_tells_of_it(own: Client) -> None:
    assert labels(own.get("/password/")) == ["Your password now", "New password"]
    response = own.post("/password/", {"oldpassword": PASSWORD, "password1": OTHER}, follow=True)
    assert banners(response) == ["Your password is changed."]
    assert letters() == [("Your password was changed", "The password with which you sign in was changed.")]


def test_a_first_password_is_chosen_by_who_has_none(client: Client) -> None:
    robin = person("Robin Vale")
    sign_in(client, robin, method="socialaccount")
    assert heading(client.get("/password/first/")) == "Choose a password"
    assert errors(client.post("/password/first/", {})) == ["Enter a password"]
    assert "too short" in errors(client.post("/password/first/", {"password1": "short"}))[0]
    response = client.post("/password/first/", {"password1": OTHER}, follow=True)
    assert banners(response) == ["Your password is saved."]
    assert [subject for subject, _ in letters()] == ["You have a password now"]


def test_a_forgotten_password_says_the_same_whether_the_address_is_known_or_not(client: Client, robin: User) -> None:
    assert heading(client.get("/password/forgotten/")) == "Forgotten password"
    assert errors(client.post("/password/forgotten/", {})) == ["Enter your e-mail address"]
    wrong = errors(client.post("/password/forgotten/", {"email": "robin"}))
    assert wrong == ["Enter an e-mail address in the correct format, like name@example.com"]
    pages = [
        client.post("/password/forgotten/", {"email": email}, follow=True)
        for email in ("nobody@council.invalid", robin.email)
    ]
    assert [heading(page) for page in pages] == ["Look into your mail"] * 2
    assert [letter.to for letter in mail.outbox] == [[robin.email]]


def test_the_link_leads_to_a_new_password_and_works_once(client: Client, robin: User) -> None:
    client.post("/password/forgotten/", {"email": robin.email})
    assert letters()[0][0] == "Choose a new password"
    body = str(mail.outbox[0].body)
    assert site_settings.PASSWORD_RESET_TIMEOUT == 3 * 24 * 60 * 60, "the letter says three days"
    link = next(line for line in body.splitlines() if line.startswith("http"))
    page = client.get(link, follow=True)
    assert heading(page) == "Choose a new password"
    assert labels(page) == ["New password"]
    action = page.request["PATH_INFO"]
    assert errors(client.post(action, {})) == ["Enter a new password"]
    assert "too short" in errors(client.post(action, {"password1": "short"}))[0]
    done = client.post(action, {"password1": OTHER}, follow=True)
    assert heading(done) == "Your password is changed"
    assert letters()[1][1].startswith("A new password was set for your account, by the link")
    assert heading(Client().get(link, follow=True)) == "This link no longer works"


def test_the_password_is_asked_for_again_and_leads_on(client: Client, robin: User) -> None:
    sign_in(client, robin)
    response = client.get("/sign-in/again/?next=/me/")
    assert heading(response) == "Enter your password again"
    assert errors(client.post("/sign-in/again/", {})) == ["Enter your password"]
    assert errors(client.post("/sign-in/again/", {"password": "x"})) == ["This is not your password. Try again."]
    done = client.post("/sign-in/again/", {"password": PASSWORD, "next": "/me/"})
    assert done["Location"] == "/me/"


def test_who_once_forgot_their_password_can_still_set_up_a_second_factor(own: Client, robin: User) -> None:
    own.post("/password/forgotten/", {"email": robin.email})
    assert heading(own.get("/me/second-factor/app/")) == "Set up an app"
    assert heading(own.get("/me/passkeys/add/")) == "Add a passkey"


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/sign-in/closed/", "Your account is closed"),
        ("/password/forgotten/sent/", "Look into your mail"),
        ("/password/new/done/", "Your password is changed"),
        ("/password/new/1-x/", "This link no longer works"),
        ("/sign-in/cancelled/", "You are not signed in"),
    ],
)
def test_pages_that_only_say_something_are_open_to_everybody(client: Client, address: str, words: str) -> None:
    assert heading(client.get(address)) == words


def test_too_many_requests_are_told_to_wait(client: Client) -> None:
    pages = [client.post("/password/forgotten/", {"email": "nobody@council.invalid"}) for _ in range(6)]
    assert [page.status_code for page in pages] == [302] * 5 + [429]
    assert heading(pages[-1]) == "Too many attempts"


def test_signing_out_says_so_and_signing_in_says_nothing(client: Client, robin: User) -> None:
    into = client.post("/sign-in/", {"login": robin.email, "password": PASSWORD}, follow=True)
    assert banners(into) == []
    assert banners(client.post("/sign-out/", follow=True)) == ["You are signed out."]
