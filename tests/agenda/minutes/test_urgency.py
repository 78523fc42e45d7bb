"""Urgency is asked for, decided by the person presiding from the meeting's day on, and minuted."""

import pytest
from django.conf import LazySettings
from django.core.exceptions import ValidationError
from django.test import Client

from tests.access.services.racing import at_once
from tests.agenda.minutes.world import (
    DAY,
    SECRET,
    World,
    add_paper,
    history,
    make_instalment,
    make_world,
    on,
    put_agenda_out,
)
from torbay_reports.agenda.minutes import urgency as service
from torbay_reports.agenda.minutes.urgency import urgency_mark
from torbay_reports.agenda.models import AgendaItem, Urgency

URGENCY = f"/meetings/harbour-board/{DAY}/urgency/"
DECIDED = {"outcome": "admitted", "decided_by": "Councillor Ash", "circumstances": "The grant lapses on Friday."}


def ask(world: World, because: str = "The grant lapses.") -> Urgency:
    """Asked because item 5 has a late paper."""
    add_paper(world.item, make_instalment(world.meeting, 1), "late", title="Late")
    return service.ask(item=world.item, because=because, seen=urgency_mark(None), by=world.clerk)


def record(world: World, seen: str, **given: str) -> Urgency:
    return service.record_outcome(item=world.item, seen=seen, by=world.clerk, **{**DECIDED, **given})


def text(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_nobody_asks_for_an_item_that_stood_on_the_agenda_without_a_late_paper(world: World, desk: Client) -> None:
    assert "nobody has to ask for urgency" in text(desk, f"{URGENCY}5/")
    with pytest.raises(ValidationError, match="nobody has to ask"):
        service.ask(item=world.item, because="Because.", seen=urgency_mark(None), by=world.clerk)


def test_until_the_meetings_day_it_can_only_be_asked(world: World, desk: Client, settings: LazySettings) -> None:
    urgency = ask(world)
    assert "The meeting is on 6 September 2017" in text(desk, f"{URGENCY}5/decision/")
    with pytest.raises(ValidationError, match="recorded from that day on"):
        record(world, urgency_mark(urgency))
    on(settings, DAY)
    page = text(desk, f"{URGENCY}5/decision/")
    assert 'value="Councillor Ash (Chair)"' in page
    assert record(world, urgency_mark(urgency)).outcome == "admitted"


def test_the_minutes_have_to_specify_the_circumstances(
    world: World, desk: Client, client: Client, settings: LazySettings
) -> None:
    urgency = ask(world)
    on(settings, DAY)
    given = {**DECIDED, "seen": urgency_mark(urgency)}
    refused = desk.post(f"{URGENCY}5/decision/", {**given, "circumstances": " "})
    assert "the minutes have to specify them" in refused.content.decode()
    assert desk.post(f"{URGENCY}5/decision/", {**given, "decided_by": "Ash\0"}).status_code == 200
    assert not Urgency.objects.get().outcome
    desk.post(f"{URGENCY}5/decision/", given)
    minute = "by reason of special circumstances the item should be considered at the meeting as a matter of urgency"
    assert minute in text(desk, f"{URGENCY}5/decision/")
    assert "The grant lapses on Friday." in text(desk, f"/meetings/harbour-board/{DAY}/minutes/")


def test_what_an_exempt_paper_says_is_not_recorded(world: World, settings: LazySettings) -> None:
    urgency = ask(world)
    on(settings, DAY)
    secret = f"The {SECRET} ends on Friday."
    with pytest.raises(ValidationError, match="would give away the exempt paper under item 5") as refused:
        record(world, urgency_mark(urgency), circumstances=secret)
    assert "Marlowe" not in str(refused.value)
    assert not Urgency.objects.get().outcome
    record(world, urgency_mark(urgency))
    given = {**DECIDED, "circumstances": secret, "seen": urgency_mark(Urgency.objects.get())}
    with pytest.raises(ValidationError, match="would give away"):
        service.correct_outcome(item=world.item, why="It said too little.", by=world.clerk, **given)
    admitted = {"because": "Tenders close.", "circumstances": "They close.", "decided_by": "Councillor Ash"}
    with pytest.raises(ValidationError, match="would give away"):
        service.admit_urgent_item(meeting=world.meeting, number="9", title=SECRET, by=world.clerk, **admitted)


def test_what_another_wrote_meanwhile_is_told_and_kept(world: World, desk: Client) -> None:
    ask(world, "The grant lapses.")
    stale = {"because": "The quay is unsafe.", "seen": urgency_mark(None)}
    answer = desk.post(f"{URGENCY}5/", stale).content.decode()
    assert "It says now: why it cannot wait: The grant lapses.." in answer
    assert "The quay is unsafe." in answer
    assert Urgency.objects.get().because == "The grant lapses."


def test_a_correction_keeps_what_stood_there_in_the_history(world: World, settings: LazySettings) -> None:
    urgency = ask(world)
    on(settings, DAY)
    urgency = record(world, urgency_mark(urgency))
    with pytest.raises(ValidationError, match="decided on item 5 already"):
        record(world, urgency_mark(urgency), outcome="refused")
    given = {**DECIDED, "outcome": "refused", "circumstances": "", "seen": urgency_mark(urgency)}
    service.correct_outcome(item=world.item, why="The wrong line was read.", by=world.clerk, **given)
    assert Urgency.objects.get().outcome == "refused"
    last = history(world.meeting)[-1]
    assert "The wrong line was read." in last
    assert "admitted as urgent by Councillor Ash: The grant lapses on Friday." in last


def test_asking_is_withdrawn_until_it_is_decided(world: World, desk: Client, settings: LazySettings) -> None:
    ask(world)
    desk.post(f"{URGENCY}5/withdraw/")
    assert not Urgency.objects.exists()
    assert "Nobody asks for urgency of item 5" in text(desk, f"{URGENCY}5/withdraw/")


def test_an_item_is_admitted_at_the_meeting_after_all_is_out(
    world: World, desk: Client, client: Client, settings: LazySettings
) -> None:
    put_agenda_out(world)
    given = {**DECIDED, "title": "Update to the Capital Plan 2017/18", "because": "Tenders close."}
    assert desk.post(URGENCY, {**given, "number": "7"}).status_code == 200
    assert AgendaItem.objects.filter(meeting=world.meeting).count() == 1
    on(settings, DAY)
    assert "There is an item 5 already" in desk.post(URGENCY, {**given, "number": "5"}).content.decode()
    assert "Type a number like 7" in desk.post(URGENCY, {**given, "number": "7/.."}).content.decode()
    assert desk.post(URGENCY, {**given, "number": "7"}).status_code == 302
    assert "The grant lapses on Friday." in text(desk, f"/meetings/harbour-board/{DAY}/minutes/")


@pytest.mark.django_db(transaction=True)
def test_of_two_clerks_who_record_at_once_one_is_told(settings: LazySettings) -> None:
    world = make_world()
    mark = urgency_mark(ask(world))
    on(settings, DAY)
    results = at_once(lambda n: record(world, mark, decided_by=f"Councillor {n}"), 2)
    assert sorted(isinstance(each, ValidationError) for each in results) == [False, True]
    [kept] = [each for each in results if isinstance(each, Urgency)]
    assert Urgency.objects.get().decided_by == kept.decided_by
