"""Signing in with the keyboard alone: by password, by code, by passkey; and looking after one's own second factor."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.access.cast import person, sign_in
from tests.access.signin.codes import code
from tests.browser.keys import expect_heading, follow, press, tab_to, write
from torbay_reports.access.models import User

pytestmark = pytest.mark.browser
PASSWORD = "a long enough sentence"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
WRONG = "The e-mail address or the password is not right. Check both and try again."
LETS_IN_ITS_OWNER = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def address(live_server: LiveServer, transactional_db: None, settings: Settings) -> str:
    """Where the pages stand. A passkey is for a name, never for a number, so the name has to be localhost."""
    settings.LOGIN_REDIRECT_URL = "access:me"
    cache.clear()
    assert live_server.url.startswith("http://localhost:")
    return str(live_server.url)


@pytest.fixture
def robin(address: str) -> User:
    return person("Robin Vale", PASSWORD)


@pytest.fixture
def device(page: Page) -> Iterator[Any]:
    """The browser's device, which keeps passkeys and knows its owner; `send` talks to it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": LETS_IN_ITS_OWNER})
    yield session
    session.detach()


def give_password(page: Page, address: str, someone: User, password: str = PASSWORD) -> None:
    page.goto(f"{address}/sign-in/")
    write(page, "E-mail address", someone.email)
    write(page, "Password", password)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def sign_out(page: Page) -> None:
    press(page, "Sign out")
    expect(page.get_by_text("You are signed out.")).to_be_visible()


def test_a_wrong_password_is_said_to_be_wrong_and_the_right_one_signs_in(page: Page, address: str, robin: User) -> None:
    # Given the page to sign in
    page.goto(f"{address}/sign-in/")
    expect_heading(page, "Sign in")
    # When a wrong password is typed
    give_password(page, address, robin, "not the password")
    # Then a sentence says so, and has the focus
    expect(page.get_by_role("alert").first).to_contain_text(WRONG)
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    expect_heading(page, "Sign in")
    # And when the right one is typed, shown and sent
    write(page, "E-mail address", robin.email)
    write(page, "Password", PASSWORD)
    tab_to(page, page.get_by_role("button", name="Show password"))
    page.keyboard.press("Enter")
    expect(page.get_by_label("Password", exact=True)).to_have_attribute("type", "text")
    tab_to(page, page.get_by_label("This is my own device"))
    page.keyboard.press("Space")
    expect(page.get_by_label("This is my own device")).to_be_checked()
    press(page, "Sign in")
    # Then they are in
    expect_heading(page, "Robin Vale")


def test_an_app_is_set_up_and_its_code_is_the_second_step(page: Page, address: str, robin: User) -> None:
    # Given somebody who has signed in with a password
    give_password(page, address, robin)
    follow(page, "Second factor")
    expect_heading(page, "Second factor")
    # When they set up an app
    follow(page, "Set up an app")
    expect_heading(page, "Set up an app")
    secret = page.locator(".secret").inner_text().replace(" ", "")
    write(page, "Code that the app shows now", code(secret))
    press(page, "Set up the app")
    # Then they have recovery codes, and the list says that there is an app
    expect_heading(page, "Recovery codes")
    expect(page.locator(".recovery-codes li")).to_have_count(10)
    recovery = page.locator(".recovery-codes li").first.inner_text()
    page.goto(f"{address}/me/second-factor/")
    expect_heading(page, "Second factor")
    # And when they sign out and in again, the password is not enough, and neither is a wrong code
    sign_out(page)
    give_password(page, address, robin)
    expect_heading(page, "Second step")
    write(page, "Code", "12345")
    press(page, "Sign in")
    expect(page.get_by_role("alert").first).to_contain_text("That code is not right")
    expect_heading(page, "Second step")
    # But the app's next code is, since the one before is used up
    write(page, "Code", code(secret, periods=1))
    press(page, "Sign in")
    expect_heading(page, "Robin Vale")
    # And a recovery code is, once
    for worked in (True, False):
        sign_out(page)
        give_password(page, address, robin)
        write(page, "Code", recovery)
        press(page, "Sign in")
        expect(page.get_by_role("heading", level=1)).to_have_text("Robin Vale" if worked else "Second step")
        if not worked:
            press(page, "Do not sign in")
            expect(page.get_by_role("link", name="Sign in")).to_be_visible()


