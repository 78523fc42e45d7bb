"""What all pages of a store share, under the checksum of its bytes: the style sheet that `make frontend` builds, its
fonts and their licence. A page that stands keeps the very sheet it was published with."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings

from torbay_reports.publishing import checksums
from torbay_reports.publishing.bundles.folders import Folder
from torbay_reports.publishing.bundles.values import BundleFile
from torbay_reports.publishing.faults import PackFault

SHEET: Final = "screen.css"
_LICENCE: Final = "fonts/LICENSE.txt"
_ADDRESS: Final = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)""")
_MEDIA_TYPES: Final = {".css": "text/css; charset=utf-8", ".woff2": "font/woff2", ".txt": "text/plain; charset=utf-8"}


def assets(into: Path) -> tuple[str, tuple[BundleFile, ...]]:
    """Write them below `into`, a folder that has none yet; their digest, and the files by their path below it.

    Raises PackFault where they are not built.
    """
    folder = Folder(into)
    for name, data in _files().items():
        folder.put(f"assets/{digest()}/{name}", data, _MEDIA_TYPES[Path(name).suffix])
    return digest(), folder.files


@cache
def digest() -> str:
    """SHA-256 of the names and bytes of them all. Raises PackFault where they are not built."""
    return digest_of({name: checksums.of_bytes(data) for name, data in _files().items()})


def digest_of(sums: Mapping[str, str]) -> str:
    """The digest of such files by the checksum of each, whatever their order."""
    ordered = sorted(sums, key=lambda name: (name != SHEET, name == _LICENCE, name))
    return checksums.of_bytes(b"\0".join(name.encode() + b"\0" + sums[name].encode() for name in ordered))


@cache
def _files() -> Mapping[str, bytes]:
    """By their path beside the sheet, which its `url()` name; Python keeps them for as long as the program runs."""
    built = Path(settings.STATIC_ROOT)
    try:
        sheet = (built / SHEET).read_bytes()
        names = sorted(set(_ADDRESS.findall(sheet.decode())))
        return {SHEET: sheet} | {name: (built / name).read_bytes() for name in [*names, _LICENCE]}
    except OSError as error:
        raise PackFault("The style sheet or a font of published pages is missing: run `make frontend`.") from error
