"""Publishing bundles and taking them away, each all or nothing.

A bundle's row stands first, without the moment of its writing; then come its files, in one move; then that moment is
noted, and it is published. What was killed on the way is rolled back by whoever comes next (`roll_back`). A withdrawal
goes the other way round: from the moment that its row stands nobody reads the bundle any more, and what is left to do
is done by whoever comes next (`finish_withdrawals`).
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import msgspec
from django.db import transaction
from django.utils import timezone

from torbay_reports.access.models import AccessRecord, User
from torbay_reports.access.record.kinds import RecordKind
from torbay_reports.core import clock
from torbay_reports.publishing import makeup
from torbay_reports.publishing.bundles import ledger
from torbay_reports.publishing.bundles.assets import assets
from torbay_reports.publishing.bundles.bundlestore import BundleStore, NothingThere, StoreError
from torbay_reports.publishing.bundles.making import make
from torbay_reports.publishing.bundles.pointing import point
from torbay_reports.publishing.bundles.purging import PurgeFailed, purge
from torbay_reports.publishing.bundles.stores import locked_store, public_store, restricted_store
from torbay_reports.publishing.bundles.values import BundleFacts, BundleFile, EarlierVersion, ItemEntry
from torbay_reports.publishing.bundles.workplaces import clear, left, workplace
from torbay_reports.publishing.differences import Change
from torbay_reports.publishing.leaks.pdfs import page_texts
from torbay_reports.publishing.leaks.words import normalised
from torbay_reports.publishing.models import AnyBundle, BuiltPack, bundles_of, withdrawals_of
from torbay_reports.publishing.packplan import Edition, PackPlan, RenderedPack
from torbay_reports.publishing.pagemaps import from_stored
from torbay_reports.publishing.printing import Progress, silent
from torbay_reports.publishing.services import in_turn, role_of, turn_if_free

log: Final = logging.getLogger(__name__)
Hold = Callable[[], None]
Note = Callable[[AnyBundle], None]
PACK: Final = "pack.pdf"


@dataclass(frozen=True)
class Release:
    """A built pack that is to be published. By the papers' keys: `frozen` is the stored JSON of each built one, `texts`
    the paragraphs of each page of each brought one. `reason` says why a later version is made, `changes` what it
    changes."""

    key: str
    plan: PackPlan
    pack: BuiltPack
    contents: tuple[ItemEntry, ...]
    frozen: Mapping[str, str]
    texts: Mapping[str, Sequence[Sequence[str]]]
    reason: str = ""
    changes: tuple[Change, ...] = ()


def store_of(edition: Edition) -> BundleStore:
    """Where an edition's bundles stand."""
    return public_store() if edition is Edition.PUBLIC else restricted_store()


def folder_of(bundle: AnyBundle) -> str:
    """Where a bundle stands in its store."""
    return f"packs/{bundle.key}/{bundle.version}"


def publish_bundle(
    *,
    release: Release,
    check: Callable[[Path], None],
    hold: Hold,
    note: Note,
    by: User | None,
    progress: Progress = silent,
) -> AnyBundle:
    """Make a bundle, have `check` look at all its files, and publish it; the standing one where nothing has changed.

    `check` raises what stands against it, and so does `hold`, which holds what the bundle is made of until it is
    published; `note` records it in the same transaction. Raises PackFault, and what these raise; nothing is published
    then. Two publishings of one pack wait for each other.
    """
    edition = release.plan.edition
    made_of = makeup.checksum(release.pack.made_of)
    with in_turn(release.key, edition):
        roll_back(key=release.key, edition=edition)
        newest = bundles_of(edition).filter(key=release.key).order_by("-version").first()
        if newest is not None and newest.plan_checksum == made_of and not hasattr(newest, "withdrawal"):
            _point(edition, release.key)
            standing: AnyBundle = newest
            return standing
        facts = _facts(release, newest.version + 1 if newest else 1)
        with workplace(release.key, edition) as made:
            progress("make", 0, 1)
            files = _made(release, facts, made)
            progress("scan", 0, 1)
            check(made)
            progress("publish", 0, 1)
            bundle = _intent(release, facts, files, made_of, made, by)
            _put(bundle, made, facts, hold, note)
        point(edition, release.key)
        if bundle.version > 1:
            _refresh(release.key)
        progress("publish", 1, 1)
        return bundle


