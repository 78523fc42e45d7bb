"""The frozen tree of blocks from which screen, print and data are all rendered.

A Document holds values as they are displayed, with the exact value beside the words: it can be stored as JSON, read
back years later and rendered again without asking any table. Apps build Documents; they never render.
"""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Literal

import msgspec

Tone = Literal["", "adverse", "favourable"]
"""How a figure is to be read where colour helps; never the only carrier of the meaning."""


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="type"):
    """Base of everything in a Document: immutable, compared by value, stored under its own `type`."""


class Text(Part, frozen=True, tag="text"):
    """Plain words."""

    text: str


class Figure(Part, frozen=True, tag="figure"):
    """One displayed value: `text` is what is read, `value` the exact amount in `unit` (or
    `day`, where the value is a date), `ref` the name of the stored value it comes from."""

    text: str
    ref: str
    value: Decimal | None = None
    unit: str = ""
    day: date | None = None


class ParagraphLink(Part, frozen=True, tag="paragraph-link"):
    """A reference to another paragraph, by its anchor; `text` is the number it has in this Document."""

    text: str
    anchor: str


class WebLink(Part, frozen=True, tag="web-link"):
    """A link to a page elsewhere."""

    text: str
    address: str


class LineBreak(Part, frozen=True, tag="line-break"):
    """The end of a line inside a cell or a paragraph."""

    text: Literal["\n"] = "\n"


class Remark(Part, frozen=True, tag="remark"):
    """Words beside what is printed: an "aside" is set back, a "mark" stands out, by its words before all."""

    text: str
    kind: Literal["aside", "mark"] = "aside"


Inline = Text | Figure | ParagraphLink | WebLink | LineBreak | Remark
Prose = tuple[Inline, ...]


def plain(prose: Prose) -> str:
    """The words of a run of prose, as they are read."""
    return "".join(inline.text for inline in prose)


def words(text: str) -> Prose:
    """A run of prose that is plain words only."""
    return (Text(text=text),)


def quoted(prose: Prose) -> Prose:
    """A run of prose for another page, on which the paragraphs that it points to do not stand."""
    return tuple(Text(text=each.text) if isinstance(each, ParagraphLink) else each for each in prose)


def first_sentence(prose: Prose) -> Prose:
    """A run of prose up to the end of its first sentence, as a headline quotes it."""
    kept: list[Inline] = []
    for inline in prose:
        if isinstance(inline, Text) and (end := re.search(r"[.?!](?=\s)", inline.text)):
            return (*kept, Text(text=inline.text[: end.end()]))
        kept.append(inline)
    return tuple(kept)


class Cell(Part, frozen=True, tag="cell"):
    """One cell of a table; `spoken` is added for those who hear it ("overspend" after R)."""

    content: Prose
    tone: Tone = ""
    spoken: str = ""

    @property
    def text(self) -> str:
        return plain(self.content)


class Column(Part, frozen=True, tag="column"):
    """A table's column. `group` heads neighbours of the same group; `unit` is printed once, in the head.

    `width` is its share of the printed line where every column of the table has one; 0 where the content decides.
    """

    key: str
    label: str
    group: str = ""
    unit: str = ""
    numeric: bool = False
    width: int = 0


class Row(Part, frozen=True, tag="row"):
    """A table's row: the first cell is its header. `level` names its kind (service, directorate, total), `depth` its
    distance from the top of a tree, `sentence` the row in words ("Children's Services: £1,377k over")."""

    anchor: str
    cells: tuple[Cell, ...]
    level: str = ""
    depth: int = 0
    sentence: str = ""
    tone: Tone = ""


class Table(Part, frozen=True, tag="table"):
    """A table of figures or of words; `in_words_first` asks the screen to show the rows' sentences first.

    Of the kind "small" it is set small in print; of the kind "tracker" too, and its rows are stories: cards on a phone.
    """

    anchor: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    in_words_first: bool = False
    kind: Literal["", "small", "tracker"] = ""

    @property
    def has_widths(self) -> bool:
        """Whether the columns share out the line by their widths."""
        return all(column.width for column in self.columns)


