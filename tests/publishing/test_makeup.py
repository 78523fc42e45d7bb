"""What a pack is made of tells which of its papers have changed, and what else."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from tests.publishing import agendas, packs
from torbay_reports.publishing import makeup
from torbay_reports.publishing.packplan import (
    CoverLetter,
    Edition,
    GivenNumbers,
    PackPlan,
    PlannedItem,
    PlannedPaper,
    PlannedUpload,
    Reached,
)

PLAN = packs.plan()


def with_papers(change: Callable[[tuple[PlannedPaper, ...]], tuple[PlannedPaper, ...]]) -> PackPlan:
    """The plan with other papers under its last item."""
    *before, last = PLAN.items
    return replace(PLAN, items=(*before, replace(last, papers=change(last.papers))))


def test_documents_and_pages_are_not_looked_at_but_for_their_checksum() -> None:
    upload = PlannedUpload(part=b"pages", checksum="1", is_tagged=True)
    full = with_papers(lambda papers: tuple(replace(each, upload=upload, content="1") for each in papers))
    bare = with_papers(lambda papers: tuple(replace(each, document=None, content="1") for each in papers))
    assert makeup.of_plan(full) == makeup.of_plan(bare)


@pytest.mark.parametrize(
    ("change", "number"),
    [
        (lambda papers: papers, 0),
        (lambda papers: papers[:1], 1),
        (lambda papers: (*papers, PlannedPaper("item-7-more", "More", None)), 1),
        (lambda papers: (replace(papers[0], key="item-7-fees-1234"), papers[1]), 1),
        (lambda papers: (replace(papers[0], content="other"), papers[1]), 1),
        (lambda papers: (replace(papers[0], title="Tolls"), papers[1]), 1),
        (lambda papers: (replace(papers[0], key="item-7-fees-1234"), replace(papers[1], content="brought")), 2),
        (lambda papers: papers[::-1], 0),
    ],
)
def test_papers_that_came_went_or_changed_are_counted(
    change: Callable[[tuple[PlannedPaper, ...]], tuple[PlannedPaper, ...]], number: int
) -> None:
    assert makeup.of_plan(with_papers(change)).papers_unlike(makeup.of_plan(PLAN)) == number


def test_order_letter_and_notice_are_the_cover() -> None:
    before = makeup.of_plan(PLAN)
    for other in (
        with_papers(lambda papers: papers[::-1]),
        replace(PLAN, notice="Another."),
        replace(PLAN, letter=replace(PLAN.letter, clerk="Alex Moor")),
    ):
        now = makeup.of_plan(other)
        assert now.papers == before.papers
        assert now.cover != before.cover


def test_another_file_for_a_paper_leaves_the_cover() -> None:
    other = with_papers(lambda papers: (replace(papers[0], key="item-7-fees-1234"), papers[1]))
    assert makeup.of_plan(other).cover == makeup.of_plan(PLAN).cover


def test_words_count_where_they_are_printed() -> None:
    for plan, is_same in ((PLAN, True), (agendas.agenda(), False)):
        other = replace(plan, items=(replace(plan.items[0], words="Other words."), *plan.items[1:]))
        assert (makeup.of_plan(other) == makeup.of_plan(plan)) is is_same
    late = replace(PLAN, letter=replace(packs.letter(), reasons=("The figures came late.",)))
    assert makeup.of_plan(late).cover != makeup.of_plan(PLAN).cover


def test_a_pack_says_the_same_when_others_go_on_and_another_thing_when_they_take_its_numbers() -> None:
    first = replace(PLAN, reached=Reached(open=10))
    assert makeup.of_plan(replace(first, reached=Reached(open=12))) != makeup.of_plan(first)
    given = (
        GivenNumbers("", ("11",)),
        GivenNumbers("item-5-report", ("12", "13")),
        GivenNumbers("item-7-fees", ("14",)),
    )
    for reached in (Reached(open=10), Reached(open=40, restricted=3)):
        published = replace(PLAN, numbered=given, reached=reached)
        assert makeup.of_plan(published) == makeup.of_plan(first)
    # A new paper of a corrected pack runs on after the others'.
    assert makeup.of_plan(replace(PLAN, numbered=given[:2], reached=Reached(open=40))) != makeup.of_plan(first)
    corrected = replace(PLAN, numbered=given[:2], reached=Reached(open=40))
    after = replace(PLAN, numbered=(*given[:2], GivenNumbers("item-7-fees", ("41",))), reached=Reached(open=50))
    assert makeup.of_plan(after) == makeup.of_plan(corrected)


def test_a_pack_that_was_stored_before_instalments_ran_through_says_what_it_said() -> None:
    day = date(2031, 9, 6)
    letter = CoverLetter(
        "A", "1", "a@council.invalid", day, ("Hall",), "Dear", "Board", "Enclosed", "Yours", "A", "Clerk"
    )
    items = (PlannedItem("1", "Item", (PlannedPaper("paper", "Paper", None),)),)
    plan = PackPlan("Council", "Board", day, "Board: supplement 1", Edition.PUBLIC, letter, items)
    # What the program gave before a plan knew of other instalments, reasons or words.
    assert makeup.of_plan(plan).cover == "6e7bbec9e5894b3d0b109e422101e16fcdbaeec636c18a06d456835352c39b12"


def test_it_is_read_back_as_it_was_stored_and_nothing_is_no_makeup() -> None:
    made = makeup.of_plan(PLAN)
    assert makeup.from_stored(makeup.to_stored(made)) == made
    assert makeup.from_stored({}) is None
