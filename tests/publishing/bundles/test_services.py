"""A bundle is published whole or not at all; what is left to do of a withdrawal is done by whoever comes next."""

import threading
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.access.cast import person
from tests.publishing import packs
from tests.publishing.bundles import kit
from tests.publishing.test_services import small
from torbay_reports.core import clock
from torbay_reports.publishing import makeup
from torbay_reports.publishing.bundles import services
from torbay_reports.publishing.bundles.purging import PurgeFailed
from torbay_reports.publishing.bundles.services import (
    Release,
    finish_withdrawals,
    folder_of,
    publish_bundle,
    roll_back_all,
    store_of,
)
from torbay_reports.publishing.bundles.stores import locked_store, public_store
from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.models import AnyBundle, Bundle, StoredPack, Withdrawal
from torbay_reports.publishing.packplan import Edition
from torbay_reports.publishing.pagemaps import to_stored
from torbay_reports.publishing.services import in_turn

pytestmark = pytest.mark.django_db


def nothing(*given: Any) -> None:
    """Nothing stands against it."""


def release(notice: str = "Invented.", *, key: str = kit.KEY, reason: str = "") -> Release:
    plan = replace(packs.plan(document=small()), notice=notice)
    rendered = kit.rendered_pack(plan)
    made_of = makeup.to_stored(makeup.of_plan(plan))
    pack = StoredPack(key=key, pdf=rendered.pdf, pages=to_stored(rendered.pages), made_of=made_of)
    return Release(key=key, plan=plan, pack=pack, contents=(), frozen=kit.frozen_of(plan), texts={}, reason=reason)


def publish(
    of: Release | None = None,
    *,
    check: Callable[[Path], None] = nothing,
    hold: Callable[[], None] = nothing,
    note: Callable[[AnyBundle], None] = nothing,
) -> Bundle:
    bundle = publish_bundle(release=of or release(), check=check, hold=hold, note=note, by=None)
    assert isinstance(bundle, Bundle)
    return bundle


def refuse(*given: Any) -> None:
    raise PackFault("Something stands against it.")


def assert_nothing_is_left() -> None:
    roll_back_all()
    assert not Bundle.objects.exists()
    assert not list(public_store().paths("packs"))
    assert not list(locked_store().paths())


def test_who_checks_is_given_all_files_before_any_is_out() -> None:
    seen: list[set[str]] = []

    def check(folder: Path) -> None:
        seen.append({path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()})
        assert not list(public_store().paths())
        assert not Bundle.objects.exists()

    bundle = publish(check=check)
    assert seen == [{each["path"] for each in bundle.files}]
    assert bundle.files[-1]["path"] == "manifest.json"
    assert bundle.manifest == bundle.files[-1]["sha256"]


def test_what_stands_against_the_files_leaves_nothing_without_a_rescue() -> None:
    with pytest.raises(PackFault, match="stands against it"):
        publish(check=refuse)
    assert not Bundle.objects.exists()
    assert not list(public_store().paths())


def test_what_stands_against_it_at_the_last_moment_leaves_nothing_after_one() -> None:
    with pytest.raises(PackFault, match="stands against it"):
        publish(hold=refuse)
    assert not list(public_store().paths("packs"))
    assert_nothing_is_left()


def test_a_note_that_cannot_be_written_takes_everything_back() -> None:
    with pytest.raises(PackFault, match="stands against it"):
        publish(note=refuse)
    assert Bundle.objects.get().written_at is None
    assert_nothing_is_left()


def test_all_files_are_there_when_it_is_noted() -> None:
    def note(bundle: AnyBundle) -> None:
        store, folder = store_of(bundle.edition), folder_of(bundle)
        assert {path.removeprefix(f"{folder}/") for path in store.paths(folder)} == {
            each["path"] for each in bundle.files
        }
        assert bundle.written_at is not None

    assert publish(note=note).version == 1


