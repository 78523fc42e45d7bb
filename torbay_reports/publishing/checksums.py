"""Names for content: SHA-256 in hexadecimal."""

from collections.abc import Sequence
from ctypes import CDLL, c_char_p
from dataclasses import replace
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Final

import msgspec
from django.conf import settings

from torbay_reports.publishing import numbering
from torbay_reports.publishing.packplan import PackPlan, PlannedPaper, Reached

# What sets pages and checks them: when any of it changes, all are set anew.
_TEMPLATES: Final = (
    "documents/print",
    "publishing/agenda_sheet.html",
    "publishing/business.html",
    "publishing/kept.html",
    "publishing/letter.html",
    "publishing/letter_pages.html",
    "publishing/line.html",
    "publishing/pack.html",
    "publishing/paper.html",
)
_MODULES: Final = (
    "checks",
    "checksums.py",
    "faults.py",
    "frames.py",
    "joining",
    "layout.py",
    "markup.py",
    "numbering.py",
    "packplan.py",
    "pagemaps.py",
    "pagetext.py",
    "parts",
    "printing.py",
    "resources.py",
    "tagtree.py",
    "uploads/margins.py",
)
_PACKAGES: Final = (
    "weasyprint",
    "pydyf",
    "pikepdf",
    "tinycss2",
    "tinyhtml5",
    "cssselect2",
    "pyphen",
    "fonttools",
    "uharfbuzz",
    "pillow",
    "msgspec",
)
_LIBRARIES: Final = (("libpango-1.0.so.0", "pango_version_string"), ("libharfbuzz.so.0", "hb_version_string"))


def of_bytes(data: bytes | memoryview) -> str:
    """The checksum of some bytes."""
    return sha256(data).hexdigest()


def of_plan(plan: PackPlan) -> str:
    """The checksum of a plan and of all that its pages depend on: type, style, templates, programs."""
    values = msgspec.json.Encoder(decimal_format="string", order="deterministic").encode(_named(plan))
    return of_bytes(b"\0".join([values, settings.COUNCIL_COLOUR.encode(), setting().encode()]))


def _named(plan: PackPlan) -> PackPlan:
    """The plan with every brought PDF by its checksum alone, since its pages may be many megabytes, with the page
    numbers that are given in one order, and with what other instalments have reached where new pages run on after it.
    """
    items = (replace(item, papers=tuple(_named_paper(paper) for paper in item.papers)) for item in plan.items)
    numbered = sorted(plan.numbered, key=lambda each: (each.place, each.is_restricted))
    reached = Reached(
        open=plan.reached.open if numbering.needs_new(plan, is_restricted=False) else 0,
        restricted=plan.reached.restricted if numbering.needs_new(plan, is_restricted=True) else 0,
    )
    return replace(plan, items=tuple(items), numbered=tuple(numbered), reached=reached)


def _named_paper(paper: PlannedPaper) -> PlannedPaper:
    return paper if paper.upload is None else replace(paper, upload=replace(paper.upload, part=b""))


@cache
def setting() -> str:
    """The checksum of what stays the same while the program runs: type, style, templates, programs."""
    root = Path(settings.BASE_DIR)
    files = [root / "torbay_reports" / "static_src" / "print.css"]
    files.extend(_files(root / "templates", _TEMPLATES))
    files.extend(_files(Path(__file__).parent, _MODULES))
    files.extend(sorted(settings.FONTS_DIR.glob("*.woff2")))
    parts = [path.name.encode() + b"\0" + path.read_bytes() for path in files]
    return of_bytes(b"\0".join([*parts, *(name.encode() for name in _programs())]))


def _files(root: Path, names: Sequence[str]) -> list[Path]:
    """The files of these names, and all sources in the folders of these names."""
    found: list[Path] = []
    for name in names:
        path = root / name
        found.extend([path] if path.suffix else (each for each in path.rglob("*") if each.suffix in {".py", ".html"}))
    return sorted(found)


def _programs() -> list[str]:
    """What sets the pages, each with its version."""
    return [
        *(f"{name} {version(name)}" for name in _PACKAGES),
        *(f"{library} {_version_of(library, function)}" for library, function in _LIBRARIES),
    ]


def _version_of(library: str, function: str) -> str:
    """What a library of the system says of itself. The pages' type depends on it."""
    ask = CDLL(library)[function]
    ask.restype = c_char_p
    said: bytes = ask()
    return said.decode()
