"""Items are added, changed and taken away; what is out keeps its number and its title."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.exceptions import ValidationError

from tests.agenda.desk.world import HELD_ON, a_paper, a_supplement, an_item, make_meeting, out_with_one_missing, says
from tests.agenda.held_back import brought, make_held_back
from torbay_reports.access.models import User
from torbay_reports.agenda.desk.items import (
    ItemFacts,
    change_item,
    item_facts,
    item_mark,
    next_number,
    take_item_away,
)
from torbay_reports.agenda.desk.order import move_item
from torbay_reports.agenda.desk.refusals import ChangedMeanwhile
from torbay_reports.agenda.minutes import decisions
from torbay_reports.agenda.minutes.urgency import admit_urgent_item
from torbay_reports.agenda.models import AgendaItem, ItemKind, Meeting

pytestmark = pytest.mark.django_db


def test_the_agenda_is_made_with_the_first_item(clerk: User) -> None:
    meeting = make_meeting()
    item = an_item(meeting, clerk)
    agenda = meeting.instalments.get()
    assert (agenda.number, agenda.clerk, agenda.email) == (0, clerk.full_name, clerk.email)
    assert (item.position, item.added_in) == (1, None)
    assert says(meeting) == ["The agenda is made, dated 5 September 2017.", "Item 5 is added: “Business 5”."]


def test_the_next_number_follows_the_highest(clerk: User) -> None:
    meeting = make_meeting()
    assert next_number(meeting) == "1"
    for number in ("9", "10a", "B"):
        an_item(meeting, clerk, number)
    assert next_number(meeting) == "11"


@pytest.mark.parametrize("number", ["5", "5A"])
def test_a_number_that_is_used_names_the_item_that_has_it(clerk: User, number: str) -> None:
    meeting = make_meeting()
    an_item(meeting, clerk, number.lower(), title="Revenue Budget")
    with pytest.raises(ValidationError) as refused:
        an_item(meeting, clerk, number)
    (sentence,) = refused.value.message_dict["number"]
    assert sentence.startswith(f"Item {number.lower()} is “Revenue Budget” already. Give this one another number, such")
    assert sentence.endswith("6.")
    assert meeting.items.count() == 1


@pytest.mark.parametrize("number", ["../x", "5-a", "5_1", "", "5.", "5 a", "５"])
def test_what_cannot_stand_in_an_address_is_no_number(clerk: User, number: str) -> None:
    with pytest.raises(ValidationError, match="no number of an item"):
        an_item(make_meeting(), clerk, number)
    assert not AgendaItem.objects.exists()


def test_what_is_added_after_the_agenda_is_out_waits_for_a_supplement(clerk: User) -> None:
    meeting, _, _ = out_with_one_missing(clerk)
    with pytest.raises(ValidationError, match="The agenda is published. Make a supplement first"):
        an_item(meeting, clerk, "8")
    supplement = a_supplement(meeting, clerk)
    urgent = an_item(meeting, clerk, "8", kind=ItemKind.URGENT)
    assert (urgent.added_in, urgent.kind) == (supplement, "urgent")


def test_an_item_that_is_out_keeps_number_and_title_and_takes_other_words(clerk: User) -> None:
    _, there, _ = out_with_one_missing(clerk)
    item = there.item
    for changed, sentence in ({"number": "4"}, "number stays"), ({"title": "Other"}, "title stays"):
        with pytest.raises(ValidationError, match=sentence):
            change(item, clerk, **changed)
    assert change(item, clerk, words="To consider the report.").words == "To consider the report."
    with pytest.raises(ValidationError, match="published, so it stays on the agenda"):
        take_away(item, clerk)


def test_an_item_admitted_at_the_meeting_or_decided_on_stays_as_it_is(clerk: User, settings: LazySettings) -> None:
    settings.TODAY = HELD_ON
    decided = an_item(make_meeting(), clerk, "8")
    drafted = decisions.draft(item=decided, kind="resolved", words="That it be done.", to=None, by=clerk)
    assert change(decided, clerk, number="9").number == "9"
    decisions.publish(decision=drafted, seen=decisions.decision_mark(drafted), by=clerk)
    said = {"because": "Tenders close.", "circumstances": "They close on Friday.", "decided_by": "Councillor Ash"}
    admitted = admit_urgent_item(meeting=decided.meeting, number="10", title="Capital Plan", by=clerk, **said)
    for item in (decided, admitted):
        for changed, sentence in ({"number": "3"}, "number stays"), ({"title": "Other"}, "title stays"):
            with pytest.raises(ValidationError, match=sentence):
                change(item, clerk, **changed)
        with pytest.raises(ValidationError, match="is recorded and public, so it stays"):
            take_away(item, clerk)
    with pytest.raises(ValidationError, match="what is published keeps its order"):
        move_item(item=admitted, up=True, past=decided.pk, by=clerk)


def test_an_item_is_renumbered_while_it_is_not_out(clerk: User) -> None:
    item = an_item(make_meeting(), clerk)
    assert change(item, clerk, number="7", title="Harbours").number == "7"
    assert says(item.meeting)[-1] == "Item 5 is item 7 from now on: “Harbours”."


def test_the_second_of_two_clerks_is_told_what_stands_there_and_loses_nothing(clerk: User) -> None:
    item = an_item(make_meeting(), clerk)
    seen = item_mark(item)
    change(item, clerk, title="Harbours")
    with pytest.raises(ChangedMeanwhile, match="title: Harbours") as told:
        change_item(item=item, facts=item_facts(item), seen=seen, by=clerk)
    assert told.value.now == item_mark(stored(item))
    with pytest.raises(ChangedMeanwhile):
        take_item_away(item=item, seen=seen, by=clerk)
    assert stored(item).title == "Harbours"


def test_an_item_goes_once_its_papers_are_away(clerk: User) -> None:
    meeting = make_meeting()
    item = an_item(meeting, clerk)
    paper = a_paper(item, clerk)
    with pytest.raises(ValidationError, match="Item 5 has papers"):
        take_away(item, clerk)
    paper.delete()
    take_away(item, clerk)
    assert not meeting.items.exists()
    assert says(meeting)[-1] == "Item 5, “Business 5”, is taken off the agenda."


def test_a_meeting_that_was_moved_keeps_its_agenda_where_it_is(clerk: User) -> None:
    meeting = make_meeting()
    Meeting.objects.filter(pk=meeting.pk).update(moved_to=make_meeting(meeting.held_on.replace(day=13)))
    with pytest.raises(ValidationError, match="moved to Wednesday 13 September 2017"):
        an_item(meeting, clerk)


def test_a_resolution_keeps_its_kind(clerk: User) -> None:
    item = an_item(make_meeting(), clerk)
    with pytest.raises(ValidationError, match="has its own page"):
        change(item, clerk, kind=ItemKind.EXCLUSION)
    AgendaItem.objects.update(kind=ItemKind.EXCLUSION)
    assert change(stored(item), clerk, words="That the public be excluded.").kind == "exclusion"


def change(item: AgendaItem, by: User, **facts: object) -> AgendaItem:
    now = stored(item)
    values = {**vars(item_facts(now)), **facts}
    return change_item(item=now, facts=ItemFacts(**values), seen=item_mark(now), by=by)


def take_away(item: AgendaItem, by: User) -> None:
    take_item_away(item=item, seen=item_mark(stored(item)), by=by)


def stored(item: AgendaItem) -> AgendaItem:
    return AgendaItem.objects.get(pk=item.pk)


@pytest.mark.parametrize("place", ["title", "words"])
def test_what_an_exempt_paper_says_does_not_stand_in_an_item(clerk: User, place: str) -> None:
    brought(make_held_back(), clerk, texts=("The buyer is Quillfeather Holdings of Dartmouth.",))
    meeting = make_meeting(date(2017, 9, 13))
    said: dict[str, Any] = {place: "To be sold to Quillfeather Holdings of Dartmouth."}
    with pytest.raises(ValidationError, match="would give away the exempt paper under item 7") as refused:
        an_item(meeting, clerk, **said)
    assert "Quillfeather" not in str(refused.value)
    item = an_item(meeting, clerk)
    with pytest.raises(ValidationError, match="would give away"):
        change_item(item=item, facts=replace(item_facts(item), **said), seen=item_mark(item), by=clerk)
    assert item_facts(AgendaItem.objects.get(pk=item.pk)) == item_facts(item)
