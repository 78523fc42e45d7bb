"""What is new in a store as an Atom 1.0 feed (RFC 4287): publications, corrections, withdrawals."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import attrgetter
from typing import Final

from django.template.loader import render_to_string
from django.utils import timezone

from torbay_reports.publishing.bundles.pointers import PointerPack, PointerVersion, day

ATOM: Final = "application/atom+xml"
NEWEST: Final = 50
_BEFORE_ALL: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Entry:
    """One thing that happened; `address` is below the store."""

    id: str
    title: str
    happened_at: datetime
    address: str
    summary: str

    @property
    def updated(self) -> str:
        return _stamp(self.happened_at)


def feed(
    packs: Iterable[PointerPack], *, council: str, authority: str, site: str = "", language: str = "en-GB"
) -> bytes:
    """`feed.xml`: the newest 50 entries, the newest first.

    `authority` is the host name under which ids are given (RFC 4151): a reader takes what changes its id for new, so it
    must stay the same for ever. `site` is the store's public address; without one the links stay relative to the feed.
    """
    entries = sorted(
        (entry for pack in packs for entry in _entries(pack, authority)),
        key=attrgetter("happened_at", "id"),
        reverse=True,
    )[:NEWEST]
    said = {
        "id": f"tag:{authority},2026:published-papers",
        "council": council,
        "language": language,
        "base": f"{site.rstrip('/')}/" if site else "",
        "updated": entries[0].updated if entries else _stamp(_BEFORE_ALL),
        "entries": entries,
    }
    return render_to_string("publishing/bundle/feed.xml", said).encode()


def _entries(pack: PointerPack, authority: str) -> Iterator[Entry]:
    for each in pack.versions:
        if each.withdrawn_at:
            yield _withdrawal(pack, each, each.withdrawn_at, authority)
        else:
            yield _publication(pack, each, authority)


def _publication(pack: PointerPack, each: PointerVersion, authority: str) -> Entry:
    is_first = each.version == 1
    said = f"Version {each.version}, published on {day(each.published_at)}."
    return Entry(
        id=_id(authority, each.published_at, f"{pack.folder}/{each.version}"),
        title=pack.title if is_first else f"Corrected: {pack.title}",
        happened_at=each.published_at,
        address=f"{pack.folder}/{each.version}/index.html",
        summary=f"{said} What changed: {each.reason}" if each.reason else said,
    )


def _withdrawal(pack: PointerPack, each: PointerVersion, withdrawn_at: datetime, authority: str) -> Entry:
    by = f" by {each.withdrawn_by}" if each.withdrawn_by else ""
    return Entry(
        id=_id(authority, withdrawn_at, f"{pack.folder}/{each.version}/withdrawn"),
        title=f"Withdrawn: {pack.title}, version {each.version}",
        happened_at=withdrawn_at,
        address=f"{pack.folder}/index.html",
        summary=f"Version {each.version} was withdrawn on {day(withdrawn_at)}{by}.",
    )


def _id(authority: str, moment: datetime, name: str) -> str:
    on = timezone.localtime(moment, timezone.get_default_timezone()).date()
    return f"tag:{authority},{on.isoformat()}:{name}"


def _stamp(moment: datetime) -> str:
    return timezone.localtime(moment, timezone.get_default_timezone()).isoformat(timespec="seconds")
