from decimal import Decimal

import pytest

from torbay_reports.core.spreadsheets import harmless


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_text_that_would_be_a_formula_gets_an_apostrophe(start: str) -> None:
    assert harmless(f"{start}1") == f"'{start}1"


@pytest.mark.parametrize("value", ["Parks", "", None, Decimal(-43)])
def test_everything_else_stays_as_it_is(value: object) -> None:
    assert harmless(value) is value
