"""The lists themselves: complete, in their order, and plain about what could not be compared."""

from itertools import pairwise

import pytest

from torbay_reports.publishing.schedule12a_lists import FROM_1986, FROM_2006, LISTS, DescriptionList

each_list = pytest.mark.parametrize("given", LISTS, ids=lambda given: str(given.since))


@each_list
def test_descriptions_are_numbered_from_1_and_are_whole_sentences(given: DescriptionList) -> None:
    assert [each.number for each in given.descriptions] == list(range(1, len(given.descriptions) + 1))
    assert all(each.words[0].isupper() and each.words.endswith(".") for each in given.descriptions)
    assert all("  " not in each.words and each.label[0].islower() for each in given.descriptions)


@each_list
def test_what_is_said_of_descriptions_is_said_of_some_in_the_list(given: DescriptionList) -> None:
    numbers = {each.number for each in given.descriptions}
    assert all(each.numbers <= numbers for each in given.qualifications)
    assert given.unconfirmed < numbers


@each_list
def test_no_label_stands_for_two_descriptions(given: DescriptionList) -> None:
    assert len({each.label for each in given.descriptions}) == len(given.descriptions)


def test_lists_follow_each_other() -> None:
    assert all(first.since < second.since for first, second in pairwise(LISTS))
    assert [len(each.descriptions) for each in LISTS] == [15, 7]


def test_financial_affairs_that_must_be_registered_are_not_exempt() -> None:
    assert [each.paragraph for each in FROM_2006.qualifying([3])] == [8, 9, 10]
    assert [each.paragraph for each in FROM_1986.qualifying([7])] == [2, 7]


def test_other_descriptions_are_not_qualified_by_registration() -> None:
    assert [each.paragraph for each in FROM_2006.qualifying([1, 7])] == [9, 10]


def test_the_public_interest_is_weighed_from_2006_on() -> None:
    assert [each.weighs_public_interest for each in LISTS] == [False, True]
