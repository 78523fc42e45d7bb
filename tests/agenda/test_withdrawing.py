"""One person withdraws a paper in one step: from that moment nobody reads it, wherever it stands."""

import json
import threading
from typing import Any

import pytest
import requests
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client

from tests.access.cast import person, person_with
from tests.agenda import publishing_worlds as worlds
from tests.agenda.jobs import BOARD, empty_queue
from tests.numbering import number_alike
from tests.set_once import set_once
from torbay_reports.access.models import AccessRecord, RoleAssignment, User
from torbay_reports.access.record.kinds import RecordKind
from torbay_reports.access.roles import Role
from torbay_reports.agenda.building import run_build
from torbay_reports.agenda.composition import pack_key
from torbay_reports.agenda.models import Instalment, PackBuild, Paper, WithdrawnPaper
from torbay_reports.agenda.published import contents_of
from torbay_reports.agenda.publishing import publish_pack
from torbay_reports.agenda.withdrawing import ALREADY, NOT_OUT, SAY_WHY, withdraw_paper
from torbay_reports.publishing.bundles import services as bundles
from torbay_reports.publishing.bundles.purging import PurgeFailed
from torbay_reports.publishing.bundles.services import finish_withdrawals
from torbay_reports.publishing.bundles.stores import locked_store, public_store
from torbay_reports.publishing.models import Bundle, RestrictedBundle, RestrictedWithdrawal, Withdrawal
from torbay_reports.publishing.packplan import Edition
from torbay_reports.publishing.services import in_turn

pytestmark = pytest.mark.django_db

WHY = "It names a tenant."


@pytest.fixture(autouse=True)
def _rendered_once() -> Any:
    with set_once():
        yield
    empty_queue()


@pytest.fixture
def clerk(db: None) -> User:
    return person_with(Role.CLERK)


@pytest.fixture
def meeting(clerk: User) -> Instalment:
    return worlds.make_meeting(clerk)


def replaced() -> None:
    """What a worker does with the askings that a withdrawal leaves."""
    for build in PackBuild.objects.order_by("pk"):
        run_build(build=build.pk)
        build.refresh_from_db()
        assert (build.state, build.message) == ("done", "")


def test_it_is_gone_at_once_from_every_page_file_and_feed(meeting: Instalment, clerk: User, client: Client) -> None:
    for says in (worlds.FIRST, worlds.SECOND_FIGURE):
        worlds.freeze(worlds.paper_of(meeting), worlds.report(says), clerk)
        worlds.put_out(meeting, why=WHY)
    assert client.get(worlds.PAPER).status_code == 200
    assert client.get(f"{worlds.PAPER}tables/{worlds.TABLE}/").status_code == 200
    gone = worlds.withdraw(meeting, clerk)
    assert [each.version for each in gone] == [1, 2]
    assert client.get(worlds.PAPER).status_code == 410
    for address in ("tables/budget/", "tables/budget/?as=csv"):
        assert client.get(worlds.PAPER + address).status_code == 410
    for address in (worlds.PACK, f"{worlds.MEETING}pack.pdf"):
        assert client.get(address).status_code == 302
    for address in ("/", "/meetings/", worlds.MEETING):
        said = client.get(address).content.decode()
        assert worlds.SECOND_FIGURE not in said
        assert "Harbour fees" not in said
    public = {path: data for path, data in worlds.stored().items() if path.startswith("public/")}
    assert not [path for path, data in public.items() if b"overspend" in data]
    assert not [path for path in public if path.startswith(f"public/packs/{gone[0].key}/1/")]
    versions = public[f"public/packs/{gone[0].key}/index.html"].decode()
    assert versions.count("by the clerk") == 2
    assert worlds.pointed_to(meeting) == set()
    assert worlds.feed().count("ithdrawn") >= 2
    assert WHY not in "".join(data.decode(errors="replace") for data in public.values())


def test_its_bytes_go_to_the_locked_store_with_who_did_it_and_why(meeting: Instalment, clerk: User) -> None:
    bundle = worlds.put_out(meeting)
    folder = bundles.folder_of(bundle)
    before = {path: public_store().read(path) for path in public_store().paths(folder)}
    worlds.withdraw(meeting, clerk)
    locked = locked_store()
    assert {path: locked.read(f"withdrawn/public/{path}") for path in before} == before
    entry = json.loads(locked.read(f"ledger/public/{bundle.key}/1-withdrawn.json"))
    assert (entry["by_id"], entry["office"], entry["why"]) == (clerk.pk, "the clerk", WHY)
    assert Withdrawal.objects.get().taken_at is not None


