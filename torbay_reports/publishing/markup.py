"""Documents into the values that the print templates lay out: anchors made unique, table heads grouped, cells classed.

Nothing here decides what a figure says; that was decided when the Document was built.
"""

import re
from base64 import b64encode
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from torbay_reports.documents.blocks import (
    BulletList,
    CallOut,
    Cell,
    Chart,
    Column,
    Document,
    Inline,
    LineBreak,
    Paragraph,
    ParagraphLink,
    Prose,
    Remark,
    Row,
    Table,
    WebLink,
)

IN_PACK = "pack:"
"""What the addresses of places in the pack begin with: a run of pages seldom holds the place that it links to."""
_CAPTION_WORDS = 6
_EMAIL = re.compile(r"([\w.+-]+@[\w-]+(?:\.[\w-]+)+)")


@dataclass(frozen=True)
class HeadCell:
    """A cell of a table's head: a column's, a group's over neighbours, or an empty one beside groups."""

    label: str
    unit: str = ""
    colspan: int = 1
    is_group: bool = False
    numeric: bool = False


@dataclass(frozen=True)
class BodyCell:
    """A cell of a table's body with the classes that align and colour it."""

    html: SafeString
    classes: str


@dataclass(frozen=True)
class BodyRow:
    """A row of a table's body, its first cell apart because it heads the others."""

    id: str
    classes: str
    head: BodyCell
    cells: tuple[BodyCell, ...]
    is_last: bool


@dataclass(frozen=True)
class TableMarkup:
    """A table ready for its template."""

    name: str
    caption: str
    head: tuple[tuple[HeadCell, ...], ...]
    rows: tuple[BodyRow, ...]
    notes: tuple[str, ...]
    opens: bool
    """Whether it begins here."""
    continued: str
    """What the head of the next page says of a table that goes on there: a few words, for it is not read aloud."""
    has_row_heads: bool
    """Whether each row's first cell heads it. In a table so small that its headers would outnumber its data, checkers
    take them for a fault, and the columns' heads tell enough."""
    classes: str
    """How it is set: "slim", no wider than its few figures need, so that the eye need not travel; or its kind."""
    widths: tuple[str, ...]
    """Each column's share of the line in percent; nothing where the content decides."""


def element_id(paper: str, anchor: str) -> str:
    """The name of a place in the pack: the same anchor may stand in several papers."""
    return f"{paper}--{anchor}"


def prose(content: Prose, paper: str) -> SafeString:
    """A run of prose with its links."""
    return format_html_join("", "{}", ((_inline(each, paper),) for each in content))


def _inline(inline: Inline, paper: str) -> SafeString | str:
    if isinstance(inline, ParagraphLink):
        return format_html('<a href="{}{}">{}</a>', IN_PACK, element_id(paper, inline.anchor), inline.text)
    if isinstance(inline, WebLink):
        return format_html('<a href="{}">{}</a>', inline.address, inline.text)
    if isinstance(inline, LineBreak):
        return mark_safe("<br>")
    if isinstance(inline, Remark):
        return format_html('<span class="{}">{}</span>', inline.kind, inline.text)
    return inline.text


def with_links(text: str) -> SafeString:
    """Plain words with the e-mail addresses in them made links, so that they can be followed and are announced."""
    pieces = _EMAIL.split(text)
    return format_html_join("", "{}", ((_mail(piece) if place % 2 else piece,) for place, piece in enumerate(pieces)))


def _mail(address: str) -> SafeString:
    return format_html('<a href="mailto:{0}">{0}</a>', address)


def lost_references(document: Document) -> list[str]:
    """The paragraph references of a Document that name no place in it, as they are printed."""
    places = set()
    told: list[Inline] = []
    for block in document.blocks:
        places.add(block.anchor)
        if isinstance(block, Paragraph | CallOut):
            told.extend(block.content)
        elif isinstance(block, BulletList):
            told.extend(inline for item in block.items for inline in item)
        elif isinstance(block, Chart):
            told.extend(block.sentence)
    for source in document.tables():
        places.add(source.anchor)
        places.update(row.anchor for row in source.rows)
        told.extend(inline for row in source.rows for cell in row.cells for inline in cell.content)
    return [each.text for each in told if isinstance(each, ParagraphLink) and each.anchor not in places]


