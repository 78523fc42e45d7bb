"""Invents Documents and packs for Hypothesis: long tables, rows taller than a page, paragraphs and lists over pages.

Hypothesis draws what there is and how long it is. The words follow from a counter, so that no two texts are equal by
chance, and some rows and paragraphs are twins on purpose: what is stored by its content may not take one for another.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import count, cycle

from hypothesis import strategies as st
from msgspec.structs import replace as changed

from tests.publishing import packs
from torbay_reports.documents.blocks import (
    Block,
    BulletList,
    CallOut,
    Cell,
    Chart,
    Column,
    Document,
    Facts,
    Figure,
    Heading,
    Inline,
    LineBreak,
    Paragraph,
    ParagraphLink,
    Prose,
    Remark,
    Row,
    Table,
    Text,
    Tone,
    WebLink,
)
from torbay_reports.publishing.packplan import Edition, PackPlan, PlannedPaper, Restriction

_WORDS = (
    *("the harbour", "a quay's", "rate-payers", "and/or", "£1,377k", "“so to speak”", "25%", "Fish & chips", "<late>"),
    *("coöperation", "Nos. 3–7", "it", "reviewed", "(43)", "well-being", "under", "Łódź", "statutory", "of"),
)
_TALL = 900
"""So many words in one narrow cell are taller than a page."""
_LONGEST = 1200
"""No table has many more words, so that setting a pack takes seconds."""

_lengths = st.one_of(st.integers(1, 40), st.sampled_from([0, 90]))
_paragraph_lengths = st.one_of(st.integers(1, 60), st.sampled_from([200, 700]))
_row_counts = st.one_of(st.integers(1, 4), st.integers(5, 40), st.just(90))


class _Words:
    """Words and anchors of one Document: the same drawing gives the same Document."""

    def __init__(self) -> None:
        self._number = count(1)
        self._vocabulary = cycle(_WORDS)

    def text(self, length: int) -> str:
        """So many words, of which the first is found in no other text."""
        if not length:
            return ""
        rest = [next(self._vocabulary) for _ in range(length - 1)]
        return " ".join([f"N{next(self._number)}", *rest])

    def anchor(self) -> str:
        return f"a{next(self._number)}"


@st.composite
def documents(draw: st.DrawFn, *, most_blocks: int = 7) -> Document:
    """A Document of up to so many blocks."""
    words = _Words()
    blocks = list[Block]()
    for _ in range(draw(st.integers(1, most_blocks))):
        blocks.append(draw(_blocks(words)))
    if draw(st.booleans()):
        blocks.append(_twin(blocks[-1], words))
    return Document(
        source="invented.any",
        subject="2031-32/q1",
        title=words.text(draw(st.integers(1, 8))),
        blocks=(*blocks, *_pointing(blocks, words)),
        as_at=draw(st.sampled_from([None, date(2031, 6, 30)])),
        language=draw(st.sampled_from(["en-GB", "en-GB", "cy"])),
        draft=draw(st.booleans()),
        notice=draw(st.sampled_from(["", packs.NOTICE, "Another notice."])),
        orientation=draw(st.sampled_from(["portrait", "landscape"])),
    )


@st.composite
def plans(draw: st.DrawFn) -> PackPlan:
    """A pack of two or three papers, one of them perhaps not for publication."""
    whole = packs.plan()
    report, tracker, fees = whole.items
    first = replace(report.papers[0], document=draw(documents()))
    second = PlannedPaper("item-6-tracker", "Improvement plan", draw(documents(most_blocks=4)))
    items = (replace(report, papers=(first,)), replace(tracker, papers=(second,)), fees)
    if draw(st.booleans()):
        return replace(whole, items=items)
    held_back = PlannedPaper("item-5-held", "Held back", draw(documents(most_blocks=3)), Restriction.CONFIDENTIAL)
    items = (replace(report, papers=(held_back, first)), *items[1:])
    return replace(whole, items=items, edition=Edition.RESTRICTED)


@st.composite
def _blocks(draw: st.DrawFn, words: _Words) -> Block:
    kind = draw(st.sampled_from(["table", "paragraph", "list", "heading", "table", "call out", "facts", "chart"]))
    anchor = words.anchor()
    match kind:
        case "heading":
            is_band = draw(st.booleans())
            number = draw(st.sampled_from(["", "4.1"]))
            return Heading(anchor, words.text(draw(st.integers(1, 25))), draw(st.integers(2, 4)), number, is_band)
        case "paragraph":
            number = draw(st.sampled_from(["", "3.14"]))
            role = draw(st.sampled_from(["", "recommendation", "summary"]))
            return Paragraph(anchor, _prose(draw(_paragraph_lengths), words), number, role)  # type: ignore[arg-type]
        case "list":
            lengths = draw(st.lists(st.one_of(st.integers(1, 30), st.just(200)), min_size=1, max_size=12))
            return BulletList(anchor, tuple(_prose(length, words) for length in lengths))
        case "call out":
            return CallOut(anchor, _prose(draw(st.integers(1, 60)), words))
        case "facts":
            lines = draw(st.lists(st.integers(1, 3), min_size=1, max_size=4))
            mail = "ann.ash@council.invalid"
            rows = tuple((words.text(2), tuple(f"{words.text(4)} {mail}" for _ in range(each))) for each in lines)
            return Facts(anchor, words.text(3), rows)
        case "chart":
            return _own(packs.chart(), words)
    return draw(_tables(words, anchor))


def _own(chart: Chart, words: _Words) -> Chart:
    """The chart with anchors of its own."""
    table = chart.table
    rows = tuple(changed(row, anchor=words.anchor()) for row in table.rows)
    return changed(chart, anchor=words.anchor(), table=changed(table, anchor=words.anchor(), rows=rows))


@st.composite
def _tables(draw: st.DrawFn, words: _Words, anchor: str) -> Table:
    columns = draw(_columns(words))
    number = draw(_row_counts)
    most = max(_LONGEST // (number * len(columns)), 1)
    lengths = [min(length, most) for length in draw(st.tuples(*[_lengths] * len(columns)))]
    has_total = draw(st.booleans())
    tall = draw(st.one_of(st.none(), st.none(), st.integers(0, number - 1)))
    rows = []
    for place in range(number):
        cells = [
            _cell(_TALL if place == tall and at == 1 else min(length, 2) if column.numeric else length, words)
            for at, (column, length) in enumerate(zip(columns, lengths, strict=True))
        ]
        rows.append(Row(words.anchor(), tuple(cells), level="total" if has_total and place == number - 1 else ""))
    if draw(st.booleans()):
        rows.insert(draw(st.integers(0, number)), Row(words.anchor(), rows[number // 2].cells))
    notes = tuple(words.text(20) for _ in range(draw(st.integers(0, 2))))
    kind = draw(st.sampled_from(["", "small", "tracker", "tracker"]))
    return Table(anchor, words.text(draw(st.integers(1, 12))), columns, tuple(rows), notes, kind=kind)  # type: ignore[arg-type]


@st.composite
def _columns(draw: st.DrawFn, words: _Words) -> tuple[Column, ...]:
    number = draw(st.integers(2, 6))
    has_widths = draw(st.booleans())
    groups = draw(
        st.sampled_from([[""] * number, ["", *["Budget £k"] * (number - 1)], ["", "Budget", *[""] * (number - 2)]])
    )
    return tuple(
        Column(
            f"c{place}",
            words.text(draw(st.integers(1, 3))),
            group,
            "£000s" if place and draw(st.booleans()) else "",
            numeric=bool(place) and not has_widths and draw(st.integers(0, 3)) == 0,
            width=draw(st.integers(2, 5)) if has_widths else 0,
        )
        for place, group in enumerate(groups)
    )


def _cell(length: int, words: _Words) -> Cell:
    tone: Tone = "adverse" if length % 7 == 3 else ""
    return Cell(content=_prose(length, words), tone=tone)


def _prose(length: int, words: _Words) -> Prose:
    """So many words, now and then with a figure, a link, a remark, a line's end among them."""
    parts: list[Inline] = [Text(text=words.text(length))] if length else []
    if length > 10 and length % 3 == 0:
        parts += [Text(text=" see "), WebLink(text="the plan of quays", address="https://council.invalid/plan.pdf")]
    if length > 5 and length % 4 == 0:
        parts += [LineBreak(), Figure(text=words.text(1), ref="net"), Text(text=" more"), LineBreak()]
        parts += [Remark(text=words.text(3), kind="mark")]
    return tuple(parts)


def _twin(block: Block, words: _Words) -> Block:
    """The same once more, under an anchor of its own."""
    if isinstance(block, Table):
        rows = tuple(changed(row, anchor=words.anchor()) for row in block.rows)
        return changed(block, anchor=words.anchor(), rows=rows)
    if isinstance(block, Chart):
        return _own(block, words)
    return changed(block, anchor=words.anchor())


def _pointing(blocks: list[Block], words: _Words) -> Iterator[Block]:
    """A paragraph at the end that points back to the first block and to a row."""
    rows = [block.rows[-1].anchor for block in blocks if isinstance(block, Table)]
    for anchor in (blocks[0].anchor, *rows[:1]):
        link = ParagraphLink(text=words.text(2), anchor=anchor)
        yield Paragraph(words.anchor(), (Text(text=f"{words.text(3)} "), link, Text(text=".")), "")