class Heading(Part, frozen=True, tag="heading"):
    """A heading of `level` 2 to 4 (the Document's title is 1). `number` is empty for a sub-heading without one;
    a heading can carry a paragraph number (4.1). One that `is_band` runs across the page above a table."""

    anchor: str
    text: str
    level: int
    number: str = ""
    is_band: bool = False


class Paragraph(Part, frozen=True, tag="paragraph"):
    """A paragraph; `number` is empty for one that continues the paragraph before it. `role` marks what a reader looks
    for: a recommendation, the summary."""

    anchor: str
    content: Prose
    number: str = ""
    role: Literal["", "recommendation", "summary"] = ""


class BulletList(Part, frozen=True, tag="bullet-list"):
    """A list of points under a paragraph."""

    anchor: str
    items: tuple[Prose, ...]


class Facts(Part, frozen=True, tag="facts"):
    """The header block of a report: labels with one or more lines each."""

    anchor: str
    caption: str
    rows: tuple[tuple[str, tuple[str, ...]], ...]


class Chart(Part, frozen=True, tag="chart"):
    """A chart: Plotly's figure as JSON for the screen, its SVG for print (empty until frozen), the sentence that says
    what it shows and the table of all it draws."""

    anchor: str
    title: str
    sentence: Prose
    figure: str
    table: Table
    svg: str = ""


class CallOut(Part, frozen=True, tag="call-out"):
    """A short notice that stands out: the date of the figures, a provenance note."""

    anchor: str
    content: Prose


Block = Heading | Paragraph | BulletList | Facts | Table | Chart | CallOut


class Highlight(Part, frozen=True, tag="highlight"):
    """A sentence that other pages may quote, under a key that they know ("summary", "limits")."""

    key: str
    content: Prose


class Document(Part, frozen=True, tag="document"):
    """A paper or a part of one, complete: what `publishing` freezes and renders. `orientation` is that of its pages."""

    source: str
    subject: str
    title: str
    blocks: tuple[Block, ...]
    as_at: date | None = None
    language: str = "en-GB"
    draft: bool = False
    notice: str = ""
    highlights: tuple[Highlight, ...] = ()
    largest: tuple[Row, ...] = ()
    orientation: Literal["portrait", "landscape"] = "portrait"

    def highlight(self, key: str) -> Prose:
        """The quotable sentence under `key`, or nothing."""
        return next((each.content for each in self.highlights if each.key == key), ())

    @property
    def chapters(self) -> tuple[Heading, ...]:
        """Its headings of the highest level, in reading order."""
        return tuple(block for block in self.blocks if isinstance(block, Heading) and block.level == 2)

    @property
    def charts(self) -> tuple[Chart, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Chart))

    @property
    def recommendations(self) -> tuple[Paragraph, ...]:
        """The paragraphs that ask the meeting to decide something."""
        return tuple(block for block in self.blocks if isinstance(block, Paragraph) and block.role == "recommendation")

    def tables(self) -> Iterator[Table]:
        """Every table in reading order, the charts' own included."""
        for block in self.blocks:
            if isinstance(block, Table):
                yield block
            elif isinstance(block, Chart):
                yield block.table


class BrokenDocument(ValueError):
    """Stored text that is not a Document of this program."""


_encoder = msgspec.json.Encoder(decimal_format="string", order="deterministic")
_decoder = msgspec.json.Decoder(Document)


def to_json(document: Document) -> bytes:
    """The canonical bytes of a Document: equal Documents give equal bytes, on which checksums rest."""
    return _encoder.encode(document)


def from_json(data: bytes | str) -> Document:
    """Read a Document back. Raises BrokenDocument when the bytes are not one."""
    try:
        return _decoder.decode(data)
    except msgspec.MsgspecError as error:
        raise BrokenDocument(f"This is not a stored Document: {error}") from error