def picture(chart: Chart) -> str:
    """The chart's drawing as an address that needs neither file nor network."""
    return f"data:image/svg+xml;base64,{b64encode(chart.svg.encode()).decode()}"


@dataclass(frozen=True)
class Excerpt:
    """What of a table is at hand: its caption and anchor where it `opens`, its columns' heads, its rows to the last."""

    has_row_heads: bool
    opens: bool = False
    has_head: bool = False
    has_end: bool = False


def table(source: Table, paper: str, excerpt: Excerpt | None = None, tall: Collection[str] = ()) -> TableMarkup:
    """A table's head in one or two rows, and its body. `excerpt` says what of a longer table it is; `tall` names the
    rows that are higher than a page and so may break."""
    if excerpt is None:
        with_row_heads = has_row_heads(len(source.rows), len(source.columns))
        excerpt = Excerpt(with_row_heads, opens=True, has_head=True, has_end=True)
    last = len(source.rows) - 1 if excerpt.has_end else -1
    return TableMarkup(
        name=element_id(paper, source.anchor),
        caption=source.caption if excerpt.opens else "",
        head=head(source.columns) if excerpt.has_head else (),
        rows=tuple(_row(row, source.columns, paper, place == last, tall) for place, row in enumerate(source.rows)),
        notes=source.notes,
        opens=excerpt.opens,
        continued=continued(source.caption),
        has_row_heads=excerpt.has_row_heads,
        classes=" ".join(_classes(source)),
        widths=_widths(source),
    )


def has_row_heads(rows: int, columns: int) -> bool:
    """Whether the first cell of each row is tagged as its head."""
    return columns + rows <= rows * (columns - 1)


def _classes(source: Table) -> Iterator[str]:
    if source.kind:
        yield source.kind
    if source.has_widths:
        yield "shared"
    elif len(source.columns) <= 4 and all(column.numeric for column in source.columns[1:]):
        yield "slim"


def _widths(source: Table) -> tuple[str, ...]:
    if not source.has_widths:
        return ()
    whole = sum(column.width for column in source.columns)
    return tuple(f"{100 * column.width / whole:.2f}%" for column in source.columns)


def continued(caption: str) -> str:
    """What the running head says of a table that goes on: a few words, for it is not read aloud."""
    words = caption.split()
    return f"Continued: {' '.join(words[:_CAPTION_WORDS])}{'…' if len(words) > _CAPTION_WORDS else ''}"


def head(columns: Sequence[Column]) -> tuple[tuple[HeadCell, ...], ...]:
    """The rows of a table's head: that of its columns, over it one of groups where there are any."""
    lower = tuple(HeadCell(column.label, column.unit, numeric=column.numeric) for column in columns)
    if not any(column.group for column in columns):
        return (lower,)
    upper: list[HeadCell] = []
    for group, members in groupby(columns, key=lambda column: column.group):
        width = len(tuple(members))
        # An empty cell stands over each column without a group: heads of two rows' height are misread by PDF checkers.
        upper.extend([HeadCell(group, colspan=width, is_group=True)] if group else [HeadCell("")] * width)
    return (tuple(upper), lower)


def _row(row: Row, columns: Sequence[Column], paper: str, is_last: bool, tall: Collection[str]) -> BodyRow:
    cells = tuple(_cell(cell, column, paper) for cell, column in zip(row.cells, columns, strict=True))
    name = element_id(paper, row.anchor)
    classes = (f"depth-{min(row.depth, 6)}", row.level and f"level-{row.level}", "tall" if name in tall else "")
    return BodyRow(
        id=name,
        classes=" ".join(filter(None, classes)),
        head=cells[0],
        cells=cells[1:],
        is_last=is_last,
    )


def _cell(cell: Cell, column: Column, paper: str) -> BodyCell:
    classes: list[str] = [cell.tone] if cell.tone else []
    if column.numeric:
        classes.append("number")
        if cell.text.endswith(")"):
            classes.append("bracketed")
    return BodyCell(prose(cell.content, paper), " ".join(classes))
