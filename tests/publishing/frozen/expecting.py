"""What the tag tree of a pack has to say, derived from its plan and frozen Documents alone."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from tests.publishing.frozen.things import Grid, GridCell, Line, Link, Paper, Picture, Place, Points, Thing, Words
from torbay_reports.core.formatting import full_date
from torbay_reports.documents.blocks import (
    Block,
    BulletList,
    CallOut,
    Chart,
    Column,
    Document,
    Facts,
    Heading,
    Paragraph,
    ParagraphLink,
    Prose,
    Row,
    Table,
    WebLink,
    plain,
)
from torbay_reports.documents.dating import age_sentence
from torbay_reports.publishing.packplan import CoverLetter, PackPlan, PlannedItem, PlannedPaper, Restriction

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


@dataclass(frozen=True)
class Placed:
    """A paper that has pages in the pack, under its item."""

    item: PlannedItem
    paper: PlannedPaper

    @property
    def is_open(self) -> bool:
        return self.paper.restriction is Restriction.OPEN


Ranges = Mapping[str, tuple[str, str]]
"""The first and last printed page of each paper, by its key."""


def placed(plan: PackPlan) -> tuple[Placed, ...]:
    """The papers in the order of their pages: the open ones in the order of business, then the others."""
    there = [Placed(item, paper) for item in plan.items for paper in item.papers if paper.is_there]
    return tuple(sorted(there, key=lambda each: not each.is_open))


def letter(plan: PackPlan, ranges: Ranges) -> Paper:
    """The cover letter."""
    said = plan.letter
    assert isinstance(said, CoverLetter)
    mail = f"E-mail address: {said.email}"
    things: tuple[Thing, ...] = (
        Words("P", plan.council),
        Words("P", f"Clerk: {said.clerk}"),
        Words("P", f"Telephone: {said.telephone}"),
        Words("P", mail, ((said.email, f"mailto:{said.email}"),)),
        Words("P", f"Date: {full_date(said.dated)}"),
        *(Words("P", line) for line in said.office),
        Words("P", said.salutation),
        Words("H1", said.heading),
        Words("P", said.opening),
        Grid("", tuple(_business(plan, ranges))),
        *([Words("P", said.closing)] if said.closing else []),
        Words("P", said.signatory),
        Words("P", said.signatory_title),
    )
    return Paper(said.heading, plan.language, things)


def _business(plan: PackPlan, ranges: Ranges) -> Iterator[Line]:
    """The letter's table: every item, and under it the papers that have to be told apart."""
    yield Line(True, tuple(GridCell("TH", text, scope="Column") for text in ("Agenda No", "Item", "Page")))
    listed = [(item, _told_apart(item)) for item in plan.items]
    # In a letter so small that its header cells would outnumber its data, only the columns have headers.
    has_row_heads = 3 + len(listed) <= 2 * sum(1 + len(papers) for _, papers in listed)
    row = 1
    for item, papers in listed:
        first = row
        number = GridCell("TH", f"{item.number}.", scope="Row", rowspan=len(papers) + 1)
        if not has_row_heads:
            number = GridCell("TD", f"{item.number}.", headers=frozenset({(0, 0)}))
        beside: set[Place] = {(first, 0)} if has_row_heads else set()
        yield Line(False, (number, *_entry(item.title, _pages_of(item, ranges), beside)))
        for paper in papers:
            row += 1
            yield Line(False, _entry(paper.title, _pages(paper, paper, ranges), beside))
        row += 1


def _told_apart(item: PlannedItem) -> tuple[PlannedPaper, ...]:
    """The papers that stand under their item; none where the item itself says all."""
    only = item.papers[0] if len(item.papers) == 1 else None
    is_plain = only is not None and (only.is_there or only.title == item.title)
    return () if is_plain else item.papers


def _entry(title: str, pages: Link, beside: set[Place]) -> tuple[GridCell, GridCell]:
    text, target = pages
    return (
        GridCell("TD", title, headers=frozenset({*beside, (0, 1)})),
        GridCell("TD", text, (pages,) if target else (), headers=frozenset({*beside, (0, 2)})),
    )


def _pages_of(item: PlannedItem, ranges: Ranges) -> Link:
    """An item's pages: of its open papers, or of the others where none is open."""
    there = [paper for paper in item.papers if paper.is_there]
    shown = [paper for paper in there if paper.restriction is Restriction.OPEN] or there
    if shown:
        return _pages(shown[0], shown[-1], ranges)
    if not item.papers:
        return "", ""
    is_withheld = all(paper.restriction is not Restriction.OPEN for paper in item.papers)
    return ("(not for publication)" if is_withheld else "(to follow)"), ""


def _pages(first: PlannedPaper, last: PlannedPaper, ranges: Ranges) -> Link:
    if not first.is_there:
        return ("(to follow)" if first.restriction is Restriction.OPEN else "(not for publication)"), ""
    begin, end = ranges[first.key][0], ranges[last.key][1]
    return (f"(Page {begin})" if begin == end else f"(Pages {begin} - {end})"), f"#{first.key}"


