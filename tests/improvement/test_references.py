"""References stand in the order in which people count."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from improvement.references import reference_key, step_reference
from tests.fixtures_text.tracker import needs_published, published_actions


def test_a_step_is_called_after_its_action() -> None:
    assert step_reference("2.3", 3) == "2.3/3"


def test_numbers_are_compared_as_numbers_and_letters_come_after_them() -> None:
    in_order = ["", "1.5", "1.10", "2", "6", "6.1", "6a", "6b", "17.3", "17.5", "17.10", "P.5.3", "P.5.12"]
    backwards = in_order[::-1]
    assert sorted(backwards, key=reference_key) == in_order


def test_leading_noughts_and_capitals_do_not_count() -> None:
    assert reference_key("01.05A") == reference_key("1.5a")


def test_a_number_of_any_length_has_a_place() -> None:
    assert reference_key("9" * 10_000) < reference_key("1" + "0" * 10_000)


@given(st.lists(st.text()))
def test_whatever_stands_in_the_place_of_references_can_be_sorted(references: list[str]) -> None:
    keys = [reference_key(each) for each in sorted(references, key=reference_key)]
    assert all(left <= right for left, right in pairwise(keys))


@needs_published
def test_the_published_actions_stand_in_this_order() -> None:
    printed = [action["ref"] for action in published_actions()]
    backwards = printed[::-1]
    assert sorted(backwards, key=reference_key) == printed
