"""A paragraph falls into its sentences, and only into them."""

import pytest

from torbay_reports.publishing.leaks.sentences import sentences_of


@pytest.mark.parametrize(
    "text",
    [
        "It is No. 7 of the list.",
        "It went to Mr. Smith and to J. Smith.",
        "A loss of £1.4m. of which half is known.",
        "See para. 4.1 and Sch. 12A to the Act.",
        "Some (e.g. The Hall) are older.",
    ],
)
def test_a_full_stop_inside_ends_no_sentence(text: str) -> None:
    assert sentences_of(text) == [text]


def test_sentences_end_at_their_marks() -> None:
    text = "One ends. “Two does?” Three did! £4 was paid. (Five stands in brackets.) six goes on"
    assert sentences_of(text) == [
        "One ends.",
        "“Two does?”",
        "Three did!",
        "£4 was paid.",
        "(Five stands in brackets.) six goes on",
    ]


def test_nothing_has_no_sentence() -> None:
    assert sentences_of("  ") == []
