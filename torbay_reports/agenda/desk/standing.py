"""What of a meeting's agenda is out. It stays: an item with its number and title, a paper in its place."""

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec
from django.db.models import Q

from torbay_reports.agenda.composition import meeting_key
from torbay_reports.agenda.models import AgendaItem, Instalment, Meeting, Paper
from torbay_reports.agenda.published import edition_of
from torbay_reports.publishing.bundles.values import ItemEntry
from torbay_reports.publishing.models import bundles_of
from torbay_reports.publishing.packplan import Edition


@dataclass(frozen=True)
class Standing:
    """What stands in any published version of a meeting's packs, withdrawn ones among them, and in its public minutes.

    `items` are numbers, `papers` the keys of those that stood there with their content, `listed` of all that were
    named there, to follow or not; `editions` the numbers of the instalments that are out in each edition; `minuted` the
    keys of the items with a published decision or a recorded outcome of urgency, whose minutes everybody may cite.
    """

    items: frozenset[str]
    papers: frozenset[int]
    listed: frozenset[int]
    editions: Mapping[Edition, frozenset[int]]
    minuted: frozenset[int]

    @property
    def instalments(self) -> frozenset[int]:
        """The numbers of the instalments that are out in either edition."""
        return frozenset().union(*self.editions.values())

    def has_item(self, item: AgendaItem) -> bool:
        """Whether the item is out: listed in a pack, or minuted."""
        return item.number in self.items or self.is_minuted(item)

    def is_minuted(self, item: AgendaItem) -> bool:
        """Whether everybody may read what the meeting did with the item."""
        return item.pk in self.minuted

    def has_paper(self, paper: Paper) -> bool:
        """Whether the paper was published, with its content or as one to follow."""
        return paper.pk in self.listed

    def waits(self, paper: Paper) -> bool:
        """Whether the paper's instalment went out without it, so that only a later one can bring it."""
        return paper.pk not in self.papers and paper.instalment.number in self.editions[edition_of(paper)]

    def is_out(self, instalment: Instalment) -> bool:
        """Whether any edition of it is out."""
        return instalment.number in self.instalments


def standing_of(meeting: Meeting) -> Standing:
    """What of the meeting is out; three queries."""
    key = meeting_key(meeting)
    items: set[str] = set()
    papers: set[int] = set()
    listed: set[int] = set()
    slugs: dict[Edition, set[str]] = {}
    for edition in Edition:
        versions = bundles_of(edition).written().filter(key__startswith=key).order_by("pk")
        slugs[edition] = set()
        for name, contents, with_content in versions.values_list("key", "contents", "papers"):
            slugs[edition].add(name.removeprefix(key))
            papers.update(with_content)
            for item in msgspec.convert(contents, tuple[ItemEntry, ...]):
                items.add(item.number)
                listed.update(entry.row for entry in item.papers)
    editions = {edition: frozenset(_number(slug) for slug in names) for edition, names in slugs.items()}
    return Standing(frozenset(items), frozenset(papers), frozenset(listed), editions, _minuted(meeting))


def items_out(meeting: Meeting) -> frozenset[str]:
    """The numbers of its items that stand in a published pack; three queries."""
    return standing_of(meeting).items


def papers_out(meeting: Meeting) -> frozenset[int]:
    """The keys of its papers that were published with their content; three queries."""
    return standing_of(meeting).papers


def instalments_out(meeting: Meeting) -> frozenset[int]:
    """The numbers of its instalments of which any edition was published; three queries."""
    return standing_of(meeting).instalments


def _minuted(meeting: Meeting) -> frozenset[int]:
    is_told = Q(decisions__published_at__isnull=False) | Q(urgency__outcome__gt="")
    return frozenset(meeting.items.filter(is_told).values_list("pk", flat=True))


def _number(slug: str) -> int:
    """The number of the instalment whose packs end so (`Instalment.slug`)."""
    return int(slug.rpartition("-")[2]) if slug != "agenda" else 0
