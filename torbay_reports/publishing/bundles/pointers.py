"""The pages of a store that change: all packs, and the versions of one. Made anew whenever a version comes or goes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter

from django.utils import timezone

from torbay_reports.core.formatting import full_date, long_date
from torbay_reports.publishing.bundles.pages import render_page


@dataclass(frozen=True)
class PointerVersion:
    """A published version; where it is withdrawn, when and by which office ("the monitoring officer").

    Times are aware. What a withdrawn version was for is not said any more, since its `reason` may quote it.
    """

    version: int
    published_at: datetime
    reason: str = ""
    withdrawn_at: datetime | None = None
    withdrawn_by: str = ""


@dataclass(frozen=True)
class PointerPack:
    """A pack by its key (committee/day/instalment) with its versions in any order, at least one."""

    key: str
    title: str
    committee: str
    meeting_on: date
    versions: tuple[PointerVersion, ...]

    @property
    def folder(self) -> str:
        """Where its versions stand in the store."""
        return f"packs/{self.key}"

    @property
    def newest(self) -> PointerVersion:
        return max(self.versions, key=attrgetter("version"))

    @property
    def standing(self) -> PointerVersion | None:
        """The version that stands now; None where the newest is withdrawn, though earlier ones may still be read."""
        return None if self.newest.withdrawn_at else self.newest


@dataclass(frozen=True)
class Publisher:
    """What is the same for all pages of a store: the council, the notice and the marking of every page (or nothing)."""

    council: str
    notice: str = ""
    marking: str = ""


@dataclass(frozen=True)
class VersionLine:
    """A version on the page of its pack; `address` is empty where it cannot be read any more."""

    version: int
    address: str
    published_on: str
    replaced_by: int | None
    replaced_on: str
    withdrawn_on: str
    withdrawn_by: str
    reason: str

    @property
    def stands(self) -> bool:
        return self.replaced_by is None and not self.withdrawn_on


@dataclass(frozen=True)
class PackLine:
    """A pack on the page of all; `version` is that which stands, None where none does."""

    title: str
    versions: str
    address: str
    version: int | None
    published_on: str


@dataclass(frozen=True)
class MeetingLine:
    """A meeting on the page of all packs."""

    committee: str
    held_on: str
    packs: tuple[PackLine, ...]


def versions_page(pack: PointerPack, *, publisher: Publisher, language: str = "en-GB") -> bytes:
    """`packs/<key>/index.html`: which version stands, which were replaced, which were withdrawn, when and by whom."""
    said = {**_said(publisher), "pack": pack, "day": full_date(pack.meeting_on), "versions": _version_lines(pack)}
    return render_page("versions", folder=pack.folder, language=language, said=said)


def packs_page(packs: Iterable[PointerPack], *, publisher: Publisher, language: str = "en-GB") -> bytes:
    """`index.html` of a store: all packs by meeting, the newest meeting first; those of one meeting as they are given.

    Only a public store has a feed, which this page names.
    """
    said = {**_said(publisher), "meetings": _meetings(packs)}
    return render_page("packs", folder="", language=language, said=said)


def day(moment: datetime) -> str:
    """The day of a moment by the council's clock: 7 September 2017."""
    return long_date(timezone.localtime(moment, timezone.get_default_timezone()).date())


def _said(publisher: Publisher) -> dict[str, object]:
    return {"council": publisher.council, "notice": publisher.notice, "marking": publisher.marking}


def _version_lines(pack: PointerPack) -> list[VersionLine]:
    newest_first = sorted(pack.versions, key=attrgetter("version"), reverse=True)
    later: Sequence[PointerVersion | None] = [None, *newest_first]
    return [_version_line(each, successor) for each, successor in zip(newest_first, later, strict=False)]


def _version_line(each: PointerVersion, successor: PointerVersion | None) -> VersionLine:
    return VersionLine(
        version=each.version,
        address="" if each.withdrawn_at else f"{each.version}/index.html",
        published_on=day(each.published_at),
        replaced_by=successor.version if successor else None,
        replaced_on=day(successor.published_at) if successor else "",
        withdrawn_on=day(each.withdrawn_at) if each.withdrawn_at else "",
        withdrawn_by=each.withdrawn_by,
        reason="" if each.withdrawn_at else each.reason,
    )


def _meetings(packs: Iterable[PointerPack]) -> list[MeetingLine]:
    # Sorting twice keeps the committees of a day in order of the alphabet and their packs as they were given.
    by_committee = sorted(packs, key=attrgetter("committee"))
    by_day = sorted(by_committee, key=attrgetter("meeting_on"), reverse=True)
    return [
        MeetingLine(committee, full_date(held_on), tuple(_pack_line(each) for each in of_meeting))
        for (held_on, committee), of_meeting in groupby(by_day, key=attrgetter("meeting_on", "committee"))
    ]


def _pack_line(pack: PointerPack) -> PackLine:
    standing = pack.standing
    versions = f"{pack.folder}/index.html"
    return PackLine(
        title=pack.title,
        versions=versions,
        address=f"{pack.folder}/{standing.version}/index.html" if standing else versions,
        version=standing.version if standing else None,
        published_on=day(standing.published_at) if standing else "",
    )
