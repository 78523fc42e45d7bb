"""Published pages by themselves: read by axe, at a desk and on a phone, from any server and from a folder on disk."""

from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Page

from tests.browser.axe import faults_of
from tests.publishing.bundles import kit

pytestmark = pytest.mark.browser

REPORT = f"packs/{kit.KEY}/2/papers/item-5-report/index.html"


class Silent(SimpleHTTPRequestHandler):
    """A server that knows nothing of this program."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing of what was asked for."""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with both versions of a public pack and, beside it, a restricted edition."""
    folder = tmp_path_factory.mktemp("store")
    kit.whole_store(folder)
    kit.put(folder, kit.restricted_plan(), kit.first_facts("harbour-board/2031-09-06/restricted"))
    return folder


@pytest.fixture(scope="module")
def address(root: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Silent, directory=root.parent))
    thread = Thread(target=server.serve_forever)
    thread.start()
    # Under a prefix of the server's own.
    yield f"http://127.0.0.1:{server.server_port}/{root.name}/"
    server.shutdown()
    thread.join()
    server.server_close()


def test_axe_finds_nothing_and_no_page_scrolls_sideways(root: Path, address: str, page: Page) -> None:
    wrong = []
    for path in sorted(root.rglob("*.html")):
        where = path.relative_to(root).as_posix()
        wrong += faults_of(page, address + where)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("kind", ["server", "disk"])
def test_a_page_has_its_own_type_and_the_colours_of_its_drawings(
    root: Path, address: str, page: Page, kind: str
) -> None:
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    base = address if kind == "server" else f"{root.as_uri()}/"
    page.goto(base + REPORT)
    loaded = "document.fonts.ready.then(() => [...document.fonts].filter(each => each.status === 'loaded').length)"
    assert page.evaluate(loaded) >= 2
    styled = "document.querySelector('.chart rect').setAttribute('style', 'fill: rgb(1, 2, 3)')"
    page.evaluate(styled)
    assert page.evaluate("getComputedStyle(document.querySelector('.chart rect')).fill") == "rgb(1, 2, 3)"
    assert all(each.startswith((base, "data:")) for each in fetched), fetched
