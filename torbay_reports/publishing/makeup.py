"""What a pack is made of, paper by paper: known from a plan without a word of its papers being read or set.

Type, style and programs are left out: a newer program would set the pack of a past meeting in other bytes, and still
say the same. `checksums.of_plan`, which decides whether a build sets anything, counts them in.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

import msgspec

from torbay_reports.publishing import checksums, numbering
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
        # In the order of the plan's own fields, as what is stored already was.
        cover=checksums.of_bytes(msgspec.json.encode(_cover(plan))),
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


def _cover(plan: PackPlan) -> dict[str, Any]:
    """All but the papers. What other instalments of the meeting have reached counts by the numbers that this one begins
    with: it says the same when they go on. What is empty is left out, as it was in packs that could not have it."""
    said: dict[str, Any] = msgspec.to_builtins(
        replace(plan, numbered=(), items=tuple(_bare(item) for item in plan.items))
    )
    del said["reached"]
    for item in said["items"]:
        if not (plan.is_agenda and item["words"]):
            del item["words"]
    for name in ("reasons", "urgency"):
        if not said["letter"].get(name, True):
            del said["letter"][name]
    begins = [numbering.begins_at(plan, is_restricted=is_restricted) for is_restricted in (False, True)]
    return said if set().union(*begins) <= {1} else {**said, "begins": begins}


def _checksum(value: object) -> str:
    return checksums.of_bytes(msgspec.json.Encoder(order="deterministic").encode(value))
