"""The demonstration on a live server, and Debian's Chromium to read it with."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from tests import emptying
from tests.browser.sessions import let_in
from tests.environment import STORES
from tests.published_once import put_back
from tests.urls_matrix import world
from torbay_reports.access.models import User
from torbay_reports.access.roles import Role

WIDTHS = (1280, 320)


@dataclass(frozen=True)
class Site:
    """Where the pages stand, and one person for each role."""

    address: str
    cast: dict[Role, User]

    def sign_in(self, page: Page, role: Role) -> None:
        """Give the browser a session of that person, without the form."""
        let_in(page, self.address, self.cast[role])


@pytest.fixture(scope="session")
def chromium(django_db_setup: None) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        # Chromium's own sandbox cannot be set up by root.
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=settings.CHROMIUM, args=arguments)
        yield browser
        browser.close()
        # While Playwright's loop runs, Django holds another connection than outside it, which only this can close.
        connections.close_all()


@pytest.fixture(scope="module")
def built_site(
    chromium: Browser,
    live_server: LiveServer,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Site, Path]]:
    """Built once for a module, with a copy of the stores, which each test leaves empty."""
    kept = tmp_path_factory.mktemp("stores") / "kept"
    with django_db_blocker.unblock():
        with emptying.put_off():
            built = Site(live_server.url, world.build())
            shutil.copytree(STORES, kept)
            yield built, kept
        call_command("flush", verbosity=0, interactive=False, reset_sequences=False)


@pytest.fixture
def site(built_site: tuple[Site, Path], transactional_db: None) -> Site:
    """The demonstration for tests that read: what one writes, the module's next ones find."""
    built, kept = built_site
    put_back(kept)
    return built


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A fresh visitor, in whose browser any error on the console fails the test."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    errors: list[str] = []
    opened.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    context.close()
    assert not errors, "\n".join(errors)
