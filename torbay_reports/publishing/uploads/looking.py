"""Looks at the pages of a cleaned PDF as readers see them: which letters do not show, and where a stamp has no room.

A page is drawn with its words and again without. Where nothing changes under a letter, nobody sees it: it is covered,
white on white, cut off or outside the page. Words that lie over others are drawn away in turn, so that what is printed
over covered words does not speak for them.

Drawing is left to a process of its own that may take `limits.LOOK_SECONDS` of all processors' time for the whole file;
pages that it does not come to, or that stop it, are not looked at.
"""

import ctypes
import math
import os
import resource
from collections.abc import Iterator
from operator import sub
from typing import Any, Final

import msgspec
import pypdfium2
import pypdfium2.raw as pdfium

from torbay_reports.publishing.uploads import limits
from torbay_reports.publishing.uploads.margins import FOOT, HEAD, Edges, edges_of
from torbay_reports.publishing.uploads.overlaps import Letter, layers_of

_SCALE: Final = 1.5
"""Dots for a point, where a page is not so large that it takes too many."""
_LEAST_SCALE: Final = 0.6
_MOST_DOTS: Final = 5_000_000
_MOST_LAYERS: Final = 4
"""Of words over words over words; a page with more is not looked at."""
_MOST_LETTERS: Final = 50_000
_HAIR: Final = 1.0
"""What ends where the room of a stamp begins reaches into its first dots."""
_TINY: Final = 2.0
_FORM_DEPTH: Final = 20
_COLOURS: Final = 3

_LEAST_CHANGE: Final = 12
"""Of 255 levels of red, green or blue: what nobody sees on white begins at about 245."""
_INK: Final = bytes([1] * 240 + [0] * 16)


class Look(msgspec.Struct, frozen=True, array_like=True):
    """What was seen of a page, which counts from 0: letters and digits that do not show, those of text recognition over
    a picture, those too small to read; and whether something is printed where the stamps of a pack go."""

    page: int
    hidden: int = 0
    recognised: int = 0
    tiny: int = 0
    has_ink_at_foot: bool = False
    has_ink_at_head: bool = False


class Drawing:
    """A page as dots, three bytes each, rows from the top."""

    def __init__(self, page: pypdfium2.PdfPage, scale: float) -> None:
        bitmap = page.render(scale=scale, may_draw_forms=False, draw_annots=False, fill_color=(255, 255, 255, 255))
        self.width, self.height, self.stride = bitmap.width, bitmap.height, bitmap.stride
        self.dots = bytes(bitmap.buffer)
        bitmap.close()

    def rows(self, dots: tuple[int, int, int, int]) -> Iterator[bytes]:
        """What of each row lies within these columns and rows."""
        first, last, above, below = dots
        first, last = max(first, 0), min(last, self.width)
        if first < last:
            for row in range(max(above, 0), min(below, self.height)):
                start = row * self.stride
                yield self.dots[start + first * _COLOURS : start + last * _COLOURS]


