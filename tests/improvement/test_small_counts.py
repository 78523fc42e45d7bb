"""Sentences that count one to four children are shown to a person before anything is published."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from improvement.calculations.words.small_counts import small_count_sentences
from tests.fixtures_text.tracker import needs_published, published_steps


@pytest.mark.parametrize(
    "sentence",
    [
        "Three care leavers moved.",
        "2 young people had no plan",
        "Only one child waited longer.",
        "Concerns were found in three children.",
        "Two looked after children came back.",
        "Three unaccompanied asylum seeking children arrived.",
        "Two 3-year-old children came back.",
        "One of the children was not seen.",
        "3 of 60 children were not seen.",
        "Two out of 15 young people had no plan.",
        "1-2 children a month",
        "One or two children a month",
        "four CYP",
        "A sibling group of three was placed.",
        "Care leavers (2)",
        "Babies: 4",
        "One child's plan was late.",
        "ONE BABY",
        "Two families left.",
    ],
)
def test_a_count_of_one_to_four_is_shown(sentence: str) -> None:
    assert small_count_sentences(sentence) == (sentence,)


@pytest.mark.parametrize(
    "sentence",
    [
        "One front door for children opened.",
        "All took part in 5 day training.",
        "3 workshops for young people were held.",
        "Five children moved.",
        "12 children moved.",
        "Twenty-one children moved.",
        "1.4 children on average",
        "3% of children were not seen.",
        "2 per cent of children were not seen.",
        "2 year old children have a place.",
        "Four-year-old children have a place.",
        "Key Stage 2 pupils have a tablet.",
        "One in four children waited.",
        "1 in 4 children waited.",
        "Two thirds of young people answered.",
        "Two child protection plans ended.",
        "One child protection conference was late.",
        "One children's home closed.",
        "3 children's homes closed.",
        "One approach that helps children",
        "",
    ],
)
def test_what_counts_no_children_or_more_of_them_is_not(sentence: str) -> None:
    assert small_count_sentences(sentence) == ()


def test_only_the_sentence_that_counts_is_given_however_the_lines_break() -> None:
    text = "All is well. Two children\u00a0moved on 9.12.16! Nothing else?\nHousing\nOne care\nleaver came back. End."
    assert small_count_sentences(text) == ("Two children moved on 9.12.16!", "One care leaver came back.")


@given(st.text() | st.lists(st.sampled_from(["two", "children", " ", "of", "the", "4", ".", "\n", "-"])).map("".join))
def test_any_text_gets_sentences_that_stand_in_it(text: str) -> None:
    assert all(sentence in " ".join(text.split()) for sentence in small_count_sentences(text))


@pytest.mark.parametrize("piece", ["two ", "two of the ", "two old ", "1/", "children: ", "x. ", "\n"])
def test_a_very_long_text_is_no_trouble(piece: str) -> None:
    assert small_count_sentences(piece * 20_000) == ()


@needs_published
def test_the_published_tracker_counts_no_few_children() -> None:
    texts = [step[field] for step in published_steps() for field in ("how", "success", "outcome")]
    assert [sentence for text in texts for sentence in small_count_sentences(text)] == []
