"""A meeting is moved: its day changes while nothing is out, afterwards another takes its place and nothing is lost."""

from dataclasses import replace
from datetime import date

import pytest
from django.conf import LazySettings
from django.core.exceptions import ValidationError
from django.test import Client

from tests.access.services.racing import at_once
from tests.agenda.brought import SHA, bring_to, put_out
from tests.agenda.held_back import again
from tests.agenda.minutes.world import DAY, LATER, SECRET, World, history, make_world, on, put_agenda_out
from torbay_reports.agenda.composition import pack_key
from torbay_reports.agenda.desk.addresses import desk_address
from torbay_reports.agenda.desk.items import ItemFacts, change_item, item_facts, item_mark
from torbay_reports.agenda.desk.items import add_item as desk_add
from torbay_reports.agenda.minutes import decisions
from torbay_reports.agenda.minutes.carrying import carry_item
from torbay_reports.agenda.minutes.decisions import decision_mark
from torbay_reports.agenda.minutes.moving import move_meeting
from torbay_reports.agenda.minutes.public import lines_for
from torbay_reports.agenda.models import AgendaItem, Decision, Instalment, Meeting, PackBuild, Paper, Subscription
from torbay_reports.core import clock
from torbay_reports.publishing.models import Bundle, StoredPack

MOVE = f"/meetings/harbour-board/{DAY}/move/"
NEW = date(2017, 9, 27)
WHY = "The hall is flooded."


def move(world: World, held_on: date = NEW) -> Meeting:
    return move_meeting(meeting=world.meeting, held_on=held_on, starts_at=None, why=WHY, by=world.clerk)


def test_while_nothing_is_out_its_day_changes_and_all_else_stays(world: World, desk: Client) -> None:
    StoredPack.objects.create(
        key=pack_key(world.agenda), pdf=b"%PDF", pages={}, checksum=SHA, plan_checksum=SHA, built_at=clock.now()
    )
    assert "Nothing of it is published" in desk.get(MOVE).content.decode()
    answer = desk.post(MOVE, {"held_on": "27/9/2017", "starts_at": "5.30 pm", "why": WHY}, follow=True)
    assert "The meeting is moved to Wednesday 27 September 2017." in answer.content.decode()
    moved = Meeting.objects.get(pk=world.meeting.pk)
    assert (moved.held_on, f"{moved.starts_at:%H:%M}", moved.moved_to) == (NEW, "17:30", None)
    assert moved.items.get().papers.count() == 3
    assert not StoredPack.objects.exists()
    assert desk.get(MOVE).status_code == 404
    assert WHY in history(moved)[-1]


def test_no_letter_is_dated_after_the_day_to_which_its_meeting_is_moved(world: World) -> None:
    Instalment.objects.update(dated=DAY)
    move(world, date(2017, 9, 5))
    assert Instalment.objects.get(pk=world.agenda.pk).dated == date(2017, 9, 5)


def test_once_something_is_out_another_meeting_takes_its_place(world: World, desk: Client, client: Client) -> None:
    put_agenda_out(world)
    Subscription.objects.create(committee=world.board, email="r@example.com", asked_at=clock.now())
    assert "counts anew" in desk.get(MOVE).content.decode()
    new = move(world)
    old = Meeting.objects.get(pk=world.meeting.pk)
    assert old.moved_to == new
    assert (new.presiding, new.held_on) == ("Councillor Ash (Chair)", NEW)
    item = new.items.get()
    assert (item.number, item.words, item.carried_from) == ("5", "To note.", world.item)
    assert [paper.slug for paper in item.papers.order_by("position")] == ["fees", "moorings", "tenders"]
    # The agenda named the second as to follow, so that its row stays there; nobody had seen the third.
    assert [paper.slug for paper in world.item.papers.order_by("position")] == ["fees", "moorings"]
    assert again(item.papers.get(slug="tenders")).held_back.title == SECRET
    assert new.instalments.get().number == 0
    assert Bundle.objects.standing().filter(key=pack_key(world.agenda)).exists()
    assert "This meeting was moved to Wednesday 27 September 2017." in lines_for(old).moved[0].says
    assert "takes the place of that of Wednesday 6 September 2017" in lines_for(new).moved[0].says
    assert client.get(f"/meetings/harbour-board/{DAY}/decisions/").status_code == 200
    assert Subscription.objects.get().committee == new.committee
    assert "was moved already, to 27 September 2017" in desk.get(MOVE).content.decode()
    assert (
        "its agenda is kept there"
        in desk.post(
            f"/meetings/harbour-board/{DAY}/decisions/5/draft/",
            {"seen": "new", "kind": "noted", "words": "Noted.", "to": ""},
        ).content.decode()
    )