def test_the_version_that_follows_keeps_the_pages_and_says_when_and_by_which_office(
    meeting: Instalment, clerk: User, client: Client
) -> None:
    first = worlds.put_out(meeting)
    worlds.withdraw(meeting, clerk)
    replaced()
    second = Bundle.objects.get(version=2)
    assert second.pages["labels"] == first.pages["labels"]
    assert {key: each[:2] for key, each in second.pages["papers"].items()} == {
        key: each[:2] for key, each in first.pages["papers"].items()
    }
    said = "Withdrawn on 5 September 2017 by the clerk."
    assert second.reason == "A paper was withdrawn."
    assert [(each["paper"], each["before"], each["after"]) for each in second.changes] == [("Item 5", "", said)]
    page = public_store().read(f"{bundles.folder_of(second)}/papers/item-5-harbours/index.html").decode()
    assert said in page
    for text in (second.words, page, json.dumps(second.contents), json.dumps(second.changes)):
        assert "Harbour fees" not in text
        assert "overspend" not in text.lower()
    assert "withdrawn on 5 september 2017" in second.words
    assert said in client.get(worlds.PACK).content.decode()
    assert client.get(worlds.PAPER).status_code == 410
    assert client.get(worlds.SECOND).status_code == 200
    assert worlds.whole_folders(meeting) == [2]


def test_the_other_meeting_that_holds_the_same_report_loses_it_too(
    meeting: Instalment, clerk: User, client: Client
) -> None:
    other = worlds.add_other_meeting(meeting)
    worlds.put_out(meeting)
    worlds.put_out(other)
    assert len(worlds.withdraw(meeting, clerk)) == 2
    address = f"{other.meeting.get_absolute_url()}items/3/harbours/"
    assert client.get(address).status_code == 410
    assert worlds.whole_folders(other) == []
    replaced()
    assert worlds.whole_folders(other) == [2]
    assert WithdrawnPaper.objects.count() == 2


def test_the_other_meeting_loses_it_too_when_only_a_newer_one_is_frozen_here(
    meeting: Instalment, clerk: User, client: Client
) -> None:
    other = worlds.add_other_meeting(meeting)
    worlds.put_out(meeting)
    worlds.put_out(other)
    worlds.freeze(worlds.paper_of(meeting), worlds.report(worlds.SECOND_FIGURE), clerk)
    assert len(worlds.withdraw(meeting, clerk)) == 2
    assert client.get(f"{other.meeting.get_absolute_url()}items/3/harbours/").status_code == 410


def test_a_report_that_another_meeting_lost_before_is_withdrawn_here_all_the_same(
    meeting: Instalment, clerk: User
) -> None:
    worlds.put_out(meeting)
    worlds.withdraw(meeting, clerk)
    other = worlds.add_other_meeting(meeting)
    worlds.put_out(other)
    worlds.withdraw(other, clerk)
    assert WithdrawnPaper.objects.count() == 2
    assert worlds.whole_folders(other) == []


def test_it_leaves_alone_what_only_has_the_same_number(meeting: Instalment, clerk: User) -> None:
    """Open and restricted publications are numbered apart, and a restricted edition lists both."""
    number_alike(700_001)
    tenders = worlds.add_tenders(meeting, clerk)
    other = worlds.add_other_meeting(meeting)
    buoys = worlds.report("Buoys are laid.", title="Buoys", source="invented.buoys")
    twin = worlds.freeze(worlds.paper_of(other), buoys, clerk)
    assert twin.publication_id == tenders.held_back.publication_id
    worlds.put_out(other)
    worlds.put_out(other, Edition.RESTRICTED)
    worlds.put_out(meeting, Edition.RESTRICTED)
    assert [str(each.key) for each in worlds.withdraw(meeting, clerk, "tenders")] == [pack_key(meeting)]
    assert worlds.whole_folders(other) == worlds.whole_folders(other, Edition.RESTRICTED) == [1]


