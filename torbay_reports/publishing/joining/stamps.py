"""What is printed on each page only once it stands in a pack: head, notice, marking and number.

A stamp is a content stream of its own and an artifact: it is no part of what is read aloud.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from django.conf import settings
from tinycss2.color4 import parse_color

from torbay_reports.publishing.frames import POINTS_IN_A_MM, Frame, frame_of
from torbay_reports.publishing.joining.fonts import Faces, face
from torbay_reports.publishing.joining.writer import decimal
from torbay_reports.publishing.layout import PlacedPaper, draft_mark, foot, marking_of, running_head, short_marking_of
from torbay_reports.publishing.packplan import PackPlan
from torbay_reports.publishing.parts.values import PartPage
from torbay_reports.publishing.uploads.margins import FOOT

_INK: Final = "0.043 0.047 0.047 rg"
_GREY: Final = "0.239 0.267 0.286 rg"
_RED: Final = "0.639 0 0.059 rg"
_FOOT_SIZE: Final = 10.5
_NOTICE_SIZE: Final = 8.5
_LINE: Final = 1.3

# The baselines of the lines in the margins of a page that was set: up from what stands on it, and down from the line
# over the foot.
_HEAD_RISE: Final = 20.045
_HEAD_STEP: Final = 11.475
_DROP: Final = 0.5 + 2.5 * POINTS_IN_A_MM + 10.5 * ((1.45 - 1.3) / 2 + 0.984)
_NOTICE_DROP: Final = 31.54
_RULE_HEIGHT: Final = 0.5
_HEAD_SHARE: Final = 0.66
_NOTICE_SHARE: Final = 0.62

# On brought pages, within the room that `uploads.margins` keeps free. Type shrinks where the room is small, since no
# word may be lost.
_EDGE: Final = 9 * POINTS_IN_A_MM
_EDGE_SHARE: Final = 0.085
_LOWEST: Final = 4 * POINTS_IN_A_MM
_PADDING: Final = 1.2 * POINTS_IN_A_MM
_BROUGHT_SIZE: Final = 9.0
_BROUGHT_NOTICE_SIZE: Final = 7.0
_SHRINK: Final = 0.95
_MARKING_SIZES: Final = (8.5, 7.5)
_BROUGHT_FIRST: Final = 14.25
_BROUGHT_MARKING_SIZES: Final = (7.5, 6.5)
"""The largest and the least size of a marking in the Act's words."""
_MARKING_SHRINK: Final = 0.99
_ABOVE_HEAD: Final = 2.0
_ABOVE_NOTICE: Final = 2.4
_BELOW: Final = 0.3
"""How far white ground goes below a baseline, in sizes of its type."""

_BOLD: Final = ("700-normal", "ext-700-normal")
_NORMAL: Final = ("400-normal", "ext-400-normal")
_NAMES: Final = {
    "400-normal": "Stamp4",
    "700-normal": "Stamp7",
    "ext-400-normal": "StampX4",
    "ext-700-normal": "StampX7",
}

_UPRIGHT: Final = {
    90: "0 1 -1 0 {width} 0 cm",
    180: "-1 0 0 -1 {width} {height} cm",
    270: "0 -1 1 0 0 {height} cm",
}
"""From a page as its reader sees it, origin at the lower left, to the page as it is stored."""


@dataclass(frozen=True)
class Line:
    """A line in one size and colour, its characters in the faces that have them."""

    runs: tuple[tuple[str, tuple[int, ...]], ...]
    size: float
    colour: str

    @property
    def width(self) -> float:
        """In points."""
        return sum(face(key).width(glyphs) for key, glyphs in self.runs) * self.size / 1000


@dataclass(frozen=True)
class Stamp:
    """A page's stamp: the content, and the names of its fonts with their objects."""

    content: bytes
    fonts: dict[str, int]


@dataclass(frozen=True)
class PageWords:
    """What the pack says on a page: `number` is the whole of it, marking or edition before the number; `mark` stands at
    the right of the head, draft and marking together."""

    number: str
    marking: str = ""
    short_marking: str = ""
    notice: str = ""
    head: str = ""
    mark: str = ""


def page_words(plan: PackPlan, placed: PlacedPaper | None, label: str) -> PageWords:
    """The words for one page of a paper, or of the cover letter or the agenda."""
    if placed is None:
        return PageWords(number=foot(plan, None, label), notice=plan.notice)
    paper = placed.paper
    return PageWords(
        number=foot(plan, paper, label),
        marking=marking_of(paper),
        short_marking=short_marking_of(paper),
        notice=plan.notice,
        head=running_head(plan),
        mark=draft_mark(paper),
    )


