"""What stands where on laid-out pages is read from WeasyPrint's own boxes, one of which has a private name."""

import pytest
from django.utils.safestring import SafeString, mark_safe
from weasyprint import Document

from torbay_reports.publishing import layout
from torbay_reports.publishing.layout import Sheet
from torbay_reports.publishing.parts import breaks
from torbay_reports.publishing.parts.breaks import Boundary
from torbay_reports.publishing.parts.setting import press

SHEET = Sheet("paper", "Paper", "en-GB", False, "#0b3c6f")
NOTHING = Boundary()
LONG = "<br>".join(f"Line {number}" for number in range(60))


def pages(*pieces: str, room: float = 300.0) -> Document:
    """Pieces on pages with room for so many points."""
    shown: list[SafeString] = [mark_safe(piece) for piece in pieces]
    return press().set(layout.pieces_html(SHEET, shown, room=room, is_apart=False))


def row(name: str, words: str = "Words", css: str = "") -> str:
    return f'<tr id="{name}" class="{css}"><td>1</td><td>{words}</td></tr>'


def table(*rows: str, name: str = "t", head: str = "<thead><tr><th>No</th><th>What</th></tr></thead>") -> str:
    body = f'<tbody data-continued="Continued: {name}">{"".join(rows)}</tbody>'
    return f'<table id="{name}" data-name="{name}" class="figures">{head}{body}</table>'


def told(document: Document, page: int) -> list[tuple[str, str]]:
    return [(box.element.tag, box.element.get("id", "")) for box in breaks.pieces_on(document, page)]


def test_a_page_tells_which_pieces_stand_on_it_in_order() -> None:
    document = pages('<h2 id="h">Head</h2>', '<p id="p">Words.</p>', f'<p id="long">{LONG}</p>', '<p id="end">End.</p>')
    assert len(document.pages) > 2
    assert told(document, 0) == [("h2", "h"), ("p", "p"), ("p", "long")]
    assert told(document, 1) == [("p", "long")]
    assert told(document, len(document.pages) - 1) == [("p", "long"), ("p", "end")]


def test_a_box_begins_below_its_margin() -> None:
    document = pages("<p>First.</p>", '<p id="p" style="margin-top: 40px">Words.</p>')
    first, second = breaks.pieces_on(document, 0)
    assert breaks.top(second) - breaks.top(first) - first.border_height() == pytest.approx(40)


@pytest.mark.parametrize(
    ("css", "inner", "expected"),
    [
        ("margin: 30px 0 5px", "margin: 10px 0 20px", (30, 20)),
        ("margin: 10px 0", "margin: 30px 0", (30, 30)),
        ("margin: 10px 0", "margin: -4px 0 -6px", (6, 4)),
        ("margin: 10px 0; padding-top: 1px", "margin: 30px 0", (10, 30)),
        ("margin: 10px 0; border-bottom: 1px solid", "margin: 30px 0", (30, 10)),
    ],
)
def test_a_boxs_margins_are_those_that_collapse_with_its_childrens(
    css: str, inner: str, expected: tuple[float, float]
) -> None:
    """As WeasyPrint itself keeps them between the box and its neighbours."""
    shown = f'<div style="{css}"><p style="{inner}">Words.</p></div>'
    document = pages("<p style='margin: 0'>Before.</p>", shown, "<p style='margin: 0'>After.</p>")
    before, box, after = breaks.pieces_on(document, 0)
    assert breaks.margins(box) == expected
    feet = [breaks.top(each) + each.border_height() for each in (before, box)]
    content = box.children[0] if not box.padding_top else box
    assert breaks.top(content) - feet[0] == pytest.approx(expected[0])
    lowest = box if box.border_bottom_width else box.children[-1]
    assert breaks.top(after) - breaks.top(lowest) - lowest.border_height() == pytest.approx(expected[1])


def test_a_margin_that_is_dropped_at_the_top_of_a_page_is_told_all_the_same() -> None:
    document = pages(f"<p>{LONG}</p>", '<h2 style="margin: 30px 0 7px; break-before: page">Head</h2>')
    box = breaks.pieces_on(document, len(document.pages) - 1)[0]
    assert box.margin_top == 0
    assert breaks.margins(box) == (30, 7)


def test_what_goes_on_is_named_from_the_outside_in() -> None:
    items = "".join(f"<li>{LONG if number == 1 else 'Short.'}</li>" for number in range(3))
    document = pages("<p>First.</p>", f"<ul>{items}</ul>")
    assert breaks.boundaries(document) == [NOTHING, *[Boundary(("article", "ul", "li"))] * (len(document.pages) - 1)]
    whole = pages("<p>First.</p>", '<p style="break-before: page">Second.</p>')
    assert breaks.boundaries(whole) == [NOTHING, Boundary(("article",))]


def test_a_table_says_what_it_is_called_where_it_goes_on_and_its_repeated_head_is_passed_over() -> None:
    document = pages(table(*(row(f"r{number}") for number in range(30))))
    later = len(document.pages) - 1
    assert later >= 1
    assert breaks.boundaries(document) == [NOTHING, *[Boundary(("article", "table", "tbody"), "Continued: t")] * later]
    broken = pages(table(row("r0"), row("r1", LONG, "tall"), row("r2")))
    assert breaks.boundaries(broken)[1].names == ("article", "table", "tbody", "tr")


def test_the_tables_on_a_page_are_told_with_their_rows_below_the_head() -> None:
    first, second = table(row("a"), row("b"), name="one"), table(row("c"), row("d"), name="two", head="")
    document = pages(first, second)
    assert breaks.tables_on(document, 0) == [("one", ["a", "b"]), ("two", ["c", "d"])]
    long = pages(table(*(row(f"r{number}") for number in range(30))))
    seen = [breaks.tables_on(long, page) for page in range(len(long.pages))]
    assert [name for [(_, names)] in seen for name in names] == [f"r{number}" for number in range(30)]


def test_a_row_for_which_a_tables_head_is_left_out_is_found() -> None:
    """WeasyPrint leaves it out where head and row have no room on one page, unless the row may break."""
    document = pages(table(row("r0"), row("r1", LONG), row("r2")))
    assert breaks.rows_without_heads(document) == {"r1"}
    assert breaks.rows_without_heads(pages(table(row("r0"), row("r1", LONG, "tall"), row("r2")))) == set()
    assert breaks.rows_without_heads(pages(table(row("r0"), row("r1", LONG), head=""))) == set()
    assert breaks.rows_without_heads(pages(table(*(row(f"r{number}") for number in range(40))))) == set()
