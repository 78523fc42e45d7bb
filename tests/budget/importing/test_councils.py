"""Six tables of other councils, invented in their likeness, come in right or are refused with the row."""

from dataclasses import replace
from decimal import Decimal

import pytest

from budget.importing.adding import rounded_total
from budget.importing.budgets import BudgetFile, read_budgets
from budget.importing.faults import RefusedRows
from budget.importing.stated import Income, Stated, UnstatedFile
from tests.budget.importing.councils import (
    GOOD,
    MILLIONS,
    POUNDS,
    REVERSED,
    THOUSANDS,
    WRONG_SIGN,
    WRONG_TOTAL,
    Council,
)
from tests.budget.importing.making import as_workbook
from torbay_reports.core.money import Unit


def sides(read: BudgetFile) -> dict[str, tuple[Decimal, Decimal]]:
    found = {each.service: {"expenditure": Decimal(0), "income": Decimal(0)} for each in read.services}
    for line in read.lines:
        found[line.service.service][line.kind] += line.amount
    return {name: (both["expenditure"], both["income"]) for name, both in found.items()}


def refusals(council: Council) -> tuple[str, ...]:
    with pytest.raises(RefusedRows) as refused:
        read_budgets(council.data, "budget.csv", council.stated)
    return refused.value.sentences


@pytest.mark.parametrize("council", GOOD, ids=lambda each: each.name)
def test_a_table_comes_in_as_it_is_printed(council: Council) -> None:
    read = read_budgets(council.data, "budget.csv", council.stated)
    assert sides(read) == council.sides()
    assert read.totals == council.totals
    assert read.unit is council.stated.unit


@pytest.mark.parametrize("council", GOOD, ids=lambda each: each.name)
def test_the_same_table_as_a_workbook_reads_the_same(council: Council) -> None:
    read = read_budgets(as_workbook(council.text), "budget.xlsx", council.stated)
    assert sides(read) == council.sides()


def test_totals_that_agree_to_the_penny_are_not_mentioned() -> None:
    assert read_budgets(POUNDS.data, "budget.csv", POUNDS.stated).rounding == ()


def test_a_total_that_is_one_out_by_rounding_is_listed_with_its_row_and_the_computed_sum_counts() -> None:
    read = read_budgets(THOUSANDS.data, "budget.csv", THOUSANDS.stated)
    assert [rounded_total(each) for each in read.rounding] == [
        "Row 6, Expenditure: “Children total” prints 7,612.00, and its rows add up to 7,611.00: 1.00 more, as rounding "
        "may. The computed sum counts.",
        "Row 6, Net: “Children total” prints 6,038.00, and its rows add up to 6,037.00: 1.00 more, as rounding may. "
        "The computed sum counts.",
        "Row 10, Expenditure: “Total budget” prints 14,108.00, and its rows add up to 14,107.00: 1.00 more, as "
        "rounding may. The computed sum counts.",
        "Row 10, Net: “Total budget” prints 11,589.00, and its rows add up to 11,588.00: 1.00 more, as rounding may. "
        "The computed sum counts.",
    ]


def test_a_minus_nought_is_read_as_nil_and_said() -> None:
    read = read_budgets(THOUSANDS.data, "budget.csv", THOUSANDS.stated)
    assert "Row 4, Net: “-0” is read as nil." in read.notes


def test_tenths_of_a_million_round_by_tenths() -> None:
    read = read_budgets(MILLIONS.data, "budget.csv", MILLIONS.stated)
    assert [(each.printed.row, each.amount, each.printed.grain) for each in read.rounding] == [
        (2, Decimal("-0.1"), Decimal("0.1"))
    ]


def test_a_wrong_total_is_refused_with_its_row_and_the_difference_to_the_penny() -> None:
    (sentence,) = refusals(WRONG_TOTAL)
    assert sentence.startswith(
        "Row 4, Expenditure: “Total Culture” prints 1,982.00, and its rows add up to 1,892.00: 90.00 more, which "
        "rounding does not explain."
    )


def test_a_wrong_sign_is_refused_with_its_row_and_the_cure() -> None:
    income, expenditure = refusals(WRONG_SIGN)
    assert income == (
        "Row 3, Income: 240,000 is positive, and the file was said to show income as negative. Turn its sign, or state "
        "that income is positive."
    )
    assert expenditure.startswith("Row 4, Expenditure: -14,000 is negative, and expenditure is positive.")


def test_credits_in_expenditure_come_in_once_that_is_said() -> None:
    council = replace(
        WRONG_SIGN,
        text=WRONG_SIGN.text.replace('"240,000"', '"(240,000)"'),
        stated=Stated(unit=Unit.POUNDS, income=Income.NEGATIVE, has_credits=True),
    )
    assert sides(read_budgets(council.data, "b.csv", council.stated))["Markets"] == (Decimal(-14000), Decimal(-60000))


@pytest.mark.parametrize("council", GOOD, ids=lambda each: each.name)
def test_the_unit_and_the_sign_of_income_are_never_guessed(council: Council) -> None:
    for lacking, what in (
        (replace(council.stated, unit=None), "unit"),
        (replace(council.stated, income=None), "income"),
    ):
        with pytest.raises(UnstatedFile) as unstated:
            read_budgets(council.data, "budget.csv", lacking)
        assert unstated.value.what == what


def test_the_opposite_sign_is_refused_for_every_income() -> None:
    stated = replace(REVERSED.stated, income=Income.NEGATIVE)
    with pytest.raises(RefusedRows) as refused:
        read_budgets(REVERSED.data, "budget.csv", stated)
    assert [sentence.partition(",")[0] for sentence in refused.value.sentences] == ["Row 3", "Row 6"]


def test_a_head_that_says_another_unit_than_was_stated_is_refused() -> None:
    with pytest.raises(UnstatedFile, match="Row 2, column C says £000s .* the unit was stated as pounds"):
        read_budgets(THOUSANDS.data, "budget.csv", replace(THOUSANDS.stated, unit=Unit.POUNDS))
    with pytest.raises(UnstatedFile, match="Row 1, column C says £m"):
        read_budgets(MILLIONS.data, "budget.csv", replace(MILLIONS.stated, unit=Unit.THOUSANDS))


def test_another_unit_is_brought_exactly_into_that_of_the_year() -> None:
    read = read_budgets(MILLIONS.data, "budget.csv", MILLIONS.stated, held_in=Unit.POUNDS)
    assert sides(read)["Adult social care"] == (Decimal(61_400_000), Decimal(-20_100_000))
    assert [each.amount for each in read.rounding] == [Decimal(-100_000)]
