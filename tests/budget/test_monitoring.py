"""The report as a Document: the source's figures cell by cell, bound to the rows, for any council's outline."""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from budget.importing.quarter_file import QuarterFile
from budget.models import (
    BorrowingLimit,
    BorrowingPosition,
    BudgetLine,
    FinancialYear,
    Forecast,
    NamedFigure,
    Quarter,
    ReportBlock,
    ReportMeeting,
    Service,
    WriteOff,
)
from budget.reports.monitoring import quarterly_report
from budget.selectors.quarters import UnknownQuarter
from tests.printed import invented, source
from tests.printed.readings import differences, from_document
from torbay_reports.documents.blocks import Chart, Document, Heading, Paragraph, Table, from_json, plain, to_json

SUBJECT = "2017-18/q1"


def report() -> Document:
    return quarterly_report(SUBJECT)


def paragraph(document: Document, number: str) -> str:
    return next(plain(b.content) for b in document.blocks if isinstance(b, Paragraph) and b.number == number)


def table(document: Document, anchor: str) -> Table:
    return next(each for each in document.tables() if each.anchor == anchor)


def row(document: Document, anchor: str, name: str) -> list[str]:
    return next([cell.text for cell in r.cells] for r in table(document, anchor).rows if r.cells[0].text == name)


@pytest.mark.usefixtures("torbay")
def test_every_printed_figure_stands_in_its_row_and_column() -> None:
    assert differences(from_document(report())) == []


@pytest.mark.usefixtures("torbay")
def test_paragraphs_and_headings_are_numbered_as_in_the_source() -> None:
    blocks = report().blocks
    numbers = [b.number for b in blocks if isinstance(b, Heading | Paragraph) and "." in b.number]
    assert numbers == source.PARAGRAPH_NUMBERS
    assert [[b.number, b.text] for b in blocks if isinstance(b, Heading) and b.level == 2 and b.number] == (
        source.PRINTED["headings"]
    )


@pytest.mark.usefixtures("torbay")
def test_the_summary_and_the_recommendation_can_be_quoted() -> None:
    document = report()
    assert "an overspend of £1.4m" in plain(document.highlight("summary"))
    assert [each.number for each in document.recommendations] == ["2.1"]
    assert plain(document.highlight("nothing of that name")) == ""


@pytest.mark.usefixtures("torbay")
def test_the_limits_are_said_by_the_data() -> None:
    def sentence() -> str:
        return plain(report().highlight("limits"))

    def notes() -> str:
        return " ".join(table(report(), "limits-table").notes)

    assert sentence() == (
        "External borrowing was £187m on 2 August 2017, of £171m in the operational boundary: "
        "over its part by £16m, first passed between 1 July and 2 August."
    )
    assert "It was £168m on 30 June, if nothing was repaid since." in notes()
    assert "The boundary's total is £191m; other liabilities on that day are not stated." in notes()
    BorrowingPosition.objects.update(external_borrowing=150)
    assert "within its part by £21m" in sentence()
    BorrowingPosition.objects.update(external_borrowing=187, other_long_term_liabilities=3)
    assert "All debt, £190m, is within the boundary's total of £191m." in notes()
    BorrowingPosition.objects.update(other_long_term_liabilities=5)
    assert "All debt, £192m, is over the boundary's total of £191m." in notes()
    # Prose that cites the position would be refused without one; the sentence itself has nothing to say then.
    BorrowingPosition.objects.all().delete()
    ReportBlock.objects.filter(text__contains="position:").delete()
    assert sentence() == ""


@pytest.mark.usefixtures("torbay")
def test_the_next_quarters_position_does_not_change_this_quarters_report(torbay: FinancialYear) -> None:
    before = plain(report().highlight("limits"))
    BorrowingPosition.objects.create(
        year=torbay, as_at=date(2017, 9, 30), unit="millions", external_borrowing=Decimal(200)
    )
    assert plain(report().highlight("limits")) == before


