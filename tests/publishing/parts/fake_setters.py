"""Workers that set pieces by counting words, and papers of so many words: their strips are sound, and cost nothing."""

import zlib
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from hashlib import sha256

import msgspec

from torbay_reports.documents.blocks import (
    Block,
    BulletList,
    Cell,
    Column,
    Document,
    Heading,
    Paragraph,
    Row,
    Table,
    plain,
    words,
)
from torbay_reports.publishing.layout import Sheet
from torbay_reports.publishing.markup import element_id
from torbay_reports.publishing.parts import pieces
from torbay_reports.publishing.parts.making import Making, Tell
from torbay_reports.publishing.parts.pieces import Chapter, Kind, Piece
from torbay_reports.publishing.parts.store import PartStore
from torbay_reports.publishing.parts.values import (
    CONTENT,
    ELEMENT,
    Element,
    Font,
    Kid,
    Part,
    PartPage,
    Room,
    Strip,
    content,
    strip_to_bytes,
)
from torbay_reports.publishing.parts.workers import READY, Outcome, Setters

LINE = 10.0
"""How high a line is, in points: each word of a piece has one of its own."""
LEAST = 2
"""Lines that have to stand together at a page's end or start."""
COLUMNS = (Column("step", "Step", width=1), Column("story", "Story", width=4))
SET_PIECES = f"{READY}:set_pieces"
BREAK_PIECE = f"{READY}:break_piece"

Told = list[object]


def lines(number: int, word: str = "word") -> str:
    """Text that takes so many lines."""
    return " ".join([word] * number)


def paragraph(name: str, number: int, word: str = "word") -> Paragraph:
    """A paragraph of so many lines."""
    return Paragraph(name, words(lines(number, word)))


def row(name: str, number: int, word: str = "word") -> Row:
    """A row of so many lines."""
    return Row(name, (Cell(words("")), Cell(words(lines(number, word)))))


def table(name: str, heights: Iterable[int], *, caption: str = "Steps", notes: tuple[str, ...] = ()) -> Table:
    """A table in rows of so many lines."""
    rows = tuple(row(f"{name}-{place}", height) for place, height in enumerate(heights))
    return Table(name, caption, COLUMNS, rows, notes, kind="tracker")


def paper(*blocks: Block) -> Document:
    """A paper of these blocks."""
    return Document("invented.any", "any", "Title", blocks)


def digest(piece: Piece) -> str:
    """What a strip says of its piece, in its content and in its tags."""
    return sha256(msgspec.msgpack.encode(piece)).hexdigest()[:12]


def height(piece: Piece) -> int:
    """A piece's lines."""
    if piece.row is not None:
        return len(piece.row.cells[1].text.split())
    match piece.shown.block if piece.shown and piece.kind == Kind.BLOCK else None:
        case Paragraph(content=told):
            return len(plain(told).split())
        case BulletList(items=items):
            return sum(len(plain(item).split()) for item in items)
        case Table(rows=rows):
            return sum(len(each.cells[1].text.split()) for each in rows)
        case Heading():
            return 2
    return 3


