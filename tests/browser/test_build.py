"""A clerk asks for a pack, watches it being built, with and without JavaScript, and publishes it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.access.cast import person_with
from tests.agenda.jobs import BOARD, DAY, empty_queue, make_instalment, newest
from tests.browser.axe import faults
from tests.browser.conftest import WIDTHS
from tests.browser.sessions import let_in
from tests.browser.workers import PATIENCE, worker
from torbay_reports.access.models import User
from torbay_reports.access.roles import Role
from torbay_reports.agenda import builds

pytestmark = pytest.mark.browser


@pytest.fixture
def clerk(live_server: LiveServer, transactional_db: None) -> Iterator[User]:
    make_instalment()
    yield person_with(Role.CLERK)
    empty_queue()


def open_desk(page: Page, live_server: LiveServer, clerk: User) -> None:
    let_in(page, live_server.url, clerk)
    page.goto(f"{live_server.url}/meetings/{BOARD}/{DAY}/build/")


def assert_accessible(page: Page) -> None:
    for width in WIDTHS:
        assert not faults(page, width)


def test_a_build_is_watched_to_its_end_without_loading_the_page_anew_and_its_pack_published(
    page: Page, live_server: LiveServer, clerk: User
) -> None:
    # Given a clerk, and nobody who works on jobs
    open_desk(page, live_server, clerk)
    expect(page.get_by_text("Nobody is working on jobs")).to_be_visible()
    assert_accessible(page)
    # When the clerk asks for the public pack
    page.get_by_role("button", name="Build the public pack").click()
    # Then the page says that it waits
    public = page.get_by_role("region", name="Public edition")
    expect(public.get_by_role("status")).to_have_text("Waiting for a worker to begin.")
    expect(public.get_by_role("progressbar")).to_be_visible()
    assert_accessible(page)
    # And once a worker has begun, the same page follows it to the end
    page.evaluate("window.isStillThisPage = true")
    with worker():
        expect(public.get_by_role("status")).to_have_text("The public edition is built: 1 page.", timeout=PATIENCE)
    expect(page.get_by_text("Nobody is working on jobs")).to_have_count(0)
    expect(public.get_by_role("progressbar")).to_have_count(0)
    expect(public.get_by_role("button", name="Build the public pack")).to_be_visible()
    assert page.evaluate("window.isStillThisPage")
    assert_accessible(page)
    # And leads to the pack, which nobody else reads yet
    expect(public.get_by_text("Not published", exact=True)).to_be_visible()
    built = public.get_by_role("link", name="Read the public pack").get_attribute("href")
    assert page.request.get(f"{live_server.url}{built}").body().startswith(b"%PDF-")
    pack = f"{live_server.url}/meetings/{BOARD}/{DAY}/pack/"
    assert page.request.get(pack).status == 404
    # When the clerk publishes it
    public.get_by_role("link", name="Publish the public edition").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Publish the public edition?")
    assert_accessible(page)
    page.get_by_role("button", name="Publish it").click()
    expect(page.get_by_text("The public edition (1 page) is on its way")).to_be_visible()
    with worker():
        expect(public.get_by_text("Published", exact=True)).to_be_visible(timeout=PATIENCE)
    assert_accessible(page)
    # Then everybody reads it
    page.context.clear_cookies()
    page.goto(pack)
    expect(page.get_by_role("heading", level=1)).to_contain_text("The pack so far")


def test_without_javascript_the_page_comes_back_by_itself(
    chromium: Browser, live_server: LiveServer, clerk: User
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    open_desk(page, live_server, clerk)
    page.get_by_role("button", name="Build the public pack").click()
    expect(page.get_by_text("Waiting for a worker to begin.")).to_be_visible()
    with worker():
        expect(page.get_by_text("The public edition is built: 1 page.")).to_be_visible(timeout=PATIENCE)
    context.close()


def test_a_failure_comes_as_a_list_of_sentences_without_loading_the_page_anew(
    page: Page, live_server: LiveServer, clerk: User
) -> None:
    # Given a clerk who waits for a pack
    open_desk(page, live_server, clerk)
    page.get_by_role("button", name="Build the public pack").click()
    public = page.get_by_role("region", name="Public edition")
    expect(public.get_by_role("progressbar")).to_be_visible()
    page.evaluate("window.isStillThisPage = true")
    # When the build fails
    builds.end(build=newest().pk, failure="“Harbours”, page 3: a picture has no words.\nPage 4 has no text.")
    # Then the page says why, and offers another try
    expect(public.get_by_role("status")).to_have_text("The public edition was not built.")
    expect(public.get_by_role("alert").get_by_role("listitem")).to_have_text(
        ["“Harbours”, page 3: a picture has no words.", "Page 4 has no text."]
    )
    expect(public.get_by_role("button", name="Build the public pack")).to_be_visible()
    assert page.evaluate("window.isStillThisPage")
    assert_accessible(page)


@pytest.mark.parametrize("gone", ["no answer", "502"])
def test_a_server_that_is_gone_is_said_with_the_way_on(
    chromium: Browser, live_server: LiveServer, clerk: User, gone: str
) -> None:
    # Given a clerk who waits for a pack, in a browser whose console may say that nothing answers
    context = chromium.new_context()
    page = context.new_page()
    open_desk(page, live_server, clerk)
    page.get_by_role("button", name="Build the public pack").click()
    said = page.get_by_text("The server does not answer")
    expect(said).to_be_hidden()
    # When nobody answers any more
    page.route("**/build/progress/", lambda route: route.abort() if gone == "no answer" else route.fulfill(status=502))
    # Then the page says so
    expect(said).to_be_visible(timeout=PATIENCE)
    assert_accessible(page)
    # And takes it back once somebody does
    page.unroute("**/build/progress/")
    expect(said).to_be_hidden(timeout=PATIENCE)
    context.close()