def test_it_goes_back_to_its_first_day_where_what_was_published_is_taken_up_again(
    world: World, desk: Client, client: Client
) -> None:
    put_agenda_out(world)
    new = move(world)
    item = new.items.get()
    change_item(item=item, facts=replace(item_facts(item), words="To decide."), seen=item_mark(item), by=world.clerk)
    other = desk_add(meeting=new, facts=ItemFacts(number="6", title="Quays"), by=world.clerk)
    draft = decisions.draft(item=item, kind="noted", words="Noted.", to=None, by=world.clerk)
    address = f"/meetings/harbour-board/{NEW}/move/"
    assert "in the place of the meeting of Wednesday 6 September 2017" in desk.get(address).content.decode()
    answer = desk.post(address, {"held_on": "6/9/2017", "starts_at": "", "why": "It is dry."}, follow=True)
    assert "The meeting is moved to Wednesday 6 September 2017." in answer.content.decode()
    first, second = Meeting.objects.get(pk=world.meeting.pk), Meeting.objects.get(pk=new.pk)
    assert (first.moved_to, second.moved_to) == (None, first)
    home = AgendaItem.objects.get(pk=world.item.pk)
    assert (home.words, getattr(home, "carried_to", None)) == ("To decide.", None)
    papers = {each.slug: each.instalment.number for each in home.papers.all()}
    # What nobody had seen came back; it goes out with a supplement, which is made.
    assert papers == {"fees": 0, "moorings": 0, "tenders": 1}
    assert Decision.objects.get(pk=draft.pk).item == home
    quays = first.items.get(carried_from=other)
    assert (quays.number, quays.added_in) == ("6", first.instalments.get(number=1))
    assert "takes the place of that of Wednesday 27 September 2017" in lines_for(first).moved[0].says
    assert "was moved to Wednesday 6 September 2017" in lines_for(second).moved[0].says
    for meeting in (first, second):
        assert client.get(meeting.get_absolute_url()).status_code == 200
        assert desk.get(desk_address(meeting)).status_code == 200
    again_there = move_meeting(meeting=first, held_on=NEW, starts_at=None, why=WHY, by=world.clerk)
    assert (again_there, again_there.items.count()) == (second, 2)


def test_another_file_for_a_paper_that_is_out_goes_back_with_it(world: World) -> None:
    put_agenda_out(world)
    new = move(world)
    copy = new.items.get().papers.get(slug="fees")
    bring_to(copy, world.clerk, data=b"%PDF newer")
    put_out(copy)
    move_meeting(meeting=new, held_on=DAY, starts_at=None, why=WHY, by=world.clerk)
    assert Paper.objects.get(item=world.item, slug="fees").upload == copy.upload
    assert Paper.objects.get(pk=copy.pk).item.meeting == new


def test_drafts_and_recommendations_go_along_and_what_was_carried_on_does_not(world: World) -> None:
    put_agenda_out(world)
    draft = decisions.draft(item=world.item, kind="noted", words="Noted.", to=None, by=world.clerk)
    second = AgendaItem.objects.create(meeting=world.meeting, number="6", title="Quays", position=2)
    carry_item(item=second, to=world.later, why="It waits.", by=world.clerk)
    new = move(world)
    assert [item.number for item in new.items.all()] == ["5"]
    assert Decision.objects.get(pk=draft.pk).item.meeting == new


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("20/9/2017", "The Harbour Board meets on 20 September 2017 already."),
        ("4/9/2017", "4 September 2017 is past."),
        ("6/9/2017", "It is on 6 September 2017 already."),
        ("31/9/2017", "is no day that can be read"),
    ],
)
def test_a_day_that_does_not_do_is_named(world: World, desk: Client, day: str, sentence: str) -> None:
    answer = desk.post(MOVE, {"held_on": day, "starts_at": "17:30", "why": WHY}).content.decode()
    assert sentence in answer
    assert WHY in answer
    assert Meeting.objects.get(pk=world.meeting.pk).held_on == DAY


def test_it_waits_for_a_build_and_is_not_moved_after_it_was_held(world: World, settings: LazySettings) -> None:
    build = PackBuild.objects.create(
        instalment=world.agenda, edition="public", asked_at=clock.now(), state="running", started_at=clock.now()
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("torbay_reports.agenda.minutes.moving.end_lost_builds", lambda of: [])
        with pytest.raises(ValidationError, match="is being built or published"):
            move(world)
    build.delete()
    on(settings, DAY)
    made = decisions.draft(item=world.item, kind="noted", words="Noted.", to=None, by=world.clerk)
    decisions.publish(decision=made, seen=decision_mark(made), by=world.clerk)
    with pytest.raises(ValidationError, match="has published decisions"):
        move(world)
    on(settings, LATER)
    with pytest.raises(ValidationError, match="is past"):
        move(world)


@pytest.mark.django_db(transaction=True)
def test_of_two_clerks_who_move_it_at_once_one_is_told() -> None:
    world = make_world()
    days = (NEW, date(2017, 9, 28))
    results = at_once(lambda n: move(world, days[n]), 2)
    assert sorted(isinstance(each, ValidationError) for each in results) == [False, True]
    assert Meeting.objects.get(pk=world.meeting.pk).held_on in days
    assert len(history(world.meeting)) == 1
