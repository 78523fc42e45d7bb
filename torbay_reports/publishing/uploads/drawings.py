"""Copies what has instructions of its own: drawings (form XObjects), patterns, and the glyphs of drawn fonts."""

import zlib
from typing import Any, Final

from pikepdf import Array, Dictionary, Name, Object, Pdf, PdfError, Stream

from torbay_reports.publishing.uploads import limits
from torbay_reports.publishing.uploads.contents import Content
from torbay_reports.publishing.uploads.layers import Layers
from torbay_reports.publishing.uploads.names import Names
from torbay_reports.publishing.uploads.objects import Copier, Pieces
from torbay_reports.publishing.uploads.scalars import box_of, key_bytes, plain_number, spelt
from torbay_reports.publishing.uploads.seen import Seen
from torbay_reports.publishing.uploads.streams import UnreadableStream
from torbay_reports.publishing.uploads.typefaces import Typeface, typeface_of

_LEVEL: Final = 6
_MOST_OF_A_GLYPH: Final = 50_000
_MOST_OF_A_PATTERN: Final = 500_000
_LEAST_STEP: Final = 0.1
_MOST_GLYPHS: Final = 70_000
_SHADED: Final = 2


class DrawingBook:
    """All drawings of one file."""

    def __init__(self, pdf: Pdf, copier: Copier, layers: Layers) -> None:
        self._pdf = pdf
        self._copier = copier
        self._layers = layers
        self._seen: dict[int, Seen] = {}
        self._bare: dict[tuple[tuple[int, int], tuple[int, int]], int | None] = {}
        self.typefaces: dict[int, Typeface] = {}
        copier.drawings = self

    def seen(self, place: int) -> Seen:
        """What was met in a drawing of the part; nothing in a picture."""
        return self._seen.get(place, Seen())

    def xobject(self, held: Any, around: Object) -> int | None:
        """A picture or drawing. One without resources of its own uses those of the content that draws it."""
        if not isinstance(held, Stream):
            return None
        if held.get(Name.Subtype) == Name.Image:
            return self._copier.place(held, "picture")
        if held.get("/Resources") is not None:
            return self._copier.place(held, "drawing")
        key = (held.objgen, around.objgen)
        if key not in self._bare or not (held.is_indirect and around.is_indirect):
            with self._copier.inside(held) as is_new:
                self._bare[key] = self._form(held, around) if is_new else None
        return self._bare[key]

    def copied(self, held: Object, kind: str) -> int | None:
        """The place of a drawing, font or pattern in the part; nothing when it cannot be kept."""
        match kind:
            case "drawing":
                return self._form(held, held.get("/Resources"))
            case "pattern":
                return self._pattern(held)
            case _:
                return self._font(held)

    def _form(self, held: Object, resources: Any) -> int | None:
        if (
            not isinstance(held, Stream)
            or held.get(Name.Subtype) != Name.Form
            or held.get("/Subtype2") == Name.PS
            or box_of(held.get("/BBox")) is None
        ):
            return None
        return self._stream(held, resources, "form", limits.INSTRUCTIONS)

    def _pattern(self, held: Object) -> int | None:
        if held.get("/PatternType") == _SHADED and not isinstance(held, Stream):
            return self._copier.add([b"<<", *self._copier.entries(held, "shaded pattern"), b">>"])
        steps = (abs(plain_number(held.get(key), 0)) for key in ("/XStep", "/YStep"))
        if not isinstance(held, Stream) or box_of(held.get("/BBox")) is None or min(steps) < _LEAST_STEP:
            return None
        return self._stream(held, held.get("/Resources"), "drawn pattern", _MOST_OF_A_PATTERN)

    def _font(self, held: Object) -> int | None:
        place = None if isinstance(held, Stream) else self._copied_font(held)
        if place is not None:
            self.typefaces[place] = typeface_of(held)
        return place

    def _copied_font(self, held: Object) -> int | None:
        match spelt(held.get(Name.Subtype)):
            case "/Type3":
                return self._drawn_font(held)
            case "/Type0":
                # Without its one descendant a composite font is none, and readers trip over it.
                inner = held.get("/DescendantFonts")
                if not isinstance(inner, Array) or len(inner) != 1 or self._copier.place(inner[0], "cid font") is None:
                    return None
                return self._copier.add([b"<<", *self._copier.entries(held, "composite font"), b">>"])
            case "/Type1" | "/MMType1" | "/TrueType":
                return self._copier.add([b"<<", *self._copier.entries(held, "simple font"), b">>"])
            case _:
                return None

    def _drawn_font(self, held: Object) -> int | None:
        drawn = held.get("/CharProcs")
        if not isinstance(drawn, Dictionary) or isinstance(drawn, Stream) or len(drawn) > _MOST_GLYPHS:
            return None
        # All glyphs share the font's resources, under the same names.
        names = Names(self._copier, held.get("/Resources"), self)
        glyphs: Pieces = []
        for name, glyph in sorted(drawn.items(), key=lambda item: item[0]):
            place = self._glyph(glyph, names)
            if place is not None:
                glyphs += [key_bytes(name), place, b" "]
        entries = self._copier.entries(held, "drawn font")
        resources = names.entries(with_fonts=True)
        return self._copier.add([b"<<", *entries, b"/CharProcs<<", *glyphs, b">>/Resources<<", *resources, b">>>>"])

    def _glyph(self, held: Any, names: Names) -> int | None:
        if not isinstance(held, Stream):
            return None
        with self._copier.inside(held) as is_new:
            if not is_new:
                return None
            content = self._read(held, names)
        if content is None or content.seen.weight > _MOST_OF_A_GLYPH:
            return None
        return self._copier.add([b"<</Filter/FlateDecode>>"], zlib.compress(content.written(), _LEVEL))

    def _stream(self, held: Object, resources: Any, kind: str, most: int) -> int | None:
        names = Names(self._copier, resources, self)
        content = self._read(held, names)
        if content is None or content.seen.weight > most:
            return None
        entries = self._copier.entries(held, kind)
        used = names.entries(with_fonts=True)
        place = self._copier.add(
            [b"<<", *entries, b"/Resources<<", *used, b">>/Filter/FlateDecode>>"],
            zlib.compress(content.written(), _LEVEL),
        )
        self._seen[place] = content.seen
        return place

    def _read(self, held: Object, names: Names) -> Content | None:
        content = Content(names, self._layers, drawing_seen=self.seen)
        try:
            content.read(self._pdf, self._copier.streams.unpacked(held, limits.CONTENT_BYTES))
        except (UnreadableStream, PdfError):
            return None
        content.close()
        return content