def stored_figures() -> Iterator[tuple[models.Model, str]]:
    """Every stored figure that the source's tables show, with the field that holds it."""
    for line in BudgetLine.objects.all():
        yield line, "opening"
    for forecast in Forecast.objects.all():
        yield forecast, "net"
    for write_off in WriteOff.objects.all():
        for field in ("number", "value", "over_5000"):
            yield write_off, field
    for limit in BorrowingLimit.objects.all():
        for field in ("external_borrowing", "other_long_term_liabilities", "stated_total"):
            if getattr(limit, field) is not None:
                yield limit, field


@pytest.mark.usefixtures("torbay")
def test_any_one_stored_figure_changed_is_noticed() -> None:
    tried = 0
    for stored, field in list(stored_figures()):
        was = getattr(stored, field)
        # Downwards keeps income negative; only a nil count must go up, with its number of records above it.
        change = 1 if field == "over_5000" else -1
        type(stored)._default_manager.filter(pk=stored.pk).update(**{field: was + change})
        assert differences(from_document(report())), f"{stored}: {field} changed and nothing was noticed"
        type(stored)._default_manager.filter(pk=stored.pk).update(**{field: was})
        tried += 1
    assert tried == 19 + 10 + 9 + 7
    assert differences(from_document(report())) == []


@pytest.mark.usefixtures("torbay")
def test_any_one_named_figure_changed_changes_the_prose() -> None:
    def prose() -> list[str]:
        texts = [plain(b.content) for b in report().blocks if isinstance(b, Paragraph)]
        return texts + [cell.text for r in table(report(), "risks-table").rows for cell in r.cells]

    before = prose()
    for figure in NamedFigure.objects.all():
        NamedFigure.objects.filter(pk=figure.pk).update(value=figure.value - 1)
        assert prose() != before, f"{figure} changed and no sentence did"
        NamedFigure.objects.filter(pk=figure.pk).update(value=figure.value)
    assert prose() == before


def set_variance(slug: str, variance: int) -> None:
    service = Service.objects.get(slug=slug)
    net = sum(service.budget_lines.values_list("opening", flat=True), Decimal(0))
    Forecast.objects.filter(service=service).update(net=net + variance)


@pytest.mark.usefixtures("torbay")
def test_one_forecast_changed_changes_table_chart_prose_and_totals() -> None:
    set_variance("childrens-services", 2000)
    document = report()
    assert row(document, "budget-table", "Children's Services")[4:] == ["2,000", "R"]
    assert row(document, "budget-table", "Joint Commissioning")[4] == "2,000"
    assert row(document, "budget-table", "Net Revenue Budget")[4] == "1,988"
    assert row(document, "narrative-table", "Children's Services")[1] == "2.0"
    assert row(document, "narrative-table", "Total")[1] == "2.0"
    assert "an overspend of £2.0m" in paragraph(document, "1.3")
    chart = next(b for b in document.blocks if isinstance(b, Chart))
    trace = json.loads(chart.figure)["data"][0]
    assert dict(zip(trace["y"], trace["x"], strict=True))["Children's Services"] == 2000
    assert "Children's Services, £2,000k" in plain(chart.sentence)
    assert table(document, "variance-chart-data").rows[0].cells[1].text == "2,000"


@pytest.mark.usefixtures("torbay")
def test_an_underspend_turns_bracket_letter_colour_and_words() -> None:
    set_variance("childrens-services", -500)
    document = report()
    children = next(r for r in table(document, "budget-table").rows if r.cells[0].text == "Children's Services")
    variance, direction = children.cells[4], children.cells[5]
    assert (variance.text, variance.tone) == ("(500)", "favourable")
    assert (direction.text, direction.tone, direction.spoken) == ("G", "favourable", "underspend")
    assert children.sentence == "Children's Services: £500k under"
    assert row(document, "narrative-table", "Children's Services")[1] == "(0.5)"
    assert row(document, "narrative-table", "Total")[1:] == ["(0.5)", "Underspend projected"]
    for number in ("1.3", "4.2", "4.3"):
        assert "an underspend of £0.5m" in paragraph(document, number)
        assert "overspend" not in paragraph(document, number)
    chart = next(b for b in document.blocks if isinstance(b, Chart))
    trace = json.loads(chart.figure)["data"][0]
    assert trace["y"][-1] == "Children's Services"
    assert trace["marker"]["color"][-1] != trace["marker"]["color"][0]
    assert document.largest[0].tone == "favourable"


