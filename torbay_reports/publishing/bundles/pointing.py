"""The pages of a store that change, made anew from the rows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
from django.conf import settings

from torbay_reports.publishing import checksums
from torbay_reports.publishing.bundles import ledger
from torbay_reports.publishing.bundles.bundlestore import BundleStore
from torbay_reports.publishing.bundles.feeds import feed
from torbay_reports.publishing.bundles.pointers import PointerPack, PointerVersion, Publisher, packs_page, versions_page
from torbay_reports.publishing.bundles.stores import locked_store, public_store, restricted_store
from torbay_reports.publishing.models import AnyBundle, bundles_of
from torbay_reports.publishing.packplan import Edition
from torbay_reports.publishing.services import in_turn

RESTRICTED_MARKING = "NOT FOR PUBLICATION"
TURN = "pages that point"


@dataclass(frozen=True)
class Note:
    """What is noted of such a page when it is written: the checksum of its bytes, and that of what it points to."""

    sha256: str
    versions: str


def point(edition: Edition, key: str) -> None:
    """Write the pages that point to the versions of this pack, and those that point to all.

    One writing at a time: of two, the later one knows what the other has published.
    """
    store: BundleStore = public_store() if edition is Edition.PUBLIC else restricted_store()
    with in_turn(TURN, edition):
        versions = versions_pointed_to(edition)
        for path, data in pages(edition, only=key).items():
            store.write(path, data)
            note = msgspec.json.encode(Note(checksums.of_bytes(data), versions[path]))
            locked_store().write(ledger.pointer_path_of(edition, path), note)


def versions_pointed_to(edition: Edition) -> dict[str, str]:
    """Of each page that changes the checksum of what the rows say that it points to, however it is written."""
    packs = _packs(edition)
    of_all = ["index.html", "feed.xml"] if edition is Edition.PUBLIC else ["index.html"]
    return {
        **dict.fromkeys(of_all, _checksum(packs)),
        **{f"{pack.folder}/index.html": _checksum([pack]) for pack in packs},
    }


def _checksum(packs: Sequence[PointerPack]) -> str:
    said = [
        (pack.key, [(each.version, each.published_at, each.withdrawn_at) for each in pack.versions]) for pack in packs
    ]
    return checksums.of_bytes(msgspec.json.encode(said))


def pages(edition: Edition, *, only: str = "") -> dict[str, bytes]:
    """All pages of an edition's store that change, by their paths; of single packs `only` that one, if it is given."""
    packs = _packs(edition)
    publisher = Publisher(
        council=settings.COUNCIL_NAME,
        notice=settings.DEMO_NOTICE if settings.DEMO else "",
        marking="" if edition is Edition.PUBLIC else RESTRICTED_MARKING,
    )
    made = {"index.html": packs_page(packs, publisher=publisher)}
    for pack in packs:
        if only in ("", pack.key):
            made[f"{pack.folder}/index.html"] = versions_page(pack, publisher=publisher)
    if edition is Edition.PUBLIC:
        made["feed.xml"] = feed(
            packs, council=settings.COUNCIL_NAME, authority=settings.FEED_AUTHORITY, site=settings.PUBLISHED_URL
        )
    return made


def _packs(edition: Edition) -> list[PointerPack]:
    versions: dict[str, list[AnyBundle]] = {}
    rows = bundles_of(edition).written().select_related("withdrawal").order_by("key", "version")
    for row in rows.defer("contents", "pages", "files", "changes"):
        versions.setdefault(row.key, []).append(row)
    return [
        PointerPack(
            key=key,
            title=each[-1].title.rpartition(": ")[2],
            committee=each[-1].committee,
            meeting_on=each[-1].meeting_on,
            versions=tuple(_version(row) for row in each),
        )
        for key, each in sorted(versions.items(), key=_in_order)
    ]


def _in_order(entry: tuple[str, list[AnyBundle]]) -> str:
    """By its key, supplement 2 before supplement 10."""
    return re.sub(r"\d+", lambda number: number[0].zfill(9), entry[0])


def _version(row: AnyBundle) -> PointerVersion:
    withdrawal = getattr(row, "withdrawal", None)
    return PointerVersion(
        version=row.version,
        published_at=row.published_at,
        reason=row.reason,
        withdrawn_at=withdrawal.at if withdrawal else None,
        withdrawn_by=withdrawal.office if withdrawal else "",
    )
