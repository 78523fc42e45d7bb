import csv
import io
from decimal import Decimal
from typing import Literal

import pytest
import tablib
from django.http import HttpRequest
from django.test import RequestFactory
from openpyxl import load_workbook

from tests.documents.builders import HOSTILE, amount, budget, money_row, parsed, texts
from torbay_reports.documents.blocks import Cell, Column, Row, Table, words
from torbay_reports.documents.html import render_block, render_table_page
from torbay_reports.documents.tables import BlockTable, UnknownFormat, exported, matching, table_for


def asked(**query: str) -> HttpRequest:
    return RequestFactory().get("/table/", query)


def shown_names(block: Table, request: HttpRequest) -> list[str]:
    return texts(parsed(render_table_page(block, request)).cssselect("tbody th"))


def test_every_head_has_its_scope_and_groups_span_their_columns() -> None:
    page = parsed(render_block(budget()))
    group = page.cssselect("thead th[scope=colgroup]")
    assert [(texts([th])[0], th.get("colspan")) for th in group] == [("2017/18 Budget", "2")]
    assert texts(page.cssselect("thead th[scope=col]")) == ["Service", "Net £000s", "Variance £000s"]
    assert page.cssselect("thead th[scope=col]")[0].get("rowspan") == "2"
    assert [each.get("span") for each in page.cssselect("colgroup")] == ["1", "2"]


def test_the_first_cell_heads_its_row_and_the_rest_are_data() -> None:
    page = parsed(render_block(budget()))
    row = page.get_element_by_id("row-parks")
    assert [cell.tag for cell in row] == ["th", "td", "td"]
    assert row[0].get("scope") == "row"
    assert texts(list(row)) == ["Parks", "9,120", "(43)"]


def test_numbers_are_marked_as_numbers_and_negatives_as_bracketed() -> None:
    page = parsed(render_block(budget()))
    classes = [cell.get("class") for cell in page.get_element_by_id("row-parks")]
    assert classes == [None, "numeric", "numeric bracketed"]


def test_a_tone_comes_with_a_word_for_those_who_hear_it() -> None:
    cell = parsed(render_block(budget())).cssselect("#row-care .tone-adverse")[0]
    assert texts(cell.cssselect(".govuk-visually-hidden")) == ["overspend"]


def test_levels_and_depths_are_classes_of_the_row() -> None:
    page = parsed(render_block(budget()))
    assert page.get_element_by_id("row-parks").get("class") == "level-service depth-1"
    assert page.get_element_by_id("row-total").get("class") == "level-net"


def test_the_frame_can_be_reached_and_says_what_it_holds() -> None:
    page = parsed(render_block(budget()))
    frame = page.cssselect(".table-frame")[0]
    assert (frame.get("role"), frame.get("tabindex")) == ("region", "0")
    assert texts([page.get_element_by_id(frame.get("aria-labelledby"))]) == ["Budget by service"]


def test_notes_stand_beneath() -> None:
    assert texts(parsed(render_block(budget())).cssselect(".table-notes")) == ["Figures may not cast due to rounding."]


def test_rows_of_sentences_name_every_cell_for_a_phone() -> None:
    block = Table(
        anchor="risks",
        caption="Risks",
        columns=(Column(key="risk", label="Risk"), Column(key="mitigation", label="Mitigation")),
        rows=(Row(anchor="r1", cells=(Cell(content=words("Savings")), Cell(content=words("Watched monthly. " * 8)))),),
    )
    page = parsed(render_block(block))
    assert page.cssselect("table.figures--story td")[0].get("data-label") == "Mitigation"


def test_tables_share_no_columns() -> None:
    assert not BlockTable.base_columns
    table_for(budget())
    assert not BlockTable.base_columns


def test_numbers_sort_by_their_exact_value_and_the_total_stays_last() -> None:
    assert shown_names(budget(), asked(sort="variance")) == ["Parks", "Roads", "Care", "Net budget"]
    assert shown_names(budget(), asked(sort="-variance")) == ["Care", "Roads", "Parks", "Net budget"]


def test_an_absent_figure_sorts_last_both_ways() -> None:
    assert shown_names(budget(), asked(sort="net")) == ["Parks", "Care", "Roads", "Net budget"]
    assert shown_names(budget(), asked(sort="-net")) == ["Care", "Parks", "Roads", "Net budget"]


def test_values_that_read_alike_sort_by_what_was_rounded_away() -> None:
    block = Table(
        anchor="b",
        caption="B",
        columns=budget().columns,
        rows=tuple(
            money_row(f"r{n}", name, amount("1", "1"), amount(value, "0.1", unit))
            for n, (name, value, unit) in enumerate(
                [("Most", "0.14", "millions"), ("Least", "60", "thousands"), ("Middle", "90000", "pounds")]
            )
        ),
    )
    assert shown_names(block, asked(sort="variance")) == ["Least", "Middle", "Most"]


def test_the_head_says_how_the_table_is_sorted_and_offers_the_other_way() -> None:
    page = parsed(render_table_page(budget(), asked(sort="-variance", q="a")))
    head = page.cssselect("th[aria-sort]")
    assert [th.get("aria-sort") for th in head] == ["descending"]
    assert head[0].cssselect("a")[0].get("href") == "?sort=variance&q=a"


def test_an_unknown_column_to_sort_by_is_ignored() -> None:
    assert shown_names(budget(), asked(sort="nonsense")) == ["Parks", "Care", "Roads", "Net budget"]


