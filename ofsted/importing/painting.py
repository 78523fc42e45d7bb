"""Where a cleaned page paints its lines of words: their heights, sizes and tags, as far as its instructions tell.

The words themselves come from `Cleaned.texts`; what stands here only says which lines belong together.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from torbay_reports.publishing.parts.values import PartPage

_MOST_BYTES: Final = 4 * 1024 * 1024
"""Of a page's instructions, unpacked; a letter's page has some thousands."""

_TOKEN: Final = re.compile(
    rb"\((?:[^\\()]|\\.)*\)|<[0-9A-Fa-f\s]*>|<<|>>|[\[\]{}]|/[^\s()<>\[\]{}/%]*|[^\s()<>\[\]{}/%]+", re.DOTALL
)
_NUMBER: Final = re.compile(rb"[-+]?(?:\d+\.?\d*|\.\d+)")
_SAME_LINE: Final = 0.45
"""Of the letters' height: how much higher or lower words of one line may stand."""

_TEXT_OPERATORS: Final = frozenset((b"BT", b"Tm", b"T*", b"TL", b"Tf", b"Td", b"TD"))

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Final[Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Run:
    """Words painted at once: left end and base line in points from the lower left corner; `mcid` is their tag."""

    left: float
    base: float
    size: float
    font: bytes
    letters: int
    mcid: int = -1
    is_artifact: bool = False


@dataclass(frozen=True, slots=True)
class PaintedLine:
    """The runs of one line, in the order in which they are painted."""

    runs: tuple[Run, ...]

    @property
    def base(self) -> float:
        """Its base line, in points from the page's lower edge."""
        return self.runs[0].base

    @property
    def size(self) -> float:
        """The height of its largest letters, in points."""
        return max(run.size for run in self.runs)

    @property
    def letters(self) -> int:
        """How many letters it shows; whether blanks count depends on the program that wrote it."""
        return sum(run.letters for run in self.runs)

    @property
    def has_bullet(self) -> bool:
        """Whether it begins with a single letter of another typeface, as bullets do that no text tells."""
        first, *others = self.runs
        return first.letters == 1 and bool(others) and all(run.font != first.font for run in others)


def painted_lines(page: PartPage) -> list[PaintedLine] | None:
    """The page's lines that show something, in the order painted; nothing where its instructions are beyond reading."""
    unpacking = zlib.decompressobj()
    try:
        content = unpacking.decompress(page.content, _MOST_BYTES)
        if unpacking.unconsumed_tail:
            return None
        runs = list(_Reading().runs(content))
    except (zlib.error, ValueError, IndexError, OverflowError):
        return None
    lines: list[list[Run]] = []
    for run in runs:
        if lines and abs(run.base - lines[-1][0].base) <= _SAME_LINE * max(run.size, lines[-1][0].size):
            lines[-1].append(run)
        else:
            lines.append([run])
    return [PaintedLine(tuple(line)) for line in lines]


@dataclass(slots=True)
class _Reading:
    """The state of a page that is painted."""

    matrix: Matrix = _IDENTITY
    saved: list[Matrix] = field(default_factory=list)
    text: Matrix = _IDENTITY
    leading: float = 0.0
    font: bytes = b""
    size: float = 0.0
    marks: list[tuple[int, bool]] = field(default_factory=list)

    def runs(self, content: bytes) -> Iterator[Run]:
        operands: list[bytes] = []
        for token in _TOKEN.findall(content):
            if token[:1] in b"(<[]>/{}" or _NUMBER.fullmatch(token):
                operands.append(token)
                continue
            if token in (b"Tj", b"TJ", b"'", b'"'):
                if token in (b"'", b'"'):
                    self._move(0.0, -self.leading)
                if letters := _letters(operands):
                    yield self._run(letters)
            else:
                self._carry_out(token, operands)
            operands = []

    def _run(self, letters: int) -> Run:
        across, up, left, base = _placed(self.text, self.matrix)
        mcid = next((mcid for mcid, _ in reversed(self.marks) if mcid >= 0), -1)
        is_artifact = any(is_artifact for _, is_artifact in self.marks)
        return Run(left, base, self.size * max(across, up), self.font, letters, mcid, is_artifact)

    def _carry_out(self, operator: bytes, operands: list[bytes]) -> None:
        if operator in _TEXT_OPERATORS:
            self._place_text(operator, operands)
        elif operator == b"q":
            self.saved.append(self.matrix)
        elif operator == b"Q":
            self.matrix = self.saved.pop()
        elif operator == b"cm":
            self.matrix = _times(_matrix(operands), self.matrix)
        elif operator in (b"BMC", b"BDC"):
            self.marks.append((_mcid(operands), operands[0] == b"/Artifact"))
        elif operator == b"EMC":
            self.marks.pop()

    def _place_text(self, operator: bytes, operands: list[bytes]) -> None:
        if operator == b"BT":
            self.text = _IDENTITY
        elif operator == b"Tm":
            self.text = _matrix(operands)
        elif operator == b"T*":
            self._move(0.0, -self.leading)
        elif operator == b"TL":
            self.leading = float(operands[-1])
        elif operator == b"Tf":
            self.font, self.size = operands[-2], abs(float(operands[-1]))
        else:
            right, up = float(operands[-2]), float(operands[-1])
            self.leading = -up if operator == b"TD" else self.leading
            self._move(right, up)

    def _move(self, right: float, up: float) -> None:
        self.text = _times((1.0, 0.0, 0.0, 1.0, right, up), self.text)


def _letters(operands: list[bytes]) -> int:
    """How many letters a run shows at least one of which is no blank; 0 for blanks alone."""
    count, is_blank = 0, True
    for operand in operands:
        if operand[:1] == b"<":
            digits = b"".join(operand[1:-1].split())
            glyphs = [digits[place : place + 4] for place in range(0, len(digits), 4)]
            count += len(glyphs)
            is_blank = is_blank and all(glyph in (b"0003", b"0020", b"2020", b"20") for glyph in glyphs)
        elif operand[:1] == b"(":
            shown = re.sub(rb"\\(?:[0-7]{1,3}|.)", b"x", operand[1:-1], flags=re.DOTALL)
            count += len(shown.strip())
            is_blank = is_blank and not shown.strip()
    return 0 if is_blank else max(count, 1)


def _mcid(operands: list[bytes]) -> int:
    return int(operands[operands.index(b"/MCID") + 1]) if b"/MCID" in operands[:-1] else -1


def _matrix(operands: list[bytes]) -> Matrix:
    a, b, c, d, e, f = (float(each) for each in operands[-6:])
    return a, b, c, d, e, f


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _placed(text: Matrix, matrix: Matrix) -> tuple[float, float, float, float]:
    """Scale across and up, and the place of the origin."""
    a, _, _, d, left, base = _times(text, matrix)
    return abs(a), abs(d), left, base
