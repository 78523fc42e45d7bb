"""A pack is published whole, once for what it says, and never with a word of what is not for publication."""

import logging
import re
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from tests.access.cast import person, person_with
from tests.agenda import publishing_worlds as worlds
from tests.set_once import set_once
from torbay_reports.access.models import AccessRecord, User
from torbay_reports.access.record.kinds import RecordKind
from torbay_reports.access.roles import Role
from torbay_reports.agenda import publishing
from torbay_reports.agenda.business import NotReadyToPublish
from torbay_reports.agenda.models import Instalment, Paper
from torbay_reports.agenda.publishing import CHANGED, publish_pack
from torbay_reports.agenda.restricting import close
from torbay_reports.agenda.secrets import check_for_leaks
from torbay_reports.agenda.services import build_pack
from torbay_reports.core import public_role
from torbay_reports.publishing.bundles import services as bundles
from torbay_reports.publishing.bundles.purging import PurgeFailed
from torbay_reports.publishing.bundles.stores import locked_store, public_store
from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.models import Bundle, RestrictedBundle, bundles_of
from torbay_reports.publishing.packplan import Edition, Restriction

pytestmark = pytest.mark.django_db

WHY = "One forecast was printed wrong."
OF_PAPERS = re.compile(r'"(agenda_\w*paper|publishing_publication|publishing_uploadedpdf|publishing_restricted\w+)"')
"""The tables of what papers say; those of what is not for publication are closed to the role."""


@pytest.fixture(autouse=True)
def _rendered_once() -> Any:
    with set_once():
        yield


@pytest.fixture
def clerk(db: None) -> User:
    return person_with(Role.CLERK)


@pytest.fixture
def meeting(clerk: User) -> Instalment:
    return worlds.make_meeting(clerk)


def correct(meeting: Instalment, by: User, says: str = worlds.SECOND_FIGURE) -> None:
    worlds.freeze(worlds.paper_of(meeting), worlds.report(says), by)


def nothing_is_out(version: int = 0) -> None:
    """Once what was broken off is rolled back, nothing of a later version is left anywhere."""
    bundles.roll_back_all()
    for edition in Edition:
        assert not bundles_of(edition).unfinished().exists()
    assert worlds.versions() == [(number, True) for number in range(1, version + 1)]
    later = f"/{version + 1}/"
    assert not [path for path in worlds.stored() if later in path or path.endswith(f"/{version + 1}.json")]


def test_the_first_version_is_written_with_all_its_files_and_told_everywhere(
    meeting: Instalment, clerk: User, client: Client
) -> None:
    bundle = worlds.put_out(meeting, by=clerk)
    assert (bundle.version, bundle.reason, bundle.changes, bundle.published_by) == (1, "", [], clerk)
    assert bundle.written_at is not None
    assert worlds.out(bundle) == {each["path"] for each in bundle.files}
    assert worlds.whole_folders(meeting) == [1]
    assert worlds.pointed_to(meeting) == {1}
    assert worlds.told(client) == 1
    assert "1/" in worlds.feed()
    [entry] = AccessRecord.objects.filter(kind=RecordKind.PACK_PUBLISHED)
    assert (entry.person, entry.key) == (clerk, f"instalment:{meeting.pk} public bundle:{bundle.pk}")


def test_nothing_personal_stands_in_a_bundle(meeting: Instalment, clerk: User) -> None:
    bundle = worlds.put_out(meeting, by=clerk)
    public = [data for path, data in worlds.stored().items() if path.startswith("public/")]
    for word in (clerk.full_name.encode(), clerk.email.encode()):
        assert not [data for data in public if word in data]
    assert f'"published_by_id":{clerk.pk}'.encode() in locked_store().read(
        f"ledger/public/{bundle.key}/{bundle.version}.json"
    )


def test_what_says_the_same_is_not_published_again(meeting: Instalment, clerk: User) -> None:
    first = worlds.put_out(meeting, by=clerk)
    before = worlds.stored()
    again = worlds.put_out(meeting, by=None, why=WHY)
    assert (again, worlds.versions(), worlds.stored()) == (first, [(1, True)], before)


def test_a_later_version_says_why_and_what_has_changed_and_links_back(
    meeting: Instalment, clerk: User, client: Client
) -> None:
    worlds.put_out(meeting)
    correct(meeting, clerk)
    with pytest.raises(NotReadyToPublish, match="Version 1 of this pack is published already"):
        worlds.put_out(meeting)
    nothing_is_out(1)
    second = worlds.put_out(meeting, why=f"  {WHY} ")
    assert (second.version, second.reason) == (2, WHY)
    assert [(each["before"], each["after"]) for each in second.changes] == [(worlds.FIRST, worlds.SECOND_FIGURE)]
    page = public_store().read(f"{bundles.folder_of(second)}/index.html").decode()
    for said in (WHY, "£120,000", "£130,000", "Version 1"):
        assert said in page, said
    assert worlds.whole_folders(meeting) == [1, 2]
    assert worlds.told(client) == 2
    assert WHY in client.get(worlds.PACK).content.decode()


