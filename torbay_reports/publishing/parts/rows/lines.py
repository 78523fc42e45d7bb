"""The lines of a cell, broken where WeasyPrint and Pango break them."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from weasyprint.text.line_break import can_break_text

from torbay_reports.documents.blocks import Inline, LineBreak, ParagraphLink, Prose, Remark, WebLink
from torbay_reports.publishing.parts.rows.letters import UNITS, NotPlain
from torbay_reports.publishing.parts.rows.looks import CellSample
from torbay_reports.publishing.parts.rows.runs import Run, Target

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
    """A line of a cell. `is_spaced` where a space (or a line break) parts it from the next."""

    pieces: tuple[Piece, ...]
    is_spaced: bool


Place = tuple[int, int]
"""A run and a letter in it."""


def lines_of(content: Prose, sample: CellSample) -> list[Line]:
    """The lines of a cell's words. Raises NotPlain."""
    lines: list[Line] = []
    for runs in _stretches(content, sample):
        lines.extend(_broken(runs, sample) if sample.wraps and runs else _unbroken(runs, sample))
    return lines


def _stretches(content: Prose, sample: CellSample) -> Iterator[list[Run]]:
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
    for stretch in ended:
        yield _collapsed(stretch, sample)


def _kind_and_target(inline: Inline) -> tuple[str, Target]:
    if isinstance(inline, Remark):
        return inline.kind, None
    return ("link", inline) if isinstance(inline, ParagraphLink | WebLink) else ("text", None)


def _collapsed(stretch: Sequence[tuple[str, str, Target]], sample: CellSample) -> list[Run]:
    """The runs with their spaces collapsed as CSS has it (CSS 2, 16.6.1), where these part words of one line: those at
    the end of a line or on the edge of a box are not plain."""
    runs: list[Run] = []
    for place, (told, kind, target) in enumerate(stretch):
        text = _SPACES.sub(" ", told)
        text = text.lstrip(" ") if place == 0 and kind == "text" else text
        ends_line = place == len(stretch) - 1
        if not text or (text.endswith(" ") and ends_line) or (kind != "text" and text != text.strip(" ")):
            raise NotPlain
        if runs and runs[-1].text.endswith(" ") and text.startswith(" "):
            raise NotPlain
        runs.append(Run(text, sample.inks[kind], target))
    return runs


def _unbroken(runs: Sequence[Run], sample: CellSample) -> Iterator[Line]:
    yield _line([(run, 0, len(run.text)) for run in runs], sample, is_spaced=True)


def _line(held: Sequence[tuple[Run, int, int]], sample: CellSample, *, is_spaced: bool) -> Line:
    x = 0.0
    pieces = []
    for run, start, end in held:
        width = run.width(start, end) / UNITS
        pieces.append(Piece(run, start, end, x, width))
        x += width
    indent = sample.x
    if sample.is_right:
        indent += max(0.0, sample.width - x)
    return Line(tuple(piece._replace(x=piece.x + indent) for piece in pieces), is_spaced)


def _broken(runs: Sequence[Run], sample: CellSample) -> Iterator[Line]:
    place: Place | None = (0, 0)
    while place is not None:
        held, place = _next(runs, place, sample)
        if not held:
            raise NotPlain
        run, start, end = held[-1]
        held[-1] = run, start, run.stripped(start, end)
        is_spaced = place is None or _before(runs, place) == " "
        yield _line([each for each in held if each[2] > each[1]], sample, is_spaced=is_spaced)


def _before(runs: Sequence[Run], place: Place) -> str:
    run, letter = place
    return runs[run].text[letter - 1] if letter else runs[run - 1].text[-1]


def _next(runs: Sequence[Run], place: Place, sample: CellSample) -> tuple[list[tuple[Run, int, int]], Place | None]:
    """The next line from a place on, and where the one after it begins, as WeasyPrint finds them: what has no room is
    put on the next line together with the runs before it, as far as no break parts these."""
    first, start = _without_spaces(runs, place)
    right = (sample.x + sample.width) * _LOOSER
    x = sample.x
    settled: list[Place] = []
    waiting: list[Place] = []
    held: dict[Place, tuple[Run, int, int]] = {}
    last = ""
    for number in range(first, len(runs)):
        run = runs[number]
        begin = start if number == first else 0
        # A run in an inline box of its own is widened once more.
        limit = right if run.ink is sample.inks["text"] else right * _LOOSER
        end, resume = run.fit(begin, limit - x, begins_line=not held)
        if last and can_break_text(last + run.text[0], run.ink.style["lang"]):
            settled, waiting = [*settled, *waiting], []
        last = run.text[(resume or len(run.text)) - 1]
        here = (number, begin)
        if x + run.width(begin, run.stripped(begin, end)) / UNITS > right and held:
            broken = _break_before(runs, settled, waiting, held, number)
            if broken:
                return broken
        x += run.width(begin, end) / UNITS
        held[here] = run, begin, end
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