def test_the_restricted_edition_that_holds_it_goes_too(meeting: Instalment, clerk: User, client: Client) -> None:
    worlds.add_tenders(meeting, clerk)
    worlds.put_out(meeting)
    worlds.put_out(meeting, Edition.RESTRICTED)
    assert {type(each) for each in worlds.withdraw(meeting, clerk)} == {Bundle, RestrictedBundle}
    assert worlds.whole_folders(meeting, Edition.RESTRICTED) == []
    replaced()
    assert worlds.whole_folders(meeting, Edition.RESTRICTED) == [2]
    assert worlds.whole_folders(meeting) == [2]


def test_an_exempt_paper_takes_only_the_restricted_edition_with_it(
    meeting: Instalment, clerk: User, client: Client
) -> None:
    worlds.add_tenders(meeting, clerk)
    worlds.put_out(meeting)
    worlds.put_out(meeting, Edition.RESTRICTED)
    worlds.withdraw(meeting, clerk, "tenders")
    assert (RestrictedWithdrawal.objects.count(), Withdrawal.objects.count()) == (1, 0)
    assert worlds.told(client) == 1
    replaced()
    public = [data for path, data in worlds.stored().items() if path.startswith("public/")]
    assert not [data for data in public if b"Marlowe" in data]
    standing = RestrictedBundle.objects.get(version=2)
    assert "Marlowe" not in json.dumps(standing.contents) + json.dumps(standing.changes)


def test_the_record_names_the_item_and_never_the_title(meeting: Instalment, clerk: User) -> None:
    worlds.add_tenders(meeting, clerk)
    worlds.put_out(meeting, Edition.RESTRICTED)
    worlds.withdraw(meeting, clerk, "tenders")
    entry = AccessRecord.objects.get(kind=RecordKind.PAPER_WITHDRAWN)
    assert entry.about == "Exempt paper under item 5, Harbour Board, 6 September 2017"
    assert entry.person == clerk
    assert "clerk" in entry.reason.lower()


def test_the_monitoring_officer_does_it_too_and_the_public_is_told_the_office(meeting: Instalment) -> None:
    officer = person_with(Role.MONITORING_OFFICER)
    worlds.put_out(meeting)
    worlds.withdraw(meeting, officer)
    assert WithdrawnPaper.objects.get().office == "the monitoring officer"


def test_who_is_no_clerk_of_the_other_meeting_asks_the_monitoring_officer(meeting: Instalment) -> None:
    other = worlds.add_other_meeting(meeting)
    committee = other.meeting.committee
    committee.pk, committee.slug, committee.name = None, "council", "Council"
    committee.save()
    other.meeting.committee = committee
    other.meeting.save()
    worlds.put_out(meeting)
    worlds.put_out(other)
    someone = person("Ash Grove")
    RoleAssignment.objects.create(
        person=someone,
        role=Role.CLERK,
        starts_on=meeting.meeting.held_on.replace(month=1),
        scope_kind="committee",
        scope_slug=BOARD,
    )
    with pytest.raises(ValidationError, match="pack of the Council, 13 September 2017 too"):
        worlds.withdraw(meeting, someone)
    assert not WithdrawnPaper.objects.exists()


def test_what_is_not_out_or_withdrawn_already_is_refused(meeting: Instalment, clerk: User) -> None:
    with pytest.raises(ValidationError, match=NOT_OUT):
        worlds.withdraw(meeting, clerk)
    worlds.put_out(meeting)
    with pytest.raises(ValidationError, match=SAY_WHY):
        withdraw_paper(paper=worlds.paper_of(meeting), why=" Wrong ", by=clerk)
    stale = worlds.paper_of(meeting)
    worlds.withdraw(meeting, clerk)
    with pytest.raises(ValidationError, match=ALREADY):
        withdraw_paper(paper=stale, why=WHY, by=clerk)


def test_a_paper_that_was_only_announced_is_withdrawn_with_its_title(meeting: Instalment, clerk: User) -> None:
    Paper.objects.filter(slug="moorings").update(publication=None)
    worlds.put_out(meeting)
    assert [each.version for each in worlds.withdraw(meeting, clerk, "moorings")] == [1]
    publish_pack(instalment=worlds.again(meeting), edition=Edition.PUBLIC, by=clerk, why="A paper was withdrawn.")
    entries = [entry for item in contents_of(Bundle.objects.get(version=2)) for entry in item.papers]
    assert [(entry.title, bool(entry.withdrawn)) for entry in entries if entry.slug == "moorings"] == [("", True)]