class Stamper:
    """Stamps the pages of one pack."""

    def __init__(self, faces: Faces) -> None:
        self._faces = faces
        colour = parse_color(settings.COUNCIL_COLOUR)
        self._colour = " ".join(decimal(part) for part in colour[:3]) + " rg"

    def built(self, page: PartPage, words: PageWords) -> Stamp:
        """Head and foot of a page that was set, where its style sheet leaves room for them."""
        frame = _frame(page)
        left, rule = frame.side * POINTS_IN_A_MM, frame.foot * POINTS_IN_A_MM
        room = page.width - 2 * left
        number = self._line(words.number, _BOLD, _FOOT_SIZE, _INK)
        notice = self._wrapped(words.notice, room * _NOTICE_SHARE)
        foot = [(line, left, rule - _NOTICE_DROP - place * _NOTICE_SIZE * _LINE) for place, line in enumerate(notice)]
        foot.append((number, page.width - left - number.width, rule - _DROP))
        head = self._head(page, words, left, room)
        fonts = self._fonts(page, [line for line, _, _ in (*foot, *head)])
        ruled = f"{self._colour}\n{decimal(left)} {decimal(rule - _RULE_HEIGHT)} {decimal(room)} {_RULE_HEIGHT} re f\n"
        pieces = [_artifact("Footer", ruled)]
        # Each line by itself: one after the other they would be read as one sentence that belongs to the page.
        for kind, group in (("Header", head), ("Footer", foot)):
            pieces.extend(_artifact(kind, _shown(line, x, y, fonts)) for line, x, y in group)
        return Stamp("".join(pieces).encode("latin-1"), dict(fonts.values()))

    def _head(self, page: PartPage, words: PageWords, left: float, room: float) -> list[tuple[Line, float, float]]:
        """The lines at the head: council, committee and day; what goes on from the page before; draft and marking."""
        if not words.head:
            return []
        baseline = page.height - (_frame(page).top * POINTS_IN_A_MM - _HEAD_RISE)
        lines = self._wrapped(words.head, room * _HEAD_SHARE if words.mark else room)
        head = [(line, left, baseline + place * _HEAD_STEP) for place, line in enumerate(reversed(lines))]
        if page.going_on:
            going_on = self._wrapped(page.going_on, room)[0]
            head.append((going_on, left, baseline - _HEAD_STEP))
        if words.mark:
            mark = self._line(words.mark, _BOLD, _NOTICE_SIZE, _RED)
            head.append((mark, page.width - left - mark.width, baseline))
        lowest = baseline + len(lines) * _HEAD_STEP + _ABOVE_HEAD
        marking = self._marking(words, room, 2, _MARKING_SIZES)
        step = marking[0].size * _LINE if marking else 0.0
        head.extend((line, left, lowest + place * step) for place, line in _upwards(marking))
        return head

    def _marking(self, words: PageWords, room: float, most: int, sizes: tuple[float, float]) -> list[Line]:
        """The marking in so many lines at most: in the Act's words where these can be read so, else with labels."""
        if not words.marking:
            return []
        largest, least = sizes
        full = self._reddened(words.marking, room, most, largest)
        return (
            full if full[0].size >= least else self._reddened(words.short_marking or words.marking, room, most, largest)
        )

    def _reddened(self, text: str, room: float, most: int, size: float) -> list[Line]:
        """A text in bold red type, smaller where it has no room on so many lines."""
        while True:
            lines = self._wrapped(text, room, size, _BOLD, _RED)
            if len(lines) <= most and all(line.width <= room for line in lines):
                return lines
            size = _down(size * _MARKING_SHRINK)

    def brought(self, page: PartPage, words: PageWords) -> Stamp:
        """Number, notice and marking on small white ground, upright for the page's reader."""
        is_turned = page.rotate % 180 == 90
        width, height = (page.height, page.width) if is_turned else (page.width, page.height)
        edge = min(_EDGE, width * _EDGE_SHARE)
        room = width - 2 * edge
        number = self._fitted(words.number, _BROUGHT_SIZE, _INK, room)
        space = FOOT - _BROUGHT_SIZE - _LOWEST - _ABOVE_NOTICE
        notice = self._shrunk(words.notice, room, space)
        step = notice[0].size * _LINE if notice else 0.0
        foot = [(line, edge, _LOWEST + place * step) for place, line in enumerate(reversed(notice))]
        # Side by side, notice and number would be read as one sentence that belongs to the page.
        foot.append((number, width - edge - number.width, _LOWEST + len(notice) * step + _ABOVE_NOTICE))
        head = []
        if words.marking:
            marking = self._marking(words, room, 3, _BROUGHT_MARKING_SIZES)
            step = marking[0].size * _LINE
            head = [
                (line, width - edge - line.width, height - _BROUGHT_FIRST - place * step)
                for place, line in enumerate(marking)
            ]
        fonts = self._fonts(page, [line for line, _, _ in (*foot, *head)])
        turn = _UPRIGHT.get(page.rotate % 360, "").format(width=decimal(page.width), height=decimal(page.height))
        pieces = []
        for kind, group in (("Footer", foot), ("Header", head)):
            for line, x, y in group:
                pieces.append(_artifact(kind, f"{turn}\n{_ground(line, x, y)}{_shown(line, x, y, fonts)}"))
        return Stamp("".join(pieces).encode("latin-1"), dict(fonts.values()))

    def _fitted(self, text: str, size: float, colour: str, room: float) -> Line:
        """A text in bold type on one line, smaller where it has no room."""
        line = self._line(text, _BOLD, size, colour)
        return line if line.width <= room else self._line(text, _BOLD, _down(size * room / line.width), colour)

    def _shrunk(self, text: str, room: float, space: float) -> list[Line]:
        """A text in the small grey type in as many lines as fit into a space of that height, smaller for more."""
        size = _BROUGHT_NOTICE_SIZE
        while True:
            lines = self._wrapped(text, room, size)
            if len(lines) * size * _LINE <= space and all(line.width <= room for line in lines):
                return lines
            size = _down(size * _SHRINK)

    def _wrapped(
        self,
        text: str,
        room: float,
        size: float = _NOTICE_SIZE,
        faces: tuple[str, ...] = _NORMAL,
        colour: str = _GREY,
    ) -> list[Line]:
        """A text in the small grey type, or as said, in as many lines as it needs."""
        lines: list[Line] = []
        words: list[str] = []
        for word in text.split():
            longer = self._line(" ".join([*words, word]), faces, size, colour)
            if words and longer.width > room:
                words = [word]
                lines.append(self._line(word, faces, size, colour))
            else:
                words.append(word)
                lines[-1:] = [longer]
        return lines

    def _line(self, words: str, faces: tuple[str, ...], size: float, colour: str) -> Line:
        return Line(_runs(words, faces), size, colour)

    def _fonts(self, page: PartPage, lines: list[Line]) -> dict[str, tuple[str, int]]:
        """Name in the page's resources and object of each face that the lines need, by the face's key."""
        fonts: dict[str, tuple[str, int]] = {}
        for key in sorted({key for line in lines for key, _ in line.runs}):
            name = _NAMES[key]
            while name in page.fonts:
                name += "x"
            fonts[key] = (name, self._faces.number(key))
        for line in lines:
            for key, glyphs in line.runs:
                self._faces.use(key, [(glyph, _meaning(key)[glyph]) for glyph in glyphs])
        return fonts


