"""Marking, resolution and councillors' right to read, by the list of exempt information of the day."""

from datetime import date

import pytest

from torbay_reports.publishing.schedule12a import (
    confidential_marking,
    description,
    list_on,
    marking,
    open_to_every_councillor,
    resolution,
    short_marking,
)

NOW = date(2017, 9, 6)
THEN = date(2004, 7, 14)
AFFAIRS = (
    "Information relating to the financial or business affairs of any particular person (including the authority "
    "holding that information)."
)


@pytest.mark.parametrize(
    ("day", "since"),
    [
        (date(1986, 4, 1), date(1986, 4, 1)),
        (date(2006, 2, 28), date(1986, 4, 1)),
        (date(2006, 3, 1), date(2006, 3, 1)),
        (NOW, date(2006, 3, 1)),
    ],
)
def test_a_list_is_in_force_from_its_first_day_until_the_next_one(day: date, since: date) -> None:
    assert list_on(day).since == since


def test_before_the_first_list_there_is_none() -> None:
    with pytest.raises(LookupError, match="31 March 1986"):
        list_on(date(1986, 3, 31))


def test_a_paragraph_that_the_list_of_the_day_does_not_have_is_not_found() -> None:
    assert description(THEN, 15).words == "The identity of a protected informant."
    with pytest.raises(LookupError, match="no paragraph 15 from 1 March 2006"):
        description(NOW, 15)


def test_the_same_number_means_what_it_meant_on_the_day() -> None:
    assert description(NOW, 3).words == AFFAIRS
    assert description(THEN, 3).label == "occupiers of the authority's accommodation"


def test_a_paper_on_one_paragraph_is_marked_in_the_words_of_the_act() -> None:
    assert marking([description(NOW, 3)]) == (
        "NOT FOR PUBLICATION by virtue of paragraph 3 of Part 1 of Schedule 12A to the Local Government Act 1972: "
        + AFFAIRS
    )


def test_a_paper_on_several_paragraphs_names_each_with_its_words_in_their_order() -> None:
    assert marking([description(NOW, 3), description(NOW, 1), description(NOW, 3)]) == (
        "NOT FOR PUBLICATION by virtue of paragraphs 1 and 3 of Part 1 of Schedule 12A to the Local Government Act "
        f"1972: 1. Information relating to any individual. 3. {AFFAIRS}"
    )


def test_the_short_marking_has_labels_for_words() -> None:
    assert short_marking([description(THEN, 9), description(THEN, 7)]) == (
        "NOT FOR PUBLICATION by virtue of paragraphs 7 and 9 of Part I of Schedule 12A to the Local Government Act "
        "1972 (financial or business affairs; terms of a contract)"
    )


def test_a_marking_needs_a_description() -> None:
    with pytest.raises(ValueError, match="one description at least"):
        marking([])


def test_descriptions_of_two_lists_do_not_mark_one_paper() -> None:
    with pytest.raises(ValueError, match="come from one list"):
        marking([description(THEN, 7), description(NOW, 3)])


def test_a_confidential_paper_cites_the_section_that_says_what_that_is() -> None:
    assert confidential_marking() == (
        "NOT FOR PUBLICATION: confidential information within the meaning of section 100A(3) of the Local Government "
        "Act 1972."
    )


def test_a_confidential_paper_names_who_furnished_it_or_what_prohibits_it() -> None:
    assert confidential_marking(furnished_by="the Home Office").endswith(
        "1972. Furnished by the Home Office upon terms which forbid its disclosure to the public."
    )
    assert confidential_marking(prohibited_by="section 97 of the Children Act 1989").endswith(
        "1972. Its disclosure to the public is prohibited by section 97 of the Children Act 1989."
    )


def test_the_resolution_names_item_and_description() -> None:
    assert resolution("5", "Revenue Budget", [description(NOW, 3)]) == (
        "That under section 100A(4) of the Local Government Act 1972 the public be excluded from the meeting during "
        "item 5, “Revenue Budget”, since it is likely, in view of the nature of the business to be transacted, that "
        "if members of the public were present during that item there would be disclosure to them of exempt "
        "information, as defined in section 100I of that Act, of the following description in Part 1 of Schedule 12A "
        f"to that Act. Paragraph 3: {AFFAIRS}"
    )


def test_the_resolution_names_each_of_several_descriptions() -> None:
    said = resolution("5", "Revenue Budget", [description(NOW, 2), description(NOW, 1)])
    assert said.endswith(
        "of the following descriptions in Part 1 of Schedule 12A to that Act. Paragraph 1: Information relating to "
        "any individual. Paragraph 2: Information which is likely to reveal the identity of an individual."
    )


@pytest.mark.parametrize("number", [3, 6])
def test_every_councillor_may_read_what_rests_on_paragraph_3_or_6(number: int) -> None:
    assert open_to_every_councillor([number], NOW, contract_terms=False) is True


@pytest.mark.parametrize("number", [1, 2, 4, 5, 7])
def test_no_other_paragraph_opens_a_paper_to_every_councillor(number: int) -> None:
    assert open_to_every_councillor([number], NOW, contract_terms=False) is False


def test_terms_proposed_for_a_contract_close_paragraph_3_but_not_6() -> None:
    assert open_to_every_councillor([3], NOW, contract_terms=True) is False
    assert open_to_every_councillor([6], NOW, contract_terms=True) is True


@pytest.mark.parametrize("numbers", [(3, 6), (1, 2), (3, 5)])
def test_a_person_decides_about_several_paragraphs(numbers: tuple[int, int]) -> None:
    assert open_to_every_councillor(numbers, NOW, contract_terms=False) is None


def test_the_same_paragraph_twice_is_one() -> None:
    assert open_to_every_councillor([6, 6], NOW, contract_terms=False) is True


@pytest.mark.parametrize("number", range(1, 16))
def test_a_person_decides_about_a_paper_on_an_older_list(number: int) -> None:
    assert open_to_every_councillor([number], THEN, contract_terms=False) is None


def test_who_may_read_a_paper_on_no_or_an_unknown_paragraph_is_not_said() -> None:
    with pytest.raises(ValueError, match="one description at least"):
        open_to_every_councillor([], NOW, contract_terms=False)
    with pytest.raises(LookupError):
        open_to_every_councillor([3, 9], NOW, contract_terms=False)