def test_rows_are_found_by_their_words_in_any_order_and_case() -> None:
    assert [row.anchor for row in matching(budget().rows, "OVER care")] == ["row-care"]
    assert [row.anchor for row in matching(budget().rows, "")] == [row.anchor for row in budget().rows]


def test_a_search_without_result_says_what_to_do() -> None:
    page = parsed(render_table_page(budget(), asked(q="<b>zoo</b>")))
    assert "Clear the box" in page.text_content()
    assert "0 of 4 rows have “<b>zoo</b>”" in " ".join(page.text_content().split())
    assert page.cssselect("b") == []


def test_a_total_that_does_not_match_is_left_out_too() -> None:
    assert shown_names(budget(), asked(q="parks")) == ["Parks"]


def test_hostile_cells_and_heads_are_shown_as_words() -> None:
    block = Table(
        anchor="b",
        caption=HOSTILE,
        columns=(Column(key=HOSTILE, label=HOSTILE, group=HOSTILE, unit=HOSTILE),),
        rows=(Row(anchor="r", cells=(Cell(content=words(HOSTILE), spoken=HOSTILE),), level=HOSTILE, sentence=HOSTILE),),
        notes=(HOSTILE,),
    )
    page = parsed(render_block(block) + render_table_page(block, asked(sort="column0")))
    assert page.cssselect("img") == []


def test_a_csv_file_holds_exact_values_under_heads_with_units() -> None:
    rows = list(csv.reader(io.StringIO(exported(budget(), "csv").decode("utf-8-sig"))))
    assert rows[0] == ["Service", "2017/18 Budget: Net (£000s)", "2017/18 Budget: Variance (£000s)"]
    assert rows[1] == ["Parks", "9120", "-43"]
    assert rows[3] == ["Roads", "", "96"]


def test_a_spreadsheet_holds_numbers_as_numbers() -> None:
    sheet = tablib.Dataset().load(exported(budget(), "xlsx"), format="xlsx")
    assert sheet[0] == ("Parks", 9120, -43)
    assert sheet.title == "Budget by service"


def test_a_sum_is_converted_to_the_unit_of_its_head() -> None:
    block = Table(
        anchor="b",
        caption="B",
        columns=(Column(key="service", label="Service"), Column(key="v", label="Variance", unit="£m", numeric=True)),
        rows=(Row(anchor="r", cells=(Cell(content=words("Care")), amount("-18", "(0.0)"))),),
    )
    assert exported(block, "csv").decode("utf-8-sig").splitlines()[1] == "Care,-0.018"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_text_that_would_be_a_formula_is_made_harmless(start: str) -> None:
    text = f"{start}HYPERLINK(1)"
    block = Table(
        anchor="b",
        caption="=B/[x]",
        columns=(Column(key="a", label=text),),
        rows=(Row(anchor="r", cells=(Cell(content=words(f"{text}")),)),),
    )
    sheet = tablib.Dataset().load(exported(block, "xlsx"), format="xlsx")
    values = [
        *sheet.headers,
        *sheet[0],
        *next(csv.reader(io.StringIO(exported(block, "csv").decode("utf-8-sig")))),
    ]
    for value in values:
        assert not str(value).startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize("fmt", ["csv", "xlsx"])
def test_characters_that_no_workbook_holds_are_left_out_of_every_file(fmt: Literal["csv", "xlsx"]) -> None:
    block = Table(
        anchor="b",
        caption="B\x0bC",
        columns=(Column(key="a", label="He\x01ad"), Column(key="b", label="Words")),
        rows=(Row(anchor="r", cells=(Cell(content=words("\x02=1+1")), Cell(content=words("a\x1fb\uffff")))),),
    )
    data = exported(block, fmt, marking="Not\x07for all")
    if fmt == "csv":
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    else:
        rows = [[str(cell or "") for cell in row] for row in load_workbook(io.BytesIO(data)).worksheets[0].values]
    assert [row[0] for row in rows] == ["Not for all", "He ad", "'=1+1"]
    assert rows[2][1] == "a b"


def test_another_format_is_refused_by_name() -> None:
    with pytest.raises(UnknownFormat, match="csv or xlsx, not as 'pdf'"):
        exported(budget(), "pdf")


def test_the_sum_of_a_figure_stays_exact_in_the_file() -> None:
    block = Table(
        anchor="b",
        caption="B",
        columns=(Column(key="v", label="V", numeric=True),),
        rows=(Row(anchor="r", cells=(amount("1234567890.123456789", "1.2bn"),)),),
    )
    assert Decimal(exported(block, "csv").decode("utf-8-sig").splitlines()[1]) == Decimal("1234567890.123456789")


@pytest.mark.parametrize("fmt", ["csv", "xlsx"])
def test_a_marking_stands_above_the_heads_of_a_file(fmt: str) -> None:
    marking = "NOT FOR PUBLICATION: paragraph 3, financial or business affairs"
    plain, marked = exported(budget(), fmt), exported(budget(), fmt, marking=marking)
    if fmt == "csv":
        first, rest = marked.decode("utf-8-sig").split("\r\n", 1)
        assert next(csv.reader([first])) == [marking]
        assert rest == plain.decode("utf-8-sig")
        return
    sheets = [load_workbook(io.BytesIO(data)).worksheets[0] for data in (plain, marked)]
    rows = [[list(row) for row in sheet.values] for sheet in sheets]
    assert rows[1][0][0] == marking
    assert rows[1][1:] == rows[0]
