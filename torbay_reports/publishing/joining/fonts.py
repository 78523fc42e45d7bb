"""The program's own type, embedded once in a pack: whole faces, so that parts set at different times can share them.

Widths and the meaning of glyphs are written only for the glyphs that a pack uses.
"""

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from fontTools.ttLib import TTFont

from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.joining.writer import Writer, name

FILES: Final = {
    "400-normal": "atkinson-hyperlegible-next-latin-400-normal.woff2",
    "600-normal": "atkinson-hyperlegible-next-latin-600-normal.woff2",
    "700-normal": "atkinson-hyperlegible-next-latin-700-normal.woff2",
    "ext-400-normal": "atkinson-hyperlegible-next-latin-ext-400-normal.woff2",
    "ext-700-normal": "atkinson-hyperlegible-next-latin-ext-700-normal.woff2",
}
"""The faces of print.css by the names that parts use."""

_UNUSED_TABLES: Final = ("GSUB", "GPOS", "GDEF", "STAT", "kern", "DSIG")
"""What sets type and has no use once it is set."""

_SYMBOLIC: Final = 4
_BOLD_STEM: Final = 140
_STEM: Final = 80
_CODES_IN_A_BLOCK: Final = 100
_MAP_HEAD: Final = (
    "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo\n"
    "<< /Registry (Adobe)\n/Ordering (UCS)\n/Supplement 0\n>> def\n/CMapName /Adobe-Identity-UCS def\n"
    "/CMapType 2 def\n1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
)
_MAP_FOOT: Final = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"


@dataclass(frozen=True)
class Face:
    """One of the program's faces. Lengths are thousandths of the type size; `figures` are digits of one width."""

    postscript: str
    program: bytes
    program_length: int
    widths: tuple[int, ...]
    glyphs: dict[str, int]
    figures: dict[str, int]
    box: tuple[int, int, int, int]
    ascent: int
    descent: int
    cap_height: int
    is_bold: bool

    def set(self, words: str) -> list[int]:
        """The glyphs of a line, its digits of one width. Raises PackFault for a character that the face lacks."""
        found = []
        for character in words:
            glyph = self.figures.get(character, self.glyphs.get(character))
            if glyph is None:
                raise PackFault(f"The type of the pages' feet has no “{character}”: leave it out of “{words}”.")
            found.append(glyph)
        return found

    def width(self, glyphs: Iterable[int]) -> int:
        return sum(self.widths[glyph] for glyph in glyphs)


@cache
def face(key: str) -> Face:
    """One of the program's faces, read once in a process. Raises PackFault when its file is missing."""
    path = Path(settings.FONTS_DIR) / FILES[key]
    if not path.is_file():
        raise PackFault(f"The font {path.name} is missing: run `make frontend`.")
    font = TTFont(path, recalcTimestamp=False)
    scale = 1000 / font["head"].unitsPerEm
    order = font.getGlyphOrder()
    metrics = font["hmtx"]
    glyphs = {chr(code): font.getGlyphID(glyph) for code, glyph in font.getBestCmap().items()}
    figures = {chr(code): glyph for code, glyph in _tabular(font).items()}
    for table in _UNUSED_TABLES:
        if table in font:
            del font[table]
    font.flavor = None
    saved = BytesIO()
    font.save(saved)
    program = saved.getvalue()
    head, lines, weight = font["head"], font["hhea"], font["OS/2"]
    return Face(
        postscript=str(font["name"].getDebugName(6)),
        program=zlib.compress(program, 9),
        program_length=len(program),
        widths=tuple(round(metrics[glyph][0] * scale) for glyph in order),
        glyphs=glyphs,
        figures=figures,
        box=(
            round(head.xMin * scale),
            round(head.yMin * scale),
            round(head.xMax * scale),
            round(head.yMax * scale),
        ),
        ascent=round(lines.ascent * scale),
        descent=round(lines.descent * scale),
        cap_height=round(weight.sCapHeight * scale),
        is_bold=weight.usWeightClass >= 700,
    )


