"""Words are written in one way, however a file writes them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from torbay_reports.publishing.leaks.words import amount, normalised, squashed


@pytest.mark.parametrize(
    "text",
    [
        "£1,250,000",
        "1,250,000",
        "£1.25m",
        "£1.25 million",
        "£1250000.00",
        "£1,250k",
        "(£1,250,000)",
        "–£1,250,000",
        "€1.25m",
    ],
)
def test_an_amount_is_one_number_however_it_is_written(text: str) -> None:
    assert normalised(text) == "£1250000"


def test_a_bare_number_is_the_same_word_without_its_sign() -> None:
    assert normalised("1250000") == "1250000"
    assert squashed(normalised("£1.25m")) == squashed(normalised("1250000"))


@pytest.mark.parametrize("text", ["(£000s)", "£'000", "£’000s", "£ 000", "in £ thousands", "£k"])
def test_a_table_in_thousands_says_so_in_one_word(text: str) -> None:
    assert "inthousands" in normalised(text).split()


def test_pounds_are_not_thousands_because_of_their_noughts() -> None:
    assert normalised("£0002 and £5,000") == "£2 and £5000"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The oﬃce of ﬁnance", "the office of finance"),
        ("Se\u00adcret, sec\u200bret and S\ufeffecret", "secret secret and secret"),
        ("impor-\ntant and impor\ufffe\r\n  tant and impor\x02\ntant", "important and important and important"),
        ("Café, cafe\u0301", "cafe cafe"),
        ("the council’s “view” and the council's 'view'", "the councils view and the councils view"),
        ("  several \t\n spaces\u00a0here ", "several spaces here"),
        ("ＦＵＬＬ width Straße", "full width strasse"),
        ("Smith & Sons, Smith and Sons", "smith and sons smith and sons"),
        ("AB123456C at TQ1 3DR, 6.9.2017, 3.10", "ab123456c at tq1 3dr 6.9.2017 3.1"),
        ("12\u202f500 and £12\u00a0500", "£12500 and £12500"),
    ],
)
def test_what_only_looks_different_is_the_same(text: str, words: str) -> None:
    assert normalised(text) == words


def test_years_and_telephone_numbers_stay_as_they_are() -> None:
    assert normalised("2017, 01632 960001, 007") == "2017 01632 960001 007"


@given(st.text())
def test_normalised_words_are_normalised_already(text: str) -> None:
    once = normalised(text)
    assert squashed(normalised(once)) == squashed(once)
    assert once == " ".join(once.split())


@given(st.decimals(min_value=0, max_value=10**12, places=2))
def test_an_amount_of_a_figure_is_that_of_its_print(value: Decimal) -> None:
    assert normalised(f"£{value:,}") == amount(value)
