"""The blocks of a paper in their context, and its pieces as pages."""

from django.utils.safestring import mark_safe

from tests.publishing import packs
from torbay_reports.documents.blocks import Block, BulletList, CallOut, Document, Heading, Paragraph, Table, words
from torbay_reports.publishing.layout import InContext, Sheet, in_context, pieces_html
from torbay_reports.publishing.parts import breaks
from torbay_reports.publishing.parts.setting import press

SHEET = Sheet("paper", "Paper", "cy", True, "#123456")


def shown(*blocks: Block) -> list[InContext]:
    return list(in_context(Document("a", "b", "Title", blocks)))


def paragraph(anchor: str) -> Paragraph:
    return Paragraph(anchor, words("Words."))


def band(anchor: str, level: int) -> Heading:
    return Heading(anchor, "Band", level, is_band=True)


def test_a_paragraph_introduces_the_table_chart_or_list_behind_it_and_nothing_else() -> None:
    for following in (packs.budget_table(), packs.chart(), BulletList("l", (words("A point."),))):
        assert [each.introduces for each in shown(paragraph("p"), paragraph("q"), following)][:3] == [
            False,
            True,
            False,
        ]
    for other in (paragraph("q"), CallOut("c", words("Note.")), Heading("h", "Head", 2)):
        assert not any(each.introduces for each in shown(paragraph("p"), other))
    assert not any(each.introduces for each in shown(Heading("h", "Head", 2), packs.budget_table()))


def test_a_band_follows_only_the_greater_band_right_above_it() -> None:
    found = shown(band("one", 2), band("two", 3), band("three", 3), paragraph("p"), band("four", 3))
    assert [each.follows_band for each in found] == [False, True, False, False, False]
    assert not any(each.follows_band for each in shown(Heading("h", "Head", 2), band("b", 3)))
    assert not any(each.follows_band for each in shown(band("b", 2), Heading("h", "Head", 3)))


def test_the_table_of_a_charts_figures_stands_below_it() -> None:
    chart = packs.chart()
    found = [each.block for each in shown(chart, paragraph("p"))]
    assert [getattr(each, "anchor", "") for each in found] == ["chart", "chart-table", "p"]
    assert isinstance(found[1], Table)


def test_pieces_stand_below_each_other_or_each_on_a_page_of_its_own() -> None:
    pieces = [mark_safe(f'<p id="p{number}">Words.</p>') for number in range(4)]
    together = press().set(pieces_html(SHEET, pieces, room=400, is_apart=False))
    assert len(together.pages) == 1
    apart = press().set(pieces_html(SHEET, pieces, room=400, is_apart=True))
    found = [[box.element.get("id") for box in breaks.pieces_on(apart, page)] for page in range(len(apart.pages))]
    assert found == [["p0"], ["p1"], ["p2"], ["p3"]]


def test_a_page_of_pieces_has_the_papers_language_and_the_councils_colour() -> None:
    html = pieces_html(SHEET, [], room=400, is_apart=False)
    assert html.count('lang="cy"') == 2
    assert "--council: #123456" in html
    assert 'class="paper landscape"' in html
