"""Decisions are drafted, published for good, cited by their address, and replaced by others."""

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.conf import LazySettings
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.access.services.racing import at_once
from tests.agenda.minutes.world import DAY, SECRET, World, browser_of, clerk_of, history, make_world, on
from torbay_reports.agenda.minutes import decisions as service
from torbay_reports.agenda.minutes.carrying import recommendation_refusal
from torbay_reports.agenda.minutes.decisions import SAY_WHY_WITHDRAWN, WITHDRAWN_ALREADY, decision_mark
from torbay_reports.agenda.minutes.public import lines_for
from torbay_reports.agenda.models import AgendaItem, Committee, Decision, Meeting, WithdrawnDecision
from torbay_reports.core.append_only import NeverChanged

DECISIONS = f"/meetings/harbour-board/{DAY}/decisions/"
FIRST = f"{DECISIONS}5/1/"
WORDS = "That the fees be raised."


def drafted(world: World, words: str = WORDS) -> Decision:
    return service.draft(item=world.item, kind="resolved", words=words, to=None, by=world.clerk)


def published(world: World, decision: Decision) -> Decision:
    return service.publish(decision=decision, seen=decision_mark(decision), by=world.clerk)


def text(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_a_draft_is_the_clerks_until_it_is_published_on_the_day(
    world: World, desk: Client, client: Client, settings: LazySettings
) -> None:
    desk.post(f"{DECISIONS}5/draft/", {"seen": "new", "kind": "resolved", "words": WORDS, "to": ""})
    decision = Decision.objects.get()
    assert WORDS in text(desk, f"/meetings/harbour-board/{DAY}/minutes/")
    assert WORDS not in text(client, DECISIONS)
    assert client.get(FIRST).status_code == 302
    assert desk.get(FIRST).status_code == 404
    assert "its decisions are published from that day on" in text(desk, f"{FIRST}publish/")
    on(settings, DAY)
    assert desk.post(f"{FIRST}publish/", {"seen": decision_mark(decision)}).status_code == 302
    page = text(client, FIRST)
    assert "HB 6 September 2017, item 5, decision 1" in page
    assert WORDS in page
    assert FIRST in text(client, DECISIONS)


def test_a_form_that_is_sent_twice_drafts_one_decision(world: World) -> None:
    drafted(world)
    with pytest.raises(ValidationError, match="Decision 1 on this item is drafted with just these words already"):
        drafted(world)
    assert drafted(world, "Other words.").number == 2


def test_what_is_published_never_changes(world: World, desk: Client, settings: LazySettings) -> None:
    on(settings, DAY)
    decision = published(world, drafted(world))
    for page in ("change", "publish", "drop"):
        seen = decision_mark(decision)
        given = {"seen": seen, "kind": "noted", "words": "Other.", "to": ""}
        assert "does not change" in desk.post(f"{FIRST}{page}/", given).content.decode()
    with pytest.raises(ValidationError, match="does not change"):
        service.drop(decision=decision, by=world.clerk)
    assert Decision.objects.get().words == WORDS


def test_what_an_exempt_paper_says_is_not_published_with_a_decision(
    world: World, desk: Client, settings: LazySettings
) -> None:
    on(settings, DAY)
    decision = drafted(world, f"That the {SECRET} be accepted.")
    answer = desk.post(f"{FIRST}publish/", {"seen": decision_mark(decision)}).content.decode()
    assert "These words would give away the exempt paper under item 5, " in answer
    with pytest.raises(ValidationError) as refused:
        published(world, decision)
    assert "Marlowe" not in str(refused.value)
    assert Decision.objects.get().published_at is None


def test_another_replaces_it_with_a_reason_and_both_say_so(
    world: World, desk: Client, client: Client, settings: LazySettings
) -> None:
    on(settings, DAY)
    published(world, drafted(world))
    given = {"seen": "new", "kind": "resolved", "words": "That the fees stay.", "to": "", "why": ""}
    assert "Say why it replaces the other." in desk.post(f"{FIRST}replace/", given).content.decode()
    desk.post(f"{FIRST}replace/", {**given, "why": "The vote was misread."})
    second = Decision.objects.get(number=2)
    assert "replaced" not in text(client, FIRST)
    assert "or is drafted to" in desk.post(f"{FIRST}replace/", {**given, "why": "Again."}).content.decode()
    published(world, second)
    assert "This decision is replaced by HB 6 September 2017, item 5, decision 2." in text(client, FIRST)
    assert f'href="{DECISIONS}5/2/"' in text(client, FIRST)
    assert "The vote was misread." in text(client, f"{DECISIONS}5/2/")


def test_a_withdrawn_one_says_when_and_by_which_office_and_nothing_of_what_it_said(
    world: World, desk: Client, client: Client, settings: LazySettings
) -> None:
    on(settings, DAY)
    decision = published(world, drafted(world))
    assert SAY_WHY_WITHDRAWN in desk.post(f"{FIRST}withdraw/", {"why": "Wrong"}).content.decode()
    desk.post(f"{FIRST}withdraw/", {"why": "It names a tenant."})
    said = "This decision was withdrawn on 6 September 2017 by the clerk."
    for address in (FIRST, DECISIONS, world.meeting.get_absolute_url(), f"/meetings/harbour-board/{DAY}/minutes/"):
        page = text(desk, address)
        assert WORDS not in page, address
        assert "HB 6 September 2017, item 5, decision 1" in page, address
        assert said in page, address
        assert "It names a tenant." not in text(client, FIRST)
    assert history(world.meeting)[-1].endswith("withdrawn. Why: It names a tenant.")
    assert WITHDRAWN_ALREADY in desk.post(f"{FIRST}withdraw/", {"why": "It names a tenant."}).content.decode()
    withdrawn = WithdrawnDecision.objects.get(decision=decision)
    with pytest.raises(NeverChanged):
        withdrawn.delete()
    with pytest.raises(DatabaseError, match="neither changed nor deleted"), transaction.atomic():
        WithdrawnDecision.objects.update(why="Another reason.")


def test_one_that_replaced_another_takes_its_reason_with_it(
    world: World, client: Client, settings: LazySettings
) -> None:
    on(settings, DAY)
    first = published(world, drafted(world))
    why = "The vote of Ada Quill was misread."
    given: dict[str, Any] = {"kind": "resolved", "words": "That the fees stay.", "to": None}
    second = published(world, service.replace(decision=first, why=why, by=world.clerk, **given))
    assert "Ada Quill" in text(client, FIRST)
    service.withdraw(decision=second, why="It names a voter.", by=world.clerk)
    for address in (FIRST, f"{DECISIONS}5/2/", DECISIONS):
        assert "Ada Quill" not in text(client, address)
    assert "It replaces HB 6 September 2017, item 5, decision 1." in text(client, f"{DECISIONS}5/2/")


def test_a_draft_and_a_withdrawn_recommendation_go_nowhere(world: World, settings: LazySettings) -> None:
    on(settings, DAY)
    given: dict[str, Any] = {
        "item": world.item,
        "kind": "recommended",
        "words": WORDS,
        "to": world.council,
        "by": world.clerk,
    }
    decision = service.draft(**given)
    with pytest.raises(ValidationError, match="throw the draft away"):
        service.withdraw(decision=decision, why="It is wrong.", by=world.clerk)
    published(world, decision)
    service.withdraw(decision=decision, why="It is wrong.", by=world.clerk)
    assert "was withdrawn" in recommendation_refusal(Decision.objects.get())


def test_it_is_cited_as_on_the_day_of_its_publication_whatever_the_committee_is_called(
    world: World, client: Client, settings: LazySettings
) -> None:
    on(settings, DAY)
    published(world, drafted(world))
    Committee.objects.filter(pk=world.board.pk).update(short_name="HARB")
    assert "HB 6 September 2017, item 5, decision 1" in text(client, FIRST)
    assert "HARB 6 September" not in text(client, FIRST)


def test_what_was_published_before_references_were_kept_is_cited_as_it_was(
    world: World, settings: LazySettings
) -> None:
    on(settings, DAY)
    decision = published(world, drafted(world))
    cited = decision.cited_as
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE agenda_decision DROP CONSTRAINT agenda_decision_cited_once_published")
    Decision.objects.update(cited_as="")
    migration = "torbay_reports.agenda.migrations.0009_withdrawn_decisions_and_late_convening"
    import_module(migration).keep_references(apps, None)
    assert Decision.objects.get().cited_as == cited == "HB 6 September 2017, item 5, decision 1"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"kind": "recommended"}, "Choose the body to which it recommends."),
        ({"to": "council"}, "Only a recommendation goes to another body."),
        ({"words": " "}, "Write what was decided."),
        ({"words": "a\0b"}, "Null characters are not allowed."),
        ({"kind": "voted"}, "There is no such choice."),
    ],
)
def test_bad_input_names_the_place_and_keeps_nothing(
    world: World, desk: Client, given: dict[str, str], sentence: str
) -> None:
    wanted = {"seen": "new", "kind": "resolved", "words": WORDS, "to": "", **given}
    wanted["to"] = wanted["to"] and str(world.council.pk)
    assert sentence in desk.post(f"{DECISIONS}5/draft/", wanted).content.decode()
    assert not Decision.objects.exists()


