"""Any server and any folder serves a store: every link leads into it, and nothing is loaded from elsewhere."""

import re
from pathlib import Path
from urllib.parse import urldefrag, urlsplit

import pytest

from tests.publishing.bundles import kit
from tests.publishing.bundles.kit import Made

LOADING = "//@src | //@srcset | //@poster | //@data | //@background | //@action | //link/@href | //use/@href"
"""Where a page names what a browser fetches unasked."""
OUTWARD = {"https", "mailto"}


@pytest.fixture(params=["store", "restricted"])
def made(request: pytest.FixtureRequest) -> Made:
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Made)
    return found


def test_every_relative_link_leads_to_a_file_and_a_place_in_the_store(store: Made) -> None:
    pages = list(store.root.rglob("*.html"))
    assert len(pages) == 2 + 3 + 5
    seen = 0
    for path in pages:
        for address in kit.parsed(path).xpath("//@href | //@src"):
            parts = urlsplit(address)
            if parts.scheme in OUTWARD or parts.scheme == "data":
                continue
            assert (parts.scheme, parts.netloc, address[:1] == "/") == ("", "", False), (path, address)
            name, fragment = urldefrag(address)
            target = (path.parent / name).resolve() if name else path
            assert target.is_file(), (path, address)
            assert target.is_relative_to(store.root.resolve())
            if fragment and target.suffix == ".html":
                assert kit.parsed(target).xpath("//*[@id=$id]", id=fragment), (path, address)
            seen += 1
    assert seen > 100


def test_a_page_of_the_pdf_that_is_linked_to_is_there(store: Made) -> None:
    page = store.page(f"papers/{kit.BROUGHT}/index.html")
    places = [int(address.partition("#page=")[2]) for address in page.xpath("//@href") if "#page=" in address]
    assert [store.rendered.pages.labels[place - 1] for place in places] == ["12", "12", "13", "14", "15"]


def test_a_page_loads_its_style_sheet_and_nothing_else(made: Made) -> None:
    for path in made.pages():
        page = kit.parsed(path)
        fetched = [each for each in page.xpath(LOADING) if not each.startswith(("data:", "#"))]
        assert [re.sub("[0-9a-f]{64}", "<digest>", each).lstrip("./") for each in fetched] == [
            "assets/<digest>/screen.css"
        ], path
        for style in page.xpath("//@style"):
            assert not re.search(r"url\((?!#)", style), path


def test_a_page_runs_nothing_and_holds_no_form(made: Made) -> None:
    for path in made.pages():
        page = kit.parsed(path)
        assert not page.xpath("//script | //iframe | //object | //embed | //form | //base | //style"), path
        assert not [name for each in page.iter() for name in each.attrib if str(name).startswith("on")], path
        text = path.read_text().lower()
        for word in ("<script", "javascript:", "nonce", "csrf", "plotly"):
            assert word not in text, (path, word)


def test_a_page_forbids_what_it_does_not_need(made: Made) -> None:
    for path in made.pages():
        (policy,) = kit.parsed(path).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert policy.startswith("default-src 'none'; ")
        assert "script-src" not in policy
        assert "http" not in policy


def test_every_link_to_the_web_is_one_of_a_paper(store: Made) -> None:
    found = {
        (path.relative_to(store.folder).as_posix(), address)
        for path in store.pages()
        for address in kit.parsed(path).xpath("//@href")
        if address.startswith("http")
    }
    assert found == {("papers/item-5-report/index.html", "https://council.invalid/plan.pdf")}


def test_a_style_sheet_fetches_only_what_stands_beside_it(store: Made) -> None:
    (sheet,) = (store.root / "assets").glob("*/screen.css")
    addresses = re.findall(r"""url\(["']?([^"')]+)""", sheet.read_text())
    assert len(addresses) == 4
    for address in addresses:
        assert (sheet.parent / address).is_file()
        assert Path(address).suffix == ".woff2"