def paper(each: Placed, document: Document, plan: PackPlan) -> Paper:
    """A paper that was built: what stands at its head, then its blocks."""
    head = [
        Words("P", f"Agenda item {each.item.number}: {each.item.title}"),
        Words("H1", document.title, anchor=each.paper.key),
    ]
    if not each.is_open:
        head.append(Words("P", f"NOT FOR PUBLICATION: {each.paper.restriction.value}"))
    if age := age_sentence(document, plan.meeting_on):
        head.append(Words("P", age))
    if document.notice and document.notice != plan.notice:
        head.append(Words("P", document.notice))
    blocks = (thing for block in document.blocks for thing in _block(block, each.paper.key))
    return Paper(document.title, document.language, (*head, *blocks))


def _block(block: Block, key: str) -> Iterator[Thing]:
    anchor = f"{key}--{block.anchor}"
    match block:
        case Heading():
            yield Words(f"H{block.level}", f"{block.number} {block.text}".strip(), anchor=anchor)
        case Paragraph():
            numbered = f"{block.number} {plain(block.content)}".strip()
            yield Words("P", numbered, _links(block.content, key), anchor)
        case CallOut():
            yield Words("P", plain(block.content), _links(block.content, key), anchor)
        case BulletList():
            yield Points(tuple(Words("LI", plain(item), _links(item, key)) for item in block.items), anchor)
        case Facts():
            yield Grid(block.caption, tuple(_facts(block)), anchor)
        case Table():
            yield from _table(block, key)
        case Chart():
            yield Words("P", block.title, anchor=anchor)
            yield Words("P", plain(block.sentence), _links(block.sentence, key))
            yield Picture(plain(block.sentence))
            yield from _table(block.table, key)


def _links(content: Prose, key: str) -> tuple[Link, ...]:
    targets = []
    for inline in content:
        if isinstance(inline, ParagraphLink):
            targets.append((inline.text, f"#{key}--{inline.anchor}"))
        elif isinstance(inline, WebLink):
            targets.append((inline.text, inline.address))
    return tuple(targets)


def _facts(block: Facts) -> Iterator[Line]:
    for row, (label, lines) in enumerate(block.rows):
        links = tuple((found, f"mailto:{found}") for line in lines for found in _EMAIL.findall(line))
        said = GridCell("TD", "\n".join(lines), links, headers=frozenset({(row, 0)}))
        yield Line(False, (GridCell("TH", label, scope="Row"), said))


def _table(table: Table, key: str) -> Iterator[Thing]:
    head = _head(table.columns)
    over = [_over(line) for line in head]
    # In a table so small that its header cells would outnumber its data, only the columns have headers.
    has_row_heads = len(table.columns) + len(table.rows) <= len(table.rows) * (len(table.columns) - 1)
    body = (
        _row(row, place, key, over, has_row_heads=has_row_heads)
        for place, row in enumerate(table.rows, start=len(head))
    )
    yield Grid(table.caption, (*(Line(True, line) for line in head), *body), f"{key}--{table.anchor}")
    for note in table.notes:
        yield Words("P", note)


def _head(columns: tuple[Column, ...]) -> list[tuple[GridCell, ...]]:
    """One row of column heads, and above it one of their groups where there are any."""
    lower = tuple(_head_cell(f"{column.label} {column.unit}".strip()) for column in columns)
    if not any(column.group for column in columns):
        return [lower]
    upper: list[GridCell] = []
    for group, members in groupby(columns, key=lambda column: column.group):
        width = len(list(members))
        upper.extend([_head_cell(group, width)] if group else [_head_cell("")] * width)
    return [tuple(upper), lower]


def _head_cell(text: str, colspan: int = 1) -> GridCell:
    return GridCell("TH", text, scope="Column", colspan=colspan) if text else GridCell("TD", "")


def _over(line: tuple[GridCell, ...]) -> list[int | None]:
    """For each column the column in which the head's cell over it begins; None under an empty one."""
    begins: list[int | None] = []
    for cell in line:
        begins.extend([len(begins) if cell.kind == "TH" else None] * cell.colspan)
    return begins


def _row(row: Row, place: int, key: str, over: list[list[int | None]], *, has_row_heads: bool) -> Line:
    cells = []
    for column, cell in enumerate(row.cells):
        links = _links(cell.content, key)
        if column == 0 and has_row_heads:
            cells.append(GridCell("TH", cell.text, links, scope="Row"))
            continue
        headers: set[Place] = {(place, 0)} if has_row_heads else set()
        headers |= {(level, begin) for level, begins in enumerate(over) if (begin := begins[column]) is not None}
        cells.append(GridCell("TD", cell.text, links, headers=frozenset(headers)))
    return Line(False, tuple(cells), f"{key}--{row.anchor}")
