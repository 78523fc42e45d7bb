"""A status is read from words that are known to mean it, and from no others."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from improvement.calculations.words.statuses import StatusReading, read_status
from improvement.kinds import Status
from tests.fixtures_text.tracker import needs_published, published_steps

UNKNOWN = StatusReading(Status.NOT_STATED, False)


@pytest.mark.parametrize(
    ("printed", "status"),
    [
        ("COMPLETED", Status.DONE),
        ("Complete", Status.DONE),
        ("Fully completed.", Status.DONE),
        ("Closed", Status.DONE),
        ("COMPLETED (FEB 2017)", Status.DONE),
        ("Completed 31/3/17", Status.DONE),
        ("Completed on 3 March 2017", Status.DONE),
        ("COMPLETED AND ISSUED", Status.DONE),
        ("COMPLETED – IN PLACE", Status.DONE),
        ("COMPLETED AND ONGOING", Status.DONE_CONTINUING),
        ("Completed/on-going", Status.DONE_CONTINUING),
        ("COMPLETED\nONGOING", Status.DONE_CONTINUING),
        ("Done (March 2017) and continuing", Status.DONE_CONTINUING),
        ("ONGOING", Status.IN_PROGRESS),
        ("In process – to be completed fully April 2017", Status.IN_PROGRESS),
        ("Under way", Status.IN_PROGRESS),
        ("On track to finish in May", Status.IN_PROGRESS),
        ("Started Jan 2017", Status.IN_PROGRESS),
        ("Partially complete", Status.IN_PROGRESS),
        ("Not started", Status.NOT_STARTED),
        ("Not yet started", Status.NOT_STARTED),
        ("Not yet begun", Status.NOT_STARTED),
        ("Yet to start", Status.NOT_STARTED),
        ("Not started – completed elsewhere", Status.NOT_STARTED),
        ("Cancelled", Status.STOPPED),
        ("Withdrawn (no funding)", Status.STOPPED),
        ("", Status.NOT_STATED),
        (" \n", Status.NOT_STATED),
        ("-", Status.NOT_STATED),
    ],
)
def test_a_known_wording_is_read(printed: str, status: Status) -> None:
    assert read_status(printed) == StatusReading(status, True)


@pytest.mark.parametrize("status", Status)
def test_our_own_labels_are_read_back(status: Status) -> None:
    assert read_status(status.label) == StatusReading(status, True)
    assert read_status(status.label.upper()) == StatusReading(status, True)


@pytest.mark.parametrize(
    "printed",
    [
        "Not completed",
        "Incomplete",
        "Not done",
        "To be completed",
        "Phase 1 completed",
        "COMPLETED – to be reviewed",
        "Completed except for the audits",
        "Completed in part",
        "Completed, not yet signed off",
        "Done but training outstanding",
        "Completed 50%",
        "Done, mostly",
        "Completed in principle",
        "Completed – due June 2018",
        "Completed - hopefully by June",
        "Completed, expected June",
        "Complete - first draft",
        "Completed: Phase 1 of 3",
        "Delivered in 3 of 5 areas",
        "Implemented in pilot",
        "Closed: reopened in June",
        "Completed?",
    ],
)
def test_what_is_not_wholly_done_is_never_read_as_done(printed: str) -> None:
    assert read_status(printed) == UNKNOWN


@pytest.mark.parametrize(
    "printed",
    [
        "Counted by hand at present (11.04.17)",
        "Complete training by June",
        "Complete and issue",
        "Complete 5 audits",
        "Green",
        "Amber – completed",
        "On hold",
        "at risk",
        "???",
        "✔",
        "●",
        "Startled",
    ],
)
def test_a_note_a_bidding_or_a_colour_is_no_status(printed: str) -> None:
    assert read_status(printed) == UNKNOWN


@given(st.text() | st.lists(st.sampled_from(["not", "done", "completed", " ", "-", "ongoing", "%", "?"])).map("".join))
def test_any_text_gets_an_answer_and_only_not_stated_may_be_unknown(printed: str) -> None:
    reading = read_status(printed)
    assert reading.is_known or reading.status is Status.NOT_STATED


def test_a_very_long_cell_is_no_trouble() -> None:
    assert read_status("completed " * 50_000) == UNKNOWN
    assert read_status(" " * 200_000 + "Done").status is Status.DONE


@needs_published
def test_the_published_statuses_are_counted_as_the_source_counts_them() -> None:
    counted = Counter(read_status(step["status"]).status for step in published_steps())
    assert counted == {Status.DONE: 131, Status.DONE_CONTINUING: 3, Status.IN_PROGRESS: 17, Status.NOT_STATED: 21}


@needs_published
def test_the_only_published_status_that_is_not_known_is_the_note() -> None:
    unknown = [step["id"] for step in published_steps() if not read_status(step["status"]).is_known]
    noted = [step["id"] for step in published_steps() if step["status"] and step["status_normalised"] == "not stated"]
    assert len(unknown) == 1
    assert unknown == noted
