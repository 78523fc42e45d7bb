"""What a strip shows, read from its operators: where each glyph stands, which areas are filled, what is tagged as what.

What is set by the program's own code and by WeasyPrint says so in different operators.
"""

import zlib
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from torbay_reports.publishing.joining import fonts
from torbay_reports.publishing.parts.values import CONTENT, ELEMENT, LINK, Strip, content_page, kid_kind

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Glyph:
    """A glyph on the strip, in points from its lower left corner."""

    text: str
    face: str
    size: float
    colour: str
    x: float
    y: float
    mcid: int


@dataclass
class State:
    """What q saves."""

    matrix: Matrix = (1, 0, 0, 1, 0, 0)
    fill: str = ""
    stroke: str = ""
    line: float = 1.0
    font: str = ""
    size: float = 0.0
    clip: Box | None = None


@dataclass
class Drawing:
    """All of it. `areas` are filled rectangles with their colour, those of neighbours in one."""

    glyphs: list[Glyph] = field(default_factory=list)
    areas: list[tuple[str, Box]] = field(default_factory=list)

    @property
    def letters(self) -> list[Glyph]:
        """The glyphs that are not spaces."""
        return [glyph for glyph in self.glyphs if glyph.text not in {" ", "\u00a0"}]


def drawn(strip: Strip, page: int = 0) -> Drawing:
    """What a page of a strip shows."""
    reader = _Reader(strip, page)
    with pikepdf.Pdf.new() as pdf:
        stream = pikepdf.Stream(pdf, zlib.decompress(strip.part.pages[page].content))
        for each in pikepdf.parse_content_stream(stream):
            reader.read(str(each.operator), list(each.operands))
    reader.drawing.areas = _joined(reader.drawing.areas)
    return reader.drawing


def _joined(areas: list[tuple[str, Box]]) -> list[tuple[str, Box]]:
    found: list[tuple[str, Box]] = []
    for colour, box in sorted(areas, key=lambda each: (each[0], round(each[1][1], 1), each[1][0])):
        last = found[-1] if found else None
        if last and last[0] == colour and abs(last[1][1] - box[1]) < 0.01 and abs(last[1][2] - box[0]) < 0.01:
            found[-1] = colour, (last[1][0], box[1], box[2], box[3])
        else:
            found.append((colour, box))
    return found


def _times(left: Matrix, right: Matrix) -> Matrix:
    a, b, c, d, e, f = left
    g, h, i, j, k, m = right
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _at(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _box(points: list[tuple[float, float]]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


class _Reader:
    def __init__(self, strip: Strip, page: int) -> None:
        self._page = strip.part.pages[page]
        self._fonts = strip.part.fonts
        self._state = State()
        self._saved: list[State] = []
        self._marks: list[int] = []
        self._path: list[tuple[float, float]] = []
        self._text: Matrix = (1, 0, 0, 1, 0, 0)
        self.drawing = Drawing()

    def read(self, operator: str, operands: list[Any]) -> None:
        known = self._read_state(operator, operands) or self._read_paths(operator, operands)
        assert known or self._read_text(operator, operands), f"no row or paragraph needs the operator {operator}"

    def _read_state(self, operator: str, operands: list[Any]) -> bool:
        state = self._state
        match operator:
            case "q":
                self._saved.append(State(**vars(state)))
            case "Q":
                self._state = self._saved.pop()
            case "cm":
                state.matrix = _times(self._matrix(operands), state.matrix)
            case "rg":
                state.fill = self._colour(operands)
            case "RG":
                state.stroke = self._colour(operands)
            case "w":
                state.line = float(operands[0])
            case "gs":
                pass
            case _:
                return False
        return True

    def _read_paths(self, operator: str, operands: list[Any]) -> bool:
        state = self._state
        match operator:
            case "m" | "l":
                self._path.append(_at(state.matrix, float(operands[0]), float(operands[1])))
            case "re":
                x, y, width, height = (float(each) for each in operands)
                self._path += [_at(state.matrix, x, y), _at(state.matrix, x + width, y + height)]
            case "W*":
                state.clip = _box(self._path)
            case "n":
                self._path = []
            case "f" | "f*":
                # WeasyPrint fills all between the edges of a cell and clips it to the edge that is meant.
                self.drawing.areas.append((state.fill, state.clip or _box(self._path)))
                self._path = []
            case "S":
                left, bottom, right, top = _box(self._path)
                half = state.line * abs(state.matrix[0]) / 2
                self.drawing.areas.append((state.stroke, (left, bottom - half, right, top + half)))
                self._path = []
            case _:
                return False
        return True

    def _read_text(self, operator: str, operands: list[Any]) -> bool:
        state = self._state
        match operator:
            case "BDC":
                self._marks.append(int(operands[1]["/MCID"]))
            case "BMC":
                self._marks.append(-1)
            case "EMC":
                self._marks.pop()
            case "Tf":
                state.font, state.size = str(operands[0])[1:], float(operands[1])
            case "Tm":
                self._text = _times(self._matrix(operands), state.matrix)
            case "TJ":
                self._show(operands[0])
            case "BT" | "ET":
                pass
            case _:
                return False
        return True

    @staticmethod
    def _matrix(operands: list[Any]) -> Matrix:
        a, b, c, d, e, f = (float(each) for each in operands)
        return a, b, c, d, e, f

    @staticmethod
    def _colour(operands: list[Any]) -> str:
        return " ".join(f"{float(each):.5f}" for each in operands)

    def _show(self, pieces: Any) -> None:
        state = self._state
        font = self._fonts[self._page.fonts[state.font]]
        widths, texts = fonts.face(font.face).widths, dict(font.glyphs)
        scale = state.size * abs(self._text[0])
        for piece in pieces:
            if not isinstance(piece, pikepdf.String):
                self._move(-float(piece) / 1000 * scale)
                continue
            codes = bytes(piece)
            for place in range(0, len(codes), 2):
                glyph = int.from_bytes(codes[place : place + 2], "big")
                x, y = self._text[4:]
                shown = Glyph(texts[glyph], font.face, scale, state.fill, x, y, self._marks[-1])
                self.drawing.glyphs.append(shown)
                self._move(widths[glyph] / 1000 * scale)

    def _move(self, points: float) -> None:
        a, b, c, d, e, f = self._text
        self._text = a, b, c, d, e + points, f


def tree(strip: Strip) -> list[Any]:
    """The tags with what they hold: pieces of text that follow one another are one, and spaces do not count."""
    texts: dict[tuple[int, int], str] = {}
    for page in range(len(strip.part.pages)):
        for glyph in drawn(strip, page).letters:
            texts[page, glyph.mcid] = texts.get((page, glyph.mcid), "") + glyph.text
    return [_node(strip, number, texts) for number in strip.part.tops]


def _node(strip: Strip, number: int, texts: dict[tuple[int, int], str]) -> tuple[Any, ...]:
    element = strip.part.elements[number]
    kids: list[Any] = []
    for kid in element.kids:
        match kid_kind(kid):
            case 0 if kid[0] == ELEMENT:
                kids.append(_node(strip, kid[1], texts))
            case 1 if kid_kind(kid) == CONTENT:
                text = texts.get((content_page(kid, element.page), kid[1]), "")
                if kids and isinstance(kids[-1], str):
                    kids[-1] += text
                elif text:
                    kids.append(text)
            case _:
                assert kid[0] == LINK
                kids.append(("link", strip.part.links[kid[1]].target))
    told = (element.kind, element.page, element.name, element.scope, element.headers)
    return (*told, element.colspan, element.rowspan, kids)
