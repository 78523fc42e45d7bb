"""Whether a page's fonts are in the file, and whether their characters can be read out."""

from dataclasses import dataclass
from typing import Any, Final

from pikepdf import Array, Dictionary, Name, Object

from torbay_reports.publishing.uploads.scalars import plain_number, spelt

_FILES: Final = ("/FontFile", "/FontFile2", "/FontFile3")
_SYMBOLIC: Final = 4
_LONGEST: Final = 60


@dataclass(frozen=True)
class Typeface:
    """What is to know of a font."""

    name: str
    is_embedded: bool
    is_readable: bool


def typeface_of(font: Object) -> Typeface:
    """Reads a font's dictionary."""
    kind = font.get(Name.Subtype)
    name = spelt(font.get("/BaseFont", font.get("/Name")), "/nameless")[1:].rpartition("+")[2][:_LONGEST]
    has_meaning = font.get("/ToUnicode") is not None
    if kind == Name.Type3:
        return Typeface(name, True, has_meaning)
    inner = _inner(font)
    descriptor = inner.get("/FontDescriptor") if isinstance(inner, Dictionary) else None
    is_embedded = isinstance(descriptor, Dictionary) and any(descriptor.get(key) is not None for key in _FILES)
    if kind == Name.Type0:
        return Typeface(name, is_embedded, has_meaning or not spelt(font.get("/Encoding")).startswith("/Identity"))
    # The glyphs of a Type 1 font have names that say what they stand for; those of TrueType may have none.
    has_names = kind != Name.TrueType or not _is_symbolic(font, descriptor)
    return Typeface(name, is_embedded, has_meaning or has_names)


def _inner(font: Object) -> Any:
    held = font.get("/DescendantFonts")
    return held[0] if isinstance(held, Array) and len(held) else font


def _is_symbolic(font: Object, descriptor: Any) -> bool:
    if font.get("/Encoding") is not None or not isinstance(descriptor, Dictionary):
        return False
    return bool(int(plain_number(descriptor.get("/Flags"), 0)) & _SYMBOLIC)
