"""How people read: with the keyboard alone, without JavaScript, on paper, with the chart under the pointer."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site
from tests.urls_matrix.table import MEETING, PAPER
from torbay_reports.access.roles import Role

pytestmark = pytest.mark.browser


def paper(site: Site) -> str:
    return site.address + reverse("agenda:paper", kwargs=PAPER)


def test_a_councillor_reads_the_report_from_home_with_the_keyboard_alone(site: Site, page: Page) -> None:
    # Given the home page
    page.goto(site.address)
    # When they skip to the content
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    # And go on to the pack and the paper
    for link in ("Read the pack", "Revenue Budget Monitoring 2017/18 – Quarter 1"):
        for _ in range(60):
            page.keyboard.press("Tab")
            focused = page.evaluate("document.activeElement.textContent.trim()")
            if focused == link:
                break
        assert focused == link
        with page.expect_navigation():
            page.keyboard.press("Enter")
    # Then they are at the paper, and a line's columns open with the keyboard
    expect(page).to_have_url(paper(site))
    summary = page.locator("#budget-table summary")
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#budget-table table")).to_be_visible()


def test_without_javascript_everything_is_there(site: Site, chromium: Browser) -> None:
    # Given a browser without JavaScript
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    # When a reader opens the paper
    page.goto(paper(site))
    # Then the drawing stands there, and the tables open
    expect(page.locator("#variance-chart svg").first).to_be_visible()
    page.locator("#variance-chart summary").click()
    expect(page.locator("#variance-chart table")).to_be_visible()
    page.locator("#budget-table summary").click()
    expect(page.get_by_role("row", name="Children's Services").first).to_be_visible()
    context.close()


def test_the_chart_answers_the_pointer_with_the_figure(site: Site, page: Page) -> None:
    # Given the paper with its chart drawn by the script
    page.goto(paper(site))
    chart = page.locator("#variance-chart .chart__drawing")
    expect(chart).to_be_visible()
    chart.scroll_into_view_if_needed()
    expect(chart.locator(".bars .point")).to_have_count(9)
    # When the pointer rests on the longest bar
    bar = chart.locator(".bars .point").first.bounding_box()
    assert bar
    page.mouse.move(bar["x"] + bar["width"] / 2, bar["y"] + bar["height"] / 2)
    # Then the figure is said
    expect(chart.locator(".hoverlayer")).to_contain_text("£1,377k over")


def test_signing_in_and_out_with_the_keyboard(site: Site, page: Page) -> None:
    # Given a finance officer with a password who asks for the drafts
    officer = site.cast[Role.FINANCE_OFFICER]
    officer.set_password("a long enough secret")
    officer.save()
    page.goto(site.address + reverse("budget:quarters"))
    # When they are sent to sign in and do so
    page.get_by_label("E-mail").focus()
    page.keyboard.type(officer.email)
    page.keyboard.press("Tab")
    page.keyboard.type("a long enough secret")
    page.keyboard.press("Enter")
    # Then they are where they wanted to be, and may read the draft
    expect(page).to_have_url(site.address + reverse("budget:quarters"))
    page.get_by_role("link", name=re.compile("report as it stands.*Quarter 1 2017.18")).click()
    expect(page.get_by_text("DRAFT", exact=False).first).to_be_visible()
    # And when they sign out, it is closed again
    page.get_by_role("button", name="Sign out").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.goto(site.address + reverse("budget:quarters"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_the_pages_number_in_the_address_leads_to_the_page(site: Site, page: Page) -> None:
    # Given a councillor whose neighbour says "page 4"
    page.goto(f"{paper(site)}#page-4")
    # Then the marker of page 4 is in sight
    expect(page.locator("#page-4")).to_be_in_viewport()
    # And the pack's contents say on which pages the paper stands
    page.goto(site.address + reverse("agenda:pack", kwargs=MEETING))
    expect(page.get_by_text("Pages 2 -").first).to_be_visible()


def test_contents_stand_beside_the_text_at_a_desk_and_fold_above_it_on_a_phone(site: Site, page: Page) -> None:
    # Given a councillor at a desk
    page.goto(paper(site))
    contents = page.get_by_role("navigation", name="Contents of the pack")
    # Then the contents stand beside the text, unfolded, with this paper marked, and stay in sight
    current = contents.locator("[aria-current=page]")
    expect(current).to_be_visible()
    text = page.locator("#text").bounding_box()
    beside = contents.bounding_box()
    assert text
    assert beside
    assert beside["x"] + beside["width"] <= text["x"]
    page.goto(f"{paper(site)}#page-6")
    expect(current).to_be_in_viewport()
    # And one key leads past them to the text
    page.reload()
    contents.get_by_role("link", name="Skip the contents").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#text")).to_be_focused()
    # When it is a phone
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(paper(site))
    # Then they are folded above the text until they are asked for
    expect(current).not_to_be_visible()
    contents.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(current).to_be_visible()


def test_a_councillor_goes_to_a_page_with_the_keyboard_alone(site: Site, page: Page) -> None:
    # Given the pack's page
    page.goto(site.address + reverse("agenda:pack", kwargs=MEETING))
    # When they type a page that it does not have
    page.get_by_label("Go to page").focus()
    page.keyboard.type("999")
    page.keyboard.press("Enter")
    # Then it says which it has
    expect(page.get_by_role("alert")).to_contain_text("The pack has no page “999”. It has pages")
    # When they type one that it has
    page.get_by_label("Page number").fill("page 4")
    page.keyboard.press("Enter")
    # Then they are at that page of the paper
    expect(page).to_have_url(f"{paper(site)}#page-4")
    expect(page.locator("#page-4")).to_be_in_viewport()
