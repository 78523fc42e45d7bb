"""What a pack is made of tells which of its papers have changed, and what else."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.publishing import packs
from torbay_reports.publishing import makeup
from torbay_reports.publishing.packplan import PackPlan, PlannedPaper, PlannedUpload

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


def test_it_is_read_back_as_it_was_stored_and_nothing_is_no_makeup() -> None:
    made = makeup.of_plan(PLAN)
    assert makeup.from_stored(makeup.to_stored(made)) == made
    assert makeup.from_stored({}) is None
