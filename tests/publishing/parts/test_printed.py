"""What WeasyPrint has laid out is taken as strips: their tags, names, places and links, cut to the piece."""

from random import Random

import pytest
from django.utils.safestring import mark_safe

from tests.publishing import packs
from tests.publishing.parts import papers
from torbay_reports.documents.blocks import Document, Paragraph, ParagraphLink, Table, Text, WebLink, words
from torbay_reports.publishing import layout, markup
from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.layout import InContext, Sheet
from torbay_reports.publishing.parts.pieces import Chapter, Kind, Piece, Unit
from torbay_reports.publishing.parts.printed import Printed
from torbay_reports.publishing.parts.setting import ENDLESS, press
from torbay_reports.publishing.parts.values import CONTENT, Element, Strip, kid_kind

SHEET = Sheet("item-5-report", "Quarter 1 report", "en-GB", False, "#0b3c6f")


def set_units(chapter: Chapter, *kinds: Kind) -> list[tuple[Unit, Strip]]:
    """The strips of the pieces of these kinds."""
    units = [*chapter.units, *(unit.again for unit in chapter.units if unit.again)]
    some = [unit for unit in units if unit.piece.kind in kinds]
    return list(zip(some, papers.strips(chapter, some), strict=True))


def table(rows: int = 3) -> Chapter:
    return papers.chapter(Document("a", "b", "Title", (papers.table(Random(7), "t", rows, first=0),)))


def of_kind(strip: Strip, kind: str) -> list[Element]:
    return [each for each in strip.part.elements if each.kind == kind]


def alone(piece: Piece) -> Strip:
    """A row set by WeasyPrint, as one is that the program's own code leaves to it."""
    assert piece.row is not None
    shown = InContext(Table(piece.table.anchor, "", piece.table.columns, (piece.row,)))
    excerpt = markup.Excerpt(piece.has_row_heads, has_end=piece.is_last)
    html = layout.block_html(shown, SHEET.key, excerpt=excerpt)
    pages = layout.pieces_html(SHEET, [mark_safe("<p></p>"), html], room=ENDLESS, is_apart=True)
    return Printed.of(press().set(pages), "the paper").strip(1, piece, SHEET.key)


def test_a_head_that_is_repeated_is_painted_and_not_read() -> None:
    (_, strip), *_ = set_units(table(), Kind.AGAIN)
    assert strip.part.elements == ()
    assert strip.part.tops == ()
    assert strip.part.destinations == {}
    assert strip.part.pages[0].owners == ()
    assert len(strip.part.fonts) > 0


def test_a_rows_cells_stand_under_the_heads_that_were_set_by_themselves() -> None:
    chapter = table()
    [(_, head)] = set_units(chapter, Kind.HEAD)
    heads = {each.name: each.scope for each in head.part.elements if each.name}
    assert set(heads.values()) == {"Column"}
    assert len(heads) == 5  # four columns and the group over two of them
    [_, (unit, ours), _] = set_units(chapter, Kind.ROW)
    for strip in (ours, alone(unit.piece)):
        named = {each.name for each in strip.part.elements if each.scope == "Row"}
        for cell in of_kind(strip, "TD"):
            assert set(cell.headers) - named <= set(heads)
            assert set(cell.headers) - named
    assert len({each.name for strip in (head, ours) for each in strip.part.elements if each.name}) > len(heads)


def test_a_row_goes_on_with_the_table_before_it_and_a_whole_table_does_not() -> None:
    chapter = table()
    assert [strip.part.goes_on for _, strip in set_units(chapter, Kind.ROW)] == [True] * 3
    assert [strip.part.goes_on for _, strip in set_units(chapter, Kind.HEAD)] == [False]
    for unit, strip in set_units(chapter, Kind.ROW):
        assert [each.kind for each in strip.part.elements][:3] == ["Table", "TBody", "TR"]
        assert alone(unit.piece).part.goes_on


def test_a_strip_is_as_high_as_its_piece_and_as_wide_as_the_paper() -> None:
    for unit, strip in set_units(papers.chapter(papers.document(2)), *Kind):
        [page] = strip.part.pages
        assert strip.room.heights == (page.height,), unit.piece.kind
        assert round(page.width) in {595, 842}
        # What our own code sets draws nothing but letters and rules, which need no entries.
        assert len(strip.entries) <= 1
        assert page.resources == ()


def test_every_mark_is_held_by_the_element_that_names_it() -> None:
    for _, strip in set_units(papers.chapter(papers.document(3)), *Kind):
        for page in strip.part.pages:
            for mcid, owner in enumerate(page.owners):
                assert (CONTENT, mcid) in strip.part.elements[owner].kids
        held = sum(kid_kind(kid) == CONTENT for each in strip.part.elements for kid in each.kids)
        assert held == sum(owner >= 0 for page in strip.part.pages for owner in page.owners)


def test_places_links_and_pictures_are_within_their_strip() -> None:
    content = (
        Text(text="See "),
        ParagraphLink(text="1.1", anchor="p"),
        WebLink(text="plan", address="https://a.invalid/"),
    )
    blocks = (packs.chart(), Paragraph("p", content, "1.1"))
    found = set_units(papers.chapter(Document("a", "b", "Title", blocks)), Kind.BLOCK)
    chart, paragraph = found[0][1], found[-1][1]
    for strip in (chart, paragraph):
        [page] = strip.part.pages
        for _, x, y in strip.part.destinations.values():
            assert 0 < x < page.width
            assert y == pytest.approx(page.height, abs=0.01)
    [figure] = of_kind(chart, "Figure")
    left, bottom, right, top = figure.box
    assert 0 < left < right < chart.part.pages[0].width
    assert 0 < bottom < top < chart.part.pages[0].height
    assert figure.alternative == "Harbours is £1,377k over; Parks is £43k under."
    assert {link.target for link in paragraph.part.links} == {"#item-5-report--p", "https://a.invalid/"}
    for link in paragraph.part.links:
        left, bottom, right, top = link.area
        assert 0 < left < right < paragraph.part.pages[0].width
        assert -1 < bottom < top < paragraph.part.pages[0].height + 1


def test_a_table_of_two_header_rows_names_each_cell_once_over_pages() -> None:
    html = layout.block_html(InContext(packs.long_table(12)), SHEET.key)
    pages = layout.pieces_html(SHEET, [html], room=300, is_apart=False)
    part = Printed.of(press().set(pages), "the paper").whole()
    assert len(part.pages) > 2
    names = [each.name for each in part.elements if each.name]
    assert len(names) == len(set(names)) == 3 + 12
    assert sum(each.kind == "TR" for each in part.elements) == 1 + 12
    assert [part.elements[top].kind for top in part.tops] == ["Table"]
    assert not part.goes_on


def test_a_part_of_whole_pages_holds_their_resources_itself() -> None:
    shown = [layout.block_html(InContext(packs.chart()), SHEET.key)]
    part = Printed.of(press().set(layout.pieces_html(SHEET, shown, room=700, is_apart=False)), "the paper").whole()
    [page] = part.pages
    assert page.resources
    assert round(page.width) == 595
    assert part.destinations["item-5-report--chart"][0] == 0


def test_a_fault_names_the_paper() -> None:
    shown = [layout.block_html(InContext(Paragraph("p", words("Odd \U000f1234."))), SHEET.key)]
    document = press().set(layout.pieces_html(SHEET, shown, room=700, is_apart=False))
    with pytest.raises(PackFault, match="The paper “Any” has the character"):
        Printed.of(document, "the paper “Any”").whole()
