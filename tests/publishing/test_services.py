"""Documents are frozen once and for all; packs are built once for one plan."""

from collections.abc import Sequence
from threading import Barrier, Thread

import pytest
from django.db import connection
from msgspec.structs import replace

from tests.access.cast import person
from tests.publishing import packs
from torbay_reports.access.models import User
from torbay_reports.documents import plotting
from torbay_reports.documents.blocks import Document, Heading
from torbay_reports.publishing import checks, services
from torbay_reports.publishing.checksums import of_bytes
from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.models import Publication, StoredPack
from torbay_reports.publishing.packplan import Edition, Restriction
from torbay_reports.publishing.pagemaps import from_stored
from torbay_reports.publishing.selectors import document_of
from torbay_reports.publishing.services import publish, store_pack

KEY = "harbour-board/2031-09-06/supplement-1"


@pytest.fixture
def clerk(db: None) -> User:
    return person("Robin Vale")


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The figures that were drawn; no browser is started."""
    asked: list[str] = []

    def draw(figures: Sequence[str]) -> list[str]:
        asked.extend(figures)
        return [packs.SVG for _ in figures]

    monkeypatch.setattr(plotting, "draw", draw)
    return asked


def small(title: str = "A paper") -> Document:
    return Document("invented.report", "2031-32/q1", title, (Heading("h", title, 2),))


def test_publishing_freezes_the_document_with_checksum_time_and_person(clerk: User) -> None:
    publication = publish(document=small(), restriction=Restriction.OPEN, by=clerk)
    assert (publication.version, publication.edition, publication.frozen_by) == (1, "public", clerk)
    assert publication.checksum == of_bytes(publication.document_json.encode())
    assert document_of(Publication.objects.get()) == small()


def test_publishing_draws_the_charts_and_takes_off_the_draft_mark(clerk: User, drawn: list[str]) -> None:
    publication = publish(document=packs.report(draft=True, svg=""), restriction=Restriction.OPEN, by=clerk)
    assert document_of(publication) == packs.report()
    assert len(drawn) == 1


def test_the_same_content_again_is_the_same_publication_and_draws_nothing(clerk: User, drawn: list[str]) -> None:
    first = publish(document=packs.report(svg=""), restriction=Restriction.OPEN, by=clerk)
    again = publish(document=packs.report(svg="", draft=True), restriction=Restriction.OPEN, by=person("Kim Lea"))
    assert again == first
    assert (Publication.objects.count(), len(drawn)) == (1, 1)


def test_other_content_is_the_next_version_and_the_earlier_stays(clerk: User) -> None:
    publish(document=small(), restriction=Restriction.OPEN, by=clerk)
    second = publish(document=small("Corrected"), restriction=Restriction.OPEN, by=clerk)
    back = publish(document=small(), restriction=Restriction.OPEN, by=clerk)
    assert (second.version, back.version) == (2, 3)
    assert [each.title for each in Publication.objects.order_by("version")] == ["A paper", "Corrected", "A paper"]


def test_an_exempt_document_counts_its_versions_apart_and_is_never_public(clerk: User) -> None:
    publish(document=small(), restriction=Restriction.OPEN, by=clerk)
    exempt = publish(document=small(), restriction=Restriction.EXEMPT, by=clerk)
    assert (exempt.version, exempt.edition) == (1, "restricted")


@pytest.mark.django_db(transaction=True)
def test_two_writers_at_once_get_two_versions_in_turn() -> None:
    clerk = person("Robin Vale")
    barrier = Barrier(4)

    def write(number: int) -> None:
        barrier.wait()
        publish(document=small(f"Paper {number}"), restriction=Restriction.OPEN, by=clerk)
        connection.close()

    writers = [Thread(target=write, args=(number,)) for number in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert sorted(Publication.objects.values_list("version", flat=True)) == [1, 2, 3, 4]


def test_a_pack_is_built_once_for_one_plan(clerk: User, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = packs.plan(document=small())
    stored = store_pack(key=KEY, plan=plan, by=clerk)
    assert bytes(stored.pdf[:5]) == b"%PDF-"
    assert stored.checksum == of_bytes(bytes(stored.pdf))
    assert from_stored(stored.pages).papers["item-5-report"].first == "2"
    monkeypatch.setattr(services, "render_pack", None)
    assert store_pack(key=KEY, plan=plan, by=None) == stored


def test_a_changed_plan_replaces_the_pack_and_editions_stand_side_by_side(clerk: User) -> None:
    first = store_pack(key=KEY, plan=packs.plan(document=small()), by=clerk)
    changed = store_pack(key=KEY, plan=packs.plan(document=small("Corrected")), by=None)
    store_pack(key=KEY, plan=packs.plan(document=small(), edition=Edition.RESTRICTED), by=clerk)
    assert (changed.pk, changed.checksum == first.checksum, changed.built_by) == (first.pk, False, None)
    assert StoredPack.objects.count() == 2


def test_a_pack_that_fails_leaves_the_old_one_in_place(clerk: User, monkeypatch: pytest.MonkeyPatch) -> None:
    stored = store_pack(key=KEY, plan=packs.plan(document=small()), by=clerk)

    def fail(*args: object) -> None:
        raise PackFault("page 2 is wrong")

    monkeypatch.setattr(checks, "check", fail)
    with pytest.raises(PackFault, match="page 2 is wrong"):
        store_pack(key=KEY, plan=packs.plan(document=small("Corrected")), by=clerk)
    assert StoredPack.objects.get().checksum == stored.checksum


def test_another_colour_makes_another_pack(clerk: User, settings: object) -> None:
    plan = packs.plan(document=small())
    first = store_pack(key=KEY, plan=plan, by=clerk)
    settings.COUNCIL_COLOUR = "#5b2c6f"  # type: ignore[attr-defined]
    assert store_pack(key=KEY, plan=plan, by=clerk).checksum != first.checksum


def test_a_draft_and_its_document_differ_only_by_the_mark() -> None:
    assert replace(packs.report(draft=True), draft=False) == packs.report()
