"""The lines of a PDF: its words with what places and tags say of paragraphs, headings and points."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median_low
from typing import Final

from ofsted.importing.characters import MOST_CHARACTERS, plain
from ofsted.importing.headings import is_known
from ofsted.importing.lines import Gap, Line, line_of
from ofsted.importing.painting import PaintedLine, painted_lines
from ofsted.importing.refusals import PASTE, UnreadableLetter
from ofsted.importing.sentences import ends_openly, starts_small
from ofsted.importing.tags import HEADINGS, Tags
from torbay_reports.publishing.parts.values import Part, from_bytes
from torbay_reports.publishing.uploads.cleaning import Cleaned
from torbay_reports.publishing.uploads.process import clean
from torbay_reports.publishing.uploads.refusals import RefusedPdf

_MOST_PAGES: Final = 60
_NOT_WORDS: Final = "•■▪●◦‣∙·o-–"
_LONGER: Final = 1.35
"""Times its letters: what a line's words have at most where the program paints no blanks and joins two letters."""

_INNER_HYPHEN: Final = re.compile(r"(?<=[A-Za-z])[-‐](?=[a-z])")
_PARTED: Final = 1.2
"""Times the usual distance of two lines: what is more parts paragraphs."""

_MARGIN: Final = 0.12
"""Of a page's height, at its head and at its foot."""


def read_pdf(data: bytes) -> list[Line]:
    """The lines of a PDF, which is read in a process of its own. Raises UnreadableLetter."""
    try:
        cleaned = clean(data)
    except RefusedPdf as refused:
        raise UnreadableLetter(f"{refused} Or copy the letter's words and paste them as text.") from None
    _require_words(cleaned)
    part = from_bytes(cleaned.part)
    tags = Tags(part.elements) if cleaned.is_tagged else None
    pages = [_Page.of(part, place, text, tags) for place, text in enumerate(cleaned.texts)]
    spacing = _spacing(pages)
    lines: list[Line] = []
    before: _Placed | None = None
    for page in pages:
        lines += page.lines(spacing, before)
        before = page.placed[-1] if page.placed else None
    return lines


def _require_words(cleaned: Cleaned) -> None:
    if cleaned.pages > _MOST_PAGES:
        raise UnreadableLetter(
            f"The PDF has {cleaned.pages:,} pages; {_MOST_PAGES} is the most of a letter. Save its pages alone."
        )
    if sum(map(len, cleaned.texts)) > MOST_CHARACTERS:
        raise UnreadableLetter(
            f"The PDF has more than {MOST_CHARACTERS:,} characters, the most of a letter. Save its pages alone."
        )
    filled = [page for page, text in enumerate(cleaned.texts, start=1) if text.strip()]
    if not filled:
        raise UnreadableLetter(f"The PDF holds pictures of pages and no words, as a scan does. {PASTE}")
    empty = next((page for page in range(1, filled[-1]) if page not in filled), None)
    if empty is not None:
        raise UnreadableLetter(f"Page {empty} of the PDF holds no words, as a scan does. {PASTE}")


@dataclass(frozen=True, slots=True)
class _Placed:
    """A line's words with where they are painted."""

    words: str
    painted: PaintedLine
    owner: int = -1
    kind: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class _Page:
    """A page: its lines' words, and the same with their places where both agree."""

    number: int
    words: tuple[str, ...]
    placed: tuple[_Placed, ...] = ()

    @classmethod
    def of(cls, part: Part, number: int, text: str, tags: Tags | None) -> "_Page":
        words = tuple(each.strip() for each in plain(text).split("\n") if each.strip())
        page = part.pages[number]
        pairs = _paired(words, painted_lines(page) or []) if not page.rotate else None
        if pairs is None:
            return cls(number, words)
        placed: list[_Placed] = []
        for said, line in pairs:
            run = line.runs[0]
            owner, kind = -1, ""
            if tags is not None and 0 <= run.mcid < len(page.owners):
                owner, kind = tags.block(page.owners[run.mcid])
            if tags is None or not _is_running(line, page.height):
                placed.append(_Placed(said, line, owner, kind))
        return cls(number, words, tuple(_with_bullets(placed)))

    def lines(self, spacing: "_Spacing", before: _Placed | None) -> Iterator[Line]:
        """The page's lines, the first with what parts it from the last of the page before."""
        if not self.placed:
            for place, words in enumerate(self.words):
                yield line_of(words, Gap.NONE if place or not self.number else Gap.PAGE, self.number)
            return
        seen = {before.owner} if before else set()
        last = before
        for place, line in enumerate(self.placed):
            gap = _gap(last, line, spacing) if place else self._gap_above(last, line)
            is_first = line.owner < 0 or line.owner not in seen
            seen.add(line.owner)
            mark = line.mark or ("•" if line.kind == "LI" and is_first else "")
            found = line_of(line.words, gap, self.number, is_heading=line.kind in HEADINGS)
            yield replace(found, mark=found.mark or mark)
            last = line

    def _gap_above(self, before: _Placed | None, first: _Placed) -> Gap:
        """What parts the page's first line from the last of the page before, which may be one paragraph."""
        if not self.number:
            return Gap.NONE
        if before is None or before.owner < 0 or first.owner < 0:
            return Gap.PAGE
        if before.owner == first.owner:
            return Gap.JOIN
        # Some programs tag a paragraph anew on each page, others do not: only an open end says that it goes on.
        return Gap.PAGE if ends_openly(before.words) else Gap.BLANK


