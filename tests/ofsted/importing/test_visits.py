"""Number and days of a visit, and a letter's date, are read from the words that letters use."""

from datetime import date

import pytest

from ofsted.importing.refusals import UnreadableLetter
from ofsted.importing.visits import date_of, days_of, number_of


@pytest.mark.parametrize(
    ("printed", "first", "last"),
    [
        ("25 and 26 July 2017", date(2017, 7, 25), date(2017, 7, 26)),
        ("25–26 July 2017", date(2017, 7, 25), date(2017, 7, 26)),
        ("25 - 26 July 2017", date(2017, 7, 25), date(2017, 7, 26)),
        ("25th and 26th July 2017", date(2017, 7, 25), date(2017, 7, 26)),
        ("7, 8 and 9 March 2018", date(2018, 3, 7), date(2018, 3, 9)),
        ("30 November and 1 December 2016", date(2016, 11, 30), date(2016, 12, 1)),
        ("31 January to 2 February 2018", date(2018, 1, 31), date(2018, 2, 2)),
        ("30 December 2016 and 3 January 2017", date(2016, 12, 30), date(2017, 1, 3)),
        ("Tuesday 25 and Wednesday 26 July 2017", date(2017, 7, 25), date(2017, 7, 26)),
        ("14 June 2017", date(2017, 6, 14), date(2017, 6, 14)),
        ("2 Sept 2019", date(2019, 9, 2), date(2019, 9, 2)),
    ],
)
def test_the_days_of_a_visit_are_read_and_kept_as_printed(printed: str, first: date, last: date) -> None:
    days = days_of([f"This letter is about the monitoring visit to Torbay on {printed}. It was the third."])
    assert days is not None
    assert (days.printed, days.first, days.last) == (printed, first, last)


@pytest.mark.parametrize(
    "words",
    [
        "The monitoring visit was the first since the authority was judged inadequate on 5 January 2016.",
        "The monitoring visit took place in July 2017.",
        "The monitoring visit took place on 25 July.",
        "The letter is of 24 August 2017.",
        "",
    ],
)
def test_other_dates_are_no_days_of_the_visit(words: str) -> None:
    assert days_of([words]) is None


def test_the_days_are_those_of_the_first_sentence_about_the_visit() -> None:
    paragraphs = [
        "The authority was inspected on 5 January 2016. On 14 June 2017, Ofsted made a monitoring visit.",
        "A visit on 1 March 2018 follows.",
    ]
    days = days_of(paragraphs)
    assert days is not None
    assert days.printed == "14 June 2017"


@pytest.mark.parametrize("printed", ["31 June 2017", "30 and 31 June 2017", "26 and 25 July 2017", "0 May 2017"])
def test_days_that_no_calendar_has_or_in_the_wrong_order_are_refused(printed: str) -> None:
    with pytest.raises(UnreadableLetter, match="days"):
        days_of([f"The monitoring visit was on {printed}."])


@pytest.mark.parametrize(
    ("title", "opening", "number"),
    [
        ("Third monitoring visit to Torbay", [], 3),
        ("3rd monitoring visit to Torbay", [], 3),
        ("Twentieth Ofsted monitoring visit", [], 20),
        ("21st monitoring visit", [], 21),
        ("Monitoring visit", ["The visit was the eleventh monitoring visit since then."], 11),
        ("Monitoring visit", ["This letter is about the first monitoring visit."], 1),
        ("Second monitoring visit", ["This was the third monitoring visit."], 3),
        ("Monitoring visit", ["A letter.", "Since the second monitoring visit much was done."], None),
        ("Monitoring visit", ["This letter is about the monitoring visit."], None),
    ],
)
def test_the_number_of_a_visit_is_read_from_title_and_opening(
    title: str, opening: list[str], number: int | None
) -> None:
    assert number_of(title, opening) == number


@pytest.mark.parametrize(
    "words", ["24 August 2017", "24th August 2017", "Date: 24 August 2017", "Thursday, 24 August 2017", "24/08/2017"]
)
def test_a_line_that_is_a_date_gives_the_letters_date(words: str) -> None:
    assert date_of(words) == date(2017, 8, 24)


@pytest.mark.parametrize(
    "words", ["31 June 2017", "on 24 August 2017 we", "24 August", "13/13/2017", "24 Augustus 2017"]
)
def test_a_line_that_is_no_date_gives_none(words: str) -> None:
    assert date_of(words) is None
