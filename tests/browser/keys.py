"""Going through a page with the keyboard alone, and reading it with axe on the way."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import HEIGHT, faults
from tests.browser.conftest import WIDTHS


def tab_to(page: Page, wanted: Locator) -> None:
    """Presses Tab until it is reached."""
    expect(wanted).to_have_count(1)
    expect(wanted).to_be_visible()
    for _ in range(80):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {wanted}")


def write(page: Page, label: str, text: str) -> None:
    tab_to(page, page.get_by_label(label, exact=True))
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def press(page: Page, button: str | re.Pattern[str]) -> None:
    """Presses a button, which leads to another page."""
    tab_to(page, page.get_by_role("button", name=button, exact=isinstance(button, str)))
    with page.expect_navigation():
        page.keyboard.press("Enter")


def follow(page: Page, link: str) -> None:
    tab_to(page, page.get_by_role("main").get_by_role("link", name=link))
    with page.expect_navigation():
        page.keyboard.press("Enter")


def expect_heading(page: Page, words: str) -> None:
    """The page is that one, axe finds nothing on it, and it does not scroll sideways at any width."""
    expect(page.get_by_role("heading", level=1)).to_have_text(words)
    for width in WIDTHS:
        assert not faults(page, width), f"{words} at {width}"
    page.set_viewport_size({"width": WIDTHS[0], "height": HEIGHT})
