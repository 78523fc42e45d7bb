"""The operators that paint rows and paragraphs: words of our faces, their underlines, the lines between rows."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Protocol

from torbay_reports.publishing.frames import POINTS_IN_A_PIXEL
from torbay_reports.publishing.parts.values import Font
from torbay_reports.publishing.parts.words.lines import Piece
from torbay_reports.publishing.parts.words.looks import Border, Ink


def _told(number: float) -> str:
    """A length in CSS pixels in points, as a PDF tells it."""
    return f"{number * POINTS_IN_A_PIXEL:.3f}".rstrip("0").rstrip(".")


class Edged(Protocol):
    """A box with lines along its upper and lower edge, from left to right in CSS pixels."""

    @property
    def left(self) -> float: ...
    @property
    def right(self) -> float: ...
    @property
    def top(self) -> Border | None: ...
    @property
    def bottom(self) -> Border | None: ...


class Fonts:
    """The fonts of a strip with their glyphs, numbered as they are first used."""

    def __init__(self) -> None:
        self._glyphs: dict[str, tuple[str, set[tuple[int, str]]]] = {}
        self._numbers: dict[str, int] = {}

    def use(self, ink: Ink, shown: str) -> int:
        """Note that these letters are shown in an ink. Returns the number of its font."""
        # Two inks of one font may show a letter by different glyphs.
        self._glyphs.setdefault(ink.font, (ink.face, set()))[1].update(map(ink.letters.glyph, set(shown)))
        return self._numbers.setdefault(ink.font, len(self._numbers))

    def finished(self) -> tuple[Font, ...]:
        """All of them in their order."""
        return tuple(Font(face, tuple(sorted(glyphs))) for face, glyphs in self._glyphs.values())


class Painter:
    """Writes the content of a page of a strip, of that height in CSS pixels, from whose upper edge places are told.
    `fonts` are the strip's; the page's own, by the names of their resources, are numbered as these."""

    def __init__(self, height: float, fonts: Fonts) -> None:
        self.height = height
        self.fonts: dict[str, int] = {}
        self._all_fonts = fonts
        self._operators: list[str] = ["q"]
        self._colour = ""
        self._typeface: tuple[str, float] | None = None

    def borders(self, cells: Sequence[Edged]) -> None:
        """The lines above and below boxes as high as the page, those of neighbours in one."""
        drawn = [
            *self._edges([(cell.top, cell.left, cell.right) for cell in cells], is_top=True),
            *self._edges([(cell.bottom, cell.left, cell.right) for cell in cells], is_top=False),
        ]
        if drawn:
            self._operators += ["/Artifact", "BMC", *drawn, "EMC"]

    def _edges(self, edges: Sequence[tuple[Border | None, float, float]], *, is_top: bool) -> Iterator[str]:
        for border, group in groupby(edges, key=lambda edge: edge[0]):
            if border is not None:
                held = list(group)
                y = self.height - border.thickness if is_top else 0.0
                yield from self._in_colour(border.colour)
                yield self._rectangle(held[0][1], y, held[-1][2] - held[0][1], border.thickness)

    def _in_colour(self, colour: str) -> Iterator[str]:
        if colour != self._colour:
            self._colour = colour
            yield f"{colour} rg"

    @staticmethod
    def _rectangle(x: float, y: float, width: float, height: float) -> str:
        return f"{_told(x)} {_told(y)} {_told(width)} {_told(height)} re\nf"

    def open(self, mcid: int) -> None:
        """Begin a piece of content."""
        self._operators.append(f"/Span <</MCID {mcid}>> BDC")

    def close(self) -> None:
        """End it."""
        self._operators.append("EMC")

    def words(self, piece: Piece, baseline: float, *, with_space: bool) -> None:
        """Words on their baseline, with a space after them for who reads what stands on several lines."""
        run, start, end = piece.run, piece.start, piece.end
        ink = run.ink
        y = self.height - baseline
        self._operators.extend(self._in_colour(ink.colour))
        if ink.underline is not None:
            below, thickness = ink.underline
            self._operators.append(self._rectangle(piece.x, y - below - thickness / 2, piece.width, thickness))
        codes = [letter.code for letter in run.letters[start : end - 1]]
        codes.append(ink.letters[run.text[end - 1]].code)
        shown = run.text[start:end]
        if with_space:
            codes.append(ink.letters[" "].code)
            shown += " "
        self.fonts[ink.font] = self._all_fonts.use(ink, shown)
        self._operators.append("BT")
        typeface = ink.font, ink.letters.size
        if typeface != self._typeface:
            self._typeface = typeface
            self._operators.append(f"/{ink.font} {ink.letters.size * POINTS_IN_A_PIXEL:.6f} Tf")
        self._operators.append(f"1 0 0 1 {_told(piece.x)} {_told(y)} Tm\n[<{''.join(codes)}>] TJ\nET")

    def content(self) -> bytes:
        """The operators, complete in themselves."""
        return "\n".join((*self._operators, "Q")).encode()
