"""What a pack is made of, paper by paper: known from a plan without a word of its papers being read or set.

Type, style and programs are left out: a newer program would set the pack of a past meeting in other bytes, and still
say the same. `checksums.of_plan`, which decides whether a build sets anything, counts them in.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

import msgspec

from torbay_reports.publishing import checksums
from torbay_reports.publishing.packplan import PackPlan, PlannedItem, PlannedPaper


@dataclass(frozen=True)
class Makeup:
    """Checksums of each paper by its key, and of the agenda and the letter round them."""

    papers: Mapping[str, str]
    cover: str

    def papers_unlike(self, other: "Makeup") -> int:
        """How many papers came, went or changed between the two; one in another's place counts once."""
        came, went = self.papers.keys() - other.papers.keys(), other.papers.keys() - self.papers.keys()
        both = self.papers.keys() & other.papers.keys()
        return max(len(came), len(went)) + sum(self.papers[key] != other.papers[key] for key in both)


def of_plan(plan: PackPlan) -> Makeup:
    """What a pack of this plan is made of. Papers are told by `content`, so a plan without Documents and pages does."""
    return Makeup(
        papers={paper.key: _checksum(_named(item, paper)) for item in plan.items for paper in item.papers},
        cover=_checksum(replace(plan, numbered=(), items=tuple(_bare(item) for item in plan.items))),
    )


def to_stored(makeup: Makeup) -> dict[str, Any]:
    """As it stands beside a stored pack."""
    return asdict(makeup)


def checksum(stored: Mapping[str, Any]) -> str:
    """The checksum of a makeup as it is stored."""
    return _checksum(stored)


def from_stored(stored: Mapping[str, Any]) -> Makeup | None:
    """Read back; None for a pack that was stored before this was noted."""
    return Makeup(**stored) if stored else None


def _named(item: PlannedItem, paper: PlannedPaper) -> tuple[str, str, PlannedPaper]:
    return item.number, item.title, replace(paper, document=None, upload=None)


def _bare(item: PlannedItem) -> PlannedItem:
    """The item with the order of its papers alone, which is the same when another file is brought for one of them."""
    return replace(item, papers=tuple(PlannedPaper(key=paper.title, title="", document=None) for paper in item.papers))


def _checksum(value: object) -> str:
    return checksums.of_bytes(msgspec.json.Encoder(order="deterministic").encode(value))