def test_the_words_of_all_pages_are_kept_for_the_scan() -> None:
    bundle = publish()
    assert bundle.words.startswith(" ")
    assert " harbour fees " in Bundle.objects.get().words


def test_versions_count_on_past_a_withdrawn_one_and_name_it() -> None:
    first = publish()
    Withdrawal.objects.create(bundle=first, at=clock.now(), by=person(), office="the clerk", why="It is wrong.")
    # Just the same is not what stands any more.
    second = publish(release(reason="It stands again."))
    assert second.version == 2
    page = public_store().read(f"{folder_of(second)}/index.html").decode()
    assert "withdrawn" in page.lower()
    assert publish(release("Another notice.", reason="It is new.")).version == 3


def test_pages_that_point_are_made_anew_by_who_finds_nothing_new() -> None:
    bundle = publish()
    page = f"packs/{bundle.key}/index.html"
    kept = public_store().read(page)
    public_store().remove(page)
    assert publish() == bundle
    assert public_store().read(page) == kept


@pytest.mark.django_db(transaction=True)
def test_a_rescue_passes_over_what_is_under_way() -> None:
    is_there, is_over = threading.Event(), threading.Event()
    bundles: list[AnyBundle] = []

    def hold() -> None:
        is_there.set()
        is_over.wait(60)

    def run() -> None:
        bundles.append(publish(hold=hold))
        connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    assert is_there.wait(60)
    roll_back_all()
    left = Bundle.objects.unfinished().count()
    is_over.set()
    thread.join(60)
    assert left == 1
    assert [each.version for each in bundles] == [1]
    with in_turn(kit.KEY, Edition.PUBLIC):
        roll_back_all()
    assert Bundle.objects.get().written_at is not None


def test_files_that_somebody_removed_keep_nobody_from_being_told(monkeypatch: pytest.MonkeyPatch) -> None:
    purged: list[str] = []
    monkeypatch.setattr(services, "purge", purged.extend)
    lost = publish()
    Withdrawal.objects.create(bundle=lost, at=clock.now(), by=person(), office="the clerk", why="It is wrong.")
    public_store().remove(folder_of(lost))
    assert finish_withdrawals() == 1
    assert Withdrawal.objects.exclude(taken_at=None).exists()
    assert b"ithdrawn" in public_store().read("feed.xml")
    assert f"{folder_of(lost)}/pack.pdf" in purged


def test_one_withdrawal_that_cannot_be_finished_holds_up_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    by = person()

    def purge(paths: Iterable[str]) -> None:
        told = list(paths)
        if any("2031-09-13" not in path and path.endswith("pack.pdf") for path in told):
            raise PurgeFailed("The CDN does not answer.")

    monkeypatch.setattr(services, "purge", purge)
    lost, other = publish(), publish(release(key="harbour-board/2031-09-13/agenda"))
    for bundle in (lost, other):
        Withdrawal.objects.create(bundle=bundle, at=clock.now(), by=by, office="the clerk", why="It is wrong.")
    with pytest.raises(PurgeFailed):
        finish_withdrawals()
    assert [each.bundle for each in Withdrawal.objects.exclude(taken_at=None)] == [other]
    assert not list(public_store().paths(folder_of(other)))


def test_where_files_go_and_what_is_told_when_they_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    purged: list[str] = []
    monkeypatch.setattr(services, "purge", purged.extend)
    bundle = publish()
    Withdrawal.objects.create(bundle=bundle, at=clock.now(), by=person(), office="the clerk", why="It is wrong.")
    assert finish_withdrawals() == 1
    folder = folder_of(bundle)
    assert set(locked_store().paths(f"withdrawn/public/{folder}")) == {
        f"withdrawn/public/{folder}/{each['path']}" for each in bundle.files
    }
    assert set(purged) == {*(f"{folder}/{each['path']}" for each in bundle.files), *services.pointer_paths(bundle.key)}