def _frame(page: PartPage) -> Frame:
    # A letter, which has no head, has its sides and foot as a paper that stands upright.
    return frame_of(is_landscape=page.width > page.height)


@lru_cache(2000)
def _runs(words: str, faces: tuple[str, ...]) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """The words in glyphs, kept because most of what is stamped is the same on every page."""
    return tuple(_set(words, faces))


def _set(words: str, faces: tuple[str, ...]) -> Iterator[tuple[str, tuple[int, ...]]]:
    first, *others = faces
    key, run = first, ""
    for character in words:
        own = next((each for each in others if _lacks(first, character) and not _lacks(each, character)), first)
        if own != key and run:
            yield key, tuple(face(key).set(run))
            run = ""
        key = own
        run += character
    if run:
        yield key, tuple(face(key).set(run))


def _lacks(key: str, character: str) -> bool:
    return character not in face(key).glyphs


def _meaning(key: str) -> dict[int, str]:
    if key not in _MEANINGS:
        own = face(key)
        _MEANINGS[key] = {glyph: character for character, glyph in sorted(own.glyphs.items(), reverse=True)}
        _MEANINGS[key] |= {glyph: character for character, glyph in own.figures.items()}
    return _MEANINGS[key]


_MEANINGS: dict[str, dict[int, str]] = {}


def _upwards(lines: list[Line]) -> Iterator[tuple[int, Line]]:
    """Lines as they are read, each with how many stand below it."""
    return zip(range(len(lines) - 1, -1, -1), lines, strict=True)


def _down(size: float) -> float:
    """A size of type, rounded down so that what fitted still does."""
    return math.floor(size * 1000) / 1000


def _ground(line: Line, x: float, y: float) -> str:
    """White under a line, so that it can be read on any page."""
    return (
        f"1 g {decimal(x - _PADDING)} {decimal(y - _BELOW * line.size)} "
        f"{decimal(line.width + 2 * _PADDING)} {decimal(_LINE * line.size)} re f\n"
    )


def _shown(line: Line, x: float, y: float, fonts: dict[str, tuple[str, int]]) -> str:
    pieces = [f"{line.colour}\nBT\n1 0 0 1 {decimal(x)} {decimal(y)} Tm\n"]
    for key, glyphs in line.runs:
        codes = "".join(f"{glyph:04x}" for glyph in glyphs)
        pieces.append(f"/{fonts[key][0]} {line.size} Tf\n<{codes}> Tj\n")
    return "".join([*pieces, "ET\n"])


def _artifact(kind: str, content: str) -> str:
    return f"/Artifact<</Type/Pagination/Subtype/{kind}>>BDC\nq\n{content}Q\nEMC\n"