def broken(number: int, first: float, later: float) -> list[int]:
    """So many lines over pages with so many points."""
    found = []
    room = first
    while number:
        some = min(number, int((room + 0.01) // LINE))
        if 0 < number - some < LEAST:
            some = number - LEAST
        some = some if some >= min(LEAST, number) else 0
        if not some:
            return [0]
        found.append(some)
        number -= some
        room = later
    return found


def strip(piece: Piece, heights: Sequence[int], paper_key: str = "paper") -> Strip:
    """The sound strip of a piece that has so many lines on each page; none on the first is nothing at all."""
    if not heights[0]:
        return Strip(Room((0.0,)), Part((), (), (), {}))
    elements = _elements(piece, len(heights), paper_key)
    pages = tuple(
        PartPage(
            width=595.276,
            height=LINE * each,
            content=zlib.compress(_painted(piece, number, is_held=bool(elements))),
            fonts={"F": 0},
            owners=(len(elements) - 1,) if elements else (),
        )
        for number, each in enumerate(heights)
    )
    part = Part(
        pages=pages,
        elements=elements,
        tops=(0,) if elements else (),
        destinations={},
        fonts=(Font("400-normal", ((1, "a"),)),),
        goes_on=piece.kind == Kind.ROW,
    )
    margins = (6.0, 8.0) if piece.kind == Kind.BLOCK else (0.0, 0.0)
    return Strip(Room(tuple(page.height for page in pages), *margins), part, tuple({} for _ in pages))


def _painted(piece: Piece, fragment: int, *, is_held: bool) -> bytes:
    mark = b"/P <</MCID 0>> BDC" if is_held else b"/Artifact\nBMC"
    return b"q\n%%%s-%d\n%s\nBT\n/F 10 Tf\n<0001> Tj\nET\nEMC\nQ" % (digest(piece).encode(), fragment, mark)


def _elements(piece: Piece, pages: int, paper_key: str) -> tuple[Element, ...]:
    held = ((CONTENT, 0), *(content(page, 0) for page in range(1, pages)))
    told = digest(piece)
    match piece.kind:
        case Kind.AGAIN:
            return ()
        case Kind.HEAD:
            return _under(("Table", "THead", "TR"), Element("TH", 0, held, _head(piece, paper_key), "Column"))
        case Kind.ROW:
            cell = Element("TD", 0, held, headers=(_head(piece, paper_key),), actual_text=told)
            return _under(("Table", "TBody", "TR"), cell)
    return (Element("P", 0, held, actual_text=told),)


def _head(piece: Piece, paper_key: str) -> str:
    return f"{element_id(paper_key, piece.table.anchor)}-head"


def _under(kinds: Sequence[str], last: Element) -> tuple[Element, ...]:
    def kid(place: int) -> Kid:
        return ELEMENT, place + 1

    return (*(Element(kind, 0, (kid(place),)) for place, kind in enumerate(kinds)), last)


def _told(sheet: Sheet, piece: Piece, heights: Sequence[int]) -> Told:
    made = strip(piece, heights, sheet.key)
    return [list(made.room.heights), made.room.above, made.room.below, strip_to_bytes(made)]


class FakeSetters:
    """So many orders are taken on at once, and `pick` says which of them is finished next."""

    def __init__(self, size: int = 1, pick: Callable[[int], int] = lambda many: 0) -> None:
        self.size = size
        self.pieces: list[Piece] = []
        """What was set whole."""
        self.broken: list[Piece] = []
        """What was broken over pages."""
        self.orders = 0
        self._pick = pick
        self._waiting: list[tuple[int, str, object]] = []

    @property
    def idle(self) -> int:
        return self.size - len(self._waiting)

    def submit(self, function: str, argument: object) -> int:
        assert self.idle
        self.orders += 1
        self._waiting.append((self.orders, function, argument))
        return self.orders

    def finished(self) -> list[Outcome]:
        ticket, function, argument = self._waiting.pop(self._pick(len(self._waiting)) % len(self._waiting))
        assert isinstance(argument, bytes)
        return [Outcome(ticket, {SET_PIECES: self.set_pieces, BREAK_PIECE: self.break_piece}[function](argument))]

    def set_pieces(self, data: bytes) -> object:
        """Each piece's room and strip."""
        order = pieces.order_from(data)
        self.pieces += order.pieces
        return [_told(order.sheet, piece, [height(piece)]) for piece in order.pieces]

    def break_piece(self, data: bytes) -> object:
        """A broken piece's room and strip, alone in a list."""
        order = pieces.break_order_from(data)
        self.broken.append(order.piece)
        return [_told(order.sheet, order.piece, broken(height(order.piece), order.first, order.later))]


def refused() -> AbstractContextManager[Setters]:
    """What is asked for workers where none is needed."""
    raise AssertionError("Workers were asked for.")


def made(
    chapters: Sequence[Chapter],
    store: PartStore,
    setters: Setters | None = None,
    tell: Tell = lambda done, total: None,
) -> list[tuple[Part, ...]]:
    """The chapters' parts, set by these workers."""
    workers = setters or FakeSetters()
    return Making(chapters, store=store, pool=lambda: nullcontext(workers), tell=tell).parts()


def said(parts: Iterable[Part]) -> list[list[str]]:
    """What strips stand on each page, by the digests in its content."""
    return [
        [line[1:].decode() for line in zlib.decompress(page.content).splitlines() if line.startswith(b"%")]
        for part in parts
        for page in part.pages
    ]
