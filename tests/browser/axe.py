"""What axe says of a page, at a desk and on a phone."""

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Page

from tests.browser.conftest import WIDTHS

HEIGHT = 900
UNFOLD = "document.querySelectorAll('details').forEach(each => each.open = true)"
IS_THERE = "'axe' in window"
RUN = """async () => {
    const { violations } = await axe.run({ resultTypes: ["violations"] });
    return [violations, document.documentElement.scrollWidth];
}"""


def faults_of(page: Page, address: str) -> list[str]:
    """Opens the page, with everything unfolded, and says what is wrong with it at every width.

    Only a page with a chart is loaded for each width: its script draws for the width that it finds.
    """
    found: list[str] = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        if width == WIDTHS[0] or page.locator("[data-chart]").count():
            page.goto(address)
            page.evaluate(UNFOLD)
        found += [f"{address} at {width}: {fault}" for fault in faults(page, width)]
    return found


def faults(page: Page, width: int) -> list[str]:
    """What axe finds on the page as it stands now, at that width, and whether it scrolls sideways there."""
    page.set_viewport_size({"width": width, "height": HEIGHT})
    if not page.evaluate(IS_THERE):
        page.evaluate(AXE_SCRIPT)
    violations, needed = page.evaluate(RUN)
    found = [AxeResults({"violations": violations}).generate_report()] if violations else []
    return found + [f"{needed - width} pixels too wide"] * (needed > width)
