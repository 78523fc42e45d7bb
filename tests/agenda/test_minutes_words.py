"""The sentences of the minutes, word for word."""

from datetime import date, time

import pytest

from torbay_reports.agenda.minutes.words import (
    carried_sentence,
    decision_sentence,
    moved_sentence,
    reference,
    replaces_sentence,
    urgency_minute,
)
from torbay_reports.agenda.models import AgendaItem, Committee, Decision, Meeting, Urgency

BOARD = Committee(name="Overview and Scrutiny Board", short_name="OSB")
COUNCIL = Committee(name="Council")
MEETING = Meeting(committee=BOARD, held_on=date(2017, 9, 6))
NEXT = Meeting(committee=BOARD, held_on=date(2017, 10, 4))
CAPITAL = AgendaItem(meeting=MEETING, number="9", title="Update to the Capital Plan 2017/18")
BUDGET = AgendaItem(meeting=MEETING, number="5", title="Revenue Budget 2017/2018 - Quarter 1 Monitoring Report")


def test_an_admitted_item_is_minuted_with_who_presided_and_the_special_circumstances() -> None:
    urgency = Urgency(
        item=CAPITAL,
        because="The plan goes to Council.",
        outcome="admitted",
        decided_by="Councillor Ash (Chairman)",
        circumstances="Council decides on the plan on 13 September 2017,\nbefore the Board meets again",
    )
    assert urgency_minute(urgency) == (
        "Item 9, “Update to the Capital Plan 2017/18”: the person presiding, Councillor Ash (Chairman), was of the "
        "opinion that by reason of special circumstances the item should be considered at the meeting as a matter of "
        "urgency under section 100B(4)(b) of the Local Government Act 1972. The special circumstances: Council decides "
        "on the plan on 13 September 2017, before the Board meets again."
    )


@pytest.mark.parametrize(
    ("circumstances", "end"), [("", "It was not considered."), ("A bid", "What was put forward: A bid.")]
)
def test_a_refused_item_is_minuted_as_not_considered(circumstances: str, end: str) -> None:
    urgency = Urgency(item=CAPITAL, outcome="refused", decided_by="Councillor Ash", circumstances=circumstances)
    said = urgency_minute(urgency)
    assert "the person presiding, Councillor Ash, was not of the opinion that by reason of special" in said
    assert "It was not considered." in said
    assert said.endswith(end)


def test_before_the_decision_there_is_nothing_to_minute() -> None:
    assert urgency_minute(Urgency(item=CAPITAL, because="The plan goes to Council.")) == ""


def test_a_decision_is_cited_by_the_bodys_initials_or_its_name() -> None:
    assert reference(Decision(item=BUDGET, number=1)) == "OSB 6 September 2017, item 5, decision 1"
    at_council = AgendaItem(meeting=Meeting(committee=COUNCIL, held_on=date(2017, 9, 13)), number="3")
    assert reference(Decision(item=at_council, number=2)) == "Council 13 September 2017, item 3, decision 2"


@pytest.mark.parametrize(
    ("decision", "sentence"),
    [
        (Decision(kind="resolved", words="That the report be published"), "Resolved: That the report be published."),
        (Decision(kind="noted", words="The report."), "Noted: The report."),
        (
            Decision(kind="recommended", to=COUNCIL, words="That it be approved."),
            "Recommended to the Council: That it be approved.",
        ),
        (
            Decision(kind="recommended", to=Committee(name="The Mayor"), words="That it be approved."),
            "Recommended to The Mayor: That it be approved.",
        ),
    ],
)
def test_a_decision_says_what_sort_it_is(decision: Decision, sentence: str) -> None:
    assert decision_sentence(decision) == sentence


def test_a_decision_in_anothers_place_says_which_and_why() -> None:
    first = Decision(item=BUDGET, number=1)
    assert replaces_sentence(first) == ""
    second = Decision(item=BUDGET, number=2, replaces=first, why="The sum was wrong")
    assert replaces_sentence(second) == "It replaces OSB 6 September 2017, item 5, decision 1. The sum was wrong."


def test_a_carried_item_says_from_where_and_to_where() -> None:
    later = AgendaItem(meeting=NEXT, number="4", carried_from=BUDGET)
    assert carried_sentence(BUDGET) == "Carried to the meeting of 4 October 2017, item 4."
    assert carried_sentence(later) == "Carried from item 5 of the meeting of 6 September 2017."
    assert carried_sentence(CAPITAL) == ""


def test_a_moved_meeting_says_when_and_where_it_is_now() -> None:
    new = Meeting(committee=BOARD, held_on=date(2017, 9, 8), starts_at=time(18), place="Town Hall")
    moved = Meeting(committee=BOARD, held_on=date(2017, 9, 6), moved_to=new)
    assert moved_sentence(moved) == "This meeting was moved to Friday 8 September 2017 at 6 pm, Town Hall."
    assert moved_sentence(new) == "This meeting takes the place of that of Wednesday 6 September 2017."
    assert moved_sentence(MEETING) == ""
