"""Committees and meetings are added and changed, each mistake with a sentence."""

from dataclasses import replace
from datetime import date, time

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from tests.access.people.pages import done, sentences
from tests.agenda.desk.world import HELD_ON, make_meeting, out_with_one_missing, says
from tests.improvement.keeping import typed
from torbay_reports.access.models import User
from torbay_reports.agenda.desk.addresses import desk_address, of_meeting
from torbay_reports.agenda.desk.meetings import (
    CommitteeFacts,
    MeetingFacts,
    add_committee,
    add_meeting,
    change_committee,
    change_meeting,
    committee_facts,
    committee_mark,
    meeting_facts,
    meeting_mark,
)
from torbay_reports.agenda.desk.refusals import ChangedMeanwhile
from torbay_reports.agenda.models import Meeting

pytestmark = pytest.mark.django_db

HARBOUR = CommitteeFacts(name="Harbour Committee", short_name="HC", clerk="Kate Spencer")


def test_a_committees_address_is_made_of_its_name_and_stays(clerk: User) -> None:
    made = add_committee(facts=HARBOUR, by=clerk)
    assert (made.slug, made.short_name) == ("harbour-committee", "HC")
    facts = replace(committee_facts(made), name="Harbour Board")
    changed = change_committee(committee=made, facts=facts, seen=committee_mark(made), by=clerk)
    assert (changed.slug, changed.name) == ("harbour-committee", "Harbour Board")
    with pytest.raises(ChangedMeanwhile, match="name: Harbour Board"):
        change_committee(committee=made, facts=HARBOUR, seen=committee_mark(made), by=clerk)


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        (CommitteeFacts(name="harbour committee"), "a committee of that name already: “Harbour Committee”"),
        (CommitteeFacts(name="Harbour: Committee"), "a committee of that name already"),
        (CommitteeFacts(name="Health Committee", short_name="hc"), "“HC” stands for the Harbour Committee already"),
        (CommitteeFacts(name="???"), "has no letter that an address can be made of"),
    ],
)
def test_two_committees_are_told_apart(clerk: User, facts: CommitteeFacts, sentence: str) -> None:
    add_committee(facts=HARBOUR, by=clerk)
    with pytest.raises(ValidationError, match=sentence):
        add_committee(facts=facts, by=clerk)


@pytest.mark.parametrize(
    ("held_on", "facts", "sentence"),
    [
        (date(2017, 9, 4), MeetingFacts(), "Monday 4 September 2017 is past"),
        (HELD_ON, MeetingFacts(), "meets on Wednesday 6 September 2017 already"),
        (date(2017, 9, 13), MeetingFacts(convened_on=date(2017, 9, 14)), "convened before it meets"),
    ],
)
def test_a_day_that_cannot_be_is_told(clerk: User, held_on: date, facts: MeetingFacts, sentence: str) -> None:
    board = make_meeting().committee
    with pytest.raises(ValidationError, match=sentence):
        add_meeting(committee=board, held_on=held_on, facts=facts, by=clerk)
    assert Meeting.objects.count() == 1


def test_a_meeting_is_put_down_and_changed(clerk: User) -> None:
    board = make_meeting().committee
    facts = MeetingFacts(starts_at=time(17, 30), place="Town Hall")
    made = add_meeting(committee=board, held_on=date(2017, 9, 5), facts=facts, by=clerk)
    seen = meeting_mark(made)
    change_meeting(meeting=made, facts=replace(facts, presiding="Councillor Lewis"), seen=seen, by=clerk)
    assert says(made) == [
        "The meeting of Tuesday 5 September 2017 is put on the calendar.",
        "Changed: person presiding.",
    ]
    with pytest.raises(ChangedMeanwhile, match="person presiding: Councillor Lewis"):
        change_meeting(meeting=made, facts=facts, seen=seen, by=clerk)


def test_the_day_of_convening_entered_after_publication_needs_a_reason_that_everybody_reads(
    browser: Client, clerk: User
) -> None:
    meeting, _, _ = out_with_one_missing(clerk)
    convened = replace(meeting_facts(meeting), convened_on=date(2017, 9, 1))
    with pytest.raises(ValidationError, match="Say why it is entered only now"):
        change_meeting(meeting=meeting, facts=convened, seen=meeting_mark(meeting), why=" ", by=clerk)
    assert Meeting.objects.get().convened_on is None
    edit = of_meeting("meeting-edit", meeting)
    done(browser, edit, **typed(browser, edit, convened_on="1/9/2017", why="It was forgotten"))
    line = "Convened on 1 September, entered on 5 September after publication: It was forgotten."
    assert line in sentences(Client(), meeting.get_absolute_url())
    assert line in sentences(browser, desk_address(meeting))
    assert says(meeting)[-1] == ("Changed: day of its convening. Why it is entered after publication: It was forgotten")
    kept = Meeting.objects.get()
    place = replace(meeting_facts(kept), place="Town Hall")
    change_meeting(meeting=kept, facts=place, seen=meeting_mark(kept), by=clerk)
    taken_back = replace(place, convened_on=None)
    change_meeting(meeting=kept, facts=taken_back, seen=meeting_mark(Meeting.objects.get()), why="A slip.", by=clerk)
    assert "was taken back on 5 September after publication: A slip." in sentences(browser, desk_address(meeting))


def test_before_anything_is_out_it_is_entered_without_a_reason(browser: Client, clerk: User) -> None:
    meeting = make_meeting()
    edit = of_meeting("meeting-edit", meeting)
    assert "only now" not in sentences(browser, edit)
    done(browser, edit, **typed(browser, edit, convened_on="1/9/2017"))
    assert Meeting.objects.get().convening_entered_on is None
