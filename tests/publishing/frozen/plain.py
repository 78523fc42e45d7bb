"""A pack as one plain run of WeasyPrint sets it, and what stands where on its pages: the measure for pages in parts."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from msgspec.structs import replace as changed
from pypdfium2 import PdfDocument, PdfPage, raw
from weasyprint import Document
from weasyprint.css.properties import TABLE_WRAPPER_BOX_PROPERTIES

from torbay_reports.documents.blocks import Table
from torbay_reports.publishing import frames
from torbay_reports.publishing.frames import POINTS_IN_A_MM, Frame
from torbay_reports.publishing.layout import letter_html, papers_html
from torbay_reports.publishing.packplan import PackPlan, PlannedPaper, RenderedPack
from torbay_reports.publishing.parts import breaks
from torbay_reports.publishing.parts.setting import press
from torbay_reports.publishing.parts.widths import with_widths

NEAR = 0.5
"""Points by which a line may stand elsewhere."""
_ON_A_LINE = 1.0
"""Points between the feet of letters that stand on one line."""

_HYPHENS = "-\x02\ufffe"
"""Which of them it is that ends a line PDFium tells by what follows, be that the page's foot."""


@dataclass(frozen=True)
class Line:
    """Letters beside each other without the spaces between them; the places of the first and the last in points from
    the page's lower left corner."""

    text: str
    y: float
    left: float
    right: float

    def is_at(self, other: "Line") -> bool:
        """Whether the same stands there, so far as an eye can tell."""
        pairs = ((self.y, other.y), (self.left, other.left), (self.right, other.right))
        return self.text == other.text and all(abs(one - two) <= NEAR for one, two in pairs)


Sheet = tuple[Line, ...]
"""The lines of a page, but for those in its margins, which are stamped when a pack is joined."""


def sheets(pdf: bytes, letters: int) -> list[Sheet]:
    """The pages of a PDF, the first of which are so many pages of a letter."""
    with PdfDocument(pdf) as opened:
        return [_sheet(page, _frame(page, is_letter=place < letters)) for place, page in enumerate(opened)]


def letter_of(plan: PackPlan, pack: RenderedPack) -> list[Sheet]:
    """The pages of the pack's letter in a run of its own."""
    pdf = press().set(letter_html(plan, pack.pages.papers)).write_pdf()
    assert pdf
    return sheets(bytes(pdf), len(PdfDocument(pdf)))


@dataclass(frozen=True)
class Compared:
    """The pages of a pack's papers beside those of one run: how many each has, and where they differ once it is known
    which paragraphs the pack keeps whole. With `has_tall_rows` some row is higher than a page."""

    pages: int
    pages_of_one_run: int
    differences: Sequence[str]
    has_tall_rows: bool


def compared(plan: PackPlan, ours: Sequence[Sheet]) -> Compared:
    """The papers of a pack compared with one run of the same papers, in which long tables have the pack's widths.

    WeasyPrint leaves lines behind of a paragraph that introduces what has no room below it. A pack keeps one that has
    room whole with what it introduces: so does the run from the first page on that differs for this reason. And for a
    row higher than a page it leaves its table's head out, unless the row may break: so it may.
    """
    html = papers_html(_with_widths(plan))
    pages = 0
    kept, tall = set[str](), set[str]()
    while True:
        style = "".join(_rule(each, "avoid") for each in sorted(kept))
        style += "".join(_rule(each, "auto") for each in sorted(tall))
        with _wrappers_as_tables():
            run = press().set(html.replace("</head>", f"<style>{style}</style></head>"))
        pages = pages or len(run.pages)
        if more := breaks.rows_without_heads(run) - tall:
            tall |= more
            continue
        pdf = run.write_pdf()
        assert pdf
        theirs = sheets(bytes(pdf), 0)
        more = _left_open(run, _first_different(ours, theirs)) - kept
        if not more:
            break
        kept |= more
    return Compared(len(ours), pages, differences(ours, theirs), bool(tall))


def _rule(name: str, inside: str) -> str:
    return f"[id='{name}'] {{ break-inside: {inside}; }}"


def _first_different(ours: Sequence[Sheet], theirs: Sequence[Sheet]) -> int:
    """The first page that differs; the last one where none does."""
    last = min(len(ours), len(theirs)) - 1
    return next((page for page in range(last) if any(_beyond(ours[page], theirs[page]))), last)


