"""An owner answers what they are asked, the lead accepts it and brings a newer file in: with the keyboard alone."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.core import mail
from django.core.cache import cache
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from improvement.models import Step, Update
from improvement.reports.export import tracker_file
from improvement.selectors.trackers import tracker_of
from tests.browser.keys import expect_heading, follow, press, tab_to, write
from tests.browser.sessions import let_in
from tests.improvement.builders import make_step
from tests.improvement.keeping import HEAD, Kept
from tests.improvement.trackers import changed

pytestmark = pytest.mark.browser
PASSWORD = "a long enough sentence"


@pytest.fixture
def address(live_server: LiveServer, transactional_db: None, settings: Settings) -> str:
    """Where the pages stand; nobody needs a second factor there."""
    settings.LOGIN_REDIRECT_URL = "access:me"
    settings.ROLES_WITH_SECOND_FACTOR = []
    cache.clear()
    return str(live_server.url)


@pytest.fixture
def kept(address: str) -> Kept:
    """A plan with two open steps of one owner, who has a password."""
    kept = Kept()
    make_step(kept.action, owners=(HEAD,), how="Train everybody")
    kept.owner.set_password(PASSWORD)
    kept.owner.save()
    return kept


def test_an_owner_answers_from_the_mails_link_and_the_lead_accepts(
    page: Page, chromium: Browser, address: str, kept: Kept
) -> None:
    # Given a lead who asks for updates
    let_in(page, address, kept.lead)
    page.goto(f"{address}/plans/plan/")
    follow(page, "Ask for updates")
    expect_heading(page, "Ask for updates")
    write(page, "Answer by", "12 September 2017")
    press(page, "Mail 1 person")
    expect_heading(page, "Answers by 12 September 2017")
    expect(page.get_by_text("1 person is asked to answer by 12 September 2017.")).to_be_visible()
    # When the owner follows the link of the mail in their own browser and signs in
    [asked] = mail.outbox
    assert asked.to == [kept.owner.email]
    [link] = re.findall(r"http://\S+", str(asked.body))
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    owner = context.new_page()
    owner.goto(link)
    write(owner, "E-mail address", kept.owner.email)
    write(owner, "Password", PASSWORD)
    press(owner, "Sign in")
    expect_heading(owner, "Your open steps")
    # And says that one step is done, first without and then with what shows it
    first = owner.get_by_role("group", name="2.3/1: Plan every visit")
    text = first.get_by_label("What was done, or what came of it")
    tab_to(owner, text)
    owner.keyboard.type("Every visit is planned.")
    tab_to(owner, first.get_by_label("Status"))
    owner.keyboard.type("done")
    press(owner, "Save what you wrote")
    expect(owner.get_by_role("alert")).to_contain_text("2.3/1: A step is done only with evidence.")
    expect_heading(owner, "Your open steps")
    expect(text).to_have_value("Every visit is planned.")
    tab_to(owner, first.get_by_label("Evidence"))
    owner.keyboard.type("The rota of August")
    press(owner, "Save what you wrote")
    expect(owner.get_by_text("1 update is saved.")).to_be_visible()
    assert Update.objects.drafts().count() == 1
    context.close()
    # Then the lead reads who has answered, and accepts
    page.reload()
    expect(page.get_by_text("wrote on 5 September 2017")).to_be_visible()
    page.goto(f"{address}/plans/plan/")
    follow(page, "Updates that wait for you")
    expect_heading(page, "Updates that wait for you")
    follow(page, "2.3/1")
    expect_heading(page, "An update on step 2.3/1")
    expect(page.get_by_text("The rota of August")).to_be_visible()
    press(page, "Accept")
    expect(page.get_by_text("The update on 2.3/1 counts from now on.")).to_be_visible()
    assert kept.again().status == "done"


def test_of_two_who_write_on_one_step_the_second_sees_what_the_first_wrote(
    page: Page, address: str, kept: Kept
) -> None:
    # Given an owner who has the form open and types
    let_in(page, address, kept.owner)
    page.goto(f"{address}/plans/plan/steps/2.3/1/update/")
    expect_heading(page, "Write an update on 2.3/1")
    write(page, "What was done, or what came of it", "The second one's words")
    # When the lead writes on the same step before they send
    kept.write(kept.lead, text="The first one's words")
    press(page, "Save the update")
    # Then they read the lead's words, keep their own, and can send them
    expect_heading(page, "Write an update on 2.3/1")
    expect(page.get_by_role("region", name="Written while you typed")).to_contain_text("The first one's words")
    expect(page.get_by_label("What was done, or what came of it")).to_have_value("The second one's words")
    press(page, "Send again")
    assert [each.text for each in Update.objects.order_by("position")] == [
        "The first one's words",
        "The second one's words",
    ]


def test_the_lead_sees_what_a_newer_file_changes_before_it_does(
    page: Page, address: str, kept: Kept, tmp_path: Path
) -> None:
    # Given a newer file of the plan, in which one step is worded differently
    newer = tmp_path / "october.xlsx"
    newer.write_bytes(tracker_file(changed(tracker_of(kept.plan), "Train everybody", how="Train all of them"), "xlsx"))
    let_in(page, address, kept.lead)
    page.goto(f"{address}/plans/plan/")
    follow(page, "Bring in a newer version")
    expect_heading(page, "Bring in a newer version")
    # When the lead forgets the file
    write(page, "Date of the paper", "4/10/2017")
    press(page, "Read the file")
    # Then a sentence says so
    expect(page.get_by_role("alert")).to_contain_text("Choose the file.")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    # When they choose it
    field = page.get_by_label("File", exact=True)
    tab_to(page, field)
    # The dialog that opens here is the browser's own.
    field.set_input_files(newer)
    press(page, "Read the file")
    # Then every difference stands there, and nothing is changed before they say so
    expect_heading(page, "Bring in october.xlsx?")
    expect(page.get_by_text("Train all of them")).to_be_visible()
    assert not Step.objects.filter(how="Train all of them").exists()
    press(page, "Apply")
    expect_heading(page, "october.xlsx")
    expect(page.get_by_text("The file is brought in.")).to_be_visible()
    assert Step.objects.filter(how="Train all of them").exists()
    assert kept.plan.versions.get().as_at == date(2017, 10, 4)
