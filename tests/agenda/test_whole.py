"""The pack so far holds what stands at this moment, and nothing that was withdrawn."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pikepdf import Pdf
from pytest_django import DjangoDbBlocker

from tests.access.cast import person_with, sign_in
from tests.agenda import publishing_worlds as worlds
from tests.agenda.jobs import empty_queue
from tests.environment import STORES
from tests.published_once import published_once, put_back
from torbay_reports.access.models import AccessRecord, User
from torbay_reports.access.record.kinds import RecordKind
from torbay_reports.access.roles import Role
from torbay_reports.agenda.composition import pack_key
from torbay_reports.agenda.models import AgendaItem, Instalment, Paper
from torbay_reports.agenda.whole import drop_wholes, prepare_wholes, so_far, whole_key, whole_pack
from torbay_reports.core.public_role import require_public_role
from torbay_reports.publishing import whole as keeping
from torbay_reports.publishing.bundles.reading import bytes_of
from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.joining.whole import join_published
from torbay_reports.publishing.leaks.pdfs import page_texts
from torbay_reports.publishing.models import (
    AnyBundle,
    Bundle,
    RestrictedWholePack,
    WholePack,
    bundles_of,
    withdrawals_of,
)
from torbay_reports.publishing.packplan import Edition

pytestmark = pytest.mark.django_db

WHOLE = f"{worlds.MEETING}pack.pdf"
RESTRICTED = f"{worlds.MEETING}restricted-pack.pdf"
DREDGING = "The dredging of the basin is paid for by the county."


@dataclass(frozen=True)
class World:
    """Both editions of a supplement with an exempt paper, and a second supplement that is open."""

    clerk: User
    first: Instalment
    second: Instalment
    open: AnyBundle
    restricted: AnyBundle
    later: AnyBundle


def build_world() -> World:
    clerk = person_with(Role.CLERK)
    first = worlds.make_meeting(clerk)
    worlds.add_tenders(first, clerk)
    restricted = worlds.put_out(first, Edition.RESTRICTED)
    second = Instalment.objects.get(pk=first.pk)
    second.pk, second.number = None, 2
    second.save(force_insert=True)
    item = AgendaItem.objects.create(meeting=first.meeting, number="7", title="Dredging", position=3)
    paper = Paper.objects.create(item=item, instalment=second, slug="dredging", title="Dredging", position=1)
    worlds.freeze(paper, worlds.report(DREDGING, title="Dredging", source="invented.dredging"), clerk)
    later = worlds.put_out(second)
    standing = bundles_of(Edition.PUBLIC).get(key=pack_key(first))
    return World(clerk, first, worlds.again(second), standing, restricted, later)


@pytest.fixture(scope="module")
def made(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[World, Path]]:
    with published_once(django_db_blocker, tmp_path_factory, build_world) as made:
        yield made


@pytest.fixture
def world(made: tuple[World, Path]) -> World:
    built, kept = made
    put_back(kept)
    return built


@pytest.fixture
def reader(world: World) -> Client:
    """The clerk's browser, who may read what is restricted."""
    client = Client()
    sign_in(client, world.clerk)
    return client


def withdraw(bundle: AnyBundle, by: User) -> None:
    """The row alone: whoever withdraws was killed right after."""
    withdrawals_of(bundle.edition).create(
        bundle=bundle, at=bundle.published_at, by=by, office="the clerk", why="Wrong."
    )


def labels(pdf: bytes) -> list[str]:
    with Pdf.open(BytesIO(pdf)) as opened:
        return [str(page.label) for page in opened.pages]


def printed(pdf: bytes) -> str:
    return " ".join(" ".join(page_texts(pdf)).split())


def refused(*args: Any, **told: Any) -> bytes:
    raise PackFault(worlds.SECRET)


def test_the_pack_so_far_holds_each_instalment_in_turn(world: World) -> None:
    response = Client().get(WHOLE)
    assert labels(response.content) == [*world.open.pages["labels"], *world.later.pages["labels"]]
    said = printed(response.content)
    assert worlds.FIRST in said
    assert DREDGING in said
    assert worlds.SECRET not in said
    assert response["Content-Disposition"] == 'inline; filename="harbour-board-2017-09-06-pack-so-far.pdf"'


