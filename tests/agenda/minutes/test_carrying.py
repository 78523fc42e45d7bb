"""Items are carried to a later meeting, recommendations to the body that decides; nothing published changes."""

from datetime import date

import pytest
from django.conf import LazySettings
from django.core.exceptions import ValidationError
from django.test import Client

from tests.agenda.brought import put_out
from tests.agenda.held_back import again
from tests.agenda.minutes.world import (
    DAY,
    SECRET,
    World,
    add_paper,
    browser_of,
    clerk_of,
    history,
    make_instalment,
    on,
    put_agenda_out,
)
from torbay_reports.agenda.deciding import admit
from torbay_reports.agenda.desk.instalments import make_agenda
from torbay_reports.agenda.minutes import decisions
from torbay_reports.agenda.minutes.carrying import carry_item, carry_recommendation
from torbay_reports.agenda.minutes.decisions import decision_mark
from torbay_reports.agenda.minutes.public import lines_for
from torbay_reports.agenda.models import AgendaItem, BroughtFile, Decision, ItemKind, Meeting, Paper
from torbay_reports.core import clock
from torbay_reports.publishing.packplan import Edition

CARRY = f"/meetings/harbour-board/{DAY}/carry/5/"
DECISION = f"/meetings/harbour-board/{DAY}/decisions/5/1/"
WHY = "It was not reached."


def recommended(world: World) -> Decision:
    made = decisions.draft(
        item=world.item, kind="recommended", words="That the fees be raised.", to=world.council, by=world.clerk
    )
    return decisions.publish(decision=made, seen=decision_mark(made), by=world.clerk)


def council_meeting(world: World) -> Meeting:
    return Meeting.objects.create(committee=world.council, held_on=date(2017, 9, 13))


def test_papers_that_nobody_has_seen_move_with_the_item(world: World, desk: Client) -> None:
    before = dict(Paper.objects.values_list("slug", "pk"))
    assert "Say why it is carried." in desk.post(CARRY, {"to": world.later.pk, "why": ""}).content.decode()
    assert desk.post(CARRY, {"to": world.later.pk, "why": WHY}).status_code == 302
    carried = AgendaItem.objects.get(carried_from=world.item)
    assert (carried.meeting, carried.number, carried.title, carried.words) == (world.later, "1", "Harbours", "To note.")
    assert dict(carried.papers.values_list("slug", "pk")) == before
    assert not world.item.papers.exists()
    assert {paper.instalment.meeting for paper in carried.papers.all()} == {world.later}
    assert "Carried to the meeting of 20 September 2017" in lines_for(world.meeting).items["5"].lines[0].says
    assert "Carried from item 5" in lines_for(world.later).items["1"].lines[0].says
    assert WHY in history(world.meeting)[-1]


def test_what_is_out_stays_and_is_shared_with_its_grounds(world: World, desk: Client) -> None:
    put_agenda_out(world)
    exempt = again(Paper.objects.get(slug="tenders"))
    put_out(exempt, edition=Edition.RESTRICTED)
    other = clerk_of(world.council)
    admit(paper=exempt, person=other, reason="They advise.", until=date(2017, 12, 31), by=world.clerk)
    carried = carry_item(item=world.item, to=world.later, why=WHY, by=world.clerk)
    assert [paper.slug for paper in world.item.papers.order_by("position")] == ["fees", "moorings", "tenders"]
    shared = {paper.slug: again(paper) for paper in carried.papers.all() if paper.is_restricted}
    fees = carried.papers.get(slug="fees")
    assert fees.upload_id == world.item.papers.get(slug="fees").upload_id
    held = shared["tenders"].held_back
    assert (held.upload_id, held.reason, held.names) == (exempt.held_back.upload_id, "Prices.", "Ash")
    assert shared["tenders"].has_grounds
    assert not shared["tenders"].admissions.exists()
    told = [*history(world.meeting), *history(world.later), str(lines_for(world.later)), str(lines_for(world.meeting))]
    assert all(SECRET not in each for each in told)
    assert SECRET not in desk.get(CARRY).content.decode()


