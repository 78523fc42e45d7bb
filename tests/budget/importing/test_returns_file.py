"""A file of actuals and forecasts becomes edits of what is stored; a blank keeps it, a fault refuses the file."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from budget.calculations.lines import Line, LineEdit
from budget.calculations.position import ServiceFigures, roll_up
from budget.importing.faults import RefusedRows
from budget.importing.returns import ReturnsFile, read_returns
from budget.importing.stated import Net, Stated, UnstatedFile, Variance
from torbay_reports.core.money import Unit

STORED = {"care": Line(Decimal(100), Decimal(20), date(2018, 6, 30), "Agency staff."), "lets": Line()}
SAID = Stated(unit=Unit.POUNDS, net=Net.SPENDING, variance=Variance.OVER, ledger_date=date(2018, 6, 30))


def figures(key: int, parent: int | None, slug: str, name: str, net: int | None = None) -> ServiceFigures:
    amount = None if net is None else Decimal(net)
    return ServiceFigures(key, parent, slug, name, "service", 0, expenditure=amount)


POSITIONS = roll_up(
    [
        figures(1, None, "net", "Net Revenue Budget"),
        figures(2, 1, "adults", "Adults"),
        figures(3, 2, "care", "Care", 90),
        figures(4, 2, "adults-support", "Support", 40),
        figures(5, 1, "homes", "Homes"),
        figures(6, 5, "lets", "Lets", -30),
        figures(7, 5, "homes-support", "Support", 15),
    ]
)


def read(text: str, stated: Stated = SAID) -> ReturnsFile:
    return read_returns(text.encode(), "q1.csv", stated, held_in=Unit.POUNDS, positions=POSITIONS, stored=STORED)


def refusals(text: str) -> tuple[str, ...]:
    with pytest.raises(RefusedRows) as refused:
        read(text)
    return refused.value.sentences


def test_forecasts_actuals_and_reasons_become_edits_of_what_is_stored() -> None:
    found = read("Service,Forecast,Actual,Ledger date,Reason\nCare,112,25,30/09/2018,More nights\nLets,(31),,,\n")
    wanted = Line(Decimal(112), Decimal(25), date(2018, 9, 30), "More nights")
    assert found.edits == (
        LineEdit("care", STORED["care"], wanted),
        LineEdit("lets", Line(), Line(forecast=Decimal(-31))),
    )


def test_a_blank_keeps_what_is_stored_and_is_listed() -> None:
    found = read("Service,Forecast,Actual\nCare,,25\n")
    assert found.edits[0].wanted == replace(STORED["care"], actual=Decimal(25))
    assert "Blank, so that what is stored stays: row 2, Care: Forecast." in found.notes


def test_services_that_are_not_in_the_file_are_listed() -> None:
    assert "Not in the file: 3 services (Support, Lets and Support)." in read("Service,Forecast\nCare,1\n").notes


def test_a_variance_means_a_forecast_on_the_current_budget_by_the_stated_sign() -> None:
    assert read("Service,Variance\nCare,12\n").edits[0].wanted.forecast == 102
    under = replace(SAID, variance=Variance.UNDER)
    assert read("Service,Variance\nCare,12\n", under).edits[0].wanted.forecast == 78


def test_net_figures_may_be_reversed() -> None:
    found = read("Service,Forecast\nCare,(95)\nLets,28\n", replace(SAID, net=Net.INCOME))
    assert [each.wanted.forecast for each in found.edits] == [95, -28]


@pytest.mark.parametrize(
    ("text", "lacking", "what"),
    [
        ("Service,Forecast\nCare,1\n", replace(SAID, unit=None), "unit"),
        ("Service,Forecast\nCare,1\n", replace(SAID, net=None), "net"),
        ("Service,Variance\nCare,1\n", replace(SAID, variance=None), "variance"),
        ("Service,Actual\nCare,1\n", replace(SAID, ledger_date=None), "ledger_date"),
        ("Service,Something\nCare,1\n", SAID, "columns"),
        ("Who,Forecast\nCare,1\n", SAID, "columns"),
    ],
)
def test_what_is_not_stated_is_asked_for(text: str, lacking: Stated, what: str) -> None:
    with pytest.raises(UnstatedFile) as unstated:
        read(text, lacking)
    assert unstated.value.what == what


def test_a_forecast_and_a_variance_agree_or_the_row_is_refused() -> None:
    assert read("Service,Forecast,Variance\nCare,102,12\n").edits[0].wanted.forecast == 102
    (sentence,) = refusals("Service,Forecast,Variance\nCare,105,12\n")
    assert sentence.startswith("Row 2: the forecast of Care is 105.00, and its variance of 12.00 on the current budget")


def test_totals_are_compared_with_what_will_be_stored_and_not_stored() -> None:
    found = read("Group,Service,Forecast\nAdults,Care,100\nAdults,Support,45\nAdults,Total,145\n,Grand total,145\n")
    assert (found.totals, found.rounding) == (2, ())
    assert [each.slug for each in found.edits] == ["adults-support"]
    (sentence,) = refusals("Service,Forecast\nCare,110\nTotal Adults,115\n")
    assert sentence.startswith(
        "Row 3, Forecast: “Total Adults” prints 115.00, and its rows add up to 110.00: 5.00 more"
    )


def test_a_total_one_out_by_rounding_is_listed() -> None:
    found = read("Group,Service,Forecast\nAdults,Care,101\nAdults,Support,45\nAdults,Adults,145\n")
    assert [(each.printed.row, each.amount) for each in found.rounding] == [(4, Decimal(-1))]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Service,Forecast\nCar,1\n", "Row 2: “Car” is no service of the year."),
        ("Service,Forecast\nSupport,1\n", "Row 2: Several services are called “Support”."),
        ("Short name,Service,Forecast\nadults,Care,1\n", "Row 2: “adults” is the short name of no service"),
        ("Service,Forecast\nCare,1\nCare,2\n", "Row 3: Care stands in row 2 already."),
        ("Service,Actual,Ledger date\nCare,1,31/02/2018\n", "Row 2, Ledger date: “31/02/2018” is no day."),
        ("Service,Forecast\nCare,abc\n", "Row 2, Forecast: "),
        ("Service,Forecast\nTotal Ferries,1\n", "Row 2: “Total Ferries” reads as a total, but no group"),
    ],
)
def test_a_fault_names_its_row_and_its_cure(text: str, words: str) -> None:
    (sentence,) = refusals(text)
    assert sentence.startswith(words)


def test_a_name_that_several_services_have_is_told_apart_by_its_group() -> None:
    found = read("Directorate,Service,Forecast\nHomes,Support,16\n")
    assert [each.slug for each in found.edits] == ["homes-support"]


def test_every_fault_is_listed_up_to_fifty() -> None:
    sentences = refusals("Service,Forecast\n" + "Nobody,1\n" * 60)
    assert len(sentences) == 51
    assert sentences[-1] == "And 10 more faults like these."