@pytest.mark.usefixtures("torbay")
def test_a_paragraph_put_in_before_renumbers_what_refers_to_it() -> None:
    def cited() -> str:
        return row(report(), "narrative-table", "Adult Social Care")[2]

    assert cited() == "As paragraph 4.4 above."
    blocks = list(ReportBlock.objects.order_by("-position"))
    for block in blocks:
        ReportBlock.objects.filter(pk=block.pk).update(position=block.position + 1000)
    position = next(block for block in blocks if block.slug == "position")
    for block in reversed(blocks):
        place = block.position if block.position <= position.position else block.position + 1
        ReportBlock.objects.filter(pk=block.pk).update(position=place)
    ReportBlock.objects.create(
        report=position.report, kind="paragraph", slug="new", text="New.", position=position.position + 1
    )
    assert cited() == "As paragraph 4.5 above."


@pytest.mark.usefixtures("torbay")
def test_movement_is_shown_where_there_is_an_earlier_quarter(torbay_file: QuarterFile) -> None:
    assert "no earlier quarter" in table(report(), "budget-table").notes[0]
    quarter = Quarter.objects.get()
    Quarter.objects.filter(pk=quarter.pk).update(number=2)
    earlier = Quarter.objects.create(year=quarter.year, number=1)
    for forecast in quarter.forecasts.all():
        Forecast.objects.create(quarter=earlier, service=forecast.service, net=forecast.net)
    Forecast.objects.filter(quarter=earlier, service__slug="finance").update(net=Decimal(95))
    document = quarterly_report("2017-18/q2")
    sentences = {r.cells[0].text: r.sentence for r in table(document, "budget-table").rows}
    assert sentences["Finance"] == "Finance: on budget, better by £20k"
    assert sentences["Children's Services"] == "Children's Services: £1,377k over, unchanged"
    assert row(document, "budget-table", "Finance")[5] == "better by £20k"
    assert row(document, "budget-table", "Children's Services")[5] == "unchanged"
    assert "how the forecast moved since the previous quarter" in table(document, "budget-table").notes[0]


@pytest.mark.usefixtures("invented")
def test_another_councils_year_with_four_levels_and_rounding_renders_right() -> None:
    document = quarterly_report("2023-24/q3")
    rows = [[cell.text for cell in r.cells] for r in table(document, "budget-table").rows]
    assert rows == invented.ROWS
    assert "Figures may not cast due to rounding." in table(document, "budget-table").notes
    assert [r.depth for r in table(document, "budget-table").rows] == [4, 4, 3, 3, 2, 1, 1, 0]
    assert paragraph(document, "1.1") == "The forecast is an underspend of £10k in 2023/24."
    assert paragraph(document, "2.1") == "There are 1,200 lamps; 1.1 has the total."
    narrative = row(document, "narrative-table", "Streets")
    assert narrative == ["Streets", "(0.0)", "Sweeping costs £10,400 less, see 2.1."]
    assert not any("Torbay" in text for text in [json.dumps(to_json(document).decode())])


@pytest.mark.usefixtures("torbay")
def test_rounding_is_not_blamed_where_everything_casts() -> None:
    assert not any("may not cast" in note for each in report().tables() for note in each.notes)


@pytest.mark.usefixtures("torbay")
def test_the_report_is_stored_and_read_back_unchanged() -> None:
    assert from_json(to_json(report())) == report()


