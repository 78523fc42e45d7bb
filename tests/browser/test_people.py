"""Somebody joins the council, signs in for the first time, changes role and is refused: with the keyboard alone."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.access.cast import person_with
from tests.access.signin.codes import code
from tests.browser.keys import expect_heading, follow, press, tab_to, write
from tests.browser.sessions import let_in
from torbay_reports.access.models import AccessRecord, User
from torbay_reports.access.record.kinds import RecordKind
from torbay_reports.access.roles import Role

pytestmark = pytest.mark.browser
PASSWORD = "a long enough sentence"


@pytest.fixture
def address(live_server: LiveServer, transactional_db: None, settings: Settings) -> str:
    """Where the pages stand; clerks need a second factor there."""
    settings.LOGIN_REDIRECT_URL = "access:me"
    settings.ROLES_WITH_SECOND_FACTOR = [Role.CLERK]
    cache.clear()
    return str(live_server.url)


@pytest.fixture
def administrator(page: Page, address: str) -> User:
    """Signed in, in the first browser."""
    someone = person_with(Role.ADMINISTRATOR)
    someone.set_password(PASSWORD)
    someone.save()
    let_in(page, address, someone)
    return someone


@pytest.mark.usefixtures("administrator")
def test_somebody_is_invited_signs_in_changes_role_and_is_refused(page: Page, chromium: Browser, address: str) -> None:
    # Given an administrator who invites a clerk
    page.goto(f"{address}/people/")
    expect_heading(page, "People")
    press(page, "Invite somebody")
    expect_heading(page, "Invite somebody")
    write(page, "Full name", "Robin Vale")
    write(page, "E-mail address", "robin.vale@council.invalid")
    choose(page, "First role", "Clerk")
    press(page, "Invite")
    expect(page.get_by_role("heading", level=1)).to_have_text("Robin Vale")
    expect(page.get_by_text("Clerk since 5 September 2017").first).to_be_visible()
    # When the invited person follows the link of the mail in their own browser and chooses a password
    [invitation] = mail.outbox
    assert invitation.to == ["robin.vale@council.invalid"]
    [link] = re.findall(r"http://\S+", str(invitation.body))
    context = chromium.new_context()
    robin = context.new_page()
    robin.goto(link)
    expect_heading(robin, "Welcome, Robin Vale")
    write(robin, "Choose a password", "short")
    press(robin, "Save and sign in")
    expect(robin.get_by_role("alert").first).to_contain_text("too short")
    expect_heading(robin, "Welcome, Robin Vale")
    write(robin, "Choose a password", PASSWORD)
    press(robin, "Save and sign in")
    # Then they set up the second factor that their role needs, and are in
    expect_heading(robin, "Second factor")
    expect(robin.get_by_text("Your roles need one")).to_be_visible()
    follow(robin, "Set up an app")
    secret = robin.locator(".secret").inner_text().replace(" ", "")
    write(robin, "Code that the app shows now", code(secret))
    press(robin, "Set up the app")
    expect_heading(robin, "Recovery codes")
    robin.goto(f"{address}/me/")
    expect_heading(robin, "Robin Vale")
    expect(robin.get_by_text("You are clerk since 5 September 2017.")).to_be_visible()
    # And the link is used up
    robin.goto(link)
    expect_heading(robin, "This invitation cannot be used")
    # And when the administrator takes the role back and makes them a finance officer
    follow(page, "Take back")
    press(page, "Take it back")
    press(page, "Give a role")
    choose(page, "Role", "Finance officer")
    press(page, "Give the role")
    expect_heading(page, "Robin Vale")
    # Then they read so at their next page, and are refused what is not theirs, with the reason
    robin.goto(f"{address}/me/")
    expect(robin.get_by_text("You are finance officer since 5 September 2017.")).to_be_visible()
    expect(robin.get_by_role("link", name="Draft report")).to_be_visible()
    assert AccessRecord.objects.filter(kind=RecordKind.ROLE_TAKEN_BACK).count() == 1
    refused = robin.request.get(f"{address}/people/")
    assert refused.status == 404
    robin.on("console", lambda message: None)
    robin.goto(f"{address}/people/")
    expect(robin.get_by_text("The reason: you are not administrator")).to_be_visible()
    expect_heading(robin, robin.get_by_role("heading", level=1).inner_text())
    context.close()


@pytest.mark.usefixtures("administrator")
def test_the_last_administrator_who_ends_their_own_role_is_told_why_not(page: Page, address: str) -> None:
    # Given the only administrator, on their own page among the people
    page.goto(f"{address}/people/")
    follow(page, "Test administrator")
    # When they end their role
    follow(page, "End")
    press(page, "End the role")
    # Then a sentence says why not, and the form is still there
    expect(page.get_by_role("alert").first).to_contain_text("administrator")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    expect_heading(page, "End a role of Test administrator")


@pytest.mark.usefixtures("administrator")
def test_a_seat_that_ends_before_it_begins_is_said_at_its_field(page: Page, address: str) -> None:
    # Given a form for a seat
    someone = User.objects.create_user(email="sam.reed@council.invalid", full_name="Sam Reed")
    page.goto(f"{address}/people/{someone.pk}/roles/")
    choose(page, "Role", "Member")
    # When its last day is before its first
    write(page, "From", "9 May 2017")
    write(page, "Until, that day included", "8/5/2017")
    press(page, "Give the role")
    # Then a sentence names both days, and nothing is saved
    expect(page.get_by_role("alert").first).to_contain_text("8 May 2017")
    expect(page.get_by_role("alert").first).to_contain_text("9 May 2017")
    assert not someone.assignments.exists()


def choose(page: Page, label: str, option: str) -> None:
    """Picks an option by typing its beginning, as in any select."""
    field = page.get_by_label(label, exact=True)
    tab_to(page, field)
    page.keyboard.type(option)
    expect(field.locator("option:checked")).to_have_text(option)
