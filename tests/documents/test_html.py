import json
from datetime import date
from decimal import Decimal

import pytest
from lxml.html import HtmlElement
from msgspec.structs import replace

from tests.documents.builders import HOSTILE, budget, paper, parsed, texts
from torbay_reports.documents.blocks import (
    BulletList,
    CallOut,
    Cell,
    Chart,
    Column,
    Facts,
    Figure,
    Heading,
    LineBreak,
    Paragraph,
    ParagraphLink,
    Remark,
    Row,
    Table,
    Text,
    WebLink,
    words,
)
from torbay_reports.documents.html import figure_json, render_block, render_rows_in_words, render_screen

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="4" height="4"/></svg>'


def a_chart(figure: str = '{"data":[],"layout":{}}', title: str = "Variances") -> Chart:
    return Chart(anchor="chart", title=title, sentence=words("Care is over."), figure=figure, table=budget(), svg=SVG)


def test_a_numbered_paragraph_shows_its_number_and_has_its_anchor() -> None:
    page = parsed(render_screen(paper(Paragraph(anchor="para-4.4", number="4.4", content=words("Of the year.")))))
    paragraph = page.get_element_by_id("para-4.4")
    assert texts(paragraph.cssselect(".numbered__number")) == ["4.4"]
    assert texts(paragraph.cssselect(".numbered__text")) == ["Of the year."]


def test_a_paragraph_that_goes_on_has_no_number() -> None:
    page = parsed(render_screen(paper(Paragraph(anchor="more", content=words("And so on.")))))
    assert page.get_element_by_id("more").cssselect(".numbered__number") == []


@pytest.mark.parametrize("level", [2, 3, 4])
def test_a_heading_has_its_level_and_its_number(level: int) -> None:
    page = parsed(render_screen(paper(Heading(anchor="h", text="Borrowing", level=level, number="4.26"))))
    heading = page.get_element_by_id("h")
    assert heading.tag == f"h{level}"
    assert texts([heading]) == ["4.26 Borrowing"]


def test_figures_links_to_paragraphs_and_links_elsewhere_are_told_apart() -> None:
    content = (
        Text(text="A sum of "),
        Figure(text="£1.4m", ref="total.variance", value=Decimal(1365), unit="thousands"),
        ParagraphLink(text="4.32", anchor="para-4.32"),
        WebLink(text="The Act", address="https://www.example.org/act"),
    )
    page = parsed(render_screen(paper(Paragraph(anchor="p", content=content))))
    assert [(each.get("data-ref"), each.text) for each in page.cssselect(".figure")] == [("total.variance", "£1.4m")]
    assert [(a.get("href"), a.get("rel")) for a in page.cssselect("#p a")] == [
        ("#para-4.32", None),
        ("https://www.example.org/act", "external"),
    ]


def test_an_address_that_runs_a_script_stays_words() -> None:
    link = WebLink(text="Press here", address="javascript:alert(1)")
    page = parsed(render_screen(paper(Paragraph(anchor="p", content=(link,)))))
    assert page.cssselect("#p a") == []
    assert texts(page.cssselect("#p")) == ["Press here"]


def test_facts_are_a_table_whose_labels_head_their_rows() -> None:
    facts = Facts(
        anchor="facts", caption="About this report", rows=(("Meeting", ("Board", "Council")), ("Wards", ("All",)))
    )
    page = parsed(render_screen(paper(facts)))
    assert texts(page.cssselect("#facts th[scope=row]")) == ["Meeting", "Wards"]
    assert texts(page.cssselect("#facts td")) == ["Board Council", "All"]
    assert texts(page.cssselect("#facts caption")) == ["About this report"]


def test_points_and_call_outs_keep_their_order_and_anchors() -> None:
    document = paper(
        BulletList(anchor="points", items=(words("First"), words("Second"))),
        CallOut(
            anchor="as-at",
            content=(Text(text="Figures as at "), Figure(text="30 June 2017", ref="q", day=date(2017, 6, 30))),
        ),
    )
    page = parsed(render_screen(document))
    assert texts(page.cssselect("#points li")) == ["First", "Second"]
    assert texts(page.cssselect("#as-at.govuk-inset-text")) == ["Figures as at 30 June 2017"]


def test_a_page_marker_stands_where_the_printed_page_changes_and_only_there() -> None:
    blocks = [Paragraph(anchor=f"p{n}", content=words(f"Paragraph {n}")) for n in range(4)]
    page = parsed(render_screen(paper(*blocks), pages={"p0": "2", "p1": "2", "p2": "3", "p3": "3"}))
    markers = page.cssselect(".page-marker a")
    assert [(a.get("id"), a.get("href")) for a in markers] == [("page-2", "#page-2"), ("page-3", "#page-3")]
    assert texts(markers) == ["Page 2 of the printed pack", "Page 3 of the printed pack"]


def test_a_page_that_begins_inside_a_table_is_marked_without_entering_the_cell() -> None:
    page = parsed(render_screen(paper(budget()), pages={"budget": "4", "row-care": "5"}))
    header = page.cssselect("#row-care th")[0]
    assert texts([header]) == ["Care"]
    assert header.cssselect("a")[0].get("id") == "page-5"
    assert header.cssselect("a")[0].get("aria-label") == "Page 5 of the printed pack"


