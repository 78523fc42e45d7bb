"""References to inspections are found in the words of a plan."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from improvement.calculations.words.inspections import Mention, find_inspections, named_months
from tests.fixtures_text.tracker import needs_published, published_actions

DECEMBER = date(2016, 12, 1)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Plans are thorough (Ofsted December 2016)", "Ofsted December 2016"),
        ("Plans are thorough. (OFSTED DEC 2016) Train all staff.", "OFSTED DEC 2016"),
        ("Answers the OFSTED Dec 2016 visit in full", "OFSTED Dec 2016 visit"),
        ("Ofsted's monitoring visit of 14 December 2016", "Ofsted's monitoring visit of 14 December 2016"),
        ("Ofsted letter (Dec 16)", "Ofsted letter Dec 16"),
        ("(Ofsted\nDecember 2016)", "Ofsted December 2016"),
        ("Plans are thorough (DEC 2016)", "DEC 2016"),
    ],
)
def test_a_reference_has_its_words_without_brackets_and_its_month(text: str, words: str) -> None:
    assert find_inspections(text) == (Mention(words, DECEMBER),)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Ofsted letters confirm it",
        "Gaps noted by Ofsted",
        "Workshops from Dec 2016",
        "(9 December 2016)",
        "(13.12.16)",
    ],
)
def test_a_body_without_a_month_or_a_month_in_a_sentence_is_none(text: str) -> None:
    assert find_inspections(text) == ()


def test_several_references_stand_in_the_order_of_the_text() -> None:
    assert [each.month.month for each in find_inspections("(Dec 2016), Ofsted May 2017 and (CQC June 2017)")] == [
        12,
        5,
        6,
    ]


def test_a_month_alone_can_be_held_to_the_inspections_that_the_plan_names() -> None:
    texts = ["Plans are thorough (Ofsted December 2016)", "Visits are kept (DEC 2016)", "Sent to all (FEB 2017)"]
    months = named_months(texts)
    assert months == {DECEMBER}
    assert [len(find_inspections(text, months=months)) for text in texts] == [1, 1, 0]


@given(st.text() | st.lists(st.sampled_from(["(", ")", "Ofsted ", "ſep ", "Dec ", "2016", "00 ", " "])).map("".join))
def test_any_text_gets_an_answer(text: str) -> None:
    assert all(mention.month.day == 1 for mention in find_inspections(text))


@pytest.mark.parametrize("piece", ["Ofsted ", "Ofsted visit of ", "(Dec 2016", "(Dec 2016)", "Ofsted Dec 2016 "])
def test_a_very_long_text_is_no_trouble(piece: str) -> None:
    assert len(find_inspections(piece * 20_000)) <= 20_000


@needs_published
def test_the_source_refers_thirteen_times_to_the_visit_of_december_2016() -> None:
    actions = published_actions()
    texts = [action["what"] for action in actions]
    texts += [step[field] for action in actions for step in action["steps"] for field in ("how", "success")]
    found = [mention for text in texts for mention in find_inspections(text)]
    assert [mention.month for mention in found] == [DECEMBER] * 13
    assert len([mention for text in texts for mention in find_inspections(text, months=named_months(texts))]) == 13
