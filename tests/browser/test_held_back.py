"""Grounds, readers, review and release of a paper that is not for publication: with the keyboard alone, axe on each
page.
"""

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.access.cast import person, person_with
from tests.agenda.held_back import BALANCE, WHY, address_of, again, brought, make_held_back
from tests.browser.keys import expect_heading, follow, press, tab_to, write
from tests.browser.sessions import let_in
from torbay_reports.access.models import User
from torbay_reports.access.roles import Role
from torbay_reports.agenda.models import Paper

pytestmark = pytest.mark.browser
GROUNDS = "Why this paper is not for publication"


@pytest.fixture
def address(live_server: LiveServer, transactional_db: None, settings: Settings) -> str:
    """Where the pages stand; nobody needs a second factor there."""
    settings.ROLES_WITH_SECOND_FACTOR = []
    cache.clear()
    return str(live_server.url)


def waiting(clerk: User) -> Paper:
    return brought(make_held_back(), clerk)


def tick(page: Page, label: str) -> None:
    tab_to(page, page.get_by_label(label))
    page.keyboard.press("Space")


def choose(page: Page, label: str, first_letter: str) -> None:
    tab_to(page, page.get_by_label(label))
    page.keyboard.type(first_letter)


def give_grounds(page: Page) -> None:
    tick(page, "Paragraph 3:")
    tick(page, "Paragraph 5:")
    choose(page, "Does it hold terms proposed", "N")
    write(page, "Reason", WHY)
    write(page, "Public interest", BALANCE)
    write(page, "Review on", "1/3/2018")
    tick(page, "Paragraphs 8, 9 and 10 do not keep the paper from being exempt")
    press(page, "Keep these grounds")


def test_a_clerk_gives_the_grounds_from_the_check_list(page: Page, address: str) -> None:
    # Given a clerk who has brought an exempt paper
    clerk = person_with(Role.CLERK)
    paper = waiting(clerk)
    let_in(page, address, clerk)
    page.goto(f"{address}{paper.item.meeting.get_absolute_url()}build/")
    expect(page.get_by_text("Grounds missing")).to_be_visible()
    # When they send an empty form
    follow(page, "Give the grounds")
    expect_heading(page, GROUNDS)
    press(page, "Keep these grounds")
    # Then each thing that is missing is said, and leads to its field
    expect_heading(page, GROUNDS)
    missing = page.get_by_role("alert").get_by_role("link")
    expect(missing).to_have_count(5)
    tab_to(page, missing.first)
    page.keyboard.press("Enter")
    expect(page.get_by_role("group", name="Descriptions of exempt information")).to_be_focused()
    # And with the grounds given the page says who may read it
    give_grounds(page)
    expect_heading(page, "Who may read it")
    expect(page.get_by_text("Until the monitoring officer decides")).to_be_visible()
    assert again(paper).has_grounds


def test_the_monitoring_officer_decides_reviews_and_releases(page: Page, address: str) -> None:
    # Given an exempt paper on two paragraphs
    paper = waiting(person_with(Role.CLERK))
    officer, adviser = person_with(Role.MONITORING_OFFICER), person("Ad Viser")
    let_in(page, address, officer)
    page.goto(f"{address}{address_of(paper, 'grounds/')}")
    give_grounds(page)
    # When the monitoring officer decides who may read it
    follow(page, "Decide whether every councillor may read it")
    expect_heading(page, "May every councillor read this paper?")
    choose(page, "May every councillor read this paper?", "Y")
    write(page, "Reason", "The whole council votes on it.")
    press(page, "Decide it")
    follow(page, "Admit a person")
    expect_heading(page, "Admit a person to this paper")
    choose(page, "Person", "A")
    write(page, "Reason", "They advise on the sale.")
    write(page, "Until, that day included", "31/12/2017")
    press(page, "Admit them")
    expect_heading(page, "Who may read it")
    expect(page.get_by_text(f"{adviser.full_name} until 31 December 2017, by Test monitoring officer")).to_be_visible()
    follow(page, "Clear words of this paper")
    expect_heading(page, "Clear words of this paper")
    write(page, "Words that may be public", "£90,000")
    write(page, "Reason", "The council has announced it.")
    press(page, "Clear these words")
    follow(page, f"End it for {adviser.full_name}")
    expect_heading(page, f"End the access of {adviser.full_name}?")
    press(page, "End it")
    # And finds it in the diary, keeps it back once more, and then releases it
    tab_to(page, page.get_by_role("navigation", name="Menu").get_by_role("link", name="Reviews"))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect_heading(page, "Papers not for publication: reviews")
    follow(page, "Review it")
    expect_heading(page, "Does this paper still have to be kept from the public?")
    write(page, "Reason for keeping it back", "The sale goes on.")
    write(page, "Next review on", "1/6/2018")
    press(page, "It stays as it is")
    follow(page, "Review it")
    follow(page, "It can be public now")
    expect_heading(page, "Release this paper to the public?")
    write(page, "What has changed", "The kiosk is sold.")
    tick(page, "I have read the paper as it is now, every page of it")
    press(page, "Release it")
    # Then the diary is empty and the paper is open
    expect_heading(page, "Papers not for publication: reviews")
    assert not Paper.objects.get(pk=paper.pk).is_restricted