def test_a_table_that_is_read_in_words_first_shows_its_sentences_and_folds_its_columns() -> None:
    page = parsed(render_screen(paper(budget(in_words_first=True)), pages={"row-care": "5"}))
    lines = page.cssselect(".in-words li")
    assert texts(lines) == ["Parks: £43k under", "Care: £1,377k over", "Roads: £96k over", "Net budget: £1,430k over"]
    assert [line.get("id") for line in lines] == ["row-parks", "row-care", "row-roads", "row-total"]
    assert lines[1].cssselect("#page-5")
    assert len(page.cssselect("details table tbody tr")) == 4


def test_no_id_stands_twice() -> None:
    document = paper(budget(in_words_first=True), a_chart(), Heading(anchor="h", text="Words", level=2))
    page = parsed(
        render_screen(paper(*document.blocks[:1], document.blocks[2])) + render_block(a_chart(), prefix="top-")
    )
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_a_table_leads_to_the_page_where_it_can_be_sorted() -> None:
    by_mapping = parsed(render_screen(paper(budget()), table_links={"budget": "/table/budget/"}))
    by_function = parsed(render_screen(paper(budget()), table_links=lambda anchor: f"/table/{anchor}/"))
    for page in (by_mapping, by_function):
        assert page.cssselect(".table-links a")[0].get("href") == "/table/budget/"
    assert parsed(render_screen(paper(budget()))).cssselect(".table-links") == []


def test_a_chart_has_its_sentence_its_drawing_and_its_figures() -> None:
    page = parsed(render_screen(paper(a_chart())))
    assert texts(page.cssselect("#chart .chart__sentence")) == ["Care is over."]
    assert page.cssselect("#chart .chart__static svg rect")
    assert page.cssselect("#chart .chart__static [role=img]")[0].get("aria-label") == "Variances. Care is over."
    assert len(page.cssselect("#chart details table tbody tr")) == 4
    assert page.cssselect("#chart .chart__drawing")[0].get("hidden") is not None


def test_a_page_that_begins_in_a_charts_folded_table_is_marked_above_the_fold() -> None:
    page = parsed(render_screen(paper(a_chart()), pages={"chart": "2", "budget": "3", "row-care": "4"}))
    assert [link.get("id") for link in page.cssselect(".page-marker a")] == ["page-2", "page-3", "page-4"]
    assert page.cssselect("#chart details a.page-marker-in-row, #chart details .page-marker a") == []
    assert [each[1] for each in folded_pages(page)] == ["3", "4", "4", "4"]


def told(page: HtmlElement) -> dict[str, str]:
    """The page of every place with a name, by the last mark before it."""
    here, found = "", {}
    for element in page.iter():
        mark = element.get("data-label") or (element.text if element.get("id", "").startswith("page-") else None)
        if mark and mark.startswith("Page "):
            here = mark.removeprefix("Page ").strip()
        elif element.get("id") and not element.get("id").endswith("-caption"):
            found[element.get("id")] = here
    return found


def folded_pages(page: HtmlElement) -> list[tuple[str, str]]:
    """Each row of the folded table with its page, by the last mark before its words."""
    here, found = "", []
    for element in page.iter():
        if (mark := element.get("data-label") or element.get("id") or "").lower().startswith(("page ", "page-")):
            here = mark[5:]
        if element.tag == "th" and element.get("scope") == "row":
            own = element.cssselect("[data-label]")
            found.append((element.text_content(), own[-1].get("data-label")[5:] if own else here))
    return found


PAGES = {"budget": "4", "row-parks": "4", "row-care": "5", "row-roads": "5", "row-total": "6"}


def test_a_row_below_the_fold_knows_its_page_and_what_follows_does_too() -> None:
    document = paper(budget(in_words_first=True), Paragraph(anchor="after", content=words("After.")))
    page = parsed(render_screen(document, pages={**PAGES, "after": "6"}))
    assert folded_pages(page) == [("Parks", "4"), ("Care", "5"), ("Roads", "5"), ("Net budget", "6")]
    assert told(page)["after"] == "6"
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_a_row_of_a_charts_folded_table_knows_its_page() -> None:
    page = parsed(render_screen(paper(a_chart()), pages={"chart": "3", **PAGES}))
    assert folded_pages(page) == [("Parks", "4"), ("Care", "5"), ("Roads", "5"), ("Net budget", "6")]


def test_a_page_that_begins_with_a_row_without_a_sentence_is_marked_before_the_next() -> None:
    table = budget(in_words_first=True)
    silent = replace(
        table, rows=tuple(replace(r, sentence="" if r.anchor == "row-care" else r.sentence) for r in table.rows)
    )
    page = parsed(render_screen(paper(silent), pages={**PAGES, "row-roads": "6"}))
    assert [each.get("id") for each in page.cssselect("#row-roads a")] == ["page-5", "page-6"]


