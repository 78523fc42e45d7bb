"""A clerk brings a PDF, passes what the check list says of it, and the public reads it: with the keyboard alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.access.cast import person_with
from tests.agenda.brought import address_of, make_paper, put_out
from tests.agenda.jobs import empty_queue
from tests.agenda.pdfs import written
from tests.browser.keys import expect_heading, press, tab_to, write
from tests.browser.sessions import let_in
from tests.browser.workers import PATIENCE, worker
from torbay_reports.access.roles import Role
from torbay_reports.agenda.models import Paper
from torbay_reports.publishing.models import PassedWarning

pytestmark = pytest.mark.browser


@pytest.fixture
def address(live_server: LiveServer, transactional_db: None, settings: Settings) -> Iterator[str]:
    """Where the pages stand; nobody needs a second factor there."""
    settings.ROLES_WITH_SECOND_FACTOR = []
    cache.clear()
    yield str(live_server.url)
    empty_queue()


def checklist(page: Page) -> Locator:
    return page.locator("[aria-labelledby=checklist]")


def in_checklist(page: Page, link: str) -> Locator:
    return checklist(page).get_by_role("link", name=link)


def press_link(page: Page, name: str) -> None:
    tab_to(page, page.get_by_role("link", name=name))
    with page.expect_navigation():
        page.keyboard.press("Enter")


def follow_there(page: Page, link: str) -> None:
    tab_to(page, in_checklist(page, link))
    with page.expect_navigation():
        page.keyboard.press("Enter")


def send_from_the_form(page: Page, address: str, file: Path) -> None:
    letter = make_paper()
    let_in(page, address, person_with(Role.CLERK))
    page.goto(f"{address}{address_of(letter)}upload/")
    page.get_by_role("radio", name="Open: everybody may read it").check()
    page.get_by_label("PDF file", exact=True).set_input_files(file)
    page.get_by_role("button", name="Bring the file").click()


def test_a_file_that_is_refused_is_said_without_loading_the_page_anew_and_leads_back(
    page: Page, address: str, tmp_path: Path
) -> None:
    # Given a clerk who waits for a file that is no PDF
    file = tmp_path / "letter.pdf"
    file.write_bytes(b"Dear members")
    send_from_the_form(page, address, file)
    expect(page.get_by_role("progressbar")).to_be_visible()
    page.evaluate("window.isStillThisPage = true")
    # When a worker has looked at it
    with worker():
        expect(page.get_by_role("status")).to_have_text("The file was not taken.", timeout=PATIENCE)
    # Then the page says why, and leads back to the form
    expect(page.get_by_role("alert").get_by_role("listitem")).to_contain_text("PDF")
    assert page.evaluate("window.isStillThisPage")
    expect_heading(page, "The PDF that was sent")
    press_link(page, "Try again with this or another file")
    expect_heading(page, "Bring the PDF")


def test_without_javascript_the_page_comes_back_by_itself(chromium: Browser, address: str, tmp_path: Path) -> None:
    file = tmp_path / "letter.pdf"
    file.write_bytes(written("Dear members"))
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    send_from_the_form(page, address, file)
    expect(page.get_by_text("Waiting for a worker to begin.")).to_be_visible()
    with worker():
        expect(page.get_by_text("letter.pdf is brought for “The letter”: 1 page.")).to_be_visible(timeout=PATIENCE)
    context.close()


def test_a_clerk_brings_a_pdf_and_passes_its_warning_and_the_public_reads_it(
    page: Page, chromium: Browser, address: str, tmp_path: Path
) -> None:
    # Given a paper that is to follow, and a letter without tags
    letter, clerk = make_paper(), person_with(Role.CLERK)
    file = tmp_path / "letter.pdf"
    file.write_bytes(written("Dear members", "The end", tagged=False))
    let_in(page, address, clerk)
    page.goto(f"{address}{letter.item.meeting.get_absolute_url()}build/")
    expect_heading(page, "Build and publish the pack")
    # When the clerk forgets to choose
    follow_there(page, "Bring its PDF")
    expect_heading(page, "Bring the PDF")
    press(page, "Bring the file")
    # Then a sentence says so, and leads to the choice
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("Say who may read the paper: open, exempt or confidential.")
    expect(summary).to_contain_text("Choose the file.")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    expect_heading(page, "Bring the PDF")
    tab_to(page, summary.get_by_role("link", name="Say who may read the paper"))
    page.keyboard.press("Enter")
    # When they choose who may read it, and the file
    tab_to(page, page.get_by_role("radio", name="Open: everybody may read it"))
    page.keyboard.press("Space")
    field = page.get_by_label("PDF file", exact=True)
    tab_to(page, field)
    # The dialog that opens here is the browser's own.
    field.set_input_files(file)
    press(page, "Bring the file")
    # Then a page says that it waits
    expect_heading(page, "The PDF that was sent")
    expect(page.get_by_role("status")).to_have_text("Waiting for a worker to begin.")
    expect(page.get_by_role("progressbar", name="Looking at the file")).to_be_visible()
    expect(page.get_by_text("Nobody is working on jobs")).to_be_visible()
    # And once a worker has looked at it, the same page says so
    page.evaluate("window.isStillThisPage = true")
    with worker():
        expect(page.get_by_role("status")).to_have_text("The file is brought.", timeout=PATIENCE)
    expect(page.get_by_text("letter.pdf is brought for “The letter”: 2 pages.")).to_be_visible()
    expect(page.get_by_role("progressbar")).to_have_count(0)
    assert page.evaluate("window.isStillThisPage")
    expect_heading(page, "The PDF that was sent")
    # And leads to the check list with what is to be passed
    press_link(page, "Go on to the check list")
    expect_heading(page, "Build and publish the pack")
    # When they pass every warning with a reason
    while in_checklist(page, "Pass it").count():
        in_checklist(page, "Pass it").first.focus()
        with page.expect_navigation():
            page.keyboard.press("Enter")
        expect_heading(page, "Pass this warning?")
        write(page, "Reason", "The author has no other copy of it")
        press(page, "Pass it")
        expect_heading(page, "Build and publish the pack")
    # Then their name and reason stand there
    assert PassedWarning.objects.filter(passed_by=clerk).exists()
    passed = checklist(page).get_by_text("Passed by Test clerk")
    expect(passed.first).to_contain_text("“The author has no other copy of it”")
    expect(page.get_by_text("No warning is open.").first).to_be_visible()
    # And once a pack holds it, everybody reads its words with the pack's page numbers
    put_out(Paper.objects.get())
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    public = context.new_page()
    public.goto(address + address_of(letter))
    expect_heading(public, "The letter")
    expect(public.get_by_role("heading", name="Page 15 of the pack")).to_be_visible()
    expect(public.get_by_role("link", name="Page 15 in the PDF")).to_have_attribute(
        "href", "/meetings/overview-and-scrutiny-board/2017-09-06/supplement-1/pack.pdf#page=16"
    )
    expect(public.get_by_text("came without marks for screen readers")).to_be_visible()
    context.close()