def test_an_item_goes_once_and_only_where_there_is_room_for_it(world: World, settings: LazySettings) -> None:
    council = council_meeting(world)
    earlier = Meeting.objects.create(committee=world.board, held_on=date(2017, 9, 5))
    for to, sentence in ((council, "same committee"), (earlier, "does not come after this one")):
        with pytest.raises(ValidationError, match=sentence):
            carry_item(item=world.item, to=to, why=WHY, by=world.clerk)
    make_agenda(meeting=world.later, by=world.clerk)
    put_out_agenda_of(world.later)
    with pytest.raises(ValidationError, match="Make a supplement first"):
        carry_item(item=world.item, to=world.later, why=WHY, by=world.clerk)
    supplement = make_instalment(world.later, 1)
    carried = carry_item(item=world.item, to=world.later, why=WHY, by=world.clerk)
    assert carried.added_in == supplement
    with pytest.raises(ValidationError, match="carried already, to the meeting of 20 September 2017"):
        carry_item(item=world.item, to=world.later, why=WHY, by=world.clerk)
    AgendaItem.objects.filter(pk=carried.pk).update(kind=ItemKind.EXCLUSION)
    with pytest.raises(ValidationError, match="no business to be carried"):
        carry_item(item=carried, to=world.later, why=WHY, by=world.clerk)


def put_out_agenda_of(meeting: Meeting) -> None:
    item = AgendaItem.objects.create(meeting=meeting, number="2", title="Quays", position=1)
    paper = add_paper(item, meeting.instalments.get(), "quays", title="Quays")
    paper.upload = Paper.objects.get(slug="fees").upload
    paper.save()
    put_out(paper)


def test_nothing_is_carried_while_a_file_is_looked_at(world: World) -> None:
    paper = Paper.objects.get(slug="moorings")
    BroughtFile.objects.create(
        paper=paper,
        asked_at=clock.now(),
        asked_by=world.clerk,
        name="a.pdf",
        restriction="open",
        closes_paper=False,
        checksum="0" * 64,
        data=b"%PDF",
    )
    with pytest.raises(ValidationError, match="being looked at"):
        carry_item(item=world.item, to=world.later, why=WHY, by=world.clerk)
    assert paper.item.papers.count() == 3


def test_a_recommendation_goes_to_the_other_body_by_its_clerk_with_published_papers(
    world: World, client: Client, settings: LazySettings
) -> None:
    put_agenda_out(world)
    on(settings, DAY)
    recommended(world)
    council = council_meeting(world)
    other = browser_of(clerk_of(world.council))
    assert "Put this recommendation on an agenda of the Council" in other.get(DECISION).content.decode()
    page = other.get(f"{DECISION}carry/").content.decode()
    assert "Harbour fees" in page
    assert "Moorings" not in page
    assert SECRET not in page
    assert client.get(f"{DECISION}carry/").status_code == 302
    fees = Paper.objects.get(slug="fees")
    hidden = Paper.objects.get(slug="moorings")
    refused = other.post(f"{DECISION}carry/", {"to": council.pk, "papers": [hidden.pk]})
    assert "not in the public pack any more" in refused.content.decode()
    other.post(f"{DECISION}carry/", {"to": council.pk, "papers": [fees.pk]})
    there = AgendaItem.objects.get(meeting=council)
    assert there.title == "Harbours"
    assert there.words == (
        "The Harbour Board recommended on 6 September 2017: “That the fees be raised.” "
        "(HB 6 September 2017, item 5, decision 1)"
    )
    shared = there.papers.get()
    assert (shared.upload_id, shared.instalment.meeting) == (fees.upload_id, council)
    assert "It is on the agenda of Council, 13 September 2017." in client.get(DECISION).content.decode()
    [line] = lines_for(council).items[there.number].lines
    assert line.links == (("HB 6 September 2017, item 5, decision 1", DECISION),)
    assert "It is on the agenda of Council" in other.get(f"{DECISION}carry/").content.decode()


def test_only_a_published_recommendation_goes_and_only_to_its_body(world: World, settings: LazySettings) -> None:
    on(settings, DAY)
    decision = recommended(world)
    with pytest.raises(ValidationError, match="It recommends to the Council"):
        carry_recommendation(decision=decision, to=world.later, papers=[], by=world.clerk)
    noted = decisions.draft(item=world.item, kind="noted", words="Noted.", to=None, by=world.clerk)
    with pytest.raises(ValidationError, match="recommends nothing"):
        carry_recommendation(decision=noted, to=council_meeting(world), papers=[], by=world.clerk)
