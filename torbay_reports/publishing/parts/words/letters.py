"""Letters of one of our faces at one size: which glyph each is, and how far the next one stands from it.

HarfBuzz is asked for every pair of neighbours once. That is enough, because nothing in our faces looks further than at
the next letter (the tests compare whole lines); a space is a neighbour as any other.
"""

from functools import cache
from io import BytesIO
from typing import Final, NamedTuple

import uharfbuzz
from django.conf import settings
from fontTools.ttLib import TTFont

from torbay_reports.publishing.joining.fonts import FILES
from torbay_reports.publishing.parts.faces import standard_texts

UNITS: Final = 1024
"""Pango's units in a CSS pixel."""
PLAIN: Final = frozenset(
    [chr(code) for code in range(0x20, 0x7F)]
    + [chr(code) for code in range(0xC0, 0x100) if chr(code) not in "×÷"]
    + list("\u00a0£€§°·½¼¾±–—‘’“”•…")
)
"""The characters that are set here; all else (other scripts, marks, what breaks lines its own way) is left alone."""


class NotPlain(Exception):
    """Something that is left to WeasyPrint."""


class Letter(NamedTuple):
    """A letter before a certain neighbour: how far that one stands from it in Pango's units, and the letter's code as
    it stands between the < and > of a TJ operator, with what then has to be taken from its width."""

    advance: int
    code: str


class Letters(dict[str, Letter]):
    """The letters of a face: by a letter and its neighbour, or by the last of a line alone.

    `size` is in CSS pixels and counts as far as Pango's units tell it; `features` are those of OpenType that are on.
    Raises NotPlain for a character that is not plain or that the face does not have.
    """

    def __init__(self, face: str, size: float, features: frozenset[str]) -> None:
        super().__init__()
        scale = int(size * UNITS)
        self.size = scale / UNITS
        self._features = dict.fromkeys(sorted(features), True)
        self._meanings = standard_texts(face)
        self._font = uharfbuzz.Font(_face(face))
        self._font.scale = (scale, scale)
        self._glyphs: dict[str, tuple[int, str]] = {}

    def __missing__(self, pair: str) -> Letter:
        glyph, advance = self._shaped(pair)
        # The same steps as WeasyPrint's (draw/text.py), so that the same fractions are lost.
        width = round(self._font.get_glyph_h_advance(glyph) * 1000 / UNITS / self.size)
        excess = int(width - advance * 1000 / UNITS / self.size)
        letter = self[pair] = Letter(advance, f"{glyph:04x}>{excess}<" if excess else f"{glyph:04x}")
        return letter

    def glyph(self, letter: str) -> tuple[int, str]:
        """The number of a letter's glyph, and what that glyph stands for in every part."""
        if letter not in self._glyphs:
            glyph, _ = self._shaped(letter)
            self._glyphs[letter] = glyph, self._meanings.get(glyph) or letter
        return self._glyphs[letter]

    def _shaped(self, pair: str) -> tuple[int, int]:
        if not PLAIN.issuperset(pair):
            raise NotPlain
        buffer = uharfbuzz.Buffer()
        buffer.add_str(pair)
        buffer.direction, buffer.script, buffer.language = "ltr", "Latn", "en"
        uharfbuzz.shape(self._font, buffer, self._features)
        infos, positions = buffer.glyph_infos, buffer.glyph_positions
        if len(infos) != len(pair) or any(info.codepoint == 0 for info in infos):
            raise NotPlain
        if any(position.x_offset or position.y_offset for position in positions):
            raise NotPlain
        return infos[0].codepoint, positions[0].x_advance


@cache
def _face(name: str) -> uharfbuzz.Face:
    file = BytesIO()
    with TTFont(settings.FONTS_DIR / FILES[name], recalcTimestamp=False) as font:
        font.flavor = None
        font.save(file)
    return uharfbuzz.Face(file.getvalue())


@cache
def letters(face: str, size: float, features: frozenset[str]) -> Letters:
    """The letters of a face at a size, of which the style sheet has a few."""
    return Letters(face, size, features)
