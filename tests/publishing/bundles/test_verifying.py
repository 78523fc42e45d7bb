"""Whatever differs from what was published is found, and told without a word of what is not for publication."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import DjangoDbBlocker

from tests.environment import STORES
from tests.published_once import published_once, put_back
from tests.publishing.bundles.published import SLUG, World, build_world, change, delete, verified
from torbay_reports.access.models import AccessRecord
from torbay_reports.access.record.kinds import RecordKind
from torbay_reports.core import clock
from torbay_reports.publishing import checksums
from torbay_reports.publishing.bundles import pointing
from torbay_reports.publishing.models import (
    Bundle,
    Publication,
    RestrictedPdf,
    RestrictedPublication,
    UploadedPdf,
    Verification,
    Withdrawal,
)
from torbay_reports.publishing.packplan import Edition

pytestmark = pytest.mark.django_db

HARBOUR = "harbour-board/2017-09-06/supplement-1"
BOARD = "overview-and-scrutiny-board/2017-09-06/supplement-1"
FILES = {
    f"public/packs/{BOARD}/1/index.html": f"Public store, packs/{BOARD}/1/index.html",
    f"public/packs/{BOARD}/1/pack.pdf": f"Public store, packs/{BOARD}/1/pack.pdf",
    f"public/packs/{BOARD}/1/manifest.json": f"Public store, packs/{BOARD}/1/manifest.json",
    f"public/packs/{BOARD}/1/papers/item-7-quays/document.json": (
        f"Public store, packs/{BOARD}/1/papers/item-7-quays/document.json"
    ),
    f"public/packs/{BOARD}/1/papers/item-7-quays/tables/budget.csv": (
        f"Public store, packs/{BOARD}/1/papers/item-7-quays/tables/budget.csv"
    ),
    f"public/packs/{HARBOUR}/3/index.html": f"Public store, packs/{HARBOUR}/3/index.html",
    "public/index.html": "Public store, index.html",
    "public/feed.xml": "Public store, feed.xml",
    f"public/packs/{HARBOUR}/index.html": f"Public store, packs/{HARBOUR}/index.html",
    "public/assets/*/screen.css": "Public store, assets/",
    f"restricted/packs/{BOARD}/1/pack.pdf": f"Restricted store, packs/{BOARD}/1, file 2 of ",
    f"restricted/packs/{BOARD}/1/papers/*{SLUG}/index.html": f"Restricted store, packs/{BOARD}/1, file ",
    f"restricted/packs/{BOARD}/index.html": f"Restricted store, packs/{BOARD}/index.html",
    "restricted/index.html": "Restricted store, index.html",
    "restricted/assets/*/fonts/LICENSE.txt": "Restricted store, assets/",
    f"locked/withdrawn/public/packs/{HARBOUR}/2/pack.pdf": (
        f"Locked store, withdrawn/public/packs/{HARBOUR}/2, file 2 of "
    ),
    f"locked/ledger/public/{BOARD}/1.json": f"Public edition of {BOARD}, version 1",
    f"locked/ledger/restricted/{BOARD}/1.json": f"Restricted edition of {BOARD}, version 1",
    f"locked/ledger/public/{HARBOUR}/1-withdrawn.json": f"Public edition of {HARBOUR}, version 1",
}
"""Files of every kind with the place that is told where one is not as it was."""


@pytest.fixture(scope="module")
def made(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[World, Path]]:
    """Published once for the module and undone after it, with a copy of the stores."""
    with published_once(django_db_blocker, tmp_path_factory, build_world) as made:
        yield made


@pytest.fixture
def world(made: tuple[World, Path], db: None) -> World:
    """What is published, with its files in the stores."""
    built, kept = made
    put_back(kept)
    return built


def file(pattern: str) -> Path:
    """The one file in the stores whose path is like that."""
    [path] = Path(STORES).glob(pattern)
    return path


def differences() -> list[tuple[str, str]]:
    """What a verification finds, which never says what a paper not for publication is called."""
    found = [(place, sentence) for place, sentence in verified().differences]
    for said in found:
        for word in (SLUG, "kiosk", "leases", "Marlowe", "91,234"):
            assert word not in " ".join(said).lower()
    return found


def test_nothing_differs_after_publishing_correcting_and_withdrawing(world: World) -> None:
    found = verified()
    assert found.differences == []
    listed = sum(len(each.files) for each in (*world.withdrawn, world.public, world.restricted))
    listed += len(Bundle.objects.get(key=HARBOUR, version=3).files)
    pointers, styles = 4 + 2, 2 * len(list(file("public/assets/*").rglob("*.*")))
    assert (found.bundles, found.files) == (5, listed + pointers + styles)
    assert found.rows == 5 + 2 + Publication.objects.count() + RestrictedPublication.objects.count() + 2


@pytest.mark.parametrize(("path", "place"), FILES.items())
def test_a_changed_file_is_found(world: World, path: str, place: str) -> None:
    data = bytearray(file(path).read_bytes())
    data[len(data) // 2] ^= 1
    file(path).write_bytes(bytes(data))
    [(told, sentence)] = differences()
    assert told.startswith(place)
    assert "changed" in sentence or "ledger" in sentence


@pytest.mark.parametrize(("path", "place"), FILES.items())
def test_a_missing_file_is_found(world: World, path: str, place: str) -> None:
    file(path).unlink()
    [(told, sentence)] = differences()
    assert told.startswith(place)
    assert "missing" in sentence


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (f"public/packs/{BOARD}/1/more.html", f"Public store, packs/{BOARD}/1/more.html"),
        (f"public/packs/{BOARD}/1/papers/Sale.html", f"Public store, packs/{BOARD}/1/papers/Sale.html"),
        (f"public/packs/{BOARD}/2/index.html", f"Public store, packs/{BOARD}/2/index.html"),
        (f"public/packs/{BOARD}/more.html", f"Public store, packs/{BOARD}/more.html"),
        ("public/packs/no-board/2017-09-06/agenda/index.html", "Public store, packs/no-board/2017-09-06/agenda/index"),
        ("public/more.html", "Public store, more.html"),
        ("public/two words\n.html", r"Public store, 'two words\n.html'"),
        (f"public/assets/{'0' * 64}/screen.css", f"Public store, assets/{'0' * 64}"),
        (f"restricted/packs/{BOARD}/1/{SLUG}.html", f"Restricted store, packs/{BOARD}/1, file 1 of those that"),
        (f"restricted/packs/{BOARD}/9/{SLUG}.html", "Restricted store, the file of SHA-256 187897ce0afc…"),
        (f"restricted/{SLUG}.html", "Restricted store, the file of SHA-256 187897ce0afc…"),
        (f"restricted/{SLUG} twice.html", "Restricted store, a file that cannot be read"),
        (
            f"locked/withdrawn/public/packs/{HARBOUR}/1/{SLUG}",
            f"Locked store, withdrawn/public/packs/{HARBOUR}/1, file 1",
        ),
        (f"locked/withdrawn/public/packs/{HARBOUR}/3/{SLUG}", "Locked store, the file of SHA-256 187897ce0afc…"),
        (f"locked/withdrawn/{SLUG}", "Locked store, the file of SHA-256 187897ce0afc…"),
        (f"locked/ledger/pointers/public/{SLUG}.json", "Locked store, the file of SHA-256 187897ce0afc…"),
        (f"locked/ledger/public/{BOARD}/2.json", f"Locked store, ledger/public/{BOARD}/2.json"),
        (f"locked/ledger/public/{BOARD}/1-withdrawn.json", f"Locked store, ledger/public/{BOARD}/1-withdrawn.json"),
    ],
)
def test_a_file_too_many_is_found(world: World, path: str, place: str) -> None:
    target = Path(STORES) / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(b"more")
    [(told, sentence)] = differences()
    assert told.startswith(place)
    assert "too many" in sentence or "the row is missing" in sentence


def test_a_link_in_place_of_a_file_is_found(world: World, tmp_path: Path) -> None:
    target = file(f"public/packs/{BOARD}/1/pack.pdf")
    shutil.move(target, tmp_path / "pack.pdf")
    target.symlink_to(tmp_path / "pack.pdf")
    assert [place for place, _ in differences()] == [f"Public store, packs/{BOARD}/1/pack.pdf"]


def test_a_file_among_the_style_that_it_does_not_have_is_found(world: World) -> None:
    (file("public/assets/*") / "more words.css").write_bytes(b"more")
    [(place, sentence)] = differences()
    assert place.startswith("Public store, assets/")
    assert "too many" in sentence


def test_a_whole_bundle_that_is_missing_is_one_sentence(world: World) -> None:
    shutil.rmtree(file(f"restricted/packs/{BOARD}/1"))
    [(place, sentence)] = differences()
    assert place == f"Restricted edition of {BOARD}, version 1"
    assert sentence.startswith("None of its files is in the restricted store.")


@pytest.mark.parametrize(
    "to",
    [
        "title = 'Another'",
        "published_at = published_at - interval '1 day'",
        "published_by_id = NULL",
        "reason = 'Another'",
        "letter = '{}'",
        "papers = '{1}'",
        "publications = '{}'",
        "plan_checksum = repeat('0', 64)",
        "manifest = repeat('0', 64)",
        "files = files - 0",
        "files = '{}'",
        "contents = '[]'",
        "contents = '{}'",
        "changes = '[1]'",
        "version = 7",
        "key = 'a/b/c'",
        "key = '../b'",
        "written_at = NULL, published_at = published_at - interval '1 day'",
    ],
)
@pytest.mark.parametrize("edition", Edition)
def test_a_changed_row_of_a_bundle_is_found(world: World, edition: Edition, to: str) -> None:
    bundle = world.public if edition is Edition.PUBLIC else world.restricted
    change(bundle._meta.db_table, to, bundle.pk)
    assert differences()


@pytest.mark.parametrize("to", ["words = 'Other words'", "published_by_id = NULL"])
def test_what_only_the_ledger_knows_is_found_and_named(world: World, to: str) -> None:
    change("publishing_bundle", to, world.public.pk)
    name = to.partition(" ")[0]
    place = f"Public edition of {BOARD}, version 1"
    assert differences() == [(place, f"What its row says differs from the ledger: {name}. Put it back from a backup.")]


@pytest.mark.parametrize("to", ["why = 'Another'", "at = at - interval '1 day'", "office = 'the clerk'"])
def test_a_changed_withdrawal_is_found(world: World, to: str) -> None:
    change("publishing_withdrawal", to, world.withdrawn[0].withdrawal.pk)
    assert (
        f"Public edition of {HARBOUR}, version 1",
        f"What the row of its withdrawal says differs from the ledger: {to.partition(' ')[0]}. "
        "Put it back from a backup.",
    ) in differences()


def test_what_a_frozen_document_says_is_held_against_its_checksum(world: World) -> None:
    for model, number in ((Publication, world.public.publications[0]), (RestrictedPublication, None)):
        row = model.objects.get(pk=number) if number else model.objects.get()
        table = model._meta.db_table
        change(table, "document_json = replace(document_json, '1.1', '1.2')", row.pk)
        assert f"Row {row.pk} of {table}" in [place for place, _ in differences()]
        change(table, "document_json = replace(document_json, '1.2', '1.1')", row.pk)


def test_a_document_that_is_changed_with_its_checksum_is_found(world: World) -> None:
    number = world.public.publications[0]
    change("publishing_publication", "document_json = '{}', checksum = encode(sha256('{}'), 'hex')", number)
    said = " ".join(sentence for _, sentence in differences())
    assert f"not those of row {number} in publishing_publication" in said
    assert f"What the row of its publication {number} says differs from the ledger: checksum." in said


@pytest.mark.parametrize("to", ["title = 'Another'", "frozen_at = now()", "version = 9"])
def test_a_changed_row_of_a_document_is_found(world: World, to: str) -> None:
    for model in (Publication, RestrictedPublication):
        row = model.objects.get(pk=world.public.publications[0]) if model is Publication else model.objects.get()
        change(model._meta.db_table, to, row.pk)
        said = f"What the row of its publication {row.pk} says differs from the ledger: {to.partition(' ')[0]}."
        assert any(said in sentence for _, sentence in differences())


@pytest.mark.parametrize(
    "to", ["part = 'x'", "texts = '[]'", "findings = '[1]'", "uploaded_at = now()", "checksum = repeat('0', 64)"]
)
@pytest.mark.parametrize("model", [UploadedPdf, RestrictedPdf])
def test_a_changed_row_of_a_brought_file_is_found(
    world: World, model: type[UploadedPdf] | type[RestrictedPdf], to: str
) -> None:
    row = model._default_manager.get()
    change(model._meta.db_table, to, row.pk)
    assert differences()


def test_missing_rows_are_found(world: World) -> None:
    first = world.withdrawn[0].publications[0]
    delete("publishing_publication", first)
    assert any(f"The row of its publication {first} is missing" in sentence for _, sentence in differences())
    delete("publishing_withdrawal", world.withdrawn[1].withdrawal.pk)
    places = [place for place, _ in differences()]
    assert f"Locked store, ledger/public/{HARBOUR}/2-withdrawn.json" in places
    assert f"Public edition of {HARBOUR}, version 2" in places
    delete("publishing_restrictedbundle", world.restricted.pk)
    assert f"Locked store, ledger/restricted/{BOARD}/1.json" in [place for place, _ in differences()]


def test_what_is_withdrawn_and_stands_in_the_public_store_all_the_same_is_found(world: World) -> None:
    shutil.copytree(file(f"locked/withdrawn/public/packs/{HARBOUR}/1"), Path(STORES) / f"public/packs/{HARBOUR}/1")
    [(place, sentence)] = differences()
    assert place == f"Public edition of {HARBOUR}, version 1"
    number = len(world.withdrawn[0].files)
    assert sentence == f"It is withdrawn, and {number} files of it stand in the public store all the same. Remove them."


@pytest.mark.parametrize(("minutes", "differs"), [(5, False), (11, True)])
def test_a_publishing_that_was_broken_off_is_found_after_a_while(world: World, minutes: int, differs: bool) -> None:
    left = Bundle.objects.get(pk=world.public.pk)
    left.pk, left.version, left.written_at = None, 2, None
    left.published_at = clock.now() - timedelta(minutes=minutes)
    left.save(force_insert=True)
    assert any("broken off" in sentence for _, sentence in differences()) == differs


@pytest.mark.parametrize(("minutes", "differs"), [(5, False), (11, True)])
def test_a_withdrawal_that_was_broken_off_is_found_after_a_while(world: World, minutes: int, differs: bool) -> None:
    at = clock.now() - timedelta(minutes=minutes)
    Withdrawal.objects.create(bundle=world.public, at=at, by=world.clerk, office="the clerk", why="A mistake.")
    pointing.point(Edition.PUBLIC, world.public.key)
    found = differences()
    assert any("not in the locked store yet" in sentence for _, sentence in found) == differs
    assert len(found) == differs


def test_a_page_that_does_not_know_of_a_withdrawal_is_found(world: World) -> None:
    Withdrawal.objects.create(bundle=world.public, at=clock.now(), by=world.clerk, office="the clerk", why="A mistake.")
    places = [place for place, _ in differences()]
    assert places == [f"Public store, {path}" for path in ("index.html", "feed.xml", f"packs/{BOARD}/index.html")]


def test_pages_that_point_are_right_without_the_note_of_their_writing(world: World) -> None:
    shutil.rmtree(file("locked/ledger/pointers"))
    assert differences() == []


def test_the_command_says_that_all_is_as_it_was_and_records_it(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    said = StringIO()
    call_command("verify_publications", stdout=said)
    kept = Verification.objects.get()
    read = f"{kept.bundles} bundles, {kept.files} files, {kept.rows} rows"
    assert said.getvalue() == f"Everything published is as it was published: {read}.\n"
    entry = AccessRecord.objects.get(kind=RecordKind.PUBLICATIONS_VERIFIED)
    assert (entry.about, entry.key) == (f"{read}: nothing differs", f"verification:{kept.pk}")


def test_the_command_says_what_differs_and_fails(world: World) -> None:
    file(f"public/packs/{BOARD}/1/pack.pdf").write_bytes(b"x")
    file("public/feed.xml").unlink()
    said = StringIO()
    with pytest.raises(CommandError, match="^2 things differ from what was published; 5 bundles, ") as failure:
        call_command("verify_publications", stdout=said)
    assert failure.value.returncode == 1
    was = next(each["sha256"] for each in world.public.files if each["path"] == "pack.pdf")
    assert said.getvalue().splitlines() == [
        f"Public store, packs/{BOARD}/1/pack.pdf: This file is changed: its SHA-256 is "
        f"{checksums.of_bytes(b'x')[:12]}… and was {was[:12]}… Put it back from a backup.",
        "Public store, feed.xml: This page is missing. Have it written anew: manage.py verify_publications --point",
    ]
    assert Verification.objects.get().differences[1][0] == "Public store, feed.xml"
    assert AccessRecord.objects.get(kind=RecordKind.PUBLICATIONS_VERIFIED).about.endswith(": 2 things differ")


def test_the_command_writes_pages_that_point_anew(world: World) -> None:
    file("public/index.html").write_bytes(b"<p>Nothing to see here.</p>")
    file(f"restricted/packs/{BOARD}/index.html").unlink()
    said = StringIO()
    call_command("verify_publications", "--point", stdout=said)
    assert said.getvalue().startswith("Everything published is as it was published")