def test_pages_on_which_nothing_begins_are_marked_where_the_next_begins_or_at_the_end() -> None:
    document = paper(*(Paragraph(anchor=name, content=words(name)) for name in ("long", "next")))
    page = parsed(render_screen(document, pages={"long": "2", "next": "4"}, labels=("2", "3", "4", "5")))
    assert [each.get("id") for each in page.xpath("//*[@id]")] == [
        "page-2",
        "long",
        "page-3",
        "page-4",
        "next",
        "page-5",
    ]


def test_a_number_is_an_address_that_no_other_place_has() -> None:
    document = paper(
        Paragraph(anchor="p-1", number="1.1", content=words("First.")),
        Paragraph(anchor="p-2", number="1.1", content=words("Printed twice.")),
        Paragraph(anchor="para-2", number="2.", content=words("So named.")),
        Heading(anchor="h", number="one/2", text="No address", level=2),
    )
    page = parsed(render_screen(document))
    assert [each.get("href") for each in page.cssselect(".numbered__link")] == ["#para-1.1", "#p-2", "#para-2", "#h"]
    assert [each.get("id") for each in page.cssselect(".numbered__link")] == ["para-1.1", None, None, None]
    # From page to page a keyboard goes in few steps; the address of a paragraph is its number, which can be typed.
    assert {each.get("tabindex") for each in page.cssselect(".numbered__link")} == {"-1"}
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_lines_end_where_they_ended_and_remarks_are_told_apart_from_what_is_printed() -> None:
    content = (*words("Done"), LineBreak(), Remark(text="as <b>"), Remark(text="Overdue", kind="mark"))
    page = parsed(render_screen(paper(Paragraph(anchor="p", content=content))))
    assert len(page.cssselect("#p br")) == 1
    assert texts(page.cssselect("#p .remark-aside")) == ["as <b>"]
    assert texts(page.cssselect("#p .remark-mark")) == ["Overdue"]


def test_a_trackers_rows_are_cards_on_a_phone_however_short_they_are() -> None:
    short = Table(
        "t", "T", (Column("a", "NOS"), Column("b", "How?")), (Row("r", (Cell(words("1")), Cell(words("x")))),)
    )
    assert parsed(render_screen(paper(replace(short, kind="tracker")))).cssselect(
        "table.figures--story.figures--tracker"
    )
    assert not parsed(render_screen(paper(short))).cssselect("table.figures--story")


def test_a_band_is_a_heading_like_any_other() -> None:
    page = parsed(render_screen(paper(Heading(anchor="t", text="Theme 1", level=2, is_band=True))))
    assert texts(page.cssselect("h2#t.numbered--band")) == ["Theme 1"]


def test_the_figure_cannot_leave_its_script_element() -> None:
    figure = json.dumps({"data": [{"y": ["</script><script>alert(1)</script>", "Parks & gardens"]}], "layout": {}})
    chart = a_chart(figure)
    page = parsed(render_screen(paper(chart)))
    scripts = page.cssselect("script")
    assert [script.get("type") for script in scripts] == ["application/json", "module"]
    assert json.loads(scripts[0].text) == json.loads(figure)
    assert "<" not in figure_json(chart)


def test_a_figure_that_is_no_json_leaves_the_printed_drawing_alone() -> None:
    page = parsed(render_screen(paper(a_chart("alert(1)"))))
    assert page.cssselect("script") == []
    assert page.cssselect("#chart .chart__static svg")


def test_hostile_words_are_shown_as_words_in_every_block() -> None:
    text = words(HOSTILE)
    document = paper(
        Heading(anchor="h", text=HOSTILE, level=2, number=HOSTILE),
        Paragraph(anchor="p", content=text, number=HOSTILE),
        BulletList(anchor="b", items=(text,)),
        Facts(anchor="f", caption=HOSTILE, rows=((HOSTILE, (HOSTILE,)),)),
        CallOut(
            anchor="c",
            content=(Figure(text=HOSTILE, ref=f'"{HOSTILE}'), ParagraphLink(text=HOSTILE, anchor=f'"{HOSTILE}')),
        ),
        a_chart(json.dumps({"data": [HOSTILE]}), title=HOSTILE),
        notice=HOSTILE,
    )
    page = parsed(render_screen(document, pages={"p": HOSTILE}))
    assert page.cssselect("img") == []
    assert page.xpath("//@onerror") == []
    assert HOSTILE in page.text_content()


def test_a_draft_says_so_and_a_notice_is_shown() -> None:
    page = parsed(render_screen(paper(draft=True, notice="Demonstration.")))
    assert texts(page.cssselect(".document__draft"))[0].startswith("DRAFT")
    assert texts(page.cssselect(".document__notice")) == ["Demonstration."]
    assert parsed(render_screen(paper())).cssselect(".document__draft, .document__notice") == []


def test_rows_without_a_sentence_are_left_out_of_the_words() -> None:
    rows = budget().rows[:1] + tuple(budget(in_words_first=True).rows[:0])
    page = parsed(render_rows_in_words(rows, title="Largest variances", prefix="top-"))
    assert texts(page.cssselect("li#top-row-parks")) == ["Parks: £43k under"]
    assert texts(page.cssselect(".in-words__title")) == ["Largest variances"]
