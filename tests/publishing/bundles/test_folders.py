"""A bundle's folder: every file once, under a plain name."""

from hashlib import sha256
from pathlib import Path

import pytest

from torbay_reports.publishing.bundles.folders import Folder
from torbay_reports.publishing.bundles.values import BundleFile
from torbay_reports.publishing.faults import PackFault


def test_a_file_is_written_and_remembered(empty: Path) -> None:
    folder = Folder(empty)
    folder.put("papers/item-5/index.html", b"words", "text/html")
    assert (empty / "papers/item-5/index.html").read_bytes() == b"words"
    assert folder.files == (BundleFile("papers/item-5/index.html", sha256(b"words").hexdigest(), 5, "text/html"),)


def test_a_file_that_is_there_is_not_written_again(empty: Path) -> None:
    folder = Folder(empty)
    folder.put("index.html", b"first", "text/html")
    with pytest.raises(FileExistsError):
        folder.put("index.html", b"second", "text/html")
    assert (empty / "index.html").read_bytes() == b"first"


@pytest.mark.parametrize(
    "path", ["../out", "/etc/x", "a//b", "a/./b", ".hidden", "a b", "a\\b", "a\x00b", "é", "", "a" * 201, "-rf"]
)
def test_a_name_that_some_disk_or_server_would_misread_is_refused(empty: Path, path: str) -> None:
    with pytest.raises(PackFault, match="cannot be a file's"):
        Folder(empty).put(path, b"", "text/plain")
    assert list(empty.iterdir()) == []