def test_a_passkey_is_added_and_signs_in_by_itself(page: Page, address: str, robin: User, device: Any) -> None:
    # Given somebody who has signed in with a password, on a device that keeps passkeys
    give_password(page, address, robin)
    follow(page, "Passkeys")
    expect_heading(page, "Passkeys")
    # When they add one
    press(page, "Add a passkey")
    expect_heading(page, "Add a passkey")
    write(page, "Name of this passkey", "work laptop")
    press(page, "Add the passkey")
    expect_heading(page, "Recovery codes")
    page.goto(f"{address}/me/passkeys/")
    expect(page.get_by_role("term").filter(has_text="work laptop")).to_be_visible()
    expect_heading(page, "Passkeys")
    # Then after signing out it signs them in, without their name and without a password, to where they wanted
    sign_out(page)
    page.goto(f"{address}/sign-in/?next=/me/devices/")
    press(page, "Sign in with a passkey")
    expect_heading(page, "Where you are signed in")
    # And it is the second step after a password
    sign_out(page)
    give_password(page, address, robin)
    expect_heading(page, "Second step")
    press(page, "Use a passkey")
    expect_heading(page, "Robin Vale")
    # And the proof again, instead of the password
    page.goto(f"{address}/sign-in/passkey/again/?next=/me/")
    expect_heading(page, "Use your passkey again")
    press(page, "Use a passkey")
    expect_heading(page, "Robin Vale")
    # And when it is renamed and removed, it is gone
    page.goto(f"{address}/me/passkeys/")
    follow(page, "Rename work laptop")
    expect_heading(page, "Rename a passkey")
    write(page, "Name of this passkey", "old laptop")
    press(page, "Save the name")
    follow(page, "Remove old laptop")
    expect_heading(page, "Remove the passkey “old laptop”")
    press(page, "Remove the passkey")
    expect(page.get_by_text("The passkey is removed.")).to_be_visible()


def test_a_device_without_a_passkey_says_so_in_an_alert(page: Page, address: str, device: Any) -> None:
    # Given a device that has no passkey for this site
    page.goto(f"{address}/sign-in/")
    # When somebody wants to sign in with one
    tab_to(page, page.get_by_role("button", name="Sign in with a passkey"))
    page.keyboard.press("Enter")
    # Then a sentence says what to do, and the button can be pressed again
    expect(page.get_by_role("alert").filter(has_text="No passkey was used")).to_be_visible()
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_focused()
    expect_heading(page, "Sign in")


def test_without_javascript_a_sentence_stands_instead_of_the_passkeys_button(
    chromium: Browser, address: str, robin: User
) -> None:
    # Given a browser without JavaScript
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    # When somebody opens the page to sign in
    page.goto(f"{address}/sign-in/")
    # Then it says what a passkey needs, and the password does without
    expect(page.get_by_text("A passkey needs JavaScript")).to_be_visible()
    expect(page.get_by_role("button", name="Sign in with a passkey")).not_to_be_visible()
    give_password(page, address, robin)
    expect(page.get_by_role("heading", level=1)).to_have_text("Robin Vale")
    context.close()


def test_another_device_is_signed_out_from_here(page: Page, address: str, robin: User) -> None:
    # Given somebody who is signed in here and on a tablet
    tablet = Client(headers={"user-agent": "Mozilla/5.0 (iPad; CPU OS 17_5) Version/17.5 Safari/604.1"})
    tablet.post("/sign-in/", {"login": robin.email, "password": PASSWORD})
    give_password(page, address, robin)
    follow(page, "Where you are signed in")
    expect_heading(page, "Where you are signed in")
    # When they end the tablet's session
    press(page, re.compile("End this session of Safari on an iPad"))
    # Then it is gone, and this one is still there
    expect(page.get_by_text("The session is ended: Safari on an iPad.")).to_be_visible()
    expect(page.get_by_text("You are signed in nowhere else.")).to_be_visible()
    assert tablet.get("/me/").status_code == 302
    expect_heading(page, "Where you are signed in")


def test_everything_else_about_signing_in_can_be_read_by_everybody(page: Page, address: str, robin: User) -> None:
    # Given somebody with an app and recovery codes who signed in a moment ago
    TOTP.activate(robin, SECRET)
    RecoveryCodes.activate(robin)
    client = Client()
    sign_in(client, robin)
    # When they open the pages that no other test opens, then axe finds nothing and nothing scrolls sideways
    pages = {
        "/password/forgotten/": "Forgotten password",
        "/password/forgotten/sent/": "Look into your mail",
        "/password/new/1-x/": "This link no longer works",
        "/password/new/done/": "Your password is changed",
        "/sign-in/closed/": "Your account is closed",
        "/sign-in/cancelled/": "You are not signed in",
    }
    own_pages = {
        "/sign-in/again/": "Enter your password again",
        "/sign-in/code/again/": "Enter a code again",
        "/password/": "Change your password",
        "/me/second-factor/app/remove/": "Remove the app",
        "/me/second-factor/codes/": "Recovery codes",
        "/me/second-factor/codes/new/": "Make new recovery codes",
        "/me/council-account/": "Council account",
    }
    for where, words in pages.items():
        page.goto(address + where)
        expect_heading(page, words)
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address}])
    for where, words in own_pages.items():
        page.goto(address + where)
        expect_heading(page, words)
