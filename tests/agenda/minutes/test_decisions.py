"""Decisions are drafted, published for good, cited by their address, and replaced by others."""

import pytest
from django.conf import LazySettings
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.access.services.racing import at_once
from tests.agenda.minutes.world import DAY, SECRET, World, browser_of, clerk_of, history, make_world, on
from torbay_reports.agenda.minutes import decisions as service
from torbay_reports.agenda.minutes.decisions import decision_mark
from torbay_reports.agenda.minutes.public import lines_for
from torbay_reports.agenda.models import AgendaItem, Decision, Meeting

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
