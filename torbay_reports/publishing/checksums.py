"""Names for content: SHA-256 in hexadecimal."""

from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import msgspec
from django.conf import settings

from torbay_reports.publishing.packplan import PackPlan

_TEMPLATE_FOLDERS = ("publishing", "documents/print")
_PACKAGES = ("weasyprint", "pikepdf", "pydyf")


def of_bytes(data: bytes) -> str:
    """The checksum of some bytes."""
    return sha256(data).hexdigest()


def of_plan(plan: PackPlan) -> str:
    """The checksum of a plan and of all that its pages depend on: type, style, templates, programs."""
    values = msgspec.json.Encoder(decimal_format="string", order="deterministic").encode(plan)
    return of_bytes(b"\0".join([values, settings.COUNCIL_COLOUR.encode(), _setting().encode()]))


@cache
def _setting() -> str:
    """The checksum of what stays the same while the program runs."""
    root = Path(settings.BASE_DIR)
    files = [root / "torbay_reports" / "static_src" / "print.css"]
    for folder in _TEMPLATE_FOLDERS:
        files.extend(sorted((root / "templates" / folder).glob("*.html")))
    files.extend(sorted(Path(__file__).parent.glob("*.py")))
    files.extend(sorted(settings.FONTS_DIR.glob("*.woff2")))
    parts = [path.name.encode() + b"\0" + path.read_bytes() for path in files]
    return of_bytes(b"\0".join([*parts, *(f"{name} {version(name)}".encode() for name in _PACKAGES)]))
