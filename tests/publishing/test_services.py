"""Documents are frozen once and for all; packs are built once for one plan."""

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace as replace_plan
from io import StringIO
from itertools import count
from threading import Barrier, Thread

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from msgspec.structs import replace

from tests import tagtree
from tests.access.cast import person
from tests.publishing import packs
from torbay_reports.access.models import User
from torbay_reports.documents import plotting
from torbay_reports.documents.blocks import Document, Heading
from torbay_reports.publishing import checks, makeup, services
from torbay_reports.publishing.checksums import of_bytes, of_plan
from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.models import (
    PACKS,
    AnyPack,
    Publication,
    RestrictedPack,
    RestrictedPart,
    RestrictedPublication,
    StoredPack,
    StoredPart,
)
from torbay_reports.publishing.packplan import Edition, PackPlan, PageMap, RenderedPack, Restriction
from torbay_reports.publishing.pagemaps import from_stored
from torbay_reports.publishing.parts import workers
from torbay_reports.publishing.parts.store import DatabaseStore, PartRow
from torbay_reports.publishing.selectors import document_of
from torbay_reports.publishing.services import drop_packs, publish, store_pack

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
    assert (publication.version, publication.restriction, publication.frozen_by) == (1, "open", clerk)
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
    exempt = publish(document=small("Exempt"), restriction=Restriction.EXEMPT, by=clerk)
    assert (exempt.version, exempt.restriction) == (1, "exempt")
    assert RestrictedPublication.objects.get() == exempt
    assert Publication.objects.get().title == "A paper"


def test_exempt_and_confidential_versions_are_counted_together_and_neither_stands_for_the_other(clerk: User) -> None:
    exempt, again, confidential = (
        publish(document=small(), restriction=restriction, by=clerk)
        for restriction in (Restriction.EXEMPT, Restriction.EXEMPT, Restriction.CONFIDENTIAL)
    )
    assert again == exempt
    assert (confidential.version, confidential.restriction) == (2, "confidential")
    assert not Publication.objects.exists()


def test_the_charts_of_an_exempt_document_are_never_kept_with_the_open_ones(clerk: User, drawn: list[str]) -> None:
    for _ in range(2):
        publish(document=packs.report(svg=""), restriction=Restriction.EXEMPT, by=clerk)
    assert (RestrictedPublication.objects.count(), len(drawn)) == (1, 1)
    assert not Publication.objects.exists()


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
    restricted = store_pack(key=KEY, plan=packs.plan(document=small(), edition=Edition.RESTRICTED), by=clerk)
    assert (changed.pk, changed.checksum == first.checksum, changed.built_by) == (first.pk, False, None)
    assert (StoredPack.objects.get(), RestrictedPack.objects.get()) == (changed, restricted)


def test_what_a_restricted_edition_sets_is_kept_where_no_public_one_looks(clerk: User) -> None:
    store_pack(key=KEY, plan=packs.plan(document=small()), by=clerk)
    public = set(StoredPart.objects.values_list("key", flat=True))
    store_pack(key=KEY, plan=packs.restricted_plan(), by=clerk)
    assert set(StoredPart.objects.values_list("key", flat=True)) == public
    assert RestrictedPart.objects.exists()


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


def test_what_was_set_for_a_pack_that_failed_is_not_set_again(clerk: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object) -> None:
        raise PackFault("page 2 is wrong")

    with monkeypatch.context() as patched:
        patched.setattr(checks, "check", fail)
        with pytest.raises(PackFault, match="page 2 is wrong"):
            store_pack(key=KEY, plan=packs.plan(document=small()), by=clerk)
    assert StoredPart.objects.exists()
    monkeypatch.setattr(workers, "pool", None)
    assert store_pack(key=KEY, plan=packs.plan(document=small()), by=clerk).pages["labels"] == ["1", "2", "3"]


def test_a_pack_says_how_far_it_is_until_it_is_stored(clerk: User) -> None:
    told: list[tuple[str, int, int]] = []
    store_pack(key=KEY, plan=packs.plan(document=small()), by=clerk, progress=lambda *all_of_it: told.append(all_of_it))
    assert list(dict.fromkeys(phase for phase, _, _ in told)) == ["render", "join", "check", "store"]
    assert told[-1] == ("store", 1, 1)


