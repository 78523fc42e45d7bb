"""The clerk's pages on which an edition is looked at and published."""

from typing import Any

import pytest
from django.test import Client

from tests.access.cast import person_with, sign_in
from tests.access.people.pages import page, text_of
from tests.agenda import publishing_worlds as worlds
from tests.agenda.jobs import empty_queue, newest
from tests.set_once import set_once
from torbay_reports.access.models import User
from torbay_reports.access.roles import Role
from torbay_reports.agenda.building import run_build
from torbay_reports.agenda.models import Instalment, PackBuild, WithdrawnPaper
from torbay_reports.agenda.services import build_pack
from torbay_reports.agenda.views.publishing import NOT_BUILT, NOTHING_NEW, SEARCHED
from torbay_reports.core import clock
from torbay_reports.publishing.models import Withdrawal
from torbay_reports.publishing.packplan import Edition

pytestmark = pytest.mark.django_db

BUILD = f"{worlds.MEETING}build/"
PUBLISH = f"{worlds.MEETING}publish/public/"
BUILT = f"{BUILD}public.pdf"
RESTRICTED = (f"{worlds.MEETING}publish/restricted/", f"{BUILD}restricted.pdf")


@pytest.fixture(autouse=True)
def _rendered_once() -> Any:
    with set_once():
        yield
    empty_queue()


@pytest.fixture
def clerk(db: None) -> User:
    return person_with(Role.CLERK)


@pytest.fixture
def browser(clerk: User) -> Client:
    client = Client()
    sign_in(client, clerk)
    return client


@pytest.fixture
def meeting(clerk: User) -> Instalment:
    return worlds.make_meeting(clerk)


def build(meeting: Instalment, edition: Edition = Edition.PUBLIC) -> bytes:
    return bytes(build_pack(instalment=worlds.again(meeting), edition=edition, by=None).pdf)


def publish(client: Client, address: str = PUBLISH, **typed: str) -> Any:
    """Presses the page's button, with what the page was shown for."""
    seen = page(client, address).cssselect("[name=seen]")[0].get("value") or ""
    return client.post(address, {"seen": seen, **typed})


def said(client: Client, address: str) -> str:
    return text_of(page(client, address).cssselect("main")[0])


def test_what_is_not_built_is_not_published(meeting: Instalment, browser: Client) -> None:
    assert NOT_BUILT in said(browser, PUBLISH)
    assert not page(browser, PUBLISH).cssselect("main form")
    browser.post(PUBLISH)
    assert not PackBuild.objects.exists()
    assert browser.get(BUILT).status_code == 404


def test_the_clerk_looks_at_it_and_publishes_it(
    meeting: Instalment, browser: Client, clerk: User, client: Client
) -> None:
    pdf = build(meeting)
    assert SEARCHED in said(browser, PUBLISH)
    assert [each.get("href") for each in page(browser, PUBLISH).cssselect("main p > a")] == [BUILT]
    response = browser.get(BUILT)
    assert (response.content, response["Content-Type"]) == (pdf, "application/pdf")
    assert "no-store" in response["Cache-Control"]
    assert not page(browser, PUBLISH).cssselect("textarea")
    response = publish(browser)
    assert (response.status_code, response["Location"]) == (302, BUILD)
    assert "is on its way" in said(browser, BUILD)
    asked = newest()
    assert (asked.publishes, asked.why, asked.asked_by) == (True, "", clerk)
    run_build(build=asked.pk)
    assert worlds.told(client) == 1
    assert "Version 1 is published" in said(browser, BUILD)
    assert NOTHING_NEW in said(browser, PUBLISH)


def test_a_later_version_asks_why(meeting: Instalment, browser: Client, clerk: User) -> None:
    worlds.put_out(meeting)
    worlds.freeze(worlds.paper_of(meeting), worlds.report(worlds.SECOND_FIGURE), clerk)
    build(meeting)
    assert "What is built now says something else." in said(browser, BUILD)
    response = publish(browser, why="")
    assert "Say why a new version is published." in response.content.decode()
    assert not PackBuild.objects.exists()
    publish(browser, why="A figure was wrong.")
    assert newest().why == "A figure was wrong."


def test_what_follows_a_withdrawn_version_asks_why_too(meeting: Instalment, browser: Client, clerk: User) -> None:
    """Otherwise the clerk could not publish once the version that follows by itself has failed."""
    first = worlds.put_out(meeting)
    Withdrawal.objects.create(bundle_id=first.pk, at=clock.now(), by=clerk, office="the clerk", why="It is wrong.")
    WithdrawnPaper.objects.create(
        paper=worlds.paper_of(meeting), at=clock.now(), by=clerk, office="the clerk", why="It is wrong."
    )
    build(meeting)
    assert page(browser, PUBLISH).cssselect("textarea[name=why]")
    publish(browser, why="A paper was withdrawn.")
    run_build(build=newest().pk)
    assert (newest().state, newest().message) == ("done", "")


def test_a_leak_is_said_on_the_build_page_without_a_word_of_it(
    meeting: Instalment, browser: Client, clerk: User
) -> None:
    worlds.add_tenders(meeting, clerk)
    worlds.freeze(worlds.paper_of(meeting), worlds.report("Ask Marlowe Dredging first."), clerk)
    build(meeting)
    publish(browser)
    run_build(build=newest().pk)
    [section] = page(browser, BUILD).cssselect("[data-edition=public]")
    assert "pack.pdf, page 2: a name of the exempt paper under item 5" in text_of(section)
    assert "Marlowe" not in text_of(section)
    assert "Marlowe" not in newest().message


def test_the_restricted_edition_says_who_reads_it_and_is_marked(
    meeting: Instalment, browser: Client, clerk: User
) -> None:
    worlds.add_tenders(meeting, clerk)
    worlds.put_out(meeting)
    build(meeting, Edition.RESTRICTED)
    ask, pdf = RESTRICTED
    assert "each reading is recorded" in said(browser, ask)
    assert "NOT-FOR-PUBLICATION" in browser.get(pdf)["Content-Disposition"]
    publish(browser, ask)
    run_build(build=newest(Edition.RESTRICTED).pk)
    assert worlds.versions(Edition.RESTRICTED) == [(1, True)]


@pytest.mark.parametrize("role", [each for each in Role if each != Role.CLERK])
def test_nobody_else_publishes_and_officers_alone_look(meeting: Instalment, clerk: User, role: Role) -> None:
    worlds.add_tenders(meeting, clerk)
    for edition in Edition:
        build(meeting, edition)
    client = Client()
    sign_in(client, person_with(role))
    may_look = role == Role.MONITORING_OFFICER
    assert client.get(PUBLISH).status_code == client.post(PUBLISH).status_code == 404
    assert client.get(RESTRICTED[0]).status_code == 404
    for address in (BUILT, RESTRICTED[1]):
        assert client.get(address).status_code == (200 if may_look else 404), address
    assert not PackBuild.objects.exists()


def test_the_public_is_sent_to_sign_in(meeting: Instalment, client: Client) -> None:
    build(meeting)
    for address in (PUBLISH, BUILT, *RESTRICTED, f"{worlds.MEETING}publish/secret/"):
        assert client.get(address).status_code == 302, address