def _left_open(run: Document, page: int) -> set[str]:
    """The name of the paragraph that introduces something and goes on after the page."""
    if page + 1 >= len(run.pages):
        return set()
    last, first = breaks.pieces_on(run, page)[-1].element, breaks.pieces_on(run, page + 1)[0].element
    return {last.get("id")} if last is first and "introduces" in last.get("class", "").split() else set()


def differences(pack: Sequence[Sheet], plain: Sequence[Sheet]) -> list[str]:
    """Where the pages of a pack are not those of the plain run, told page by page."""
    found = [] if len(pack) == len(plain) else [f"{len(pack)} pages, {len(plain)} in one run"]
    for number, (ours, theirs) in enumerate(zip(pack, plain, strict=False), start=1):
        here, there = _beyond(ours, theirs)
        if here or there:
            found.append(f"page {number}: {_told(here)} for {_told(there)}")
    return found


def _beyond(ours: Sheet, theirs: Sheet) -> tuple[list[Line], list[Line]]:
    """The lines that only one of two pages has where it has them."""
    left, right = list(ours), list(theirs)
    for line in ours:
        same = next((other for other in right if line.is_at(other)), None)
        if same is not None:
            left.remove(line)
            right.remove(same)
    return left, right


def _told(lines: Sequence[Line]) -> str:
    told = "; ".join(f"{line.text[:30]} at {line.left:.1f}, {line.y:.1f}" for line in lines[:3])
    return f"{len(lines)} lines ({told})" if lines else "nothing"


def _with_widths(plan: PackPlan) -> PackPlan:
    return replace(plan, items=tuple(replace(item, papers=tuple(map(_widened, item.papers))) for item in plan.items))


def _widened(paper: PlannedPaper) -> PlannedPaper:
    document = paper.document
    if document is None:
        return paper
    is_landscape = document.orientation == "landscape"
    blocks = tuple(
        with_widths(block, is_landscape=is_landscape) if isinstance(block, Table) else block
        for block in document.blocks
    )
    return replace(paper, document=changed(document, blocks=blocks))


@contextmanager
def _wrappers_as_tables() -> Iterator[None]:
    """On pages with a name, as the landscape ones have, WeasyPrint 70 keeps a table's margin at the top of a page: it
    takes each for one after a forced break, and the box around a table does not hear of the table's `margin-break`."""
    known = set(TABLE_WRAPPER_BOX_PROPERTIES)
    TABLE_WRAPPER_BOX_PROPERTIES.add("margin_break")
    try:
        yield
    finally:
        TABLE_WRAPPER_BOX_PROPERTIES.intersection_update(known)


def _frame(page: PdfPage, *, is_letter: bool) -> Frame:
    if is_letter:
        return frames.LETTER
    return frames.frame_of(is_landscape=page.get_width() > page.get_height())


def _sheet(page: PdfPage, frame: Frame) -> Sheet:
    head, foot = (frame.height - frame.top) * POINTS_IN_A_MM, frame.foot * POINTS_IN_A_MM
    letters = sorted((each for each in _letters(page) if foot < each[0] < head), reverse=True)
    lines: list[list[tuple[float, float, str]]] = []
    for letter in letters:
        if not lines or lines[-1][-1][0] - letter[0] > _ON_A_LINE:
            lines.append([])
        lines[-1].append(letter)
    return tuple(_line(sorted(line, key=lambda letter: letter[1])) for line in lines)


def _line(letters: Sequence[tuple[float, float, str]]) -> Line:
    lowest = min(y for y, _, _ in letters)
    return Line("".join(letter for *_, letter in letters), lowest, letters[0][1], letters[-1][1])


def _letters(page: PdfPage) -> Iterator[tuple[float, float, str]]:
    """How far up each letter stands, how far to the right, and what it says."""
    text = page.get_textpage()
    x, y = raw.c_double(), raw.c_double()
    for place in range(text.count_chars()):
        said = chr(raw.FPDFText_GetUnicode(text, place))
        if said.isspace() or said in _HYPHENS or raw.FPDFText_IsGenerated(text, place):
            continue
        raw.FPDFText_GetCharOrigin(text, place, x, y)
        yield y.value, x.value, said