def test_it_is_made_once_for_the_same_versions(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    first = Client().get(WHOLE).content
    monkeypatch.setattr(keeping, "join_published", refused)
    assert Client().get(WHOLE).content == first
    assert WholePack.objects.get().key == "harbour-board/2017-09-06"


def test_it_is_made_under_a_role_that_reads_nothing_restricted(world: World, monkeypatch: pytest.MonkeyPatch) -> None:

    def watched(*args: Any, **told: Any) -> bytes:
        require_public_role()
        return join_published(*args, **told)

    monkeypatch.setattr(keeping, "join_published", watched)
    assert Client().get(WHOLE).status_code == 200


def test_each_instalment_alone_is_the_file_that_was_published(world: World, reader: Client) -> None:
    for client, address, bundle, name in (
        (Client(), "supplement-1/pack.pdf", world.open, "harbour-board-2017-09-06-supplement-1.pdf"),
        (Client(), "supplement-2/pack.pdf", world.later, "harbour-board-2017-09-06-supplement-2.pdf"),
        (
            reader,
            "supplement-1/restricted-pack.pdf",
            world.restricted,
            "NOT-FOR-PUBLICATION-harbour-board-2017-09-06-supplement-1.pdf",
        ),
    ):
        response = client.get(worlds.MEETING + address)
        assert response.content == bytes_of(bundle, "pack.pdf")
        assert response["Content-Disposition"] == f'inline; filename="{name}"'
    for missing in ("agenda/pack.pdf", "supplement-3/pack.pdf", "supplement-2/restricted-pack.pdf"):
        assert reader.get(worlds.MEETING + missing).status_code == 404


def test_a_withdrawn_version_vanishes_with_its_row_and_one_alone_is_its_own_file(world: World) -> None:
    assert DREDGING in printed(Client().get(WHOLE).content)
    withdraw(world.later, world.clerk)
    assert not WholePack.objects.exists()
    assert Client().get(WHOLE).content == bytes_of(world.open, "pack.pdf")
    assert not WholePack.objects.exists()
    found = so_far(world.first.meeting, Edition.PUBLIC)
    assert found.words == "Supplement 1"
    assert found.missing == (
        "Supplement 2 is not in it just now: a paper was withdrawn, and the pages without it are not published yet."
    )


def test_a_stored_one_is_not_served_when_a_row_it_missed_has_withdrawn_a_version(world: World) -> None:
    assert DREDGING in printed(Client().get(WHOLE).content)
    kept = WholePack.objects.get()
    withdraw(world.later, world.clerk)
    kept.save(force_insert=True)
    assert DREDGING not in printed(Client().get(WHOLE).content)


def test_what_is_withdrawn_while_it_is_joined_is_not_given_out(world: World, monkeypatch: pytest.MonkeyPatch) -> None:

    def slowly(*args: Any, **told: Any) -> bytes:
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")
        withdraw(world.later, world.clerk)
        return join_published(*args, **told)

    monkeypatch.setattr(keeping, "join_published", slowly)
    assert Client().get(WHOLE).content == bytes_of(world.open, "pack.pdf")
    assert not WholePack.objects.exists()


def test_where_nothing_stands_there_is_no_pack(world: World, reader: Client) -> None:
    for bundle in (world.open, world.later, world.restricted):
        withdraw(bundle, world.clerk)
    assert [reader.get(address).status_code for address in (WHOLE, RESTRICTED)] == [404, 404]


def test_a_new_version_is_in_it_from_then_on(world: World) -> None:
    Client().get(WHOLE)
    bundle = Bundle.objects.get(pk=world.later.pk)
    bundle.pk, bundle.version, bundle.manifest = None, 2, world.open.manifest
    folder = Path(STORES) / "public/packs" / bundle.key
    shutil.copytree(folder / "1", folder / "2")
    bundle.save(force_insert=True)
    assert Client().get(WHOLE).status_code == 200
    assert WholePack.objects.get().made_of[1] == [bundle.key, 2, bundle.manifest]


def test_one_that_is_not_as_it_was_stored_is_made_anew(world: World) -> None:
    first = Client().get(WHOLE).content
    WholePack.objects.update(pdf=b"%PDF-1.7 changed")
    assert Client().get(WHOLE).content == first


def test_the_restricted_one_takes_the_public_edition_where_there_is_no_other(world: World, reader: Client) -> None:
    response = reader.get(RESTRICTED)
    assert labels(response.content) == [*world.restricted.pages["labels"], *world.later.pages["labels"]]
    said = printed(response.content)
    assert worlds.SECRET in said
    assert DREDGING in said
    assert response["Cache-Control"] == "no-store"
    assert "NOT-FOR-PUBLICATION-harbour-board-2017-09-06-pack-so-far.pdf" in response["Content-Disposition"]
    assert not WholePack.objects.exists()
    assert RestrictedWholePack.objects.get().key == whole_key(world.first.meeting)
    (read,) = AccessRecord.objects.filter(kind=RecordKind.PACK_READ)
    assert read.key == f"meeting:{world.first.meeting.pk} bundle:{world.restricted.pk}"


def test_only_readers_of_restricted_packs_get_the_restricted_one(world: World) -> None:
    for role, status in ((Role.BUDGET_HOLDER, 404), (Role.ADMINISTRATOR, 404), (None, 302)):
        client = Client()
        if role:
            sign_in(client, person_with(role))
        assert client.get(RESTRICTED).status_code == status
        assert client.get(f"{worlds.MEETING}supplement-1/restricted-pack.pdf").status_code == status
    assert not AccessRecord.objects.filter(kind=RecordKind.PACK_READ).exists()


def test_a_withdrawn_restricted_edition_does_not_give_way_to_the_public_one(world: World) -> None:
    withdraw(world.restricted, world.clerk)
    found = so_far(world.first.meeting, Edition.RESTRICTED)
    assert [each.bundle for each in found.out] == [world.later]
    assert found.left_out == (world.first,)


def test_the_job_makes_both_editions_and_drops_what_is_no_longer_whole(world: World) -> None:
    prepare_wholes(world.first.meeting)
    assert [WholePack.objects.count(), RestrictedWholePack.objects.count()] == [1, 1]
    kept = WholePack.objects.get()
    withdraw(world.later, world.clerk)
    kept.save(force_insert=True)
    prepare_wholes(world.first.meeting)
    assert [WholePack.objects.count(), RestrictedWholePack.objects.count()] == [0, 0]


def test_a_failure_of_the_job_is_logged_without_a_word_of_what_is_restricted(
    world: World, reader: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(keeping, "join_published", refused)
    prepare_wholes(world.first.meeting)
    assert caplog.messages == [
        f"The {edition} pack so far of harbour-board/2017-09-06 was not made: DamagedPublication."
        for edition in ("public", "restricted")
    ]
    assert reader.get(RESTRICTED).status_code == 503
    assert worlds.SECRET not in caplog.text
    assert not AccessRecord.objects.filter(kind=RecordKind.PACK_READ).exists()


def test_it_goes_with_its_meeting(world: World) -> None:
    prepare_wholes(world.first.meeting)
    world.second.delete()
    assert not WholePack.objects.exists()
    assert not RestrictedWholePack.objects.exists()
    empty_queue()


def test_what_stands_is_asked_for_in_as_many_queries_of_one_instalment_as_of_ten(world: World) -> None:
    def asked(edition: Edition) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            so_far(world.first.meeting, edition)
        return len(queries)

    drop_wholes("harbour-board/2017-09-06/agenda")
    two = [asked(edition) for edition in Edition]
    for number in range(3, 12):
        more = Instalment.objects.get(pk=world.first.pk)
        more.pk, more.number = None, number
        more.save(force_insert=True)
    assert [asked(edition) for edition in Edition] == two == [2, 3]


def test_the_same_versions_give_the_same_bytes(world: World) -> None:
    first = whole_pack(world.first.meeting, Edition.RESTRICTED).pdf
    RestrictedWholePack.objects.all().delete()
    assert whole_pack(world.first.meeting, Edition.RESTRICTED).pdf == first
