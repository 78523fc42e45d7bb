"""The style sheet and fonts of published pages, under the checksum of their bytes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from torbay_reports.publishing.bundles import assets
from torbay_reports.publishing.faults import PackFault


@pytest.fixture
def built(settings: Settings, tmp_path: Path) -> Iterator[Path]:
    """A small style sheet in the place of ours, read anew."""
    settings.STATIC_ROOT = tmp_path / "built"
    (settings.STATIC_ROOT / "fonts").mkdir(parents=True)
    (settings.STATIC_ROOT / "screen.css").write_text(
        '@font-face{src:url("fonts/a.woff2")} b{background:url(fonts/a.woff2)}'
    )
    (settings.STATIC_ROOT / "fonts/a.woff2").write_bytes(b"letters")
    (settings.STATIC_ROOT / "fonts/LICENSE.txt").write_text("free")
    forget()
    yield settings.STATIC_ROOT
    forget()


def forget() -> None:
    assets.digest.cache_clear()
    assets._files.cache_clear()


def test_the_sheet_stands_with_its_fonts_and_their_licence(built: Path, empty: Path) -> None:
    digest, files = assets.assets(empty)
    assert {each.path: each.media_type for each in files} == {
        f"assets/{digest}/screen.css": "text/css; charset=utf-8",
        f"assets/{digest}/fonts/a.woff2": "font/woff2",
        f"assets/{digest}/fonts/LICENSE.txt": "text/plain; charset=utf-8",
    }
    for each in files:
        assert (empty / each.path).read_bytes() == (built / each.path.split("/", 2)[2]).read_bytes()


@pytest.mark.parametrize("name", ["screen.css", "fonts/a.woff2", "fonts/LICENSE.txt"])
def test_another_byte_in_any_of_them_gives_another_digest(built: Path, name: str) -> None:
    before = assets.digest()
    (built / name).write_bytes((built / name).read_bytes() + b" ")
    assert assets.digest() == before
    forget()
    assert assets.digest() != before


@pytest.mark.parametrize("name", ["screen.css", "fonts/a.woff2"])
def test_what_is_not_built_is_said_with_its_cure(built: Path, empty: Path, name: str) -> None:
    (built / name).unlink()
    with pytest.raises(PackFault, match="run `make frontend`"):
        assets.assets(empty)
    assert list(empty.iterdir()) == []
