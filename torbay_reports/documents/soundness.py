"""What a Document has to be so that every reader can follow its links: asked when it is frozen, and again before pages
are set from one that was frozen earlier."""

from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from torbay_reports.documents.blocks import (
    Block,
    BulletList,
    CallOut,
    Chart,
    Document,
    Facts,
    Heading,
    Paragraph,
    Prose,
    Row,
    Table,
    WebLink,
    plain,
)

_WORDS: Final = 6


def is_address(address: str) -> bool:
    """Whether a link may lead there: a page of the web or an e-mail address, its scheme in capitals or not."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if parts.scheme == "mailto":
        return bool(parts.path)
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def fault(document: Document, called: str) -> str:
    """The first thing that stands against a Document, in a sentence that calls the paper so; nothing where it is sound.

    Two of its places share a name, so that a link to one would lead to the other, or a link has no address.
    """
    places: dict[str, Block | tuple[Table, Row]] = {}
    for anchor, place in _places(document):
        if anchor in places:
            both = f"{_described(places[anchor])} and {_described(place)}"
            return f"The paper “{called}” has two places named “{anchor}”: {both}. Give one of them another name."
        places[anchor] = place
    for prose in _proses(document):
        for inline in prose:
            if isinstance(inline, WebLink) and not is_address(inline.address):
                return (
                    f"In the paper “{called}” the words “{inline.text}” link to “{inline.address}”: "
                    "give an address that begins with https://, http:// or mailto:."
                )
    return ""


def _places(document: Document) -> Iterator[tuple[str, Block | tuple[Table, Row]]]:
    for block in document.blocks:
        yield block.anchor, block
        table = _table_of(block)
        if table is not None:
            if table is not block:
                yield table.anchor, table
            yield from ((row.anchor, (table, row)) for row in table.rows)


def _proses(document: Document) -> Iterator[Prose]:
    for block in document.blocks:
        match block:
            case Paragraph() | CallOut():
                yield block.content
            case BulletList():
                yield from block.items
            case Chart():
                yield block.sentence
        table = _table_of(block)
        if table is not None:
            yield from (cell.content for row in table.rows for cell in row.cells)


def _table_of(block: Block) -> Table | None:
    if isinstance(block, Chart):
        return block.table
    return block if isinstance(block, Table) else None


def _described(place: Block | tuple[Table, Row]) -> str:
    if isinstance(place, tuple):
        table, row = place
        said = " ".join(cell.text for cell in row.cells)
        return f"the row “{_short(said)}” of the table “{_short(table.caption)}”"
    match place:
        case Heading():
            return f"the heading “{_short(place.text)}”"
        case Paragraph() | CallOut():
            return f"the paragraph “{_short(plain(place.content))}”"
        case BulletList():
            return f"the list “{_short(' '.join(map(plain, place.items)))}”"
        case Facts() | Table():
            return f"the table “{_short(place.caption)}”"
        case Chart():
            return f"the chart “{_short(place.title)}”"


def _short(text: str) -> str:
    words = text.split()
    return f"{' '.join(words[:_WORDS])}{'…' if len(words) > _WORDS else ''}"
