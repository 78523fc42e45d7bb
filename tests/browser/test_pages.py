"""Every page of the URLconf's list, read by axe, at a desk and on a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page

from tests.browser.axe import faults_of
from tests.browser.conftest import Site
from tests.urls_matrix.rows import ANONYMOUS
from tests.urls_matrix.table import TABLE
from torbay_reports.access.roles import Role

pytestmark = pytest.mark.browser

FILES = {
    "agenda:pack-pdf",
    "agenda:restricted-pack-pdf",
    "agenda:instalment-pdf",
    "agenda:instalment-restricted-pdf",
    "agenda:built-pack",
    "agenda:instalment-built-pack",
    "agenda:instalment-build-progress",
    "agenda:committee-feed",
    "agenda:paper-file",
    "agenda:build-progress",
    "budget:export",
    "improvement:plan-file",
    "ofsted:letter-file",
    "ofsted:answers-file",
}
"""Addresses that answer with a file: a PDF, which outloud reads instead, a spreadsheet, a feed, or the part of a page
that changes while a pack is built, which is looked at with its page."""

SHOWN = (200, 410)
"""Outcomes that are pages of their own: of something that is there, or of something that was taken away."""

PAGES = [
    (row, next(audience for audience in (ANONYMOUS, *Role) if row.expected[audience] in SHOWN))
    for row in TABLE
    if row.name not in FILES and row.method == "GET" and not set(SHOWN).isdisjoint(row.expected.values())
]


def test_axe_finds_nothing_and_no_page_scrolls_sideways(site: Site, page: Page) -> None:
    wrong = []
    for audience in (ANONYMOUS, *Role):
        if isinstance(audience, Role):
            site.sign_in(page, audience)
        for row in (row for row, first in PAGES if first == audience):
            address = site.address + reverse(row.name, kwargs=dict(row.there))
            if row.expected[audience] != 200:
                # The console, which has to stay empty, tells of every other status.
                page.route(address, lambda route: route.fulfill(response=route.fetch(), status=200))
            wrong += faults_of(page, address)
            assert page.url == address
            # While anything is routed, Chromium keeps no style sheet and no font for the next page.
            page.unroute_all()
        page.context.clear_cookies()
    assert not wrong, "\n".join(wrong)


def test_axe_finds_nothing_on_a_page_that_says_no(site: Site, page: Page) -> None:
    page.context.route("**/no-such-page/", lambda route: route.continue_())
    response = page.request.get(f"{site.address}/no-such-page/")
    assert response.status == 404
    page.set_content(response.text())
    assert (
        Axe()
        .run(page, options={"resultTypes": ["violations"], "rules": {"region": {"enabled": True}}})
        .violations_count
        == 0
    )
