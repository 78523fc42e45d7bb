"""The folder that a bundle is written into: every file once, by a path that any web server and any disk can hold."""

import re
from pathlib import Path
from typing import Final

from torbay_reports.publishing import checksums
from torbay_reports.publishing.bundles.values import BundleFile
from torbay_reports.publishing.faults import PackFault

HTML: Final = "text/html; charset=utf-8"
PDF: Final = "application/pdf"
JSON: Final = "application/json"
CSV: Final = "text/csv; charset=utf-8"

_NAME: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,199}")


class Folder:
    """Writes files below `root` and keeps the list of them."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._files: list[BundleFile] = []

    @property
    def files(self) -> tuple[BundleFile, ...]:
        """What was written, in that order."""
        return tuple(self._files)

    def put(self, path: str, data: bytes, media_type: str) -> None:
        """Write one file. Raises FileExistsError for a path that is taken, PackFault for one that is no plain path."""
        if not all(_NAME.fullmatch(name) for name in path.split("/")):
            # The path itself is not quoted: that of a restricted paper may tell what the paper is about.
            raise PackFault(
                "A paper or one of its tables has a name that cannot be a file's: "
                "use letters of a to z, digits, full stops, hyphens and underscores, at most 200."
            )
        target = self._root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as file:
            file.write(data)
        self._files.append(BundleFile(path, checksums.of_bytes(data), len(data), media_type))
