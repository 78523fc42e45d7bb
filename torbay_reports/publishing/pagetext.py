"""The text of a PDF's pages by marked content: what each number of the tag tree reads, and what is an artifact.

Reads the fonts' own ToUnicode maps, so a character that no reader could copy or speak comes out as U+FFFD.
"""

import re
from dataclasses import dataclass, field

from pikepdf import Array, Dictionary, Name, Object, Page, String, parse_content_stream

_CODE = re.compile(rb"<([0-9A-Fa-f]+)>")
_CHARS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_RANGES = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
UNREADABLE = "\ufffd"


@dataclass
class Run:
    """The text of one stretch of marked content; `baseline` is the height of its first line on the page."""

    text: str = ""
    baseline: float | None = None


@dataclass
class PageText:
    """A page's text: `marked` by number (MCID), `artifacts` in the order of painting, `loose` what is neither."""

    marked: dict[int, Run] = field(default_factory=dict)
    artifacts: list[Run] = field(default_factory=list)
    loose: Run = field(default_factory=Run)


def unicode_map(font: Object) -> dict[int, str]:
    """What a font's codes mean, from its ToUnicode map; empty when it has none."""
    stream = font.get(Name.ToUnicode)
    if stream is None:
        return {}
    data = stream.read_bytes()
    meaning: dict[int, str] = {}
    for block in _CHARS.findall(data):
        codes = _CODE.findall(block)
        for code, text in zip(codes[::2], codes[1::2], strict=True):
            meaning[int(code, 16)] = _text(text)
    for block in _RANGES.findall(data):
        codes = _CODE.findall(block)
        for first, last, text in zip(codes[::3], codes[1::3], codes[2::3], strict=True):
            start = _text(text)
            for step, code in enumerate(range(int(first, 16), int(last, 16) + 1)):
                meaning[code] = start[:-1] + chr(ord(start[-1]) + step)
    return meaning


def _text(code: bytes) -> str:
    return bytes.fromhex(code.decode()).decode("utf-16-be", "replace")


class Reader:
    """Reads pages one after another and keeps the fonts that it has met."""

    def __init__(self) -> None:
        self._fonts: dict[tuple[int, int], dict[int, str]] = {}

    def read(self, page: Page) -> PageText:
        """The text of one page, drawings inside form objects left out."""
        found = PageText()
        fonts = page.obj.Resources.get(Name.Font, Dictionary())
        meaning: dict[int, str] = {}
        opened: list[Run] = [found.loose]
        for instruction in parse_content_stream(page):
            operands = list(instruction.operands)
            match str(instruction.operator):
                case "BDC" | "BMC":
                    opened.append(self._opened(operands, found, opened[-1]))
                case "EMC":
                    opened.pop()
                case "Tf":
                    meaning = self._meaning(fonts[str(operands[0])])
                case "Tm" if opened[-1].baseline is None:
                    opened[-1].baseline = float(operands[5])
                case "Tj" | "TJ":
                    opened[-1].text += _shown(operands[0], meaning)
        return found

    @staticmethod
    def _opened(operands: list[Object], found: PageText, outer: Run) -> Run:
        if operands[0] == Name.Artifact:
            found.artifacts.append(Run())
            return found.artifacts[-1]
        properties = operands[1] if len(operands) > 1 else None
        if isinstance(properties, Dictionary) and Name.MCID in properties:
            return found.marked.setdefault(int(properties.MCID), Run())
        return outer

    def _meaning(self, font: Object) -> dict[int, str]:
        if font.objgen not in self._fonts:
            self._fonts[font.objgen] = unicode_map(font)
        return self._fonts[font.objgen]


def _shown(operand: Object, meaning: dict[int, str]) -> str:
    shown = ""
    for piece in operand if isinstance(operand, Array) else [operand]:
        if isinstance(piece, String):
            codes = bytes(piece)
            for place in range(0, len(codes) - 1, 2):
                shown += meaning.get(int.from_bytes(codes[place : place + 2], "big"), UNREADABLE)
    return shown


def joined(runs: list[Run]) -> str:
    """Runs of one paragraph or cell as they read: a line's end is a space, except after a hyphen or slash in a word."""
    text = ""
    before: Run | None = None
    for run in runs:
        is_new_line = before is not None and before.baseline != run.baseline
        if is_new_line and text and not text[-1].isspace() and not re.search(r"\S[-/]$", text):
            text += " "
        text += run.text
        before = run
    return re.sub(r"\s+", " ", text).strip()