def test_a_draft_that_changed_meanwhile_is_not_published(world: World, settings: LazySettings) -> None:
    on(settings, DAY)
    decision = drafted(world)
    seen = decision_mark(decision)
    service.change(decision=decision, kind="resolved", words="Other.", to=None, seen=seen, by=world.clerk)
    with pytest.raises(ValidationError, match="Meanwhile somebody has changed this"):
        service.publish(decision=decision, seen=seen, by=world.clerk)
    assert Decision.objects.get().published_at is None


def test_other_clerks_do_not_come_near(world: World) -> None:
    drafted(world)
    other = browser_of(clerk_of(world.council))
    for page in ("5/draft/", "5/1/change/", "5/1/publish/", "5/1/drop/", "5/1/replace/", "5/1/carry/"):
        assert other.get(DECISIONS + page).status_code == 404


def test_a_meetings_minutes_take_as_many_queries_for_one_item_as_for_many(
    world: World, desk: Client, client: Client, settings: LazySettings
) -> None:
    on(settings, DAY)
    published(world, drafted(world))
    addresses = (DECISIONS, f"/meetings/harbour-board/{DAY}/minutes/")

    def counted() -> list[int]:
        counts = []
        for address in addresses:
            with CaptureQueriesContext(connection) as captured:
                assert desk.get(address).status_code == 200
            counts.append(len(captured))
        with CaptureQueriesContext(connection) as captured:
            lines_for(Meeting.objects.get(pk=world.meeting.pk))
        return [*counts, len(captured) - 1]

    few = counted()
    for number in range(6, 12):
        item = AgendaItem.objects.create(meeting=world.meeting, number=str(number), title="More", position=number)
        made = service.draft(item=item, kind="recommended", words="That it be so.", to=world.council, by=world.clerk)
        published(world, made)
        service.draft(item=item, kind="noted", words="It was noted.", to=None, by=world.clerk)
    assert counted() == few
    assert few[-1] <= 4


@pytest.mark.django_db(transaction=True)
def test_of_two_clerks_who_publish_at_once_one_is_told(settings: LazySettings) -> None:
    world = make_world()
    on(settings, DAY)
    decision = drafted(world)
    results = at_once(lambda _: published(world, decision), 2)
    assert sorted(isinstance(each, ValidationError) for each in results) == [False, True]
    assert len([line for line in history(world.meeting) if "published" in line]) == 1