def roll_back(*, key: str, edition: Edition) -> None:
    """Remove what a publishing left behind that was broken off. Whoever calls it holds the pack's turn."""
    clear(key, edition)
    for bundle in bundles_of(edition).unfinished().filter(key=key):
        if was_published(bundle):
            # Its row was changed past the triggers: nothing is removed on the word of such a row.
            log.error("%s was published, and its row says that it was not. Restore the row from a backup.", bundle)
            continue
        store_of(edition).remove(folder_of(bundle))
        locked_store().remove(ledger.path_of(bundle))
        bundle.delete()


def was_published(bundle: AnyBundle) -> bool:
    """Whether the record, which is written in the transaction that publishes, has it."""
    published = AccessRecord.objects.filter(kind=RecordKind.PACK_PUBLISHED)
    return published.filter(key__endswith=record_key(bundle)).exists()


def record_key(bundle: AnyBundle) -> str:
    """How the record's key of a publishing ends."""
    return f" {bundle.edition} bundle:{bundle.pk}"


def roll_back_all() -> None:
    """Remove what any publishing left behind that was broken off, and pass over what is under way."""
    broken_off = set(left())
    for edition in Edition:
        broken_off.update((key, edition) for key in bundles_of(edition).unfinished().values_list("key", flat=True))
    for key, edition in sorted(broken_off):
        with turn_if_free(key, edition) as is_free:
            if is_free:
                roll_back(key=key, edition=edition)


def finish_withdrawals() -> int:
    """Do what is left to do of withdrawals: move the files, say so on the pages that point to them, tell the CDN.

    How many there were. It may run any number of times, and at once. Raises PurgeFailed, StoreError and OSError, for
    another try; whatever else waits is done before.
    """
    number, failures = 0, []
    for edition in Edition:
        for waiting in withdrawals_of(edition).filter(taken_at=None).order_by("pk").values_list("pk", flat=True):
            try:
                _finish(edition, waiting)
            except (PurgeFailed, StoreError, OSError) as error:
                failures.append(error)
            number += 1
    # What was killed before it was out may hold what is withdrawn.
    try:
        roll_back_all()
    except (StoreError, OSError) as error:
        failures.append(error)
    if failures:
        raise failures[0]
    return number


def pointer_paths(key: str) -> list[str]:
    """The pages of a store that change when a version of this pack comes or goes."""
    return ["index.html", "feed.xml", f"packs/{key}/index.html"]


def point_all() -> None:
    """Write all pages anew that point to versions: after another version of the program, or where they were changed."""
    for edition in Edition:
        for key in sorted(set(bundles_of(edition).written().values_list("key", flat=True))):
            _point(edition, key)


def _point(edition: Edition, key: str) -> None:
    """Pages that are written anew have today's style, which no bundle in the store may have yet."""
    put_assets(store_of(edition))
    point(edition, key)


def _finish(edition: Edition, number: int) -> None:
    waiting = withdrawals_of(edition).select_related("bundle").get(pk=number)
    bundle: AnyBundle = waiting.bundle
    # Not the pack's turn: a build may hold that for minutes, and meanwhile everybody could read the files.
    with in_turn(f"withdrawal {bundle.key} {bundle.version}", edition):
        waiting.refresh_from_db(fields=["taken_at"])
        if waiting.taken_at is not None:
            return
        folder, locked = folder_of(bundle), locked_store()
        try:
            store_of(edition).take(folder, locked, at=f"withdrawn/{edition}/{folder}")
        except NothingThere:
            # Somebody has removed the files by hand: readers, feed and CDN are told all the same.
            log.error("There were no files of %s to take away; `manage.py verify_publications` says more.", bundle)
        locked.write(ledger.withdrawal_path_of(bundle), ledger.withdrawal_entry_of(waiting))
        _point(edition, bundle.key)
        if edition is Edition.PUBLIC:
            purge([*(f"{folder}/{file['path']}" for file in bundle.files), *pointer_paths(bundle.key)])
        withdrawals_of(edition).filter(pk=waiting.pk, taken_at=None).update(taken_at=clock.now())