@pytest.mark.usefixtures("torbay")
def test_background_papers_are_listed_or_none(torbay: FinancialYear) -> None:
    assert [plain(b.content) for b in report().blocks if isinstance(b, Paragraph)][-1] == "None"


@pytest.mark.django_db
@pytest.mark.parametrize("subject", ["2017-18/q1", "2017-18/q5", "2017-18", "", "2017-19/q1", "x/qx"])
def test_an_unknown_quarter_is_said_to_be_one(subject: str) -> None:
    with pytest.raises(UnknownQuarter):
        quarterly_report(subject)


@pytest.mark.usefixtures("torbay")
def test_the_number_of_queries_does_not_grow_with_the_services() -> None:
    with CaptureQueriesContext(connection) as few:
        report()
    year = FinancialYear.objects.get()
    top = Service.objects.get(slug="joint-commissioning")
    quarter = Quarter.objects.get()
    for number in range(150):
        service = Service.objects.create(
            year=year, slug=f"more-{number}", name=f"More {number}", kind="service", parent=top, position=number + 100
        )
        BudgetLine.objects.create(service=service, kind="expenditure", opening=Decimal(5))
        Forecast.objects.create(quarter=quarter, service=service, net=Decimal(6))
    with CaptureQueriesContext(connection) as many:
        assert len(table(report(), "budget-table").rows) == 165
    assert len(many) == len(few)
    assert ReportMeeting.objects.count() == 2


@pytest.mark.usefixtures("torbay")
def test_write_offs_known_to_different_units_are_added_in_one() -> None:
    first = WriteOff.objects.order_by("position")[0]
    WriteOff.objects.filter(pk=first.pk).update(value=first.value * 1000, unit="pounds")
    assert "worth £267k" in table(report(), "write-offs-table").notes[0]


@pytest.mark.usefixtures("torbay")
def test_parts_of_a_limit_that_do_not_cast_once_rounded_say_so() -> None:
    note = "Figures may not cast due to rounding."
    assert note not in table(report(), "limits-table").notes
    BorrowingLimit.objects.filter(slug="operational-approved").update(
        external_borrowing=Decimal("171.5"), other_long_term_liabilities=Decimal("20.5")
    )
    assert note in table(report(), "limits-table").notes


@pytest.mark.usefixtures("torbay")
def test_a_limit_in_another_unit_is_compared_in_the_positions() -> None:
    before = plain(report().highlight("limits"))
    limits = BorrowingLimit.objects.filter(slug="operational-approved")
    limits.update(unit="thousands", external_borrowing=171_000, other_long_term_liabilities=20_000)
    assert plain(report().highlight("limits")) == before


@pytest.mark.usefixtures("torbay")
def test_services_of_one_name_have_a_bar_each_and_no_name_is_taken_for_markup() -> None:
    Service.objects.filter(slug__in=["childrens-services", "community-services"]).update(name="<b>Care</b>")
    (chart,) = report().charts
    names = json.loads(chart.figure)["data"][0]["y"]
    assert len(set(names)) == len(names) == len(chart.table.rows)
    assert [name for name in names if "Care" in name and "<" in name] == []


@pytest.mark.usefixtures("torbay")
def test_tables_and_charts_without_anything_to_show_are_said_in_words() -> None:
    ReportBlock.objects.exclude(kind__endswith="table").exclude(kind="variance-chart").delete()
    Quarter.objects.get().narratives.all().delete()
    WriteOff.objects.all().delete()
    Forecast.objects.all().delete()
    document = report()
    said = {b.anchor: plain(b.content) for b in document.blocks if isinstance(b, Paragraph)}
    assert said["write-offs-table"] == "Debts written off, Quarter 1 2017/18: none."
    assert said["variance-chart"].startswith("No service has a forecast yet")
    assert all(each.rows for each in document.tables())
