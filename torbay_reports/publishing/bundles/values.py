"""What stands in a bundle, and what is said of one."""

from dataclasses import dataclass
from datetime import date, datetime

from torbay_reports.publishing.differences import Change


@dataclass(frozen=True)
class BundleFile:
    """One file of a bundle, by its path below the bundle's folder."""

    path: str
    sha256: str
    size: int
    media_type: str


@dataclass(frozen=True)
class EarlierVersion:
    """A version that another has replaced; `withdrawn_on` where it was taken away."""

    version: int
    published_on: date
    withdrawn_on: date | None = None


@dataclass(frozen=True)
class PaperEntry:
    """A paper in a bundle's contents. `row` is the key of its own row, `publication` or `upload` that of what was
    frozen or brought for it; with neither it is to follow, or `withdrawn` says when and by which office."""

    key: str
    slug: str
    title: str
    row: int
    restriction: str
    publication: int | None = None
    upload: int | None = None
    withdrawn: str = ""


@dataclass(frozen=True)
class ItemEntry:
    """An agenda item in a bundle's contents. `words` stand below its title on the agenda's sheets."""

    number: str
    title: str
    papers: tuple[PaperEntry, ...]
    words: str = ""


@dataclass(frozen=True)
class BundleFacts:
    """What a bundle says of itself. `key` is the pack's (committee/day/instalment), `version` counts from 1.

    `reason` says why a later version was made, `changes` what it changes; `published_at` is an aware time. Nothing
    personal stands here: who published is in the database and in the locked store.
    """

    key: str
    version: int
    published_at: datetime
    reason: str = ""
    changes: tuple[Change, ...] = ()
    earlier: tuple[EarlierVersion, ...] = ()

    @property
    def folder(self) -> str:
        """Where the bundle stands in its store: packs/overview-and-scrutiny-board/2017-09-06/supplement-1/2."""
        return f"packs/{self.key}/{self.version}"
