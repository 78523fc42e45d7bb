"""A pack fetches its own fonts and drawings and nothing else."""

from pathlib import Path

import pytest
from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError

from torbay_reports.publishing.resources import OwnResources

FORBIDDEN = [
    "file:///etc/passwd",
    "http://127.0.0.1:1/picture.png",
    "https://council.invalid/picture.png",
    "ftp://council.invalid/x",
    "font:../../manage.py",
    "font:/etc/passwd",
]


@pytest.mark.parametrize("address", FORBIDDEN)
def test_network_and_file_system_are_refused(fonts: Path, address: str) -> None:
    with pytest.raises(FatalURLFetchingError):
        OwnResources(fonts).fetch(address)


@pytest.mark.parametrize("address", FORBIDDEN[:4])
def test_a_page_that_asks_for_them_is_not_set(fonts: Path, address: str) -> None:
    page = HTML(string=f'<html lang="en"><body><img alt="x" src="{address}">', url_fetcher=OwnResources(fonts))
    with pytest.raises(FatalURLFetchingError):
        page.render()


def test_a_missing_font_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(FatalURLFetchingError, match="run `make frontend`"):
        OwnResources(tmp_path).fetch("font:face.woff2")


def test_own_fonts_and_data_are_served(fonts: Path) -> None:
    own = OwnResources(fonts)
    name = next(fonts.glob("*.woff2")).name
    assert own.fetch(f"font:{name}").read()[:4] == b"wOF2"
    assert own.fetch("data:text/plain,hello").read() == b"hello"
