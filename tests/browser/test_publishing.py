"""A clerk publishes a pack and withdraws a paper: each page read by axe, at a desk and on a phone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.access.cast import person_with
from tests.agenda import publishing_worlds as worlds
from tests.agenda.jobs import empty_queue, newest
from tests.browser.axe import faults
from tests.browser.conftest import WIDTHS
from tests.browser.sessions import let_in
from tests.set_once import set_once
from torbay_reports.access.models import User
from torbay_reports.access.roles import Role
from torbay_reports.agenda.building import run_build
from torbay_reports.agenda.models import Instalment
from torbay_reports.agenda.services import build_pack
from torbay_reports.publishing.packplan import Edition

pytestmark = pytest.mark.browser


@pytest.fixture
def clerk(live_server: LiveServer, transactional_db: None) -> Iterator[User]:
    with set_once():
        yield person_with(Role.CLERK)
    empty_queue()


@pytest.fixture
def meeting(clerk: User) -> Instalment:
    made = worlds.make_meeting(clerk)
    build_pack(instalment=made, edition=Edition.PUBLIC, by=clerk)
    return made


def assert_accessible(page: Page) -> None:
    for width in WIDTHS:
        assert not faults(page, width)


def test_a_pack_is_published_corrected_and_one_of_its_papers_withdrawn(
    page: Page, live_server: LiveServer, clerk: User, meeting: Instalment
) -> None:
    # Given a clerk with a pack that is built
    let_in(page, live_server.url, clerk)
    page.goto(f"{live_server.url}{worlds.MEETING}build/")
    page.get_by_role("link", name="Publish the public edition").click()
    # When the clerk says yes to the question
    expect(page.get_by_role("heading", level=1)).to_have_text("Publish the public edition?")
    assert_accessible(page)
    page.get_by_role("button", name="Publish it").click()
    expect(page.get_by_text("is on its way")).to_be_visible()
    # Then, once a worker is done, readers have it
    run_build(build=newest().pk)
    page.goto(f"{live_server.url}{worlds.PACK}")
    expect(page.get_by_text("Supplement 1, version 1: published on")).to_be_visible()
    assert_accessible(page)
    # And a correction asks why
    worlds.freeze(worlds.paper_of(meeting), worlds.report(worlds.SECOND_FIGURE), clerk)
    build_pack(instalment=worlds.again(meeting), edition=Edition.PUBLIC, by=clerk)
    page.goto(f"{live_server.url}{worlds.MEETING}publish/public/")
    page.get_by_role("button", name="Publish it").click()
    expect(page.get_by_role("alert")).to_contain_text("Say why a new version is published.")
    assert_accessible(page)
    page.get_by_label("Why a new version is published").fill("A figure was wrong.")
    page.get_by_role("button", name="Publish it").click()
    run_build(build=newest().pk)
    page.goto(f"{live_server.url}{worlds.PACK}")
    expect(page.get_by_text("Why: A figure was wrong.").first).to_be_visible()
    # And a paper is withdrawn at once
    page.goto(f"{live_server.url}{worlds.PAPER}withdraw/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Withdraw this paper?")
    assert_accessible(page)
    page.get_by_label("Why it is withdrawn").fill("It names a tenant.")
    page.get_by_role("button", name="Withdraw it now").click()
    expect(page.get_by_text("The paper is withdrawn. The pack without it is being built.")).to_be_visible()
    run_build(build=newest().pk)
    page.goto(f"{live_server.url}{worlds.PACK}")
    expect(page.get_by_text("Withdrawn on 5 September 2017 by the clerk.")).to_be_visible()
    assert_accessible(page)


def test_the_page_of_a_withdrawn_paper_is_read_by_everybody(
    page: Page, live_server: LiveServer, clerk: User, meeting: Instalment
) -> None:
    worlds.put_out(meeting)
    worlds.withdraw(meeting, clerk)
    # The browser's console calls every 410 an error, so that its page is read at an address of its own.
    answer = page.request.get(f"{live_server.url}{worlds.PAPER}")
    assert answer.status == 410
    page.route(f"**{worlds.PAPER}", lambda route: route.fulfill(response=answer, status=200))
    page.goto(f"{live_server.url}{worlds.PAPER}")
    expect(page.get_by_role("heading", level=1)).to_have_text("This paper is withdrawn")
    assert_accessible(page)
