"""The operators that paint a row: words of our faces, their underlines, the lines between rows."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from torbay_reports.publishing.frames import POINTS_IN_A_PIXEL
from torbay_reports.publishing.parts.rows.letters import Letters
from torbay_reports.publishing.parts.rows.lines import Piece
from torbay_reports.publishing.parts.rows.looks import Border, CellSample
from torbay_reports.publishing.parts.values import Font


def _told(number: float) -> str:
    """A length in CSS pixels in points, as a PDF tells it."""
    return f"{number * POINTS_IN_A_PIXEL:.3f}".rstrip("0").rstrip(".")


class Painter:
    """Writes the content of a strip of that height in CSS pixels, from whose upper edge places are told."""

    def __init__(self, height: float) -> None:
        self._height = height
        self._operators: list[str] = ["q"]
        self._colour = ""
        self._typeface: tuple[str, float] | None = None
        self._used: dict[str, tuple[str, Letters, set[str]]] = {}

    def borders(self, cells: Sequence[CellSample]) -> None:
        """The lines above and below the row, those of neighbours in one."""
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
                y = self._height - border.thickness if is_top else 0.0
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
        y = self._height - baseline
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
        self._used.setdefault(ink.font, (ink.face, ink.letters, set()))[2].update(shown)
        self._operators.append("BT")
        typeface = ink.font, ink.letters.size
        if typeface != self._typeface:
            self._typeface = typeface
            self._operators.append(f"/{ink.font} {ink.letters.size * POINTS_IN_A_PIXEL:.6f} Tf")
        self._operators.append(f"1 0 0 1 {_told(piece.x)} {_told(y)} Tm\n[<{''.join(codes)}>] TJ\nET")

    def content(self) -> bytes:
        """The operators, complete in themselves."""
        return "\n".join((*self._operators, "Q")).encode()

    def fonts(self) -> tuple[tuple[Font, ...], dict[str, int]]:
        """The fonts that were used with their glyphs, and their numbers by the names of their resources."""
        fonts = tuple(
            Font(face, tuple(sorted({letters.glyph(each) for each in used})))
            for face, letters, used in self._used.values()
        )
        return fonts, {name: number for number, name in enumerate(self._used)}
