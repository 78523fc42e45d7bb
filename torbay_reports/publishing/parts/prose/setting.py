"""Sets a heading, a paragraph or a list as a strip, whole or broken over pages, where it is plain: words of our own
faces."""

from collections.abc import Sequence
from dataclasses import dataclass

from torbay_reports.documents.blocks import BulletList, Heading, Paragraph, Prose, Text, words
from torbay_reports.publishing.frames import POINTS_IN_A_PIXEL
from torbay_reports.publishing.layout import InContext, Sheet
from torbay_reports.publishing.markup import element_id
from torbay_reports.publishing.parts.prose.looks import Lead, Sample
from torbay_reports.publishing.parts.prose.samples import Plain, kind_of, sample
from torbay_reports.publishing.parts.prose.spreading import Slice, spread
from torbay_reports.publishing.parts.values import Element, Part, Room, Strip
from torbay_reports.publishing.parts.words.letters import UNITS, NotPlain
from torbay_reports.publishing.parts.words.lines import Line, Piece, lines_of
from torbay_reports.publishing.parts.words.runs import Run
from torbay_reports.publishing.parts.words.samples import Press
from torbay_reports.publishing.parts.words.writing import Writing, is_known, points


def set_block(shown: InContext, *, sheet: Sheet, press: Press) -> Strip | None:
    """The strip of a block of the sheet's paper; nothing where it is not plain, for WeasyPrint to set."""
    block = shown.block
    if not isinstance(block, Plain):
        return None
    try:
        setting = _setting(shown, block, sheet, press)
        return setting.whole() if setting else None
    except NotPlain:
        return None


def break_block(shown: InContext, *, first: float, later: float, sheet: Sheet, press: Press) -> Strip | None:
    """The same broken over pages, of which the first has so many points left and later ones so many. Where nothing of
    it stands on the first, its first height is 0 and the rest is not given."""
    block = shown.block
    if not isinstance(block, Paragraph | BulletList):
        return None
    try:
        setting = _setting(shown, block, sheet, press)
        return setting.broken(first, later) if setting and setting.can_break else None
    except NotPlain:
        return None


def _setting(shown: InContext, block: Plain, sheet: Sheet, press: Press) -> "_Setting | None":
    read = sample(kind_of(shown, block, sheet), press) if is_known(sheet.language) else None
    return _Setting(read, block, sheet.key) if read else None


@dataclass(frozen=True)
class _Point:
    """Lines that hold together, with the mark before them."""

    lines: Sequence[Line]
    mark: Line | None = None


class _Setting:
    """One block while it is put together."""

    def __init__(self, read: Sample, block: Plain, paper: str) -> None:
        self._sample = read
        self._writing = Writing(paper)
        self._name = element_id(paper, block.anchor)
        self._kind = _kind(block)
        self._points = _points(block, read)
        if not self._points or not all(each.lines for each in self._points):
            raise NotPlain

    @property
    def can_break(self) -> bool:
        """Whether a page may end between its lines."""
        return self._sample.is_bare

    def whole(self) -> Strip:
        """The block in one piece."""
        read = self._sample
        slices = []
        bottom = read.over
        for number, point in enumerate(self._points):
            top = bottom + (read.gap if number else 0.0)
            slices.append(Slice(number, 0, len(point.lines), top))
            bottom = top + len(point.lines) * read.lane.line_height
        height = bottom + read.under
        part = self._part([slices], [height])
        return Strip(Room((points(height),), read.above, read.below), part)

    def broken(self, first: float, later: float) -> Strip:
        """The block over pages with so many points each."""
        read = self._sample
        pages = spread(
            [len(point.lines) for point in self._points],
            first=first / POINTS_IN_A_PIXEL,
            later=later / POINTS_IN_A_PIXEL,
            line_height=read.lane.line_height,
            gap=read.gap,
        )
        if pages is None:
            return Strip(Room((0.0,)), Part((), (), (), {}))
        # What goes on fills its page.
        heights = [each / POINTS_IN_A_PIXEL for each in (first, *[later] * (len(pages) - 1))]
        last = pages[-1][-1]
        heights[-1] = last.top + (last.end - last.start) * read.lane.line_height
        part = self._part(pages, heights)
        return Strip(Room(tuple(map(points, heights)), 0.0, read.below), part)

    def _part(self, pages: Sequence[Sequence[Slice]], heights: Sequence[float]) -> Part:
        """The part of these slices on pages of these heights in CSS pixels."""
        read, writing = self._sample, self._writing
        own = -1
        for number, (slices, height) in enumerate(zip(pages, heights, strict=True)):
            painter = writing.turn(height)
            painter.borders([read])
            if number == 0:
                own = writing.element(Element(self._kind, 0))
            for each in slices:
                point = self._points[each.point]
                if each.start == 0:
                    holder = self._begun(own, point, each.top)
                lines = point.lines[each.start : each.end]
                writing.lines(holder, lines, read.lane, each.top, goes_on=each.end < len(point.lines))
        told = [points(height) for height in heights]
        return writing.part(width=read.paper, heights=told, name=self._name, left=read.left)

    def _begun(self, own: int, point: _Point, top: float) -> int:
        """The element that holds a point's words, with its mark before it."""
        if point.mark is None:
            return own
        item = self._writing.element(Element("LI", 0), own)
        label = self._writing.element(Element("Lbl", 0), item)
        self._writing.lines(label, [point.mark], self._sample.lane, top)
        return self._writing.element(Element("LBody", 0), item)


def _kind(block: Plain) -> str:
    if isinstance(block, Heading):
        return f"H{block.level}"
    return "P" if isinstance(block, Paragraph) else "L"


def _points(block: Plain, read: Sample) -> list[_Point]:
    if isinstance(block, BulletList):
        assert read.lead is not None
        mark = Line((_piece(read.lead, read.lead.text),), is_spaced=False)
        return [_Point(lines_of(item, read.lane), mark) for item in block.items]
    content = words(block.text) if isinstance(block, Heading) else block.content
    return [_Point(_numbered(content, block.number, read) if read.lead else lines_of(content, read.lane))]


def _numbered(content: Prose, number: str, read: Sample) -> list[Line]:
    """The lines of words behind a number. One without room before them is not plain."""
    lead = read.lead
    assert lead is not None
    piece = _piece(lead, number)
    if " " in number or piece.width > lead.width:
        raise NotPlain
    first, *others = lines_of((Text(" "), *content), read.lane, lead.x + lead.width)
    return [first._replace(pieces=(piece, *first.pieces)), *others]


def _piece(lead: Lead, text: str) -> Piece:
    run = Run(text, lead.ink, None)
    return Piece(run, 0, len(text), lead.x, run.width(0, len(text)) / UNITS)
