"""Names and sums are found wherever they stand in a sentence, and council's words are no names."""

import pytest

from torbay_reports.publishing.leaks.names import names_in, scale_of, signed_sums_in, stands_alone, sum_in_cell


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The offer came from Zephyr Quillfeather on Monday.", "zephyr quillfeather"),
        ("Zephyr Quillfeather made it.", "zephyr quillfeather"),
        ("Yesterday Zephyr Quillfeather made it.", "zephyr quillfeather"),
        ("Dismissal of Zephyr Quillfeather", "zephyr quillfeather"),
        ("Zephyr Quillfeather and Orla Brine-Moss attended.", "orla brine moss"),
        ("Director of Finance Zephyr Quillfeather said so.", "zephyr quillfeather"),
        ("The offer came from Zephyr Quillfeather.", "quillfeather zephyr"),
        ("Payment to Mr. Quillfeather was late.", "mr quillfeather"),
        ("A letter from Cllr Z. Quillfeather arrived.", "cllr z quillfeather"),
        ("It was sold to Brine Limited.", "brine limited"),
        ("It was sold to Marlinspike Moorings Ltd.", "marlinspike moorings"),
        ("QUILLFEATHER & SONS LLP", "quillfeather and sons llp"),
        ("Pieter van der Brine signed.", "pieter van der brine"),
        ("He lives at 14 Capstan Road with a dog.", "14 capstan road"),
        ("Write to z.quillfeather@mail.invalid.", "z quillfeather mail invalid"),
        ("The flat in TQ1 3DR is empty.", "tq1 3dr"),
        ("Insurance number QQ 12 34 56 C was used.", "qq 12 34 56 c"),
        ("Case AB123456C is open.", "ab123456c"),
        ("Ring 01632 960001 after six.", "01632 960001"),
    ],
)
def test_names_are_found(text: str, name: str) -> None:
    assert name in list(names_in(text))


@pytest.mark.parametrize(
    "text",
    [
        "The Chief Finance Officer reports to the Overview and Scrutiny Board.",
        "In March the Local Government Act 1972 was amended.",
        "Review of Berthing Dues for the Coming Five Summers",
        "The Director of Children's Services agreed.",
        "Company 3 and Risk 4",
        "The offer was made on Monday in private.",
    ],
)
def test_offices_acts_months_and_headings_are_no_names(text: str) -> None:
    assert list(names_in(text)) == []


def test_a_councils_address_is_found_whole() -> None:
    assert list(names_in("Write to governance.support@council.invalid.")) == ["governance support council invalid"]


def test_only_what_is_said_to_be_money_is_a_sum() -> None:
    text = "It cost £1,251,377 in 2017, then €48.2m and 3.25 million, for 12,500 berths."
    assert list(signed_sums_in(text)) == ["£1251377", "£48200000", "£3250000"]


@pytest.mark.parametrize(
    ("sum_in_words", "alone"), [("£5000", False), ("£19000000", False), ("£6120", True), ("£12.5", True)]
)
def test_a_sum_stands_alone_with_three_significant_digits(sum_in_words: str, alone: bool) -> None:
    assert stands_alone(sum_in_words) is alone


@pytest.mark.parametrize(
    ("unit", "scale"),
    [
        ("£", 1),
        ("pounds", 1),
        ("£000s", 1000),
        ("£’000", 1000),
        ("thousands", 1000),
        ("£m", 10**6),
        ("millions", 10**6),
    ],
)
def test_units_of_money_have_a_scale(unit: str, scale: int) -> None:
    assert scale_of(unit) == scale


@pytest.mark.parametrize("unit", ["", "%", "days", "steps"])
def test_other_units_have_none(unit: str) -> None:
    assert scale_of(unit) == 0


@pytest.mark.parametrize(
    ("text", "sum_in_words"), [("(1,846)", "£1846000"), ("-1,846*", "£1846000"), ("£1.5", "£1500"), ("R", ""), ("", "")]
)
def test_a_cell_says_an_amount_in_its_columns_unit(text: str, sum_in_words: str) -> None:
    assert sum_in_cell(text, 1000) == sum_in_words