def _refresh(key: str) -> None:
    """The bundle is out, whatever the CDN says: it shows the old pointer pages for a minute more at most."""
    try:
        purge(pointer_paths(key))
    except PurgeFailed as error:
        log.error("The pages that point to a new version are not purged. %s", error)


def _facts(release: Release, version: int) -> BundleFacts:
    earlier = bundles_of(release.plan.edition).filter(key=release.key).order_by("version")
    return BundleFacts(
        key=release.key,
        version=version,
        published_at=clock.now(),
        reason=release.reason,
        changes=release.changes,
        earlier=tuple(
            EarlierVersion(
                each.version,
                timezone.localtime(each.published_at).date(),
                timezone.localtime(each.withdrawal.at).date() if hasattr(each, "withdrawal") else None,
            )
            for each in earlier.select_related("withdrawal").defer("contents", "pages", "files")
        ),
    )


def _made(release: Release, facts: BundleFacts, into: Path) -> tuple[BundleFile, ...]:
    """The public edition's files are made without a look at what is not for publication."""
    turn: AbstractContextManager[None] = role_of(release.plan.edition)
    with turn:
        return make(
            plan=release.plan,
            rendered=RenderedPack(bytes(release.pack.pdf), from_stored(release.pack.pages)),
            facts=facts,
            frozen=release.frozen,
            texts=release.texts,
            into=into,
        )


def _intent(
    release: Release, facts: BundleFacts, files: tuple[BundleFile, ...], made_of: str, made: Path, by: User | None
) -> AnyBundle:
    papers = [paper for item in release.contents for paper in item.papers]
    edition = release.plan.edition
    values = {
        "key": release.key,
        "version": facts.version,
        "title": release.plan.title,
        "committee": release.plan.committee,
        "meeting_on": release.plan.meeting_on,
        "manifest": files[-1].sha256,
        "files": [asdict(each) for each in files],
        "letter": msgspec.to_builtins(release.plan.letter),
        "contents": [asdict(each) for each in release.contents],
        "papers": [paper.row for paper in papers if paper.publication is not None or paper.upload is not None],
        "publications": [paper.publication for paper in papers if paper.publication is not None],
        "uploads": [paper.upload for paper in papers if paper.upload is not None],
        "pages": release.pack.pages,
        "plan_checksum": made_of,
        "reason": release.reason,
        "changes": [asdict(each) for each in release.changes],
        "published_at": facts.published_at,
        "published_by": by,
    }
    if edition is Edition.PUBLIC:
        values["words"] = f" {normalised(' '.join(page_texts((made / PACK).read_bytes())))} "
    bundle: AnyBundle = bundles_of(edition).create(**values)
    return bundle


def _put(bundle: AnyBundle, made: Path, facts: BundleFacts, hold: Hold, note: Note) -> None:
    store = store_of(bundle.edition)
    put_assets(store)
    # As it will be read back: to the microsecond, and in the database's time zone.
    bundle.refresh_from_db()
    locked_store().write(ledger.path_of(bundle), ledger.entry_of(bundle))
    with transaction.atomic():
        hold()
        store.put(made, facts.folder)
        bundle.written_at = clock.now()
        bundle.save(update_fields=["written_at"])
        note(bundle)


def put_assets(store: BundleStore) -> None:
    """Have the style and type of today's pages in the store; those of earlier ones stay."""
    with TemporaryDirectory(prefix="torbay-reports-assets-") as name:
        digest, _ = assets(Path(name))
        store.put(Path(name) / "assets" / digest, f"assets/{digest}")