def _paired(words: Sequence[str], painted: Sequence[PaintedLine]) -> list[tuple[str, PaintedLine]] | None:
    """Each line of words with where it is painted; nothing where they are not the same lines.

    Of two lines with a word broken between them the text makes one, with a hyphen inside: it is parted again.
    """
    pairs: list[tuple[str, PaintedLine]] = []
    lines = iter(painted)
    surplus = len(painted) - len(words)
    for said in words:
        line = next(lines, None)
        if line is None or surplus < 0:
            return None
        if surplus and (at := _broken_at(said, line.letters)):
            pairs.append((said[:at], line))
            said, line, surplus = said[at:], next(lines, line), surplus - 1
        pairs.append((said, line))
    return pairs if not surplus else None


def _broken_at(words: str, letters: int) -> int:
    """Behind which hyphen a line of so many letters ends; 0 where the words are no longer than it."""
    if len(words) <= letters * _LONGER:
        return 0
    places = [found.end() for found in _INNER_HYPHEN.finditer(words)]
    return min(places, key=lambda place: abs(place - letters), default=0)


def _gap(last: _Placed | None, line: _Placed, spacing: "_Spacing") -> Gap:
    if last is None:
        return Gap.NONE
    if line.owner >= 0 and last.owner >= 0:
        return Gap.JOIN if line.owner == last.owner else Gap.BLANK
    if _is_apart(last.painted, line.painted, spacing.leading):
        return Gap.BLANK
    return Gap.CLOSE if spacing.parts_paragraphs else Gap.NONE


def _is_running(line: PaintedLine, height: float) -> bool:
    """Whether the tags say that a line at a page's head or foot is no part of what it says."""
    is_within = _MARGIN * height < line.base < (1 - _MARGIN) * height
    return not is_within and all(run.is_artifact for run in line.runs)


def _is_apart(last: PaintedLine, line: PaintedLine, leading: float) -> bool:
    """Whether a line stands farther below the last than a paragraph's lines do, elsewhere, or is of other size."""
    down = last.base - line.base
    is_other_size = abs(line.size - last.size) > 0.06 * last.size
    return down <= 0 or is_other_size or bool(leading and down > _PARTED * leading * last.size)


@dataclass(frozen=True, slots=True)
class _Spacing:
    """The usual distance of two lines of a paragraph, in heights of their letters, 0 where nothing tells; and whether
    paragraphs stand farther apart than their lines."""

    leading: float
    parts_paragraphs: bool


def _spacing(pages: Sequence[_Page]) -> _Spacing:
    pairs = [pair for page in pages for pair in pairwise(page.placed)]
    distances = [
        round((last.painted.base - line.painted.base) / line.painted.size, 2)
        for last, line in pairs
        if line.painted.size and 0.8 < (last.painted.base - line.painted.base) / line.painted.size < 4
    ]
    leading = median_low(distances) if distances else 0.0
    # Where a sentence ends with its line, a paragraph may; most do where they stand apart, next to none otherwise.
    apart = [
        _is_apart(last.painted, line.painted, leading)
        for last, line in pairs
        if not (ends_openly(last.words) or starts_small(line.words) or is_known(line.words))
    ]
    return _Spacing(leading, 2 * sum(apart) > len(apart))


def _with_bullets(placed: Sequence[_Placed]) -> Iterator[_Placed]:
    """The lines without those of a bullet alone, each bullet with the line at its height."""
    bullets = [line for line in placed if line.words in _NOT_WORDS]
    for line in placed:
        if line.words in _NOT_WORDS:
            continue
        beside = next((each.words for each in bullets if _is_beside(each.painted, line.painted)), "")
        yield replace(line, mark=beside or ("•" if line.painted.has_bullet else ""))


def _is_beside(bullet: PaintedLine, line: PaintedLine) -> bool:
    return abs(bullet.base - line.base) < 0.5 * line.size and bullet.runs[0].left < line.runs[0].left