def test_a_version_in_which_it_was_still_to_follow_stays(meeting: Instalment, clerk: User) -> None:
    frozen = worlds.paper_of(meeting, "moorings").publication
    Paper.objects.filter(slug="moorings").update(publication=None)
    worlds.put_out(meeting)
    Paper.objects.filter(slug="moorings").update(publication=frozen)
    worlds.put_out(meeting, why="The moorings have come.")
    assert [each.version for each in worlds.withdraw(meeting, clerk, "moorings")] == [2]
    assert worlds.whole_folders(meeting) == [1]


class Answer:
    def __init__(self, status_code: int) -> None:
        self.status_code = status_code


def test_the_cdn_is_told_every_address_once(
    meeting: Instalment, clerk: User, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.CDN_PURGE_URL = "https://cdn.invalid/purge"
    posted: list[list[str]] = []

    def post(address: str, *, json: dict[str, list[str]], **others: object) -> Answer:
        posted.append(json["paths"])
        return Answer(200)

    monkeypatch.setattr(requests, "post", post)
    bundle = worlds.put_out(meeting)
    assert posted == []
    worlds.withdraw(meeting, clerk)
    [paths] = posted
    folder = f"/published/packs/{bundle.key}/1/"
    assert {f"{folder}{each['path']}" for each in bundle.files} | {folder} <= set(paths)
    assert {"/published/", "/published/index.html", "/published/feed.xml", f"/published/packs/{bundle.key}/"} <= set(
        paths
    )
    assert len(paths) == len(set(paths))


def test_a_purge_that_fails_is_said_and_tried_again_and_holds_up_no_other_file(
    meeting: Instalment, clerk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    for says in (worlds.FIRST, worlds.SECOND_FIGURE):
        worlds.freeze(worlds.paper_of(meeting), worlds.report(says), clerk)
        worlds.put_out(meeting, why=WHY)
    with monkeypatch.context() as patched:

        def fail(paths: object) -> None:
            raise PurgeFailed("The address in CDN_PURGE_URL answered 500.")

        patched.setattr(bundles, "purge", fail)
        with pytest.raises(PurgeFailed, match="answered 500"):
            worlds.withdraw(meeting, clerk)
    assert worlds.whole_folders(meeting) == []
    assert Withdrawal.objects.filter(taken_at=None).count() == 2
    assert finish_withdrawals() == 2
    assert not Withdrawal.objects.filter(taken_at=None).exists()
    assert finish_withdrawals() == 0


@pytest.mark.django_db(transaction=True)
def test_a_build_that_is_under_way_does_not_hold_up_the_taking_away() -> None:
    clerk = person_with(Role.CLERK)
    meeting = worlds.make_meeting(clerk)
    bundle = worlds.put_out(meeting)
    is_held, is_over = threading.Event(), threading.Event()

    def build() -> None:
        with in_turn(bundle.key, Edition.PUBLIC):
            is_held.set()
            is_over.wait(60)
        connection.close()

    def take_away() -> None:
        worlds.withdraw(meeting, clerk)
        connection.close()

    builder, taker = threading.Thread(target=build), threading.Thread(target=take_away)
    builder.start()
    is_held.wait(60)
    taker.start()
    taker.join(60)
    gone = worlds.whole_folders(meeting)
    is_over.set()
    builder.join()
    taker.join()
    assert gone == []


@pytest.mark.django_db(transaction=True)
def test_two_who_withdraw_at_once_do_it_once() -> None:
    clerk, officer = person_with(Role.CLERK), person_with(Role.MONITORING_OFFICER)
    meeting = worlds.make_meeting(clerk)
    meetings = [meeting, worlds.add_other_meeting(meeting)]
    for each in meetings:
        worlds.put_out(each)
    barrier = threading.Barrier(2, timeout=60)
    refused: list[str] = []

    def run(of: Instalment, by: User) -> None:
        paper = worlds.paper_of(of)
        barrier.wait()
        try:
            withdraw_paper(paper=paper, why=WHY, by=by)
        except ValidationError as error:
            refused.extend(error.messages)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in zip(meetings, (clerk, officer), strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert refused == [ALREADY]
    assert WithdrawnPaper.objects.count() == 2
    assert finish_withdrawals() == 2
