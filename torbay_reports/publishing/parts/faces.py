"""The program's own typefaces as WeasyPrint names them, and what their glyphs stand for."""

import unicodedata
from collections.abc import Mapping
from copy import copy
from functools import cache
from typing import Any, Final

import pydyf
from django.conf import settings
from fontTools.ttLib import TTFont
from weasyprint.pdf.fonts import build_fonts_dictionary
from weasyprint.text.fonts import get_hb_object_data

from torbay_reports.publishing.joining.fonts import FILES

FACES: Final = {
    ("Hyperlegible", 400): "400-normal",
    ("Hyperlegible", 600): "600-normal",
    ("Hyperlegible", 700): "700-normal",
    ("Hyperlegible Extended", 400): "ext-400-normal",
    ("Hyperlegible Extended", 700): "ext-700-normal",
}
"""The faces of print.css, by family and weight."""

_LIGATURES: Final = range(0xFB00, 0xFB07)


def face_of(font: Any) -> str:
    """The name of a font of WeasyPrint's among our faces; nothing for one of the system's."""
    return FACES.get((font.family, int(font.weight)), "")


def embedded(font: Any, glyphs: Mapping[int, str]) -> tuple[Any, int]:
    """A font of the system's, for a character that our faces do not have, as objects of a PDF of their own: cut down to
    these glyphs, so that it is the same whatever else was set with it. Returns the objects and the font's number.
    """
    alone = copy(font)
    alone.file_content = get_hb_object_data(font.hb_face)
    alone.to_unicode = dict(sorted(glyphs.items()))
    alone.widths = {glyph: font.widths[glyph] for glyph in sorted(glyphs)}
    alone.missing = {}
    pdf = pydyf.PDF()
    references = build_fonts_dictionary(pdf, {0: alone}, True, True, {"hinting": False, "pdf_version": "1.7"})
    return pdf, int(references[alone.hash].split()[0])


@cache
def standard_texts(face: str) -> dict[int, str]:
    """What each glyph of a face stands for by the face's own table: of several characters the first.
    Nothing for a font of the system's.

    A page that used a hard space says the same of that glyph as one that used a plain one, so that equal pages are
    equal whatever else was set with them.
    """
    if not face:
        return {}
    with TTFont(settings.FONTS_DIR / FILES[face]) as font:
        found: dict[int, str] = {}
        for code, name in sorted(font.getBestCmap().items()):
            text = unicodedata.normalize("NFKC", chr(code)) if code in _LIGATURES else chr(code)
            found.setdefault(font.getGlyphID(name), text)
    return found
