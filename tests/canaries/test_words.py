"""A canary is told from every other, and found whatever stands between its letters."""

import pytest

from tests.canaries.words import Canaries

KEY = "contract: title"


@pytest.fixture
def canaries() -> Canaries:
    return Canaries()


def test_each_place_has_words_and_a_sum_of_its_own_and_always_the_same(canaries: Canaries) -> None:
    title, reason = canaries.of("contract", "title"), canaries.of("contract", "reason")
    assert not {*title.marks, title.sum} & {*reason.marks, reason.sum}
    assert Canaries().of("contract", "title") == title


@pytest.mark.parametrize("part", ["title", "name", "sentence", "sum", "slug"])
def test_every_part_of_a_canary_says_where_it_was_planted(canaries: Canaries, part: str) -> None:
    text = getattr(canaries.of("contract", "title"), part).encode()
    assert {canaries.key_of(mark) for mark in canaries.marks_in(text)} == {KEY}


@pytest.mark.parametrize("between", ["-\n", "\u00ad", "\u200b", " ", "."])
def test_letters_that_were_parted_are_found(canaries: Canaries, between: str) -> None:
    mark = canaries.of("contract", "title").marks[0]
    parted = mark[:5] + between + mark[5:]
    assert canaries.marks_in(parted.encode()) == {mark}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "utf-32", "latin-1"])
def test_any_encoding_and_any_case_is_found(canaries: Canaries, encoding: str) -> None:
    canary = canaries.of("contract", "title")
    found = canaries.marks_in(canary.sentence.replace("£", "").upper().encode(encoding))
    assert found == {*canary.marks, str(canary.amount)}


def test_words_and_sums_that_nobody_planted_are_none(canaries: Canaries) -> None:
    canaries.of("contract", "title")
    assert not canaries.marks_in(b"The Zebra and Quex told us that 4,973,000,000 is no sum of ours; zqx is no word.")


def test_a_canary_of_another_process_is_reported_as_such(canaries: Canaries) -> None:
    mark = Canaries().of("contract", "title").marks[0]
    assert canaries.marks_in(mark.encode()) == {mark}
    assert "another process" in canaries.key_of(mark)
