"""Rows set both ways: by the program's own code, and by WeasyPrint, which is the measure."""

from collections.abc import Sequence

from msgspec.structs import replace

from tests.publishing.parts.rows.drawing import Drawing, Glyph, drawn, tree
from torbay_reports.documents.blocks import Row, Table
from torbay_reports.publishing import layout, markup
from torbay_reports.publishing.checks.parts import check_part
from torbay_reports.publishing.layout import InContext, Sheet
from torbay_reports.publishing.parts.pieces import Kind, Piece
from torbay_reports.publishing.parts.printed import Printed
from torbay_reports.publishing.parts.rows.setting import set_row
from torbay_reports.publishing.parts.setting import press
from torbay_reports.publishing.parts.values import Strip

ENDLESS = 200_000.0
NEAR = 0.02
"""Points by which places may differ."""


def sheet(*, is_landscape: bool = True) -> Sheet:
    return Sheet("item-5-report", "Quarter 1 report", "en-GB", is_landscape, "#0b3c6f")


def by_us(table: Table, on: Sheet) -> list[Strip | None]:
    """The strips of a table's rows; nothing for those that are not plain."""
    heads = markup.has_row_heads(len(table.rows), len(table.columns))
    last = len(table.rows) - 1
    return [
        set_row(
            table,
            row,
            paper=on.key,
            has_row_heads=heads,
            is_last=place == last and not table.notes,
            sheet=on,
            press=press(),
        )
        for place, row in enumerate(table.rows)
    ]


def by_weasyprint(table: Table, on: Sheet) -> list[Strip]:
    """The same, each row on an endless page of its own."""
    pieces = [_piece(table, place, row) for place, row in enumerate(table.rows)]
    shown = []
    for piece in pieces:
        assert piece.row is not None
        excerpt = markup.Excerpt(piece.has_row_heads, opens=False, has_head=False, has_end=piece.is_last)
        block = InContext(replace(table, rows=(piece.row,), notes=()))
        shown.append(layout.block_html(block, on.key, excerpt=excerpt))
    html = layout.pieces_html(on, shown, room=ENDLESS, is_apart=True)
    printed = Printed.of(press().set(html), "rows")
    return [printed.strip(page, piece, on.key) for page, piece in enumerate(pieces)]


def _piece(table: Table, place: int, row: Row) -> Piece:
    return Piece(
        Kind.ROW,
        InContext(replace(table, rows=(), notes=())),
        row=row,
        has_row_heads=markup.has_row_heads(len(table.rows), len(table.columns)),
        is_last=place == len(table.rows) - 1 and not table.notes,
    )


def compare(ours: Strip, theirs: Strip, told: object = "") -> None:
    """Raise AssertionError where a reader or a screen reader could tell them apart."""
    check_part(ours.part)
    assert len(ours.part.pages) == len(theirs.part.pages), told
    for page in range(len(ours.part.pages)):
        _compare_pages(drawn(ours, page), drawn(theirs, page), told)
    assert tree(ours) == tree(theirs), told
    assert _are_near(ours.room.heights, theirs.room.heights), told
    assert (ours.room.above, ours.room.below) == (theirs.room.above, theirs.room.below), told
    _compare_places(ours, theirs, told)


def _compare_pages(left: Drawing, right: Drawing, told: object) -> None:
    letters, others = _in_order(left), _in_order(right)
    assert [glyph.text for glyph in letters] == [glyph.text for glyph in others], told
    for glyph, other in zip(letters, others, strict=True):
        assert _is_same(glyph, other), (told, glyph, other)
    assert [colour for colour, _ in left.areas] == [colour for colour, _ in right.areas], told
    for (_, box), (_, other_box) in zip(left.areas, right.areas, strict=True):
        assert _are_near(box, other_box), (told, box, other_box)


def _in_order(drawing: Drawing) -> list[Glyph]:
    """The letters with the marks of points, which WeasyPrint paints last, behind all others."""
    return sorted(drawing.letters, key=lambda glyph: glyph.text == "•")


def _compare_places(ours: Strip, theirs: Strip, told: object) -> None:
    part, other = ours.part, theirs.part
    assert part.goes_on == other.goes_on
    assert part.destinations.keys() == other.destinations.keys(), told
    for name, place in part.destinations.items():
        assert _are_near(place, other.destinations[name]), (told, place, other.destinations[name])
    assert [link.target for link in part.links] == [link.target for link in other.links], told
    for link, other_link in zip(part.links, other.links, strict=True):
        assert _are_near(link.area, other_link.area), (told, link, other_link)
    for page, other_page in zip(part.pages, other.pages, strict=True):
        assert page.width == other_page.width
        assert _are_near((page.height,), (other_page.height,))
    # Fonts of one name are one on a page of strips from both.
    for page, other_page in zip(part.pages, other.pages, strict=True):
        faces = {name: part.fonts[number].face for name, number in page.fonts.items()}
        other_faces = {name: other.fonts[number].face for name, number in other_page.fonts.items()}
        assert {name for name in other_faces if other_faces[name]} <= faces.keys()
        assert all(faces[name] == other_faces[name] for name in faces.keys() & other_faces.keys())
    texts = [{font.face: dict(font.glyphs) for font in each.fonts} for each in (part, other)]
    for face, glyphs in texts[1].items():
        assert glyphs.items() <= texts[0][face].items(), told


def _is_same(left: Glyph, right: Glyph) -> bool:
    is_same = (left.text, left.face, left.colour) == (right.text, right.face, right.colour)
    return is_same and _are_near((left.x, left.y, left.size), (right.x, right.y, right.size))


def _are_near(left: Sequence[float], right: Sequence[float]) -> bool:
    return all(abs(one - other) < NEAR for one, other in zip(left, right, strict=True))
