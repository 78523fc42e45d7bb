"""A cell is cut into owners only where it plainly holds several, and a person is asked where it may."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from improvement.calculations.words.owners import OwnersReading, known_owners, split_owners
from tests.fixtures_text.tracker import needs_published, published_steps

CELLS = [
    "Head of Service MASH/ SA",
    "Head of Service SASF",
    "Head of Service MASH/ SA Head of Service SASF",
    "Lead Auditor",
    "CS Performance Lead",
    "HOS for Safeguarding and QA",
    "Head of Early Help",
    "AD/HoS/TSCB",
    "HOS",
    "HOS Early Help EH Team",
]
KNOWN = known_owners(CELLS)


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Head of Early Help", ["Head of Early Help"]),
        ("HOS for Safeguarding and QA", ["HOS for Safeguarding and QA"]),
        ("Head of Service MASH/ SA Head of Service SASF", ["Head of Service MASH/ SA", "Head of Service SASF"]),
        ("Head of Early Help TSCB", ["Head of Early Help", "TSCB"]),
        ("Lead Auditor\nHead of Early Help", ["Lead Auditor", "Head of Early Help"]),
        ("• Lead Auditor\n• Clerk", ["Lead Auditor", "Clerk"]),
        ("Clerk; Director", ["Clerk", "Director"]),
        (
            "Director, Finance Manager, Business Manager and HoS",
            ["Director", "Finance Manager", "Business Manager", "HoS"],
        ),
        ("Director, HOS for Safeguarding and QA", ["Director", "HOS for Safeguarding and QA"]),
        ("AD/HoS/TSCB", ["AD", "HoS", "TSCB"]),
        ("AD/HoS/IROs/Lead auditor", ["AD", "HoS", "IROs", "Lead auditor"]),
        ("CX and AD", ["CX", "AD"]),
        ("Lead Auditor and AD", ["Lead Auditor", "AD"]),
        ("AD/AD", ["AD"]),
        ("HOS Early Help EH Team", ["HOS Early Help EH Team"]),
        ("A post of its own", ["A post of its own"]),
        ("", []),
        ("-", []),
    ],
)
def test_a_cell_that_leaves_no_doubt_is_read(cell: str, names: list[str]) -> None:
    assert split_owners(cell, KNOWN) == OwnersReading(tuple(names), True)


@pytest.mark.parametrize(
    "cell",
    [
        "Head of Service MASH/ SA",
        "AD/HoS for this service",
        "AD/Heads of Service and Lead Auditor",
        "DCS / CX and AD corporate Services",
        "ATMIFSS CS Performance Lead HOS for Safeguarding and QA",
        "Director of Finance and Lead Auditor",
    ],
)
def test_a_cell_that_may_hold_several_stays_whole_and_is_not_sure(cell: str) -> None:
    assert split_owners(cell, KNOWN) == OwnersReading((cell,), False)


@pytest.mark.parametrize("cell", ["TBC", "n/a", "Vacant"])
def test_a_word_for_nobody_is_no_owner_and_a_person_is_asked(cell: str) -> None:
    assert split_owners(cell, KNOWN) == OwnersReading((), False)
    assert known_owners([cell]) == frozenset()


def test_a_row_of_names_is_no_name_itself() -> None:
    assert "Head of Service MASH/ SA Head of Service SASF" not in KNOWN
    assert "AD/HoS/TSCB" not in KNOWN
    assert {"AD", "HoS", "TSCB", "Head of Service MASH/ SA", "Head of Service SASF", "Lead Auditor"} <= KNOWN


def test_the_longest_name_wins_where_a_run_can_be_cut_in_two_ways() -> None:
    known = frozenset({"Team", "Team Manager", "Manager", "Clerk"})
    assert split_owners("Team Manager Clerk", known).names == ("Team Manager", "Clerk")


PARTS = ["AD", "HoS", "Lead Auditor", "Clerk", "/", " / ", " and ", ", ", "; ", "\n", " ", "TBC", "• ", "x"]
cells = st.lists(st.sampled_from(PARTS), max_size=12).map("".join) | st.text()


@given(cells, st.lists(cells, max_size=6))
def test_no_word_is_lost_and_none_is_invented(cell: str, others: list[str]) -> None:
    reading = split_owners(cell, known_owners([cell, *others]))
    words = [set(re.findall(r"\w+", text)) - {"and", "TBC"} for text in (cell, " ".join(reading.names))]
    nobody = {"tbc", "tba", "n", "a", "none", "nobody", "vacant"}
    assert words[1] <= words[0]
    assert {word for word in words[0] - words[1] if word.casefold() not in nobody} == set()


@given(st.lists(cells, max_size=8))
def test_the_order_of_the_cells_does_not_matter(others: list[str]) -> None:
    assert known_owners(others) == known_owners(reversed(others))


@pytest.mark.parametrize("piece", ["AD/", "AD ", "Lead Auditor ", "a, ", "and ", "\n", "AD\n"])
def test_a_very_long_cell_is_no_trouble(piece: str) -> None:
    assert isinstance(split_owners(piece * 20_000, KNOWN), OwnersReading)
    assert isinstance(known_owners([piece * 20_000]), frozenset)


@needs_published
def test_the_published_cells_name_their_owners() -> None:
    cells = [step["who_as_printed"] for step in published_steps()]
    known = known_owners(cells)
    read = {cell: split_owners(cell, known) for cell in cells}
    assert read["Care Leavers Practice Manager YOT Manager"].names == ("Care Leavers Practice Manager", "YOT Manager")
    assert read["AD/HoS/IROs/Lead Auditor"].names == ("AD", "HoS", "IROs", "Lead Auditor")
    assert read["AD/Head of Service Specialist Services"].names == ("AD", "Head of Service Specialist Services")
    assert len([cell for cell in read if not read[cell].is_sure]) == 11
    assert all(reading.names for cell, reading in read.items() if cell)