def _tabular(font: Any) -> dict[int, int]:
    """The digits of one width (the feature `tnum`) by code point."""
    if "GSUB" not in font:
        return {}
    table = font["GSUB"].table
    swaps: dict[str, str] = {}
    for record in table.FeatureList.FeatureRecord:
        if record.FeatureTag == "tnum":
            for index in record.Feature.LookupListIndex:
                for subtable in table.LookupList.Lookup[index].SubTable:
                    swaps.update(getattr(subtable, "ExtSubTable", subtable).mapping)
    characters = font.getBestCmap()
    return {
        code: font.getGlyphID(swaps[glyph])
        for code, glyph in characters.items()
        if glyph in swaps and chr(code).isdigit()
    }


def embed(writer: Writer, number: int, key: str, meanings: Mapping[int, str]) -> None:
    """Write a face under `number` with the widths and meanings of the glyphs that the pack uses."""
    own = face(key)
    base = name(own.postscript)
    program = writer.add_stream(f"/Length1 {own.program_length}/Filter/FlateDecode", own.program)
    box = " ".join(map(str, own.box))
    descriptor = writer.add(
        f"<</Type/FontDescriptor/FontName{base}/Flags {_SYMBOLIC}/FontBBox[{box}]/ItalicAngle 0/Ascent {own.ascent}"
        f"/Descent {own.descent}/CapHeight {own.cap_height}/StemV {_BOLD_STEM if own.is_bold else _STEM}"
        f"/FontFile2 {program} 0 R>>"
    )
    descendant = writer.add(
        f"<</Type/Font/Subtype/CIDFontType2/BaseFont{base}/CIDToGIDMap/Identity"
        f"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        f"/FontDescriptor {descriptor} 0 R/W[{_widths(own, sorted(meanings))}]>>"
    )
    unicode = writer.add_stream("/Filter/FlateDecode", zlib.compress(_unicode_map(meanings), 9))
    writer.put(
        number,
        f"<</Type/Font/Subtype/Type0/BaseFont{base}/Encoding/Identity-H/DescendantFonts[{descendant} 0 R]"
        f"/ToUnicode {unicode} 0 R>>",
    )


def _widths(own: Face, glyphs: list[int]) -> str:
    pieces: list[str] = []
    before = -2
    for glyph in glyphs:
        if glyph >= len(own.widths):
            raise PackFault(f"A part names a glyph that the font {own.postscript} does not have: set the part again.")
        pieces.append(f" {own.widths[glyph]}" if glyph == before + 1 else f"]{glyph}[{own.widths[glyph]}")
        before = glyph
    return "".join(pieces).removeprefix("]") + "]" if pieces else ""


def _unicode_map(meanings: Mapping[int, str]) -> bytes:
    lines = [f"<{glyph:04x}> <{words.encode('utf-16-be').hex()}>" for glyph, words in sorted(meanings.items()) if words]
    blocks = [_MAP_HEAD]
    for start in range(0, len(lines), _CODES_IN_A_BLOCK):
        block = lines[start : start + _CODES_IN_A_BLOCK]
        blocks.append(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n")
    return ("".join(blocks) + _MAP_FOOT).encode()


class Faces:
    """The faces that one pack uses, and what their glyphs mean in it."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._numbers: dict[str, int] = {}
        self._meanings: dict[str, dict[int, str]] = {}

    def number(self, key: str) -> int:
        """The object of a face. Raises PackFault for one that is not the program's."""
        if key not in self._numbers:
            if key not in FILES:
                raise PackFault(f"A part is set in the type “{key}”, which is not the program's: set the part again.")
            self._numbers[key] = self._writer.number()
            self._meanings[key] = {}
        return self._numbers[key]

    def use(self, key: str, glyphs: Iterable[tuple[int, str]]) -> int:
        """Note which glyphs are used for what. Of two meanings the shorter counts, then the first by code point."""
        number = self.number(key)
        meanings = self._meanings[key]
        for glyph, words in glyphs:
            known = meanings.setdefault(glyph, words)
            if known != words and (not known or (words and (len(words), words) < (len(known), known))):
                meanings[glyph] = words
        return number

    def write(self) -> None:
        """Embed all of them."""
        for key in sorted(self._numbers):
            embed(self._writer, self._numbers[key], key, self._meanings[key])