def test_a_longer_paper_gets_pages_between_and_all_others_keep_their_numbers(meeting: Instalment, clerk: User) -> None:
    first = worlds.put_out(meeting)
    worlds.freeze(worlds.paper_of(meeting), worlds.report(more=9), clerk)
    second = worlds.put_out(meeting, why="Its annex was missing.")
    ranges = [
        {key.split("-")[2]: each[:2] for key, each in bundle.pages["papers"].items()} for bundle in (first, second)
    ]
    assert ranges[0] == {"harbours": ["2", "2"], "moorings": ["3", "3"]}
    assert ranges[1]["moorings"] == ["3", "3"]
    assert ranges[1]["harbours"][0] == "2"
    assert second.pages["labels"][:4] == ["1", "2", "2a", "2b"]
    assert second.pages["labels"][-1] == "3"


@pytest.mark.django_db(transaction=True)
def test_two_who_publish_at_once_get_one_version() -> None:
    clerk = person_with(Role.CLERK)
    meeting = worlds.make_meeting(clerk)
    barrier = Barrier(2, timeout=60)
    got: list[int] = []

    def run() -> None:
        barrier.wait()
        try:
            got.append(worlds.put_out(meeting).version)
        finally:
            connection.close()

    threads = [Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert got == [1, 1]
    assert worlds.versions() == [(1, True)]


@pytest.mark.django_db(transaction=True)
def test_two_packs_that_are_published_at_once_both_stand_on_the_page_of_all() -> None:
    clerk = person_with(Role.CLERK)
    meeting = worlds.make_meeting(clerk)
    meetings = [meeting, worlds.add_other_meeting(meeting)]
    barrier = Barrier(2, timeout=60)

    def run(instalment: Instalment) -> None:
        barrier.wait()
        try:
            worlds.put_out(instalment)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(each,)) for each in meetings]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert all(worlds.pointed_to(each) == {1} for each in meetings)
    assert worlds.feed().count("<entry>") == 2


def change_when_it_scans(monkeypatch: pytest.MonkeyPatch, change: Any) -> None:
    """Somebody changes the papers while the files are looked at."""

    def scanned(*given: Any) -> None:
        check_for_leaks(*given)
        change()

    monkeypatch.setattr(publishing, "check_for_leaks", scanned)


