"""A meeting's business as an edition shows it: items with those of their papers that the edition holds."""

from collections.abc import Iterable
from dataclasses import dataclass

from torbay_reports.agenda.models import AgendaItem, Paper


@dataclass(frozen=True)
class Business:
    """An agenda item with its papers."""

    item: AgendaItem
    papers: tuple[Paper, ...]


def papers_to_follow(business: Iterable[Business]) -> list[Paper]:
    """The papers that stood on the agenda and are not there yet."""
    return [paper for each in business for paper in each.papers if paper.publication_id is None]
