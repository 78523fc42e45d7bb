"""Page numbers that were given stay; what overflows them has letters, and what is new runs on after the last."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from torbay_reports.publishing import numbering
from torbay_reports.publishing.numbering import LETTER_PLACE, Numbers
from torbay_reports.publishing.packplan import GivenNumbers, PageRange, Reached, Restriction

EARLIER = (
    GivenNumbers(LETTER_PLACE, ("1",)),
    GivenNumbers("report", ("2", "3")),
    GivenNumbers("fees", ("4",)),
    GivenNumbers("debts", ("E1",), Restriction.EXEMPT),
)


def test_without_an_earlier_version_numbers_run_through() -> None:
    numbers = Numbers(())
    assert numbers.take(LETTER_PLACE, 2) == ("1", "2")
    assert numbers.take("report", 1) == ("3",)
    assert numbers.take("debts", 2, is_restricted=True) == ("E1", "E2")


def test_what_was_given_stays_and_what_overflows_it_has_letters() -> None:
    numbers = Numbers(EARLIER)
    assert numbers.take("report", 2) == ("2", "3")
    assert numbers.take("fees", 3) == ("4", "4a", "4b")
    assert numbers.take(LETTER_PLACE, 2) == ("1", "1a")
    assert numbers.take("debts", 2, is_restricted=True) == ("E1", "E1a")


def test_letters_of_an_earlier_overflow_go_on() -> None:
    numbers = Numbers([GivenNumbers("report", ("2", "2a"))])
    assert numbers.take("report", 3) == ("2", "2a", "2b")


def test_after_z_come_two_letters() -> None:
    assert Numbers(EARLIER).take("fees", 28)[-2:] == ("4z", "4aa")


def test_a_new_paper_runs_on_after_the_last_number_of_its_kind() -> None:
    numbers = Numbers(EARLIER)
    assert numbers.take("new", 2) == ("5", "6")
    assert numbers.take("newer", 1) == ("7",)
    assert numbers.take("held back", 1, is_restricted=True) == ("E2",)


def test_a_paper_that_became_open_is_new_among_the_open_ones() -> None:
    assert Numbers(EARLIER).take("debts", 1) == ("5",)


@pytest.mark.parametrize(
    ("runs", "words"),
    [
        ([("2", "8")], "Pages 2 - 8"),
        ([("2", "4"), ("5", "5")], "Pages 2 - 5"),
        ([("2", "4b"), ("5", "6a")], "Pages 2 - 6a"),
        ([("2", "4"), ("20", "22")], "Pages 2 - 4 and 20 - 22"),
        ([("2", "4"), ("20", "20"), ("9", "9")], "Pages 2 - 4, 20 and 9"),
        ([("E1", "E2"), ("E3", "E3")], "Pages E1 - E3"),
        ([("i", "iii"), ("iv", "iv")], "Pages i - iv"),
    ],
)
def test_pages_of_several_papers_are_told_in_the_runs_that_they_make(runs: list[tuple[str, str]], words: str) -> None:
    ranges = [PageRange(first, last, place) for place, (first, last) in enumerate(runs)]
    assert numbering.joined(ranges).words == words
    assert numbering.joined(ranges).index == 0


def test_what_is_no_page_number_is_refused() -> None:
    for label in ("page 12", "iiii", "E", "0", "Ei", ""):
        with pytest.raises(ValueError, match=f"“{label}” is no page number"):
            Numbers([GivenNumbers("report", (label,))])


def test_sheets_of_an_agenda_are_roman_and_simply_go_on() -> None:
    assert Numbers(()).take(LETTER_PLACE, 4, are_sheets=True) == ("i", "ii", "iii", "iv")
    given = Numbers([GivenNumbers(LETTER_PLACE, ("i", "ii", "iii")), GivenNumbers("report", ("1",))])
    assert given.take(LETTER_PLACE, 5, are_sheets=True) == ("i", "ii", "iii", "iv", "v")
    assert given.take("new", 1) == ("2",)


@pytest.mark.parametrize(("number", "label"), [(1, "i"), (9, "ix"), (14, "xiv"), (49, "xlix"), (444, "cdxliv")])
def test_roman_numbers_are_written_and_read(number: int, label: str) -> None:
    assert numbering.roman(number) == label
    assert numbering.parted(label) == (numbering.SHEET, number, "")


def test_new_pages_run_on_after_what_other_instalments_have_reached() -> None:
    numbers = Numbers(EARLIER, Reached(open=30, restricted=7))
    assert numbers.take("fees", 2) == ("4", "4a")
    assert numbers.take("new", 2) == ("31", "32")
    assert numbers.take("held back", 1, is_restricted=True) == ("E8",)
    assert Numbers((), Reached(open=30)).take(LETTER_PLACE, 2) == ("31", "32")


@given(st.lists(st.lists(st.integers(0, 30), min_size=1, max_size=4), min_size=1, max_size=4))
def test_no_number_ever_stands_twice_and_all_that_were_given_stay(versions: list[list[int]]) -> None:
    earlier: tuple[GivenNumbers, ...] = ()
    for lengths in versions:
        numbers = Numbers(earlier)
        places = max(len(lengths), len(earlier))
        wanted = [lengths[place] if place < len(lengths) else 0 for place in range(places)]
        took = [
            GivenNumbers(str(place), numbers.take(str(place), max(pages, len(numbers.given(str(place))))))
            for place, pages in enumerate(wanted)
        ]
        now = tuple(each for each in took if each.labels)
        labels = [label for each in now for label in each.labels]
        assert len(set(labels)) == len(labels)
        kept = {each.place: each.labels for each in now}
        assert all(kept[each.place][: len(each.labels)] == each.labels for each in earlier)
        earlier = now
