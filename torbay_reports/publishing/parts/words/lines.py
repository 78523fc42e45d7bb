"""The lines of a cell or a paragraph, broken where WeasyPrint and Pango break them."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from weasyprint.text.line_break import can_break_text

from torbay_reports.documents.blocks import Inline, LineBreak, ParagraphLink, Prose, Remark, WebLink
from torbay_reports.publishing.parts.words.letters import UNITS, NotPlain
from torbay_reports.publishing.parts.words.looks import Lane
from torbay_reports.publishing.parts.words.runs import Run, Target

_SPACES: Final = re.compile(" {2,}")
_LOOSER: Final = 1 + 1e-9
"""By what WeasyPrint widens each line against lost fractions (layout/inline.py)."""


class Piece(NamedTuple):
    """Letters of a run on a line, from `x` on, in CSS pixels as `width`."""

    run: Run
    start: int
    end: int
    x: float
    width: float


class Line(NamedTuple):
    """A line. `is_spaced` where a space (or a line break) parts it from the next."""

    pieces: tuple[Piece, ...]
    is_spaced: bool


Place = tuple[int, int]
"""A run and a letter in it."""


def lines_of(content: Prose, lane: Lane, begin: float | None = None) -> list[Line]:
    """The lines of some words. With `begin` the first of them goes on from there, in CSS pixels, behind something that
    stands before it: a space with which it begins is kept. Raises NotPlain."""
    lines: list[Line] = []
    for runs in _stretches(content, lane, keeps_space=begin is not None):
        lines.extend(_broken(runs, lane, begin) if lane.wraps and runs else _unbroken(runs, lane, begin))
        begin = None
    return lines


def _stretches(content: Prose, lane: Lane, *, keeps_space: bool) -> Iterator[list[Run]]:
    """The runs of each line that a line break ends. What lies side by side in the ink of plain words is one run."""
    stretches: list[list[tuple[str, str, Target]]] = [[]]
    for inline in content:
        kind, target = _kind_and_target(inline)
        last = stretches[-1]
        if isinstance(inline, LineBreak):
            stretches.append([])
        elif kind == "text" and last and last[-1][1] == "text":
            last[-1] = last[-1][0] + inline.text, kind, target
        elif inline.text or kind != "text":
            last.append((inline.text, kind, target))
    # The last line break begins no line of its own.
    ended = stretches if stretches[-1] else stretches[:-1]
    for number, stretch in enumerate(ended):
        yield _collapsed(stretch, lane, keeps_space=keeps_space and number == 0)


def _kind_and_target(inline: Inline) -> tuple[str, Target]:
    if isinstance(inline, Remark):
        return inline.kind, None
    return ("link", inline) if isinstance(inline, ParagraphLink | WebLink) else ("text", None)


def _collapsed(stretch: Sequence[tuple[str, str, Target]], lane: Lane, *, keeps_space: bool) -> list[Run]:
    """The runs with their spaces collapsed as CSS has it (CSS 2, 16.6.1), where these part words of one line: those at
    the end of a line or on the edge of a box are not plain."""
    runs: list[Run] = []
    for place, (told, kind, target) in enumerate(stretch):
        text = _SPACES.sub(" ", told)
        text = text.lstrip(" ") if place == 0 and kind == "text" and not keeps_space else text
        ends_line = place == len(stretch) - 1
        if not text or (text.endswith(" ") and ends_line) or (kind != "text" and text != text.strip(" ")):
            raise NotPlain
        if runs and runs[-1].text.endswith(" ") and text.startswith(" "):
            raise NotPlain
        runs.append(Run(text, lane.inks[kind], target))
    return runs


def _unbroken(runs: Sequence[Run], lane: Lane, begin: float | None) -> Iterator[Line]:
    yield _line([(run, 0, len(run.text)) for run in runs], lane, begin, is_spaced=True)


def _line(held: Sequence[tuple[Run, int, int]], lane: Lane, begin: float | None, *, is_spaced: bool) -> Line:
    x = 0.0
    pieces = []
    for run, start, end in held:
        width = run.width(start, end) / UNITS
        pieces.append(Piece(run, start, end, x, width))
        x += width
    indent = lane.x if begin is None else begin
    if lane.is_right:
        indent += max(0.0, lane.width - x)
    return Line(tuple(piece._replace(x=piece.x + indent) for piece in pieces), is_spaced)


def _broken(runs: Sequence[Run], lane: Lane, begin: float | None) -> Iterator[Line]:
    place: Place | None = (0, 0)
    while place is not None:
        held, place = _next(runs, place, lane, begin)
        if not held:
            raise NotPlain
        run, start, end = held[-1]
        held[-1] = run, start, run.stripped(start, end)
        is_spaced = place is None or _before(runs, place) == " "
        shown = [each for each in held if each[2] > each[1]]
        if begin is not None and not shown:
            raise NotPlain
        yield _line(shown, lane, begin, is_spaced=is_spaced)
        begin = None


def _before(runs: Sequence[Run], place: Place) -> str:
    run, letter = place
    return runs[run].text[letter - 1] if letter else runs[run - 1].text[-1]


def _next(
    runs: Sequence[Run], place: Place, lane: Lane, begin: float | None
) -> tuple[list[tuple[Run, int, int]], Place | None]:
    """The next line from a place on, and where the one after it begins, as WeasyPrint finds them: what has no room is
    put on the next line together with the runs before it, as far as no break parts these."""
    first, start = _without_spaces(runs, place) if begin is None else place
    right = (lane.x + lane.width) * _LOOSER
    x = lane.x if begin is None else begin
    settled: list[Place] = []
    waiting: list[Place] = []
    held: dict[Place, tuple[Run, int, int]] = {}
    last = ""
    for number in range(first, len(runs)):
        run = runs[number]
        opening = start if number == first else 0
        # A run in an inline box of its own is widened once more.
        limit = right if run.ink is lane.inks["text"] else right * _LOOSER
        end, resume = run.fit(opening, limit - x, begins_line=begin is None and not held)
        if last and can_break_text(last + run.text[0], run.ink.style["lang"]):
            settled, waiting = [*settled, *waiting], []
        last = run.text[(resume or len(run.text)) - 1]
        here = (number, opening)
        if x + run.width(opening, run.stripped(opening, end)) / UNITS > right:
            broken = _break_before(runs, settled, waiting, held, number) if held else None
            if broken:
                return broken
            if begin is not None:
                raise NotPlain
        x += run.width(opening, end) / UNITS
        held[here] = run, opening, end
        waiting.append(here)
        if resume is not None:
            return list(held.values()), (number, resume)
    return list(held.values()), None


def _without_spaces(runs: Sequence[Run], place: Place) -> Place:
    """The place without the spaces that begin a line there."""
    run, letter = place
    while runs[run].text[letter : letter + 1] in {"", " "}:
        run, letter = (run, letter + 1) if letter < len(runs[run].text) else (run + 1, 0)
    return run, letter


def _break_before(
    runs: Sequence[Run],
    settled: Sequence[Place],
    waiting: Sequence[Place],
    held: dict[Place, tuple[Run, int, int]],
    number: int,
) -> tuple[list[tuple[Run, int, int]], Place | None] | None:
    """The last break before the run of that number, if there is one on the line."""
    for count in range(len(waiting) - 1, -1, -1):
        at, begin = waiting[count]
        run = runs[at]
        inside = [place for place in run.breaks if place > begin]
        if inside:
            kept = [held[each] for each in (*settled, *waiting[:count])]
            return [*kept, (run, begin, run.stripped(begin, inside[-1]))], (at, inside[-1])
    if settled:
        return [held[each] for each in settled], (waiting[0][0] if waiting else number, 0)
    return None