def test_papers_replaced_meanwhile_are_refused(
    meeting: Instalment, clerk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    change_when_it_scans(monkeypatch, lambda: correct(meeting, clerk))
    with pytest.raises(PackFault, match=CHANGED):
        worlds.put_out(meeting)
    nothing_is_out()


def test_papers_replaced_between_building_and_publishing_are_refused(
    meeting: Instalment, clerk: User, monkeypatch: pytest.MonkeyPatch
) -> None:

    def built(**given: Any) -> Any:
        pack = build_pack(**given)
        correct(meeting, clerk)
        return pack

    monkeypatch.setattr(publishing, "build_pack", built)
    with pytest.raises(PackFault, match=CHANGED):
        worlds.put_out(meeting)
    nothing_is_out()


def test_a_paper_closed_meanwhile_is_refused(meeting: Instalment, monkeypatch: pytest.MonkeyPatch) -> None:
    Paper.objects.filter(slug="moorings").update(publication=None)
    change_when_it_scans(
        monkeypatch, lambda: close(paper=worlds.paper_of(meeting, "moorings"), restriction=Restriction.EXEMPT)
    )
    with pytest.raises(PackFault, match=CHANGED):
        worlds.put_out(meeting)
    nothing_is_out()


def test_an_instalment_deleted_meanwhile_is_refused(meeting: Instalment, monkeypatch: pytest.MonkeyPatch) -> None:
    change_when_it_scans(monkeypatch, lambda: meeting.meeting.delete())
    with pytest.raises(PackFault, match="deleted what this pack is about"):
        worlds.put_out(meeting)
    nothing_is_out()


def test_the_restricted_edition_waits_for_the_grounds_of_each_paper(meeting: Instalment, clerk: User) -> None:
    worlds.add_tenders(meeting, clerk, with_grounds=False)
    with pytest.raises(NotReadyToPublish, match="Item 5: nobody has said yet") as refused:
        worlds.put_out(meeting, Edition.RESTRICTED)
    assert "Marlowe" not in str(refused.value)
    assert not RestrictedBundle.objects.exists()
    assert worlds.put_out(meeting).version == 1


def test_the_restricted_edition_stands_in_its_own_store(meeting: Instalment, clerk: User, client: Client) -> None:
    worlds.add_tenders(meeting, clerk)
    worlds.put_out(meeting)
    bundle = worlds.put_out(meeting, Edition.RESTRICTED)
    assert worlds.whole_folders(meeting, Edition.RESTRICTED) == [1]
    assert worlds.told(client) == 1
    told = [path for path, data in worlds.stored().items() if b"Marlowe" in data]
    assert told
    assert all(path.startswith(("restricted/", "locked/ledger/restricted/")) for path in told), told
    assert bundle.papers == [each.pk for each in Paper.objects.order_by("item__position", "position")]


@pytest.mark.parametrize("leak", [worlds.SECRET, "We hear of £48,215 for it.", "Ask Marlowe Dredging first."])
def test_what_gives_an_exempt_paper_away_is_refused_without_a_word_of_it(
    meeting: Instalment, clerk: User, leak: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    worlds.add_tenders(meeting, clerk)
    correct(meeting, clerk, leak)
    caplog.clear()
    with pytest.raises(NotReadyToPublish) as refused:
        worlds.put_out(meeting)
    said = str(refused.value)
    assert "pack.pdf, page 2" in said
    assert "the exempt paper under item 5, Harbour Board, 6 September 2017" in said
    for secret in ("Marlowe", "48,215", "Dredging", "inner basin"):
        assert secret not in said
        assert secret not in "".join(AccessRecord.objects.values_list("about", flat=True))
        assert not [each for each in caplog.records if each.name.startswith("torbay") and secret in each.getMessage()]
    nothing_is_out()


def test_what_stood_in_something_published_before_is_no_leak(meeting: Instalment, clerk: User) -> None:
    correct(meeting, clerk, worlds.SECRET)
    worlds.put_out(meeting)
    worlds.add_tenders(meeting, clerk)
    other = worlds.add_other_meeting(meeting)
    assert worlds.put_out(other).version == 1


def test_words_that_the_monitoring_officer_has_cleared_are_no_leak(meeting: Instalment, clerk: User) -> None:
    tenders = worlds.add_tenders(meeting, clerk)
    correct(meeting, clerk, "Ask Marlowe Dredging first.")
    with pytest.raises(NotReadyToPublish):
        worlds.put_out(meeting)
    tenders.held_back.public_words = "Marlowe Dredging"
    tenders.held_back.save(update_fields=["public_words"])
    assert worlds.put_out(meeting).version == 1


def test_names_that_were_given_count_however_short(meeting: Instalment, clerk: User) -> None:
    tenders = worlds.add_tenders(meeting, clerk)
    tenders.held_back.names = "Quayside Ltd\nBo Finch"
    tenders.held_back.save(update_fields=["names"])
    correct(meeting, clerk, "Talks with Bo Finch go on.")
    with pytest.raises(NotReadyToPublish, match="a name of the exempt paper"):
        worlds.put_out(meeting)


def test_a_purge_that_fails_after_a_correction_is_logged_and_the_version_is_out(
    meeting: Instalment, clerk: User, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    asked: list[list[str]] = []

    def purge(paths: Any) -> None:
        asked.append(list(paths))
        raise PurgeFailed("The address in CDN_PURGE_URL answered 500.")

    monkeypatch.setattr(bundles, "purge", purge)
    worlds.put_out(meeting)
    assert not asked
    correct(meeting, clerk)
    assert worlds.put_out(meeting, why=WHY).version == 2
    assert asked == [["index.html", "feed.xml", f"packs/{Bundle.objects.first().key}/index.html"]]  # type: ignore[union-attr]
    assert "answered 500" in caplog.text


def test_the_public_edition_asks_for_papers_under_its_role_only_until_its_files_are_made(
    meeting: Instalment, clerk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A trap in every statement; the role is given back afterwards."""
    worlds.add_tenders(meeting, clerk)
    asked: list[str] = []
    is_set = True

    def trap(execute: Any, sql: object, *others: Any) -> Any:
        if is_set and (named := OF_PAPERS.findall(str(sql))):
            with connection.connection.cursor() as cursor:
                assert cursor.execute("SELECT current_user").fetchone() == (public_role.ROLE,), sql
            asked.extend(named)
        return execute(sql, *others)

    def scanned(*given: Any) -> None:
        nonlocal is_set
        is_set = False
        check_for_leaks(*given)

    monkeypatch.setattr(publishing, "check_for_leaks", scanned)
    with connection.execute_wrapper(trap):
        worlds.put_out(meeting)
    assert not is_set
    assert set(asked) == {"agenda_paper", "agenda_withdrawnpaper", "publishing_publication", "publishing_uploadedpdf"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user = session_user")
        assert cursor.fetchone() == (True,)


def test_the_restricted_edition_is_not_made_under_it(meeting: Instalment, clerk: User) -> None:
    worlds.add_tenders(meeting, clerk)
    worlds.put_out(meeting)
    told: list[str] = []

    def progress(phase: str, done: int, total: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user = session_user")
            assert cursor.fetchone() == (True,)
        told.append(phase)

    publish_pack(instalment=meeting, edition=Edition.RESTRICTED, by=person("Kim Lea"), progress=progress)
    assert "publish" in told