@pytest.mark.parametrize("edition", list(Edition))
def test_parts_beyond_the_room_for_them_are_removed(clerk: User, settings: object, edition: Edition) -> None:
    settings.PARTS_MAX_MEGABYTES = 0  # type: ignore[attr-defined]
    stored = store_pack(key=KEY, plan=packs.plan(document=small(), edition=edition), by=clerk)
    assert not StoredPart.objects.exists()
    assert not RestrictedPart.objects.exists()
    assert stored.checksum == PACKS[edition]._default_manager.get().checksum


def rendered(plan: PackPlan) -> RenderedPack:
    """A pack that is quickly made, whose bytes say what was asked for."""
    return RenderedPack(plan.title.encode(), PageMap({}, {}, {}, ()))


@pytest.mark.django_db(transaction=True)
def test_two_builds_of_one_pack_never_run_at_once_and_those_of_two_do(monkeypatch: pytest.MonkeyPatch) -> None:
    running: list[str] = []
    most: dict[str, int] = {}
    both = Barrier(2, timeout=20)

    def render(plan: PackPlan, **others: object) -> RenderedPack:
        running.append(plan.title)
        most[plan.title] = max(most.get(plan.title, 0), running.count(plan.title))
        if plan.title not in met:
            met.add(plan.title)
            # Only if the other pack is being built at the same time is this got over.
            both.wait()
        running.remove(plan.title)
        return rendered(plan)

    met: set[str] = set()
    monkeypatch.setattr(services, "render_pack", render)

    def build(key: str, notice: str) -> None:
        store_pack(key=key, plan=replace_plan(packs.plan(), title=key, notice=notice), by=None)
        connection.close()

    threads = [Thread(target=build, args=(key, notice)) for key in ("one", "two") for notice in ("a", "b", "c")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == {"one": 1, "two": 1}
    assert StoredPack.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_build_holds_no_transaction_open_and_lets_the_next_one_in(monkeypatch: pytest.MonkeyPatch) -> None:
    def render(plan: PackPlan, **others: object) -> RenderedPack:
        assert not connection.in_atomic_block
        if plan.notice == "fails":
            raise PackFault("page 2 is wrong")
        return rendered(plan)

    monkeypatch.setattr(services, "render_pack", render)
    with pytest.raises(PackFault):
        store_pack(key=KEY, plan=replace_plan(packs.plan(), notice="fails"), by=None)
    done: list[AnyPack] = []

    def build() -> None:
        done.append(store_pack(key=KEY, plan=packs.plan(), by=None))
        connection.close()

    thread = Thread(target=build)
    thread.start()
    thread.join(20)
    assert [each.key for each in done] == [KEY]


BUILDER = """
import django, sys
django.setup()
from django.db import connections
connections["default"].settings_dict["NAME"] = sys.argv[1]
from tests.publishing import packs, test_services
from torbay_reports.publishing.services import store_pack

def tell(phase, done, total):
    print(phase, flush=True)
    if phase == sys.argv[2]:
        sys.stdin.read()

store_pack(key=test_services.KEY, plan=packs.plan(document=test_services.small("New")), by=None, progress=tell)
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("phase", ["render", "join", "check", "store"])
def test_a_build_that_is_killed_leaves_the_old_pack_and_holds_up_nobody(phase: str) -> None:
    old = store_pack(key=KEY, plan=packs.plan(document=small()), by=None)
    database = str(connection.settings_dict["NAME"])
    builder = subprocess.Popen(
        [sys.executable, "-c", BUILDER, database, phase],
        cwd=django_settings.BASE_DIR,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert builder.stdout is not None
    with builder:
        assert phase in (line.strip() for line in builder.stdout)
        builder.kill()
    now = StoredPack.objects.get()
    assert (now.checksum, of_bytes(bytes(now.pdf))) == (old.checksum, old.checksum)
    parts = StoredPart.objects.count()
    new = store_pack(key=KEY, plan=packs.plan(document=small("New")), by=None)
    assert new.pk == old.pk
    assert new.checksum == of_bytes(bytes(StoredPack.objects.get().pdf)) != old.checksum
    # Whatever came after the setting had stored what was set already.
    assert phase == "render" or StoredPart.objects.count() == parts


def test_an_unchanged_pack_is_told_without_reading_its_pdf(clerk: User) -> None:
    plan = packs.plan(document=small())
    store_pack(key=KEY, plan=plan, by=clerk)
    with CaptureQueriesContext(connection) as queries:
        store_pack(key=KEY, plan=plan, by=clerk)
    assert not any('"pdf"' in query["sql"] for query in queries)


def test_the_command_says_what_it_removed_and_what_is_left(db: None) -> None:
    DatabaseStore().put([PartRow(of_bytes(bytes([n])), bytes(700_000)) for n in range(3)])
    DatabaseStore(Edition.RESTRICTED).put([PartRow(of_bytes(b"restricted"), bytes(700_000))])
    assert command() == (
        "Public editions: nothing had to go; kept 3 parts (2.1 MB).\n"
        "Restricted editions: nothing had to go; kept 1 part (0.7 MB).\n"
    )
    assert command("--keep-megabytes", "1") == (
        "Public editions: removed 2 parts (1.4 MB); kept 1 part (0.7 MB).\n"
        "Restricted editions: nothing had to go; kept 1 part (0.7 MB).\n"
    )
    assert command("--keep-megabytes", "0") == (
        "Public editions: removed 1 part (0.7 MB); kept 0 parts (0.0 MB).\n"
        "Restricted editions: removed 1 part (0.7 MB); kept 0 parts (0.0 MB).\n"
    )


@pytest.mark.parametrize("text", ["-1", "many", "1.5", "²"])
def test_the_command_says_what_is_no_number_of_megabytes(db: None, text: str) -> None:
    with pytest.raises(CommandError, match="is no number of megabytes. Write --keep-megabytes 200."):
        command(f"--keep-megabytes={text}")


def command(*arguments: str) -> str:
    said = StringIO()
    call_command("clean_parts", *arguments, stdout=said)
    return said.getvalue()


def test_a_draft_and_its_document_differ_only_by_the_mark() -> None:
    assert replace(packs.report(draft=True), draft=False) == packs.report()


def test_what_changed_while_a_pack_was_built_is_built_again_before_anybody_reads_it(clerk: User) -> None:
    old, new = packs.plan(document=small()), replace_plan(packs.plan(document=small()), notice="Closed meanwhile.")
    stored = store_pack(key="k", plan=old, by=clerk, plan_now=lambda: new)
    assert stored.plan_checksum == of_plan(new)
    assert "Closed meanwhile." in tagtree.artifacts(bytes(stored.pdf))[0]
    assert StoredPack.objects.count() == 1


def test_papers_that_never_settle_leave_the_old_pack_and_are_said(clerk: User) -> None:
    before = store_pack(key="k", plan=packs.plan(document=small()), by=clerk)
    numbers = count()
    with pytest.raises(PackFault, match="changed again and again"):
        store_pack(
            key="k",
            plan=replace_plan(packs.plan(document=small()), notice="First."),
            by=clerk,
            plan_now=lambda: replace_plan(packs.plan(document=small()), notice=f"Change {next(numbers)}"),
        )
    assert StoredPack.objects.get().checksum == before.checksum


def test_a_stored_pack_notes_what_it_is_made_of(clerk: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "render_pack", lambda plan, **told: rendered(plan))
    for plan in (packs.plan(document=small()), packs.plan(document=small("Corrected"))):
        store_pack(key=KEY, plan=plan, by=clerk)
        assert makeup.from_stored(StoredPack.objects.get().made_of) == makeup.of_plan(plan)


def test_packs_that_are_dropped_go_in_every_edition_and_no_others(clerk: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "render_pack", lambda plan, **told: rendered(plan))
    for edition in Edition:
        for key in (KEY, f"{KEY}1"):
            store_pack(key=key, plan=packs.plan(document=small(), edition=edition), by=clerk)
    drop_packs(key=KEY)
    for model in PACKS.values():
        assert list(model._default_manager.values_list("key", flat=True)) == [f"{KEY}1"]