def looks(pdf: bytes) -> dict[int, Look]:
    """What was seen of the pages, by their places. Those that are not there could not be looked at."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        _look_at_all(pdf, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as stream:
        lines = stream.read().split(b"\n")
    os.waitpid(child, 0)
    # After the last line end stands nothing, or what a stopped process had begun to say.
    found = [msgspec.json.decode(line, type=Look) for line in lines[:-1]]
    return {each.page: each for each in found}


def _look_at_all(pdf: bytes, writing: int) -> None:
    """The other process. Whatever happens in it ends it."""
    try:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (limits.LOOK_SECONDS, limits.LOOK_SECONDS))
        nothing = os.open(os.devnull, os.O_RDWR)
        for number in range(3):
            os.dup2(nothing, number)
        os.closerange(3, writing)
        os.closerange(writing + 1, writing + 1000)
        document = pypdfium2.PdfDocument(pdf)
        for place in range(len(document)):
            found = look_at(document, place)
            if found is not None:
                os.write(writing, msgspec.json.encode(found) + b"\n")
    finally:
        os._exit(0)


def look_at(document: pypdfium2.PdfDocument, place: int) -> Look | None:
    """What is seen of one page; nothing where it cannot be looked at."""
    try:
        page = document[place]
        edges = edges_of(page.get_rotation(), foot=FOOT - _HAIR, head=HEAD - _HAIR)
        page.set_rotation(0)
        return _Page(page).look(place, edges)
    except pypdfium2.PdfiumError:
        return None


class _Page:
    """A page that is looked at."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self._page = page
        self.width, self.height = page.get_size()
        self.scale = min(_SCALE, math.sqrt(_MOST_DOTS / max(self.width * self.height, 1)))
        self._texts: dict[int, tuple[Any, int]] = {}
        self._pictures: list[tuple[float, float, float, float]] = []
        self._objects()

    def look(self, place: int, edges: tuple[Edges, Edges]) -> Look | None:
        letters = list(self._letters())
        layers = layers_of(letters)
        if self.scale < _LEAST_SCALE or len(letters) > _MOST_LETTERS or len(layers) > _MOST_LAYERS:
            return None
        whole = Drawing(self._page, self.scale)
        hidden = recognised = tiny = 0
        for layer in layers:
            without = self._without({each.object for each in layer})
            for letter in layer:
                if self._shows(letter, whole, without):
                    tiny += letter.size < _TINY
                elif self._is_recognised(letter):
                    recognised += 1
                else:
                    hidden += 1
        foot, head = (self._has_ink(whole, each) for each in edges)
        return Look(place, hidden, recognised, tiny, foot, head)

    def _objects(self) -> None:
        """Note all objects that show words, and where pictures are."""
        waiting = [(each, each, 0) for each in _kids(self._page.raw, pdfium.FPDFPage_CountObjects, _page_object)]
        while waiting:
            held, top, depth = waiting.pop()
            kind = pdfium.FPDFPageObj_GetType(held)
            if kind == pdfium.FPDF_PAGEOBJ_TEXT:
                self._texts[_address(held)] = (held, pdfium.FPDFTextObj_GetTextRenderMode(held))
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                self._pictures.append(_bounds(top))
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _FORM_DEPTH:
                inner = _kids(held, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject)
                waiting.extend((each, top, depth + 1) for each in inner)

    def _letters(self) -> Iterator[Letter]:
        text = self._page.get_textpage()
        sides = [ctypes.c_double() for _ in range(4)]
        left, right, bottom, top = sides
        matrix = pdfium.FS_MATRIX()
        for place in range(min(pdfium.FPDFText_CountChars(text), _MOST_LETTERS + 1)):
            code = pdfium.FPDFText_GetUnicode(text, place)
            if not chr(code).isalnum() or pdfium.FPDFText_IsGenerated(text, place):
                continue
            held = pdfium.FPDFText_GetTextObject(text, place)
            if not held or _address(held) not in self._texts:
                continue
            pdfium.FPDFText_GetCharBox(text, place, *sides)
            pdfium.FPDFText_GetMatrix(text, place, matrix)
            size = pdfium.FPDFText_GetFontSize(text, place) * math.hypot(matrix.c, matrix.d)
            yield Letter((left.value, bottom.value, right.value, top.value), _address(held), size)
        text.close()

    def _without(self, objects: set[int]) -> Drawing:
        """The page with these objects drawn away."""
        for each in objects:
            pdfium.FPDFTextObj_SetTextRenderMode(self._texts[each][0], pdfium.FPDF_TEXTRENDERMODE_INVISIBLE)
        drawing = Drawing(self._page, self.scale)
        for each in objects:
            pdfium.FPDFTextObj_SetTextRenderMode(*self._texts[each])
        return drawing

    def _shows(self, letter: Letter, whole: Drawing, without: Drawing) -> bool:
        rows = zip(whole.rows(self._dots(letter.box)), without.rows(self._dots(letter.box)), strict=True)
        return any(max(map(abs, map(sub, one, other))) >= _LEAST_CHANGE for one, other in rows if one != other)

    def _is_recognised(self, letter: Letter) -> bool:
        """Whether it was never to be painted and lies over a picture, as text recognition leaves words."""
        if self._texts[letter.object][1] != pdfium.FPDF_TEXTRENDERMODE_INVISIBLE:
            return False
        x, y = (letter.box[0] + letter.box[2]) / 2, (letter.box[1] + letter.box[3]) / 2
        return any(left <= x <= right and bottom <= y <= top for left, bottom, right, top in self._pictures)

    def _has_ink(self, drawing: Drawing, edges: Edges) -> bool:
        left, bottom, right, top = edges
        strips = (
            (0.0, 0.0, left, self.height),
            (0.0, 0.0, self.width, bottom),
            (self.width - right, 0.0, self.width, self.height),
            (0.0, self.height - top, self.width, self.height),
        )
        wanted = (self._dots(strip) for strip, depth in zip(strips, edges, strict=True) if depth)
        return any(row.translate(_INK).find(1) >= 0 for dots in wanted for row in drawing.rows(dots))

    def _dots(self, box: tuple[float, float, float, float]) -> tuple[int, int, int, int]:
        """First and last column, first and last row of a box, one of each at the least."""
        left, bottom, right, top = box
        first, above = round(left * self.scale), round((self.height - top) * self.scale)
        last, below = round(right * self.scale), round((self.height - bottom) * self.scale)
        return first, max(last, first + 1), above, max(below, above + 1)


def _kids(holder: Any, count: Any, at: Any) -> list[Any]:
    return [at(holder, place) for place in range(count(holder))]


def _page_object(page: Any, place: int) -> Any:
    return pdfium.FPDFPage_GetObject(page, place)


def _address(held: Any) -> int:
    return ctypes.cast(held, ctypes.c_void_p).value or 0


def _bounds(held: Any) -> tuple[float, float, float, float]:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(held, left, bottom, right, top)
    return left.value, bottom.value, right.value, top.value
